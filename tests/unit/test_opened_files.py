"""The same table in every form of file gives the same rows; what a file is, its content says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from arrivals import Norm, mapped, places
from formats import FORMS, as_csv, as_dta, as_ods, as_sav, as_xls, as_xlsx, packed, repacked
from monosashi.adapters.confined import confined
from monosashi.adapters.opened_file import open_file
from monosashi.errors import Problem
from monosashi.gather.mapping import FileFormat
from monosashi.keep.digest import digest
from monosashi.keep.table import Columns
from monosashi.pipeline import Delivery, read_delivery

clock = datetime.fromisoformat
TABLE = [
    ("id", "text", ["01", "02", "3"]),
    ("q", "number", [5, 9, None]),
    ("amount", "number", [0.1, 1234.5, -3.0]),
    ("day", "date", [date(2024, 2, 29), date(1960, 1, 1), None]),
    ("at", "moment", [clock("2024-04-01 09:30"), None, clock("1999-12-31 23:59:59")]),
    ("city", "text", ["東京", "新潟 ①", "とても長い名前の市"]),
]
MAPPING = """response_id: id
overall: q
amount: {column: amount, type: number}
day: {column: day, type: date}
at: {column: at, type: timestamp, offset: "+09:00"}
city: {column: city, type: text}"""


def opened(content, *, encoding=None, **form):
    return open_file(content, FileFormat(**form), encoding, "file")


def seen(content, fields=MAPPING, *, name="file", **more):
    delivery = Delivery("responses", name, content, mapped(fields, **more))
    return read_delivery(delivery, Norm(), open_file)


def cells(content, **form):
    return [list(column) for column in opened(content, **form).rows.columns]


def refused(content, **form):
    with pytest.raises(Problem) as problem:
        opened(content, **form)
    return problem.value


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_gives_the_same_records(form):
    preview = seen(FORMS[form](TABLE))
    assert [each.as_text("en") for each in preview.findings.listed()] == []
    assert preview.opened.form == form
    assert {name: list(cells) for name, cells in preview.records.fields.items()} == {
        "response_id": ["01", "02", "3"],
        "overall": [5, 9, None],
        "amount": [0.1, 1234.5, -3.0],
        "day": [date(2024, 2, 29), date(1960, 1, 1), None],
        "at": [datetime(2024, 4, 1, 0, 30, tzinfo=UTC), None, datetime(1999, 12, 31, 14, 59, 59, tzinfo=UTC)],
        "city": ["東京", "新潟 ①", "とても長い名前の市"],
    }


def test_the_digest_of_what_is_stored_is_the_same_for_every_form():
    previews = [seen(write(TABLE)) for write in FORMS.values()]
    assert len({digest(Columns(each.records.fields, each.records.types)) for each in previews}) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_so_does_every_encoding_and_newline(encoding, newline):
    content = as_csv(TABLE, encoding=encoding, newline=newline)
    assert list(seen(content).records.fields["city"]) == ["東京", "新潟 ①", "とても長い名前の市"]


@pytest.mark.parametrize(
    ("form", "name"), [("xlsx", "a.csv"), ("csv", "a.xlsx"), ("sav", "a.xls"), ("ods", "a.txt")]
)
def test_the_name_of_a_file_decides_nothing(form, name):
    assert seen(FORMS[form](TABLE), name=name).opened.form == form


PAGE = b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table>"
BOOK_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PAGE, "HTML"),
        (b"\xef\xbb\xbf \r\n<table><tr><td>1", "HTML"),
        (BOOK_2003, "XML Spreadsheet 2003"),
        (b'<?xml version="1.0"?><rows/>', "XML"),
        (b'[{"a": 1}]', "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\x00", "GZIP"),
        (packed({"word/document.xml": b"<w/>"}), "Word"),
        (packed({"a.csv": b"id\n1\n"}), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Microsoft Office (97-2003)"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(content, kind):
    problem = refused(content)
    assert (problem.kind.code, problem.details["kind"]) == ("file-not-text", kind)


@pytest.mark.parametrize("start", [b"PAR1", b"$FL2", b"<stata_dta>", b"PK\x03\x04", b"r\x01\x01\x00"])
def test_what_only_begins_like_a_table_is_damaged(start):
    problem = refused(start + b"and so on")
    assert problem.kind.code == "table-damaged"
    assert "/tmp" not in str(problem)


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods", "parquet", "sav", "dta"])
def test_a_file_that_was_cut_off_is_damaged(form):
    content = FORMS[form](TABLE)
    assert refused(content[: len(content) * 2 // 3]).kind.code in {"table-damaged", "file-not-text"}


def test_a_protected_workbook_says_so():
    streams = "EncryptedPackage\0".encode("utf-16-le")
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + streams).kind.code == "file-encrypted"


# ---- sheets and headers ----------------------------------------------------------------------------------


def two_sheets(book, page):
    other = book.add_worksheet("別の表")
    other.write(0, 0, "id")
    other.write(1, 0, "x")
    book.add_worksheet("空")
    hidden = book.add_worksheet("隠れた表")
    hidden.hide()
    hidden.write(0, 0, "y")


def test_of_many_sheets_one_has_to_be_named():
    content = as_xlsx(TABLE, more=two_sheets)
    problem = refused(content)
    assert (problem.kind.code, problem.details["sheets"]) == ("sheet-unsure", "回答, 別の表")
    assert cells(content, sheet="別の表") == [["x"]]
    assert refused(content, sheet="回").kind.code == "sheet-unknown"
    assert "隠れた表" not in str(refused(content, sheet="回"))


def test_one_visible_sheet_with_content_is_taken_and_said():
    def more(book, page):
        book.add_worksheet("空")
        book.add_worksheet("隠れた表").hide()

    found = opened(as_xlsx(TABLE, more=more))
    assert found.evidence.en == "the content is XLSX, sheet '回答'"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "sav", "dta"])
def test_what_has_no_sheets_cannot_be_asked_for_one(form):
    assert refused(FORMS[form](TABLE), sheet="回答").kind.code == "sheet-unknown"
    if form != "csv":
        assert refused(FORMS[form](TABLE), header_row=2).kind.code == "header-row"


def around(write):
    """A title and a blank row above the table, a total below it, and a column left free."""
    columns = [
        ("令和6年度 月報", "text", [None, "id", "a", "b", "合計"]),
        ("", "text", [None, None, None, None, None]),
        (" ", "text", [None, "n", "1", "2", "3"]),
    ]
    return write(columns)


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_what_stands_around_the_table_is_left_out(write):
    found = opened(around(write), header_row=3, last_row=5).rows
    assert (found.header, [list(each) for each in found.columns]) == (("id", "n"), [["a", "b"], ["1", "2"]])
    assert (list(found.lines), found.marks.letters) == ([4, 5], ("A", "C"))


def test_a_header_row_that_is_empty_or_beyond_the_sheet():
    assert refused(around(as_xlsx), header_row=2).kind.code == "header-row"
    assert refused(around(as_xlsx), header_row=20).kind.code == "header-row"
    assert refused(as_xlsx([("", "text", [])])).kind.code == "table-empty"
    assert refused(as_xlsx([("id", "text", [])])).kind.code == "table-empty"


def test_findings_name_the_cell():
    content = as_xlsx([("id", "text", ["a", "b"]), ("q", "number", [5, 7])])
    (finding,) = seen(content, "response_id: id\noverall: q").findings.listed()
    assert (finding.cell, finding.row, finding.column) == ("回答!B3", 3, "q")
    assert finding.as_text("ja").startswith("回答!B3、列「q」: ")


# ---- cells of workbooks ----------------------------------------------------------------------------------


def with_cells(book, page):
    page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    page.write_formula(2, 1, "=1+1", None, 2)
    page.write_number(3, 1, 1234567890123456789)
    page.write_datetime(4, 1, date(1900, 2, 27), book.add_format({"num_format": "yyyy-mm-dd"}))


def test_cells_that_would_be_read_otherwise_than_they_look_are_named():
    content = as_xlsx([("id", "text", list("abcd")), ("x", "number", [None] * 4)], more=with_cells)
    found = [(each.kind.code, each.cell) for each in refused(content).findings]
    assert found == [("cell-is-error", "回答!B2"), ("digits-lost", "回答!B4"), ("day-uncertain", "回答!B5")]


def test_a_formula_counts_with_its_stored_result_and_not_without_one():
    def more(book, page):
        page.write_formula(1, 1, "=1+1", None, 2)

    content = as_xlsx([("id", "text", ["a"]), ("x", "number", [None])], more=more)
    assert cells(content) == [["a"], ["2"]]
    bare = repacked(
        content, **{"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</f><v>2</v>", b"</f>")}
    )
    assert places(refused(bare)) == [("cell-not-calculated", 2, "x")]


@pytest.mark.parametrize("write", [as_xlsx, as_xls])
def test_dates_of_both_systems_are_the_same_days(write):
    columns = [("id", "text", ["a"]), ("d", "date", [date(2024, 4, 1)])]
    for epoch in (1900, 1904):
        assert cells(write(columns, epoch=epoch))[1] == ["2024-04-01"]
    assert opened(as_xlsx(columns, epoch=1904)).rows.marks.epoch == 1904


def test_numbers_of_days_are_read_by_the_system_of_the_workbook():
    columns = [("id", "text", ["a"]), ("d", "number", [45383])]
    field = "response_id: id\nd: {column: d, type: date, serial: %s}"
    assert seen(as_xlsx(columns), field % 1900).records.fields["d"] == [date(2024, 4, 1)]
    (finding,) = seen(as_xlsx(columns), field % 1904).findings.listed()
    assert finding.kind.code == "serial-disagrees"
    assert seen(as_ods(columns), field % 1900).records.fields["d"] == [date(2024, 4, 1)]


def test_ods_keeps_days_of_any_year():
    columns = [("id", "text", ["a"]), ("d", "date", [date(1868, 1, 25)])]
    assert cells(as_ods(columns))[1] == ["1868-01-25"]


# ---- labels and missing values ---------------------------------------------------------------------------


def test_spss_labels_and_missing_values():
    columns = [
        ("id", "text", list("abcd")),
        ("q", "number", [5, 9, 99, None]),
        ("sex", "number", [1, 2, 1, 2]),
    ]
    labels = {"q": {5: "満足", 9: "わからない", 99: "無回答"}, "sex": {1: "男", 2: "女"}}
    content = as_sav(columns, labels=labels, missing={"q": [9.0, 99.0]})
    preview = seen(content, "response_id: id\noverall: q\nsex: {column: sex, type: text, cells: labels}")
    assert preview.findings.count == 0
    assert preview.records.fields["overall"] == [5, 9, None, None]  # 9 is an answer of the scale
    assert preview.records.fields["sex"] == ["男", "女", "男", "女"]
    other = as_sav(columns, labels={"q": {5: "不満", 9: "わからない"}})
    assert [each.kind.code for each in seen(other, "response_id: id\noverall: q").findings.listed()] == [
        "labels-disagree",
        "code-unknown",
    ][:1]


def test_stata_letters_are_missing_or_states():
    columns = [("id", "text", list("abc")), ("n", "number", [7, ".a", ".b"])]
    content = as_dta(columns, labels={"n": {".a": "秘匿", ".b": "未集計"}})
    assert seen(content, "response_id: id\nn: {column: n, type: integer}").records.fields["n"] == [
        7,
        None,
        None,
    ]
    same = "subject: id\nmeasure: {value: total}\nperiod: {value: FY2024}\nchannel: {value: web}\n"
    states = "quantity: {column: n, states: {.a: suppressed, .b: not_collected}}"
    delivery = Delivery("volumes", "file", content, mapped(same + states, table="volumes"))
    records = read_delivery(delivery, Norm(), open_file).records.fields
    assert records["status"] == ["value", "suppressed", "not_collected"]
    assert records["quantity"] == [7, None, None]


# ---- JSON lines ------------------------------------------------------------------------------------------


def test_json_lines_keep_digits_and_order():
    content = b'{"id":"a","n":12345678901234567890,"x":1.50}\r\n\r\n{"x":true,"id":"b","new":null}\r\n'
    found = opened(content).rows
    assert found.header == ("id", "n", "x", "new")
    assert found.columns == (["a", "b"], ["12345678901234567890", ""], ["1.50", "true"], ["", ""])
    assert (list(found.lines), found.blank) == ([1, 3], 1)


def test_what_json_lines_must_not_hold():
    lines = [
        '{"a": [1]}',
        '{"a": NaN}',
        "[3]",
        '{"a": 1, "a": 2}',
        '{"a": "\\ud800"}',
        '{"a": "\\u0000"}',
        "{a: 1}",
    ]
    problem = refused("\n".join(lines).encode())
    codes = [
        "json-value",
        "json-line",
        "json-line",
        "json-name-twice",
        "json-value",
        "json-value",
        "json-line",
    ]
    assert [(each.kind.code, each.row) for each in problem.findings] == list(
        zip(codes, range(1, 8), strict=True)
    )


def test_events_of_xes():
    at = '<date key="time:timestamp" value="2024-04-01T09:30:00+09:00"/>'
    event = f'<event><string key="concept:name" value="受付"/>{at}</event>'
    log = f'<?xml version="1.0"?><log><trace><string key="concept:name" value="c1"/>{event}</trace></log>'
    fields = "case_id: case:concept:name\nactivity: concept:name\noccurred_at: time:timestamp"
    delivery = Delivery("events", "file", log.encode(), mapped(fields, table="events"))
    records = read_delivery(delivery, Norm(), open_file).records.fields
    assert records["occurred_at"] == [datetime(2024, 4, 1, 0, 30, tzinfo=UTC)]


def test_in_a_process_of_its_own_it_is_the_same():
    rows = confined(open_file, as_xlsx(TABLE), FileFormat(), None, "file").rows
    assert rows == opened(as_xlsx(TABLE)).rows
