"""The command line starts fast, because it imports what a command needs when it is called."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("django", "duckdb", "deltalake", "scipy", "numpy", "pydantic", "sqlglot", "yaml")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments):
    script = (
        "import sys\n"
        "from monosashi.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit as done:\n"
        "    assert done.code == 0, done.code\n"
        f"print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "HEAVY []"
