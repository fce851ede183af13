"""What a file says of its own cells: labels, missing values, its system of dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from arrivals import ITEMS, SCALES, mapped
from monosashi.gather.expect import Instrument
from monosashi.gather.records import read_records
from monosashi.gather.rows import Marks, Rows
from monosashi.keep.tables import schema_of

RESIDENT = Instrument.of("resident", ITEMS, SCALES)


def read(columns, fields, *, table="responses/resident", file="{}", **marks):
    """(values by field, (code, cell, column) of findings) of rows that begin on row 2 of a sheet."""
    names, cells = tuple(columns), tuple(columns.values())
    lines = range(2, 2 + len(cells[0]))
    index = {name: at for at, name in enumerate(names)}
    rows = Rows(names, cells, lines, index=index, marks=Marks(**marks))
    records, findings = read_records(rows, mapped(fields, table=table, file=file), schema_of(table), RESIDENT)
    places = [(each.kind.code, each.cell, each.column) for each in findings.listed()]
    return {name: list(each) for name, each in records.fields.items()}, places


ANSWERS = {"id": ["a", "b", "c"], "q": ["5", "9", ""]}
FIELDS = "response_id: id\noverall: "


def test_labels_that_agree_need_no_word():
    labels = {"q": {"5": "満足", "9": "わからない"}}
    assert read(ANSWERS, FIELDS + "q", labels=labels) == (
        {"response_id": ["a", "b", "c"], "overall": [5, 9, None]},
        [],
    )


def test_a_file_that_codes_the_other_way_round_has_to_be_explained():
    """1 is 満足 in the file, and 不満 on the scale: taken by number, the figure would stand on its head."""
    columns = {"id": ["a", "b"], "q": ["1", "5"]}
    labels = {"q": {"1": "満足", "5": "不満"}}
    _, findings = read(columns, FIELDS + "q", labels=labels)
    assert findings == [("labels-disagree", None, "q"), ("labels-disagree", None, "q")]
    values, findings = read(columns, FIELDS + "{column: q, cells: labels}", labels=labels)
    assert (values["overall"], findings) == ([5, 1], [])
    values, findings = read(columns, FIELDS + "{column: q, cells: codes}", labels=labels)
    assert (values["overall"], findings) == ([1, 5], [])
    assert read(columns, FIELDS + "{column: q, codes: {1: 5, 5: 1}}", labels=labels)[0]["overall"] == [5, 1]


def test_labels_may_be_what_is_stored():
    columns = {"id": ["a", "b", "c"], "city": ["1", "3", "2"]}
    fields = "response_id: id\ncity: {column: city, type: text, cells: labels}"
    values, findings = read(columns, fields, labels={"city": {"1": "東京", "2": "大阪"}})
    assert (values["city"], findings) == (["東京", "3", "大阪"], [])


def test_declared_missing_values_are_missing_unless_they_are_an_answer():
    """9, don't know, is an answer of the scale and stays; 99 is none."""
    columns = {"id": ["a", "b", "c"], "q": ["5", "9", "99"], "age": ["30", "99", "-1"]}
    fields = FIELDS + "q\nage: {column: age, type: integer, range: [0, 120]}"
    missing = {"q": frozenset({"9", "99"}), "age": frozenset({"99", "-1"})}
    values, findings = read(columns, fields, missing=missing)
    assert (values["overall"], values["age"], findings) == ([5, 9, None], [30, None, None], [])


def test_declared_missing_values_may_be_states():
    columns = {"s": ["a", "b", "c"], "n": ["7", ".a", ".b"]}
    fields = "subject: s\nmeasure: {value: total}\nperiod: {value: FY2024}\nchannel: {value: web}\n"
    states = 'quantity: {column: n, states: {".a": suppressed, ".b": not_collected}}'
    missing = {"n": frozenset({".a", ".b"})}
    values, findings = read(columns, fields + states, table="volumes", missing=missing)
    assert (values["quantity"], findings) == ([7, None, None], [])
    assert values["status"] == ["value", "suppressed", "not_collected"]


def test_a_finding_in_a_workbook_names_its_cell():
    _, findings = read(
        {"id": ["a"], "q": ["5 "]}, FIELDS + "{column: q, codes: {x: 1}}", sheet="回答", letters=("A", "AB")
    )
    assert findings == [("code-unknown", "回答!AB2", "q")]


DAYS = 'response_id: id\nd: {column: d, type: date}\nm: {column: m, type: timestamp, offset: "+09:00"}'


def test_in_a_workbook_a_day_and_its_midnight_are_the_same():
    columns = {"id": ["a"], "d": ["2024-04-01 00:00:00"], "m": ["2024-04-01"]}
    values, findings = read(columns, DAYS, workbook=True)
    assert (values["d"], values["m"]) == ([date(2024, 4, 1)], [datetime(2024, 3, 31, 15, tzinfo=UTC)])
    assert findings == []
    assert [code for code, *_ in read(columns, DAYS)[1]] == ["cell-not-date", "cell-not-moment"]


@pytest.mark.parametrize(("epoch", "codes"), [(1904, ["serial-disagrees"]), (1900, []), (None, [])])
def test_a_mapping_cannot_count_days_otherwise_than_the_workbook(epoch, codes):
    fields = "response_id: id\nd: {column: d, type: date, serial: 1900}"
    _, findings = read({"id": ["a"], "d": ["45383"]}, fields, workbook=True, epoch=epoch)
    assert [code for code, *_ in findings] == codes
