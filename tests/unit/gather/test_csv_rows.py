"""Separated text as rows: cells exactly as typed, each row with the physical line on which it begins."""

from __future__ import annotations

import pytest

from arrivals import places
from monosashi.errors import Problem
from monosashi.gather import limits
from monosashi.gather.csv_rows import read_rows


def table(text, **more):
    rows = read_rows(text, **more)
    return {name: list(rows.column(name)) for name in rows.header}


def refused(text, **more):
    with pytest.raises(Problem) as problem:
        read_rows(text, where="file.csv", **more)
    return problem.value


def wrong(text):
    problem = refused(text)
    assert problem.kind.code == "import-refused"
    return places(problem)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_ends_a_line(newline):
    rows = read_rows(newline.join(["id,x", "a,1", "b,2", ""]))
    assert (list(rows.column("x")), list(rows.lines)) == (["1", "2"], [2, 3])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_quoted_newline_is_part_of_the_cell_and_lines_stay_physical(newline):
    rows = read_rows(newline.join(["id,x", 'a,"one', "", 'two"', "b,2"]))
    assert rows.column("x")[0] == f"one{newline}{newline}two"
    assert list(rows.lines) == [2, 5]


@pytest.mark.parametrize("other", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_only_cr_and_lf_end_a_line(other):
    rows = read_rows(f"id,x\na{other}b,1\nc,2\n")
    assert (rows.column("id")[0], list(rows.lines)) == (f"a{other}b", [2, 3])


@pytest.mark.parametrize("cell", [" a ", "a\tb", 'say "yes"', "=1+1", "，", "a,b", "１", "\ufeff", "'"])
def test_cells_are_exactly_what_was_typed(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    assert table(f"id,x\n1,{quoted}\n") == {"id": ["1"], "x": [cell]}


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("id,x\na,1\n", "comma"),
        ("id\tx\na\t1\n", "tab"),
        ("id;x\na;1\n", "semicolon"),
        ("id\n1\n", "comma"),
        ("id\t名前, 読み\tx\na\tb\t1\n", "tab"),
        ('"a,b,c"\tid\tx\n1\ta\t2\n', "tab"),
        ('"a,\nb,c"\tid\tx\n1\ta\t2\n', "tab"),
        ("\n\nid;x\na;1\n", "semicolon"),
    ],
)
def test_the_separator_is_the_one_that_parts_the_header_most(text, separator):
    assert read_rows(text).separator == separator


def test_a_separator_that_is_named_is_taken():
    assert table("a;b\n1;2\n", separator="comma") == {"a;b": ["1;2"]}


def test_ragged_rows_are_all_named_by_their_lines():
    assert wrong('id,x\na\nb,"1\n2"\nc,1,2\nd,3\n') == [("row-ragged", 2, None), ("row-ragged", 5, None)]
    assert "has 3 cells; the header has 2" in str(refused("id,x\nc,1,2\n"))


def test_lines_without_content_are_counted_and_are_no_records():
    rows = read_rows('\nid,x\n\na,1\n,\n"",\n\nb,2\n\n')
    assert (list(rows.column("id")), list(rows.lines), rows.blank) == (["a", "b"], [4, 8], 5)


def test_header_names_are_there_and_occur_once():
    text = "id,x,,x, ,id\n1,2,3,4,5,6\n"
    assert wrong(text) == [
        ("header-empty", 1, None),
        ("header-empty", 1, None),
        ("header-twice", 1, "id"),
        ("header-twice", 1, "x"),
    ]
    assert "Columns number 2, 4 have the same name" in str(refused(text))


@pytest.mark.parametrize("text", ["", "\n\n", "  \n", "id,x", "id,x\n", "id,x\n\n,\n"])
def test_a_file_without_records_is_said_to_be_empty(text):
    assert refused(text).kind.code == "table-empty"


def test_every_nul_is_placed():
    assert wrong("id,x\na\0,1\nb,\0\0\n") == [
        ("nul-character", 2, None),
        ("nul-character", 3, None),
        ("nul-character", 3, None),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,x\na,1\nb,"2\nc,3\n', 3),
        ('id,x\na,"1"2\nb,2\n', 2),
        ('"id,x\na,1\n', 1),
        ('id,x\na,"one\ntwo" three\n', 2),
    ],
)
def test_quotes_that_do_not_close_are_found_where_their_record_begins(text, line):
    assert wrong(text)[-1] == ("quotes-broken", line, None)


def test_a_quote_inside_a_plain_cell_is_a_quote():
    assert table('id,x\na,5" screen\n') == {"id": ["a"], "x": ['5" screen']}


def test_too_many_columns():
    """The limit itself is fine; a million columns are one finding."""
    width = limits.COLUMNS
    header = ",".join(f"c{i}" for i in range(width))
    assert len(read_rows(f"{header}\n{',' * (width - 1)}x\n").header) == width
    assert wrong(f"{header},more\n{',' * width}x\n") == [("columns-too-many", 1, None)]
    assert "There are 1000000 columns" in str(refused("," * 999_999 + "\n"))


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)
    assert len(read_rows("id,x\na,1\nb,2\nc,3\n")) == 3
    assert wrong("id,x\na,1\nb,2\nc,3\nd,4\ne,5\n") == [("rows-too-many", 5, None)]
    ragged = wrong("id,x\n" + "a\n" * 9)
    assert ("rows-too-many", 5, None) in ragged


def test_a_cell_is_as_large_as_the_limit_at_most_in_bytes(monkeypatch):
    monkeypatch.setattr(limits, "CELL_BYTES", 6)
    assert table("id,x\na,満足\n")["x"] == ["満足"]
    assert wrong("id,x\na,満足!\nb,1234567\n") == [("cell-too-large", 2, "x"), ("cell-too-large", 3, "x")]
    assert wrong("id,toolong\na,1\n") == [("cell-too-large", 1, None)]


def test_a_cell_of_the_whole_size(monkeypatch):
    fits = "x" * limits.CELL_BYTES
    assert table(f"id,x\na,{fits}\n")["x"] == [fits]
    assert wrong(f"id,x\na,{fits}x\n") == [("cell-too-large", 2, "x")]


def test_the_first_hundred_are_listed_and_all_are_counted():
    problem = refused("id,x\n" + "a\n" * 250)
    assert (problem.details["count"], problem.details["listed"], len(problem.findings)) == (250, 100, 100)
    assert [finding.row for finding in problem.findings] == list(range(2, 102))
    assert "250 thing(s) to correct, the first 100 listed. Nothing was stored." in str(problem)


def test_a_header_cannot_steer_the_terminal():
    (finding,) = refused("\x1b[2J,\x1b[2J\n1,2\n").findings
    assert (finding.column, "\x1b" in finding.as_text("ja")) == ("\\x1b[2J", False)


def test_what_stands_around_the_table_is_not_read():
    text = '令和6年度 "月報\n\nid,n\na,1\nb,2\n合計,3\n注,"\n'
    rows = read_rows(text, header_row=3, last_row=5)
    assert (rows.header, list(zip(*rows.columns, strict=True))) == (("id", "n"), [("a", "1"), ("b", "2")])
    assert list(rows.lines) == [4, 5]


@pytest.mark.parametrize("row", [2, 9])
def test_a_header_has_to_be_where_the_mapping_says(row):
    with pytest.raises(Problem) as refused:
        read_rows("a\n\nid,n\na,1\n", header_row=row)
    assert refused.value.kind.code == "header-row"
