"""A file opened: its rows, and how it was told what the file is. Here texts; adapters open the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from monosashi import errors
from monosashi.define.text import Text
from monosashi.gather.csv_rows import read_rows
from monosashi.gather.encoding import read_text
from monosashi.gather.json_rows import read_json_lines
from monosashi.gather.mapping import FileFormat
from monosashi.gather.rows import Rows

_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|[a-z]+:?[a-z]*[ />])", re.IGNORECASE)
_WORKBOOK_2003 = re.compile(r"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet")


@dataclass(frozen=True)
class Opened:
    """`form` is what the content is (csv, xlsx, sav, …), whatever the name says; `evidence` is why.

    `encoding` is that of a text, `replaced` the number of its characters that were lost before (U+FFFD).
    """

    rows: Rows
    form: str
    evidence: Text
    encoding: str | None = None
    replaced: int = 0


Opener = Callable[[bytes, FileFormat, str | None, str], Opened]


def open_text(content: bytes, form: FileFormat, encoding: str | None, where: str) -> Opened:
    """CSV, TSV and JSON lines. What only looks like a text for people is refused by what it is."""
    decoded = read_text(content, encoding or form.encoding, where=where)
    text = decoded.text
    if _MARKUP.match(text):
        raise errors.FILE_NOT_TEXT(where=where, kind=_markup(text))
    if form.sheet is not None:
        raise errors.SHEET_UNKNOWN(where=where, sheet=form.sheet, sheets="—")
    first = text.lstrip()[:200]
    if first.startswith("[") and first[1:].lstrip().startswith(("{", "[")):
        raise errors.FILE_NOT_TEXT(where=where, kind="JSON")
    if first.startswith("{"):
        rows, kind = read_json_lines(text, last_row=form.last_row, where=where), "jsonl"
        if form.header_row is not None:
            raise errors.HEADER_ROW(where=where, row=form.header_row)
    else:
        rows = read_rows(
            text, separator=form.separator, header_row=form.header_row, last_row=form.last_row, where=where
        )
        kind = "tsv" if rows.separator == "tab" else "csv"
    return Opened(rows, kind, decoded.evidence, decoded.encoding, decoded.replaced)


def _markup(text: str) -> str:
    head = text[:2000].lower()
    if _WORKBOOK_2003.search(head):
        return "XML Spreadsheet 2003"
    return "XML" if head.lstrip().startswith("<?xml") and "<html" not in head else "HTML"
