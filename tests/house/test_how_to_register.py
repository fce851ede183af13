"""`fill-the-register.md`: its commands run as they are written, twice, and its figures are true."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest

from broken_house import BIN, ROOT
from monosashi.gather.register.form_table import read_form_text
from monosashi.measure.register.burden import burden, difference

FOLDER = ROOT / "docs" / "how-to"
PAGE = (FOLDER / "fill-the-register.md").read_text("utf-8")
(COMMANDS,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROWS = [7, 62, 5, 7, 9]


ONE_AFTER_ANOTHER = """
import sys
from monosashi.cli import main
for line in sys.stdin:
    try:
        main(line.split())
    except SystemExit as ended:
        if ended.code:
            raise
"""


@pytest.fixture
def run(tmp_path):
    """Commands in one process, for starting one takes longer than what it does here."""
    environment = {**os.environ, "MONOSASHI_HOME": str(tmp_path / "home")}
    environment.pop("MONOSASHI_DATABASE_URL", None)

    def run(*lines: str) -> subprocess.CompletedProcess[str]:
        command = [str(BIN / "python"), "-c", ONE_AFTER_ANOTHER]
        given = "".join(f"{line.removeprefix('.venv/bin/monosashi ')}\n" for line in lines)
        return subprocess.run(
            command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False
        )

    return run


def told(text: str) -> list[dict]:
    """One JSON text after another."""
    read, found = json.JSONDecoder(), []
    while text := text.lstrip():
        one, end = read.raw_decode(text)
        found.append(one)
        text = text[end:]
    return found


def test_the_commands_fill_the_register_and_the_second_time_change_nothing(run):
    commands = COMMANDS.splitlines()
    _, *first, again = told(run("init", *commands, f"{commands[-1]} --dry-run").stdout)
    assert [(each["added"], each["stored"]) for each in first] == [(rows, True) for rows in ROWS]
    assert (again["added"], again["changed"], again["unchanged"], again["stored"]) == (0, 0, 9, False)


def test_without_an_installation_nothing_is_made(run, tmp_path):
    done = run(COMMANDS.splitlines()[0])
    assert (done.returncode, done.stdout) == (2, "")
    assert "monosashi init" in done.stderr
    assert not (tmp_path / "home").exists()


def test_the_forms_of_the_page_spare_what_it_says():
    old, new = (
        read_form_text((FOLDER / "register" / name).read_text("utf-8"))
        for name in ("transfer-in-2024.json", "transfer-in-2026.csv")
    )
    assert [burden(form, {}).fields for form in (old, new)] == [7, 4]
    assert [burden(form, {}).attachments for form in (old, new)] == [1, 0]
    assert difference(old, new).spared == 3
    assert "項目は7から4に、添付は1から0に" in PAGE
