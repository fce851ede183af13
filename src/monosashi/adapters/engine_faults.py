"""Cells that cannot be used: how SQL finds them, and what is said of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlglot import exp

from monosashi import errors
from monosashi.adapters import engine_sql as sql
from monosashi.adapters import table_files
from monosashi.adapters.sql_parts import both, number, string, typed
from monosashi.errors import Finding
from monosashi.keep.table import Source
from monosashi.measure.cells import Value
from monosashi.measure.reducer import LARGEST, SMALLEST, Check

FAULTS = 1000  # findings listed: more than a person will read


def wrong_cell(check: Check, column: sql.Column, missing: Sequence[Value]) -> exp.Expression:
    """The cell fails its check. Missing answers pass as numbers, never as weights."""
    if check.expects == "present":
        return sql.empty(column, missing)
    value = exp.Coalesce(this=sql.as_number(column), expressions=[typed(string("NaN"), "DOUBLE")])
    finite = both(
        [
            exp.Not(this=exp.IsNan(this=value.copy())),
            exp.LTE(this=exp.Abs(this=value.copy()), expression=number(LARGEST)),
        ]
    )
    if check.expects == "positive":
        good = both([finite, exp.GTE(this=value.copy(), expression=number(SMALLEST))])
        return exp.Not(this=exp.paren(good))
    return both([sql.present(column, (*missing, *check.missing)), exp.Not(this=exp.paren(finite))])


def findings(rows: list[tuple[Any, ...]], checks: Sequence[Check], source: Source) -> list[Finding]:
    """One finding for each cell and fault, however many questions need the cell."""
    lines = _lines(source, [row[0] for row in rows])
    found: dict[tuple[object, ...], Finding] = {}
    for record, *marked in rows:
        cells, flags = marked[: len(checks)], marked[len(checks) :]
        for check, cell, flag in zip(checks, cells, flags, strict=True):
            if flag:
                kind, row = _kind(check, cell), lines[record]
                fault = kind.found(row=row, column=check.column, value=_shown(cell))
                found.setdefault((row, check.column, kind), fault)
    return list(found.values())


def _shown(cell: str | None) -> str:
    """The cell on one line and no longer than a line of a message."""
    text = " ".join("".join(c if c.isprintable() else " " for c in cell or "").split())
    return text if len(text) <= 60 else text[:59] + "…"


_DIGITS = re.compile(r"\s*[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?\s*", re.ASCII)


def _kind(check: Check, cell: str | None) -> errors.Kind:
    if cell is None or not cell.strip() or check.expects == "present":
        return errors.CELL_MISSING
    if _DIGITS.fullmatch(cell) and (check.expects == "number" or float(cell) > 0):
        return errors.CELL_OUT_OF_RANGE
    return errors.CELL_NOT_POSITIVE if check.expects == "positive" else errors.CELL_NOT_NUMBER


def _lines(source: Source, wanted: list[int]) -> dict[int, int]:
    """Physical lines of a text file, rows of a sheet; of other formats the number of the row, from 1."""
    if source.lines is not None:
        return {record: source.lines[record] for record in wanted}
    if source.format in table_files.SEPARATORS:
        return table_files.physical_lines(Path(source.uris[0]), source.format, wanted)
    return {record: record + 1 for record in wanted}
