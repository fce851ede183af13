"""`margins`: population totals of categories, matched with the patterns of the sample.

A margin speaks of one variable, or of several crossed. Everything about it is said per pattern, so that a
fit never sees a row.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.measure.cells import Floats, Ints, Key, Patterns, Value, added, same
from monosashi.measure.reducer import LARGEST, SMALLEST

Totals = Mapping[str | Key, Mapping[Value | Key, float]]
AGREEMENT = 1e-6  # relative difference between the totals of two margins
CROSS = " × "


@dataclass(frozen=True, eq=False)
class Margin:
    """One variable or crossing: the category number of each pattern, the categories' values and totals."""

    columns: tuple[str, ...]
    codes: Ints
    values: tuple[Key, ...]
    totals: Floats

    @property
    def name(self) -> str:
        return CROSS.join(self.columns)

    def sums(self, weight: Floats) -> Floats:
        """The weight that each category carries now: shape (categories,)."""
        return added(self.codes, weight, len(self.totals))

    @property
    def members(self) -> Floats:
        """1 where a pattern is of the category: shape (patterns, categories)."""
        return np.asarray(self.codes[:, None] == np.arange(len(self.totals)), dtype=np.float64)


Table = dict[tuple[str, ...], dict[Key, float]]


def table_of(totals: Totals) -> Table:
    """The margins with every name and every value as a tuple, one entry long where nothing is crossed.

    Refuses values that do not fit their crossing (MARGIN_CROSSING), totals that are not positive
    (MARGIN_VALUE) and margins of different populations (MARGINS_DISAGREE). A difference of rounding
    (`AGREEMENT`) is settled in favor of the first margin.
    """
    found: Table = {}
    for name, margin in totals.items():
        columns = tuple(map(str, _tuple(name)))
        found[columns] = {_tuple(value): float(total) for value, total in margin.items()}
        _check(columns, found[columns])
    sums = {columns: math.fsum(margin.values()) for columns, margin in found.items()}
    if max(sums.values()) - min(sums.values()) > AGREEMENT * max(sums.values()):
        told = ", ".join(f"{CROSS.join(name)} {total:,.15g}" for name, total in sums.items())
        raise errors.MARGINS_DISAGREE(totals=told)
    population = next(iter(sums.values()))
    return {
        columns: {value: total * (population / sums[columns]) for value, total in margin.items()}
        for columns, margin in found.items()
    }


def crossed(table: Table) -> Table:
    """One margin of all variables crossed. Several become one as if independent: N·Π(total/N)."""
    if len(table) == 1:
        return table
    columns = tuple(itertools.chain(*table))
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise errors.MARGIN_TWICE(column=twice)
    population = math.fsum(next(iter(table.values())).values())
    cells = itertools.product(*(margin.items() for margin in table.values()))
    return {
        columns: {
            tuple(itertools.chain(*(value for value, _ in cell))): population
            * math.prod(total / population for _, total in cell)
            for cell in cells
        }
    }


def margins_in(table: Table, patterns: Patterns) -> list[Margin]:
    """The margins as the patterns know them. Refuses values without a total and totals without anybody."""
    return [_margin(patterns, columns, margin) for columns, margin in table.items()]


def worst(weight: Floats, margins: list[Margin]) -> tuple[float, tuple[int, int]]:
    """The largest relative error of a total, and the (margin, category) it belongs to."""
    gaps = [np.abs(margin.sums(weight) / margin.totals - 1) for margin in margins]
    margin = int(np.argmax([gap.max() for gap in gaps]))
    return float(gaps[margin].max()), (margin, int(gaps[margin].argmax()))


def told(value: Key) -> str:
    return CROSS.join(map(str, value))


def _tuple(name: Value | Key) -> Key:
    return name if isinstance(name, tuple) else (name,)


def _check(columns: tuple[str, ...], margin: dict[Key, float]) -> None:
    name = CROSS.join(columns)
    for value, total in margin.items():
        if len(value) != len(columns):
            raise errors.MARGIN_CROSSING(column=name, value=told(value), count=len(columns))
        if not SMALLEST <= total <= LARGEST:
            raise errors.MARGIN_VALUE(column=name, value=told(value), total=total)


def _margin(patterns: Patterns, columns: tuple[str, ...], totals: dict[Key, float]) -> Margin:
    places = [patterns.columns.index(name) for name in columns]
    numbers = {_compared(value): i for i, value in enumerate(totals)}
    cells = [tuple(key[place] for place in places) for key in patterns.keys]
    codes = np.array([_category(cell, numbers) for cell in cells], dtype=np.int64)
    if (codes < 0).any():
        unknown = list(dict.fromkeys(told(cells[i]) for i in np.flatnonzero(codes < 0)))
        raise errors.MARGIN_UNKNOWN(
            column=CROSS.join(columns),
            values=", ".join(unknown),
            rows=int(patterns.rows[codes < 0].sum()),
            nearest=nearest(unknown[0], [told(value) for value in totals]),
        )
    values = tuple(totals)
    for i in np.flatnonzero(np.bincount(codes, minlength=len(values)) == 0):
        raise errors.MARGIN_EMPTY(column=CROSS.join(columns), value=told(values[i]))
    return Margin(columns, codes, values, np.array(list(totals.values()), dtype=np.float64))


def _category(cell: Key, numbers: Mapping[tuple[object, ...], int]) -> int:
    """The number of a cell's category, −1 where it has none. The margins may call yes and no 1 and 0."""
    wanted = _compared(cell)
    if wanted not in numbers:
        wanted = _compared(tuple(int(part) if isinstance(part, bool) else part for part in cell))
    return numbers.get(wanted, -1)


def _compared(value: Key) -> tuple[object, ...]:
    return tuple(map(same, value))
