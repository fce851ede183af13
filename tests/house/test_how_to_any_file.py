"""What `import-any-file.md` shows is what happens: its commands, and its mapping on such a sheet."""

from __future__ import annotations

import json
import re

import pytest

from broken_house import ROOT
from formats import as_xlsx
from monosashi.cli import main

PAGE = (ROOT / "docs" / "how-to" / "import-any-file.md").read_text("utf-8")
(MAPPING,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line.split()[1:] for line in re.findall(r"^\.venv/bin/monosashi .*$", PAGE, re.MULTILINE)]
SHEET = [
    ("令和6年度 月報", "text", [None, "手続名", "転入", "転出", "旅券", "狩猟", "合計"]),
    ("", "text", [None, "年度", *["令和6年度"] * 4, None]),
    (" ", "text", [None, "件数", "1,234", "0", "…", "-", "1,234"]),
]


def typed(words):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return ended.value.code


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_mapping_reads_such_a_sheet(desk, capsys):
    (desk / "月報.xlsx").write_bytes(as_xlsx(SHEET, sheet="月報"))
    mapping = MAPPING.replace("last_row: 12", "last_row: 7")
    (desk / "月報.yaml").write_text(mapping, "utf-8")
    assert typed(["import", "volumes", "月報.xlsx", "--mapping", "月報.yaml", "--dry-run"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["file"]["rows"], shown["file"]["sheet"]) == (4, "月報")
    assert (shown["states"]["value"], shown["states"]["not_collected"]) == (2, 1)
    assert (shown["fields"]["period"]["n"], shown["findings"]["count"]) == (4, 0)
    assert shown["fields"]["quantity"]["distribution"] == [{"value": 0.0, "n": 1}, {"value": 1234.0, "n": 1}]


def test_its_commands_make_files_that_wait_for_rows(desk, capsys, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    *made, tried = COMMANDS
    assert [typed(words) for words in made] == [0, 0]
    assert sorted(path.name for path in desk.glob("*.xlsx")) == ["件数.xlsx", "回答.xlsx"]
    assert typed(tried) == 2
    assert "[table-empty]" in capsys.readouterr().err
