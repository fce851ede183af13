"""Rows of cells, whatever file they came from: a header, columns of texts, and where each row stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather import limits
from monosashi.gather.findings import Findings, shown
from monosashi.gather.written import Epoch

Separator = Literal["comma", "tab", "semicolon"]
_NO_LABELS: Mapping[str, str] = {}
_NO_MISSING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Marks:
    """What a container says about its cells beyond their text; a text file says nothing.

    `letters[i]` is the sheet's letter of column i. `labels` and `missing` are those that SPSS and Stata
    declare, by column. `epoch` is the date system of a workbook, None where it cannot be told; in a
    `workbook` a day is its midnight.
    """

    sheet: str = ""
    letters: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    epoch: Epoch | None = None
    workbook: bool = False


@dataclass(frozen=True)
class Rows:
    """A file laid out by column. `lines[i]` is the physical line of row i, counted from 1.

    The line of a text file, the row of a sheet, the number of the record where a file has neither.
    """

    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    lines: Sequence[int]
    separator: Separator | None = None
    blank: int = 0  # lines after the header without any content, which are no records
    index: dict[str, int] = field(default_factory=dict)
    marks: Marks = Marks()

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[str]:
        return self.columns[self.index[name]]

    def labels(self, name: str) -> Mapping[str, str]:
        return self.marks.labels.get(name, _NO_LABELS)

    def declared_missing(self, name: str) -> frozenset[str]:
        return self.marks.missing.get(name, _NO_MISSING)

    def placed(self, finding: Finding) -> Finding:
        """With the cell as a spreadsheet calls it, ``Sheet1!C7``, where the file is one."""
        if finding.row is None or finding.column not in self.index or not self.marks.letters:
            return finding
        letter = self.marks.letters[self.index[finding.column]]
        return replace(finding, cell=f"{shown(self.marks.sheet)}!{letter}{finding.row}")


def laid_out(
    header: Sequence[str],
    columns: Iterable[Sequence[str]],
    lines: Sequence[int],
    *,
    where: str,
    separator: Separator | None = None,
    blank: int = 0,
    marks: Marks | None = None,
) -> Rows:
    """Rows without a cell that is too large. Raises `import-refused`, or `table-empty`."""
    if not len(lines):
        raise errors.TABLE_EMPTY(where=where)
    names, cells = tuple(header), tuple(columns)
    findings = Findings()
    _check_cells(names, cells, lines, findings)
    if separator is None:  # the text of a CSV was looked through as a whole
        _check_nul(names, cells, lines, findings)
    if findings.count:
        raise findings.problem(where)
    index = {name: at for at, name in enumerate(names)}
    return Rows(names, cells, lines, separator, blank, index, marks or Marks())


def check_size(rows: int, columns: int, where: str) -> None:
    """Before the cells are made: a small file can say that it holds very many."""
    findings = Findings()
    if columns > limits.COLUMNS:
        findings.add(errors.COLUMNS_TOO_MANY.found(count=columns, limit=limits.COLUMNS))
    if rows > limits.ROWS:
        findings.add(errors.ROWS_TOO_MANY.found(limit=limits.ROWS))
    if findings.count:
        raise findings.problem(where)
    if rows * columns > limits.CELLS:
        raise errors.CONTAINER_TOO_LARGE(
            where=where, what_ja="セルの数", what_en="cells", size=rows * columns, limit=limits.CELLS
        )


def check_header(header: Sequence[str], line: int, findings: Findings) -> None:
    """Every column has a name of its own, and there are not too many."""
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


def _check_cells(
    header: Sequence[str], columns: Sequence[Sequence[str]], lines: Sequence[int], findings: Findings
) -> None:
    for name, cells in zip(header, columns, strict=True):
        if max(map(len, cells)) * 4 > limits.CELL_BYTES:
            long = [at for at, cell in enumerate(cells) if len(cell) * 4 > limits.CELL_BYTES and _large(cell)]
            findings.rows(long, _too_large(name, lines))


def _check_nul(
    header: Sequence[str], columns: Sequence[Sequence[str]], lines: Sequence[int], findings: Findings
) -> None:
    """No database keeps a NUL in a text."""
    for name, cells in zip(header, columns, strict=True):
        places = [at for at, cell in enumerate(cells) if "\0" in cell]
        findings.rows(places, _has_nul(name, lines))


def _has_nul(name: str, lines: Sequence[int]) -> Callable[[int], Finding]:
    return lambda at: errors.NUL_CHARACTER.found(row=lines[at], column=shown(name))


def _large(cell: str) -> bool:
    return len(cell.encode("utf-8", "surrogatepass")) > limits.CELL_BYTES


def _too_large(name: str, lines: Sequence[int]) -> Callable[[int], Finding]:
    return lambda at: errors.CELL_TOO_LARGE.found(row=lines[at], column=shown(name), limit=limits.CELL_BYTES)
