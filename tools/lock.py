"""Writes requirements/*.txt: versions with hashes for every platform, and no name of a registry in them.

What an installation needs is declared once, in pyproject.toml; what only developers need in dev.in.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
FORM = (
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--python-version",
    "3.11",
    "--quiet",
)
RUN, BOOTSTRAP = "requirements/run.txt", "requirements/bootstrap.txt"
SPARK = "requirements/spark.txt"
# lock → what it is made from; a lock that comes later agrees with the ones before it
LOCKS = {
    BOOTSTRAP: ("requirements/bootstrap.in",),
    RUN: ("pyproject.toml",),
    "requirements/postgresql.txt": ("pyproject.toml", "--extra", "postgresql", "--constraint", RUN),
    SPARK: ("pyproject.toml", "--extra", "spark", "--constraint", RUN),
    "requirements/spark-server.txt": ("requirements/spark-server.in", "--constraint", SPARK),
    "requirements/dev.txt": (
        *("pyproject.toml", "requirements/dev.in", "--extra", "postgresql"),
        *("--constraint", RUN, "--constraint", BOOTSTRAP, "--constraint", SPARK),
    ),
}

if __name__ == "__main__":
    for lock, sources in LOCKS.items():
        command = [str(UV), "pip", "compile", *FORM, *sources, "--output-file", lock, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
