"""Rows of a file + mapping + what the table and the questionnaire expect → records, or every finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.errors import Finding
from monosashi.gather.cells import CellError, typed, value_of
from monosashi.gather.declared import (
    as_declared,
    label_faults,
    said_cells,
    serial_faults,
    states_of,
    without_states,
)
from monosashi.gather.expect import Expectation, Instrument, derives_status, expectations
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import MappingFile, as_cell
from monosashi.gather.record import COMMENT, ColumnType, Schema
from monosashi.gather.rows import Rows

_WRONG: Any = object()  # stands where a cell was found wrong, so that nothing else is said about it


@dataclass(frozen=True)
class Records:
    """Typed values by field. `lines[i]` is the physical line that record i came from."""

    fields: Mapping[str, Sequence[Any]]
    types: Mapping[str, ColumnType]
    key: tuple[str, ...]
    lines: Sequence[int]
    labels: Mapping[str, Mapping[Any, str]]
    sources: frozenset[str]  # columns of the file that the mapping uses
    comments: frozenset[str] = frozenset()  # fields of free text

    def __len__(self) -> int:
        return len(self.lines)


def read_records(
    rows: Rows, mapping: MappingFile, schema: Schema, instrument: Instrument
) -> tuple[Records, Findings]:
    """Every field of the mapping. Where there are findings, the records are for the preview only."""
    findings = Findings()
    expected, about_mapping = expectations(mapping, schema, instrument)
    findings.extend(about_mapping)
    expected = [as_declared(each, rows) for each in expected]
    read = {each.name: _field(rows, each, findings) for each in expected}
    types = {each.name: each.type for each in expected}
    if derives_status(mapping, schema) and "quantity" in read:
        read["status"], types["status"] = _states(rows, mapping), "text"
    key = mapping.key or schema.key
    _check_key(rows, {name: read[name] for name in key if name in read}, mapping, findings)
    _check_states(rows, read, schema, findings)
    fields = {name: _without_wrong(values) for name, values in read.items()}
    labels = {each.name: each.labels for each in expected if each.labels}
    sources = frozenset(name for each in expected for name in each.mapping.sources)
    comments = frozenset(each.name for each in expected if each.comment or _is_comment(each, schema))
    read_ = Records(fields, types, key, rows.lines, labels, sources, comments)
    return read_, findings.at(rows.placed)


def _is_comment(expected: Expectation, schema: Schema) -> bool:
    return schema is COMMENT and expected.name in ("text", "masked")


def _without_wrong(values: list[Any]) -> list[Any]:
    return [None if value is _WRONG else value for value in values] if _WRONG in values else values


def _field(rows: Rows, expected: Expectation, findings: Findings) -> list[Any]:
    sources = expected.mapping.sources
    if wrong := [*_unknown(rows, sources), *_untyped(expected), *_declared_wrong(rows, sources, expected)]:
        findings.extend(wrong)
        return [_WRONG] * len(rows)
    if not sources:
        return [_constant(expected, findings)] * len(rows)
    if len(sources) == 1:
        cells = said_cells(rows, sources[0], expected)
        return _column(rows, without_states(cells, expected), sources[0], expected, findings)
    return _column(rows, _joined(rows, expected), " + ".join(sources), expected, findings)


def _declared_wrong(rows: Rows, sources: Sequence[str], expected: Expectation) -> Iterator[Finding]:
    for name in sources:
        if name in rows.index:
            yield from label_faults(rows, name, expected)
            yield from serial_faults(rows, name, expected)


def _states(rows: Rows, mapping: MappingFile) -> list[Any]:
    """The state of every row, by what stands in the cells of the quantity."""
    given = mapping.fields["quantity"]
    if len(given.sources) != 1 or given.sources[0] not in rows.index:
        return [_WRONG] * len(rows)
    return states_of(rows.column(given.sources[0]), given.states)


def _joined(rows: Rows, expected: Expectation) -> list[str]:
    """Several columns as one; where a part is missing, so is the whole."""
    join, missing = expected.mapping.join, frozenset(expected.missing)
    parts = zip(*(rows.column(name) for name in expected.mapping.sources), strict=True)
    return [join.join(cells) if missing.isdisjoint(cells) else expected.missing[0] for cells in parts]


def _unknown(rows: Rows, sources: Sequence[str]) -> Iterator[Finding]:
    for name in sources:
        if name not in rows.index:
            near = shown(nearest(name, rows.header), 200)
            yield errors.COLUMN_UNKNOWN.found(column=shown(name), nearest=near)


def _untyped(expected: Expectation) -> Iterator[Finding]:
    """What `codes` lead to has to be of the type; said once, not for every row."""
    for value in expected.codes.values():
        try:
            typed(value, expected)
        except CellError as error:
            yield error.found(column=expected.name)


def _constant(expected: Expectation, findings: Findings) -> Any:
    """The one value of every row; checked like a cell, through the same door."""
    cell = as_cell(expected.mapping.value)
    try:
        return value_of(cell, expected)
    except CellError as error:
        findings.add(error.found(column=expected.name))
        return _WRONG


def _column(
    rows: Rows, cells: Sequence[str], column: str, expected: Expectation, findings: Findings
) -> list[Any]:
    """Each different cell is read once, and again when it is one of the wrong ones that are shown."""
    values = {cell: _value(cell, expected) for cell in set(cells)}
    found = [values[cell] for cell in cells]
    wrong = (at for at, value in enumerate(found) if value is _WRONG)
    findings.rows(wrong, lambda at: _finding(cells[at], rows.lines[at], column, expected))
    return found


def _value(cell: str, expected: Expectation) -> Any:
    try:
        return value_of(cell, expected)
    except CellError:
        return _WRONG


def _finding(cell: str, line: int, column: str, expected: Expectation) -> Finding:
    try:
        value_of(cell, expected)
    except CellError as error:
        return error.found(row=line, column=shown(column, 200))
    raise AssertionError("only cells that were found wrong come here")


def _all_different(columns: list[Sequence[Any]]) -> bool:
    """As nearly always; found out faster than which are not."""
    keys: Iterable[Any] = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
    return bool(columns) and len(set(keys)) == len(columns[0])


def _check_key(
    rows: Rows, read: Mapping[str, Sequence[Any]], mapping: MappingFile, findings: Findings
) -> None:
    """A key tells a row from all others. Where it is missing or wrong, that has been found already."""
    if _all_different([*read.values()]):
        return
    first: dict[tuple[Any, ...], int] = {}
    again: dict[int, tuple[Any, ...]] = {}
    for at, key in enumerate(zip(*read.values(), strict=True)):
        if None not in key and _WRONG not in key and first.setdefault(key, at) != at:
            again[at] = key
    columns = ", ".join(" + ".join(mapping.fields[name].sources) or name for name in read)
    findings.rows(
        again,
        lambda at: errors.KEY_TWICE.found(
            row=rows.lines[at],
            column=shown(columns, 200),
            key=shown(" / ".join(map(str, again[at])), 200),
            first=rows.lines[first[again[at]]],
        ),
    )


def _check_states(rows: Rows, read: Mapping[str, Sequence[Any]], schema: Schema, findings: Findings) -> None:
    """A count that is there has the state `value`, and no other state has a count: never 0 for unknown."""
    if "status" not in schema.columns or "status" not in read:
        return
    quantities = read.get("quantity") or [None] * len(rows)
    wrong = [
        at
        for at, (status, quantity) in enumerate(zip(read["status"], quantities, strict=True))
        if _WRONG not in (status, quantity)
        and status is not None
        and (status == "value") != (quantity is not None)
    ]
    findings.rows(
        wrong,
        lambda at: errors.STATE_DISAGREES.found(
            row=rows.lines[at],
            column="status",
            status=read["status"][at],
            quantity="—" if quantities[at] is None else f"{quantities[at]:.15g}",
        ),
    )
