"""CSV as officials write it → rows that remember their physical line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from monosashi import errors
from monosashi.define.document import Document
from monosashi.errors import Finding


def read_rows(
    file: str, content: bytes, *, needed: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[Document], list[Finding]]:
    """Every row as a Document of column → text, and what is wrong with the file as a table.

    Blank lines are passed over; an empty optional cell is left out of its row.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        return [], [errors.GUIDELINE_ENCODING.found(file=file, row=row)]
    records, broken = _records(file, text)
    if broken:
        return [], [broken]
    (_, header), *records = records or [(1, [])]
    if wrong := _header(file, header, needed, optional):
        return [], [wrong]
    rows, findings = [], []
    for line, cells in records:
        if len(cells) != len(header):
            findings.append(
                errors.GUIDELINE_CELLS.found(file=file, row=line, cells=len(cells), columns=len(header))
            )
            continue
        rows.append(_row(file, line, dict(zip(header, cells, strict=True)), optional))
    return rows, findings


def _records(file: str, text: str) -> tuple[list[tuple[int, list[str]]], Finding | None]:
    """(physical line on which a record begins, its cells), and where the table stops being one."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    records, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        return [], errors.GUIDELINE_TABLE.found(file=file, row=begins, problem=str(error))
    return records, None


def _header(
    file: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str]
) -> Finding | None:
    lacking = [column for column in needed if column not in header]
    extra = [column for column in header if column not in (*needed, *optional) or header.count(column) > 1]
    if not lacking and not extra:
        return None
    return errors.GUIDELINE_COLUMNS.found(
        file=file,
        row=1,
        lacking=", ".join(lacking) or "—",
        extra=", ".join(extra) or "—",
        expected=",".join((*needed, *optional)),
    )


def _row(file: str, line: int, cells: dict[str, str], optional: Sequence[str]) -> Document:
    value = {column: cell for column, cell in cells.items() if cell or column not in optional}
    return Document(file, value, {(): line, **{(column,): line for column in value}})
