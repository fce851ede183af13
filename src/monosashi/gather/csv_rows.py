"""Text with separators → columns of cells, each row with the physical line on which it begins (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Iterator

from monosashi import errors
from monosashi.gather import limits
from monosashi.gather.encoding import Lines
from monosashi.gather.findings import Findings
from monosashi.gather.rows import Rows, Separator, check_header, laid_out

__all__ = ["Rows", "Separator", "read_rows"]
_CHARACTERS: dict[Separator, str] = {"comma": ",", "tab": "\t", "semicolon": ";"}
_FIRST_RECORD = re.compile(r'[\r\n]*+((?:"[^"]*+"|[^"\r\n]++)*+)')


def read_rows(
    text: str,
    *,
    separator: Separator | None = None,
    header_row: int | None = None,
    last_row: int | None = None,
    where: str = "",
) -> Rows:
    """Every record, cells exactly as typed. Raises `import-refused` with all that is wrong with the form.

    `header_row` is the line on which the header begins, `last_row` the last on which a record may begin:
    what stands around a table is no part of it.
    """
    findings = Findings()
    _no_nul(text, findings)
    if findings.count:
        raise findings.problem(where)
    if not text.strip():
        raise errors.TABLE_EMPTY(where=where)
    apart = separator or _separator(text if header_row is None else _since(text, header_row))
    records = _records(text, _CHARACTERS[apart], header_row or 1, last_row, findings)
    header, line = next(((cells, line) for cells, line in records if cells), ([], 1))
    if not findings.count and header_row not in {None, line if header else 0}:
        raise errors.HEADER_ROW(where=where, row=header_row)
    check_header(header, line, findings)
    if findings.count:
        raise findings.problem(where)
    rows, lines, blank = _gather(records, len(header), findings)
    if findings.count:
        raise findings.problem(where)
    columns = zip(*rows, strict=True) if rows else ()
    return laid_out(header, columns, lines, where=where, separator=apart, blank=blank)


def _no_nul(text: str, findings: Findings) -> None:
    lines = Lines(text)
    places = (found.start() for found in re.finditer("\0", text))
    findings.rows(places, lambda place: errors.NUL_CHARACTER.found(row=lines.at(place)))


def _separator(text: str) -> Separator:
    """The separator of the header: the one that parts it most often outside quotes."""
    found = _FIRST_RECORD.match(text)
    first = re.sub(r'"[^"]*"', "", found[1] if found else "")
    return max(_CHARACTERS, key=lambda name: first.count(_CHARACTERS[name]))


def _since(text: str, line: int) -> str:
    """The text from a physical line on."""
    return "".join(io.StringIO(text, newline="").readlines()[line - 1 :])


def _records(
    text: str, separator: str, first: int, last: int | None, findings: Findings
) -> Iterator[tuple[list[str], int]]:
    """(cells, physical line of the first) of every record that begins between two lines.

    An empty line has no cells. What stands before the first line is not read, whatever its quotes.
    """
    csv.field_size_limit(max(csv.field_size_limit(), limits.FILE_BYTES))  # laid_out knows better
    stream = io.StringIO(text, newline="")
    for _ in range(first - 1):
        stream.readline()
    reader = csv.reader(stream, delimiter=separator, strict=True)
    line = first
    try:
        for cells in reader:
            if last is not None and line > last:
                return
            yield cells, line
            line = first + reader.line_num
    except csv.Error:
        findings.add(errors.QUOTES_BROKEN.found(row=line))


def _gather(
    records: Iterator[tuple[list[str], int]], width: int, findings: Findings
) -> tuple[list[list[str]], array[int], int]:
    rows: list[list[str]] = []
    lines: array[int] = array("q")
    blank = 0
    ragged: dict[int, int] = {}
    for cells, line in records:
        if cells and len(cells) != width:
            ragged[line] = len(cells)
        elif any(cells):
            rows.append(cells)
            lines.append(line)
        else:
            blank += 1
        if len(rows) + len(ragged) > limits.ROWS:
            findings.add(errors.ROWS_TOO_MANY.found(row=line, limit=limits.ROWS))
            break
    findings.rows(ragged, lambda line: errors.ROW_RAGGED.found(row=line, found=ragged[line], expected=width))
    return rows, lines, blank
