"""The table of a request in any form: the same figures, and mistakes by the row of the sheet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formats import FORMS, as_csv, as_dta, as_ods, as_sav, as_xlsx
from monosashi.cli import main

TABLE = [
    ("id", "text", [f"{number:02}" for number in range(8)]),
    ("area", "number", [1, 1, 1, 1, 2, 2, 2, 2]),
    ("city", "text", ["東京", "新潟"] * 4),
    ("w", "number", [1, 0.5, 1.25, 1, 2, 1, 1, 1.5]),
    ("q", "number", [5, 4, 1, None, 5, 9, 2, 4]),
    ("minutes", "number", [0.1, 12.5, 3, 40, 5, 60, 7.25, 8]),
]
REQUEST = """
table: {}
design: {{weight: w, stratum: area}}
missing: ["", "NA"]
estimates:
  - {{id: s, statistic: proportion, item: q, favourable: [4, 5], missing: [9], by: [city]}}
  - {{id: m, statistic: mean, item: minutes, where: {{area: 1}}}}
  - {{id: d, statistic: distribution, item: q, missing: [9]}}
"""


class Asked:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, name: str, content: bytes, request: str = REQUEST) -> tuple[int, str, str]:
        (self.folder / name).write_bytes(content)
        path = self.folder / "request.yaml"
        path.write_text(request.format(name), encoding="utf-8")
        code = 0
        try:
            main(["estimate", str(path)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def figures(self, name: str, content: bytes, request: str = REQUEST) -> object:
        code, out, err = self.run(name, content, request)
        assert (code, err) == (0, "")
        found = json.loads(out)
        assert found["table"]["rows"] == 8
        return found["estimates"]

    def refused(self, name: str, content: bytes, request: str = REQUEST) -> str:
        code, out, err = self.run(name, content, request)
        assert (code, out) == (2, "")
        return err


@pytest.fixture
def asked(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    return Asked(tmp_path, capsys)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csv"])
def test_every_form_gives_the_figures_of_the_csv(asked, form):
    assert asked.figures(f"t.{form}", FORMS[form](TABLE)) == asked.figures("t.csv", as_csv(TABLE))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
def test_so_does_every_encoding_that_is_certain(asked, encoding):
    assert asked.figures("a.csv", as_csv(TABLE, encoding=encoding)) == asked.figures("t.csv", as_csv(TABLE))


def test_an_encoding_that_is_not_certain_is_not_guessed(asked):
    assert "not UTF-8 (at byte" in asked.refused("a.csv", as_csv(TABLE, encoding="euc_jp"))


@pytest.mark.parametrize(
    ("name", "form"), [("lying.csv", "xlsx"), ("lying.xlsx", "csv"), ("lying.parquet", "sav")]
)
def test_the_ending_of_a_name_decides_nothing(asked, name, form):
    assert asked.figures(name, FORMS[form](TABLE)) == asked.figures("t.csv", as_csv(TABLE))


def test_what_a_statistics_file_declares_missing_is_missing(asked):
    """9 as an answer that the request does not call missing would make the mean 4.3 and not 3.5."""
    request = "table: {}\nestimates:\n  - {{id: m, statistic: mean, item: q}}\n"
    plain = [TABLE[0], ("q", "number", [5, 4, 1, None, 5, 9, 2, 4])]
    letters = [TABLE[0], ("q", "number", [5, 4, 1, None, 5, ".a", 2, 4])]
    for content in (as_sav(plain, missing={"q": [9.0]}), as_dta(letters)):
        (found,) = asked.figures("t.bin", content, request)
        assert (found["value"], found["n"], found["n_missing"]) == (3.5, 6, 2)


def test_a_sheet_may_be_named(asked):
    def more(book, page):
        book.add_worksheet("別").write(0, 0, "x")

    content = as_xlsx(TABLE, more=more)
    message = asked.refused("t.xlsx", content)
    assert "[sheet-unsure]" in message
    assert "at the top of a request" in message
    named = "sheet: 回答" + REQUEST
    assert asked.figures("t.xlsx", content, named) == asked.figures("t.csv", as_csv(TABLE))
    assert "[sheet-unknown]" in asked.refused("t.csv", as_csv(TABLE), named)


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_a_cell_that_cannot_be_used_is_named_by_the_row_of_its_sheet(asked, write):
    """Two rows above the header are free, and a text with a line break stands before."""
    columns = [
        ("", "text", [None, "city", "a\nb", "c", "d"]),
        ("", "text", [None, "w", "1", "0", "2"]),
        ("", "text", [None, "q", "5", "5", "x"]),
    ]
    request = "table: {}\ndesign: {{weight: w}}\nestimates:\n  - {{id: m, statistic: mean, item: q}}\n"
    message = asked.refused("t.xlsx", write(columns), request)
    assert 'line 5, column "w"' in message
    assert 'line 6, column "q"' in message


def test_rows_that_are_no_table_are_told_as_for_an_import(asked):
    message = asked.refused("t.xlsx", as_xlsx([("q", "number", [1]), ("q", "number", [2])]))
    assert "[table-unusable]" in message
    assert "Columns number 1, 2 have the same name." in message


def test_a_workbook_can_be_a_log(tmp_path, capsys):
    columns = [
        ("case", "text", ["1", "1"]),
        ("activity", "text", ["受付", "交付"]),
        ("at", "text", ["2025-04-01T09:00:00+09:00", "2025-04-03T09:00:00+09:00"]),
    ]
    (tmp_path / "log.xlsx").write_bytes(as_xlsx(columns))
    measure = "{id: t, statistic: duration, from: first, to: last, unit: day, at: [0.5]}"
    request = (
        f"log: log.xlsx\ncolumns: {{case: case, activity: activity, at: at}}\nmeasures:\n  - {measure}\n"
    )
    (tmp_path / "request.yaml").write_text(request, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["log", str(tmp_path / "request.yaml")])
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)["measures"][0]["values"] == [{"at": 0.5, "value": 2.0}]
