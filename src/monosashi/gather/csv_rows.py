"""Text with separators → columns of cells, each row with the physical line on which it begins (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather import limits
from monosashi.gather.encoding import Lines
from monosashi.gather.findings import Findings, shown

Separator = Literal["comma", "tab", "semicolon"]
_CHARACTERS: dict[Separator, str] = {"comma": ",", "tab": "\t", "semicolon": ";"}
_FIRST_RECORD = re.compile(r'[\r\n]*+((?:"[^"]*+"|[^"\r\n]++)*+)')


@dataclass(frozen=True)
class Rows:
    """A file laid out by column. `lines[i]` is the physical line of row i, counted from 1."""

    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    lines: Sequence[int]
    separator: Separator
    blank: int = 0  # lines after the header without any content, which are no records
    index: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[str]:
        return self.columns[self.index[name]]


def read_rows(text: str, *, separator: Separator | None = None, where: str = "") -> Rows:
    """Every record, cells exactly as typed. Raises `import-refused` with all that is wrong with the form."""
    findings = Findings()
    _no_nul(text, findings)
    if findings.count:
        raise findings.problem(where)
    if not text.strip():
        raise errors.TABLE_EMPTY(where=where)
    apart = separator or _separator(text)
    records = _records(text, _CHARACTERS[apart], findings)
    header, line = next(((cells, line) for cells, line in records if cells), ([], 1))
    _check_header(header, line, findings)
    if findings.count:
        raise findings.problem(where)
    rows, lines, blank = _gather(records, len(header), findings)
    if findings.count:
        raise findings.problem(where)
    if not rows:
        raise errors.TABLE_EMPTY(where=where)
    columns = tuple(zip(*rows, strict=True))
    _check_cells(header, columns, lines, findings)
    if findings.count:
        raise findings.problem(where)
    return Rows(tuple(header), columns, lines, apart, blank, {name: at for at, name in enumerate(header)})


def _no_nul(text: str, findings: Findings) -> None:
    lines = Lines(text)
    places = (found.start() for found in re.finditer("\0", text))
    findings.rows(places, lambda place: errors.NUL_CHARACTER.found(row=lines.at(place)))


def _separator(text: str) -> Separator:
    """The separator of the header: the one that parts it most often outside quotes."""
    found = _FIRST_RECORD.match(text)
    first = re.sub(r'"[^"]*"', "", found[1] if found else "")
    return max(_CHARACTERS, key=lambda name: first.count(_CHARACTERS[name]))


def _records(text: str, separator: str, findings: Findings) -> Iterator[tuple[list[str], int]]:
    """(cells, physical line of the first) of every record; an empty line has no cells."""
    csv.field_size_limit(max(csv.field_size_limit(), limits.FILE_BYTES))  # _check_cells knows better
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield cells, line
            line = reader.line_num + 1
    except csv.Error:
        findings.add(errors.QUOTES_BROKEN.found(row=line))


def _check_header(header: Sequence[str], line: int, findings: Findings) -> None:
    if len(header) > limits.COLUMNS:
        findings.add(errors.COLUMNS_TOO_MANY.found(row=line, count=len(header), limit=limits.COLUMNS))
        return
    empty = [number for number, name in enumerate(header, start=1) if not name.strip()]
    findings.rows(empty, lambda number: errors.HEADER_EMPTY.found(row=line, number=number))
    twice = [name for name, times in Counter(header).items() if times > 1 and name.strip()]
    findings.extend(
        [
            errors.HEADER_TWICE.found(row=line, column=shown(name), numbers=_numbers(header, name))
            for name in twice
        ]
    )
    findings.extend(
        [
            errors.CELL_TOO_LARGE.found(row=line, limit=limits.CELL_BYTES)
            for name in header
            if len(name.encode()) > limits.CELL_BYTES
        ]
    )


def _numbers(header: Sequence[str], name: str) -> str:
    return ", ".join(str(number) for number, other in enumerate(header, start=1) if other == name)


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


def _check_cells(
    header: Sequence[str], columns: Sequence[Sequence[str]], lines: Sequence[int], findings: Findings
) -> None:
    for name, cells in zip(header, columns, strict=True):
        long = [at for at, cell in enumerate(cells) if len(cell) * 4 > limits.CELL_BYTES and _large(cell)]
        findings.rows(long, _too_large(name, lines))


def _large(cell: str) -> bool:
    return len(cell.encode("utf-8", "surrogatepass")) > limits.CELL_BYTES


def _too_large(name: str, lines: Sequence[int]) -> Callable[[int], Finding]:
    return lambda at: errors.CELL_TOO_LARGE.found(row=lines[at], column=shown(name), limit=limits.CELL_BYTES)
