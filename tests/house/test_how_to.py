"""The commands of `import-responses.md` are run as they are written, in a home of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest

from broken_house import BIN, ROOT

FOLDER = ROOT / "docs" / "how-to"
PAGE = (FOLDER / "import-responses.md").read_text("utf-8")
DRY, REAL = re.findall(r"^```sh\n(\.venv.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def run(tmp_path):
    def run(command):
        environment = {**os.environ, "MONOSASHI_HOME": str(tmp_path)}
        words = command.replace(".venv/bin/", f"{BIN}/", 1).split()
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return run


def test_the_preview_stores_nothing(run, tmp_path):
    shown = run(DRY)
    assert shown["findings"]["count"] == 0
    assert shown["file"]["rows"] == 5
    assert list(tmp_path.iterdir()) == []


def test_the_same_file_twice_adds_no_row(run):
    first, second = run(REAL), run(REAL)
    assert (first["added"], first["already"]) == (5, 0)
    assert (second["added"], second["already"]) == (0, 5)


def test_the_mapping_that_the_page_shows_is_the_one_that_runs():
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown in (FOLDER / "panel" / "mapping.yaml").read_text("utf-8")
