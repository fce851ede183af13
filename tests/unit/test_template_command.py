"""`monosashi template`: a workbook whose cells refuse what the import would, and which comes back as rows."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest

from formats import as_csv, as_xlsx
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.opened_file import open_file
from monosashi.adapters.template import template_workbook
from monosashi.cli import main
from monosashi.gather.mapping import FileFormat, read_mapping
from monosashi.gather.register.read import read_register
from monosashi.gather.register.schemas import REGISTER
from monosashi.pipeline import Delivery, read_delivery, suggest_mapping, template_of

NORM = load_guideline("tokyo/1.1.0")
ASKED = ("resident", "staff")
KINDS = [*(("responses", name) for name in ASKED), ("volumes", None), ("practices", None), ("events", None)]
ANSWERED = {"overall": "非常に満足", "improve": "窓口が遠い", "felt_minutes": "30"}
ROWS = {
    "responses": {"response_id": "01", "period": "令和7年度", "city": "tokyo", **ANSWERED},
    "volumes": {"subject": "A", "measure": "m", "period": "FY2025", "channel": "o", "status": "value"},
    "practices": {"practice_id": "p1", "kind": "user_test", "occurred_at": date(2025, 4, 1), "minutes": 30},
    "events": {"case_id": "c1", "activity": "受付"},
}
ROWS["events"]["occurred_at"] = datetime.fromisoformat("2025-04-01 09:30")
ROWS["volumes"]["quantity"] = 12


def filled(kind, instrument, write):
    """A template as somebody fills it in: some cells of one row."""
    kinds = {date: "date", datetime: "moment", str: "text", int: "number", type(None): "text"}
    cells = [(one.header, ROWS[kind].get(one.field)) for one in template_of(kind, instrument, NORM)]
    return write([(header, kinds[type(cell)], [cell]) for header, cell in cells])


@pytest.mark.parametrize("write", [as_xlsx, as_csv])
@pytest.mark.parametrize(("kind", "instrument"), KINDS)
def test_a_template_that_was_filled_in_explains_itself(kind, instrument, write):
    content = filled(kind, instrument, write)
    suggested = suggest_mapping(
        content, "f", kind=kind, instrument=instrument, encoding=None, guideline=NORM, opener=open_file
    )
    assert suggested.complete
    mapping = read_mapping("m", suggested.text.encode())
    preview = read_delivery(Delivery(kind, "f", content, mapping, instrument), NORM, open_file)
    assert [each.as_text("en") for each in preview.findings.listed()] == []
    read = {name: cells[0] for name, cells in preview.records.fields.items()}
    if kind == "responses":
        assert read["period"] == "FY2025"
        assert read.get("overall", 5) == 5
        assert preview.records.comments <= {"improve"}  # masked before anybody reads it
        assert "weight" not in read  # nothing was filled in
    if kind == "events":
        assert read["occurred_at"] == datetime(2025, 4, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", REGISTER)
def test_so_does_one_of_the_register(kind):
    """Any number of channels stands in one cell of a step; what is left empty is left as it was."""
    cells = {"code": "a-1", "name_ja": "転入", "organization": "water", "kind": "platform"}
    cells |= {"application": "online; counter", "opened_on": "令和6年4月1日"}
    columns = template_of(kind, None, NORM)
    filled = [(one.header, "text", [cells.get(one.field)]) for one in columns]
    suggested = suggest_mapping(
        as_xlsx(filled), "f", kind=kind, instrument=None, encoding=None, guideline=NORM, opener=open_file
    )
    assert suggested.complete
    mapping = read_mapping("m", suggested.text.encode())
    reading = read_register(kind, as_xlsx(filled), mapping, opener=open_file)
    assert [each.as_text("en") for each in reading.preview.findings.listed()] == []
    assert len(reading.entries) == 1
    assert set(mapping.fields) == {one.field for one in columns if one.field in cells}


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def rules(kind, instrument):
    """field → (kind of check, whole rule) of a template."""
    columns = template_of(kind, instrument, NORM)
    sheet = parts(template_workbook(columns, kind))["xl/worksheets/sheet1.xml"]
    found = re.findall(r"<dataValidation .*?</dataValidation>", sheet)
    assert len(found) == len(columns)
    kinds = (re.search(r'type="(\w+)"', rule)[1] for rule in found)
    return {column.field: (kind, rule) for column, kind, rule in zip(columns, kinds, found, strict=True)}


def test_every_cell_is_checked_by_what_its_field_may_hold():
    found = rules("responses", "staff")
    kinds = {field: kind for field, (kind, _) in found.items()}
    assert (kinds["response_id"], kinds["weight"], kinds["wave"]) == ("custom", "decimal", "textLength")
    assert (kinds["awareness"], kinds["wished_devices_screen"]) == ("list", "list")
    assert kinds["comment"] == "textLength"
    assert rules("responses", "resident")["felt_minutes"][0] == "whole"
    assert "COUNTIF($A$2:$A$5001,A2)=1" in found["response_id"][1]  # each only once
    assert 'sqref="A2:A5001"' in found["response_id"][1]
    assert rules("events", None)["occurred_at"][0] == "date"
    assert rules("practices", None)["minutes"][0] == "decimal"


def test_words_of_a_fixed_column_are_chosen_from_a_hidden_list():
    columns = template_of("volumes", None, NORM)
    content = template_workbook(columns, "volumes")
    status = next(column for column in columns if column.field == "status")
    assert status.choices == ("value", "not_collected", "not_applicable", "suppressed", "unreliable")
    assert 'state="hidden"' in parts(content)["xl/workbook.xml"]
    assert "選択肢!$E$1:$E$5" in parts(content)["xl/worksheets/sheet1.xml"]


def test_the_command_writes_a_file_that_asks_for_rows(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    path = tmp_path / "件数.xlsx"
    with pytest.raises(SystemExit) as ended:
        main(["template", "volumes", "-o", str(path)])
    assert ended.value.code == 0
    assert open_empty(path.read_bytes()) == "table-empty"
    for words in (["-o", str(tmp_path / "none" / "a.xlsx")],):
        with pytest.raises(SystemExit) as ended:
            main(["template", "volumes", *words])
        assert ended.value.code == 2
        assert "[file-unwritable]" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["template", "responses", "-o", str(path)])
    assert "[import-table]" in capsys.readouterr().err


def open_empty(content):
    try:
        open_file(content, FileFormat(), None, "f")
    except Exception as problem:
        return problem.kind.code
