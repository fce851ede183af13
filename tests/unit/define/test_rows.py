"""CSV as officials write it: every row with its line, and nothing shifted in silence."""

from __future__ import annotations

import pytest

from monosashi.define.rows import read_rows


def read(text, **columns):
    content = text if isinstance(text, bytes) else text.encode()
    return read_rows("t.csv", content, needed=columns.get("needed", ["id", "text"]), optional=["note"])


def told(text):
    return [(finding.kind.code, finding.row) for finding in read(text)[1]]


def test_rows_remember_the_line_they_begin_on():
    rows, findings = read('id,text,note\na,"two\nlines",\n\nb,one,\n')
    assert findings == []
    assert [(row.value["id"], row.line(())) for row in rows] == [("a", 2), ("b", 5)]
    assert rows[0].value == {"id": "a", "text": "two\nlines"}  # an empty optional cell is left out


def test_a_file_saved_by_a_spreadsheet_is_read():
    rows, _ = read("id,text\r\na,題\r\n".encode("utf-8-sig"))
    assert rows[0].value == {"id": "a", "text": "題"}


@pytest.mark.parametrize(
    ("text", "told_"),
    [
        ("id,text\na,b,c\nd,e\nf\n", [("guideline-cells", 2), ("guideline-cells", 4)]),
        ("id,words\na,b\n", [("guideline-columns", 1)]),
        ("id,id,text\na,a,b\n", [("guideline-columns", 1)]),
        ("", [("guideline-columns", 1)]),
        ("id,text\na,題\n".encode("cp932"), [("guideline-encoding", 2)]),
        ('id,text\na,b\nc,"open\nd,e\nf,g\n', [("guideline-table", 3)]),
        ('id,text\na,"b" c\n', [("guideline-table", 2)]),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(text, told_):
    assert told(text) == told_


def test_the_columns_that_lack_and_those_nobody_knows_are_named():
    (finding,) = read("id,words\na,b\n")[1]
    assert finding.as_text("en") == (
        "t.csv, line 1: The columns differ. Lacking: text. Unknown: words. Make the first line id,text,note."
    )
