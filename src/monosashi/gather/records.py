"""Rows of a file + mapping + what the table and the questionnaire expect → records, or every finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.gather.cells import CellError, value_of
from monosashi.gather.csv_rows import Rows
from monosashi.gather.expect import Expectation, Instrument, expectations
from monosashi.gather.findings import Findings
from monosashi.gather.mapping import MappingFile, as_cell
from monosashi.gather.record import ColumnType, Schema


@dataclass(frozen=True)
class Records:
    """Typed values by field. `lines[i]` is the physical line that record i came from."""

    fields: Mapping[str, Sequence[Any]]
    types: Mapping[str, ColumnType]
    key: tuple[str, ...]
    lines: Sequence[int]
    labels: Mapping[str, Mapping[Any, str]]
    sources: frozenset[str]  # columns of the file that the mapping uses

    def __len__(self) -> int:
        return len(self.lines)


def read_records(
    rows: Rows, mapping: MappingFile, schema: Schema, instrument: Instrument
) -> tuple[Records, Findings]:
    """Every field of the mapping. Where there are findings, the records are for the preview only."""
    findings = Findings()
    expected, about_mapping = expectations(mapping, schema, instrument)
    findings.extend(about_mapping)
    read = {each.name: _field(rows, each, findings) for each in expected}
    key = mapping.key or schema.key
    _check_key(rows, {name: read[name] for name in key if name in read}, mapping, findings)
    _check_states(rows, read, schema, findings)
    types = {each.name: each.type for each in expected}
    labels = {each.name: each.labels for each in expected if each.labels}
    sources = frozenset(name for each in expected for name in each.mapping.sources)
    return Records(read, types, key, rows.lines, labels, sources), findings


def _field(rows: Rows, expected: Expectation, findings: Findings) -> list[Any]:
    sources = expected.mapping.sources
    if unknown := [name for name in sources if name not in rows.index]:
        findings.extend(
            [errors.COLUMN_UNKNOWN.found(column=name, nearest=nearest(name, rows.header)) for name in unknown]
        )
        return [None] * len(rows)
    if not sources:
        return [_constant(expected, findings)] * len(rows)
    if len(sources) == 1:
        return _column(rows, rows.column(sources[0]), sources[0], expected, findings)
    parts = zip(*(rows.column(name) for name in sources), strict=True)
    joined = ["" if "" in cells else expected.mapping.join.join(cells) for cells in parts]
    return _column(rows, joined, " + ".join(sources), expected, findings)


def _constant(expected: Expectation, findings: Findings) -> Any:
    """The one value of every row; checked like a cell, through the same door."""
    cell = as_cell(expected.mapping.value)
    try:
        return value_of(cell, expected)
    except CellError as error:
        findings.add(error.kind.found(column=expected.name, **error.details))
        return None


def _column(
    rows: Rows, cells: Sequence[str], column: str, expected: Expectation, findings: Findings
) -> list[Any]:
    """Each different cell is read once."""
    values: dict[str, Any] = {}
    wrong: dict[str, CellError] = {}
    for cell in set(cells):
        try:
            values[cell] = value_of(cell, expected)
        except CellError as error:
            values[cell], wrong[cell] = None, error
    if wrong:
        findings.rows(
            (at for at, cell in enumerate(cells) if cell in wrong),
            lambda at: wrong[cells[at]].kind.found(
                row=rows.lines[at], column=column, **wrong[cells[at]].details
            ),
        )
    return [values[cell] for cell in cells]


def _check_key(
    rows: Rows, read: Mapping[str, Sequence[Any]], mapping: MappingFile, findings: Findings
) -> None:
    """A key tells a row from all others. Where it is missing, that has been found already."""
    first: dict[tuple[Any, ...], int] = {}
    again: dict[int, tuple[Any, ...]] = {}
    for at, key in enumerate(zip(*read.values(), strict=True)):
        if None not in key and first.setdefault(key, at) != at:
            again[at] = key
    columns = ", ".join(" + ".join(mapping.fields[name].sources) or name for name in read)
    findings.rows(
        again,
        lambda at: errors.KEY_TWICE.found(
            row=rows.lines[at],
            column=columns,
            key=" / ".join(map(str, again[at])),
            first=rows.lines[first[again[at]]],
        ),
    )


def _check_states(rows: Rows, read: Mapping[str, Sequence[Any]], schema: Schema, findings: Findings) -> None:
    """A count that is there has the state `value`, and no other state has a count: never 0 for unknown."""
    if "status" not in schema.columns or "status" not in read:
        return
    quantities = read.get("quantity", [None] * len(rows))
    wrong = [
        at
        for at, (status, quantity) in enumerate(zip(read["status"], quantities, strict=True))
        if status is not None and (status == "value") != (quantity is not None)
    ]
    findings.rows(
        wrong,
        lambda at: errors.STATE_DISAGREES.found(
            row=rows.lines[at], column="status", status=read["status"][at], quantity=quantities[at]
        ),
    )
