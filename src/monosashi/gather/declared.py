"""What a file declares of its own cells: value labels, declared missing values, and states of a count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather.expect import Expectation
from monosashi.gather.findings import shown
from monosashi.gather.rows import Rows


def as_declared(expected: Expectation, rows: Rows) -> Expectation:
    """With the missing values that SPSS or Stata declare for the column.

    A declared missing value that the mapping explains, or that the scale of the item offers (such as 9,
    don't know), is that and not missing: the answer is kept.
    """
    sources = expected.mapping.sources
    declared = {cell for name in sources for cell in rows.declared_missing(name)}
    known = {*expected.codes, *expected.mapping.states, *expected.missing}
    missing = (*expected.missing, *sorted(declared - known))
    return replace(expected, missing=missing, workbook=rows.marks.workbook)


def said_cells(rows: Rows, name: str, expected: Expectation) -> Sequence[str]:
    """The cells of a column, by their value labels where the mapping wants these."""
    cells, labels = rows.column(name), rows.labels(name)
    if expected.mapping.cells != "labels" or not labels:
        return cells
    missing = frozenset(expected.missing)
    return [cell if cell in missing else labels.get(cell, cell) for cell in cells]


def label_faults(rows: Rows, name: str, expected: Expectation) -> Iterator[Finding]:
    """Codes that the file calls by the words of another answer: which of both counts has to be said."""
    if expected.mapping.cells or expected.mapping.codes or not expected.labels:
        return
    for code, label in rows.labels(name).items():
        there = expected.codes.get(code), expected.codes.get(label.strip())
        if None not in there and there[0] != there[1]:
            said = expected.labels[there[0]]
            yield errors.LABELS_DISAGREE.found(
                column=shown(name), code=shown(code), label=shown(label), said=said
            )


def serial_faults(rows: Rows, name: str, expected: Expectation) -> Iterator[Finding]:
    """A workbook that counts its days from another year than the mapping says."""
    marks, asked = rows.marks, expected.mapping.serial
    if asked and marks.workbook and marks.epoch not in {None, asked}:
        yield errors.SERIAL_DISAGREES.found(column=shown(name), asked=asked, epoch=marks.epoch)


def states_of(cells: Sequence[str], states: Mapping[str, str]) -> list[str]:
    """Which of the five states each cell of a quantity stands for: `value`, unless the mapping says else."""
    known = {cell: states.get(cell) or states.get(cell.strip(" \t　")) or "value" for cell in set(cells)}
    return [known[cell] for cell in cells]


def without_states(cells: Sequence[str], expected: Expectation) -> Sequence[str]:
    """The cells of a quantity, empty where they stand for a state."""
    if not expected.mapping.states:
        return cells
    empty = expected.missing[0]
    found = zip(cells, states_of(cells, expected.mapping.states), strict=True)
    return [cell if state == "value" else empty for cell, state in found]
