"""What the reducers hand on as Python values: keys of domains and strata, levels of an answer."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from monosashi.adapters.duckdb_table import Arrays
from monosashi.measure.cells import Key, Value
from monosashi.measure.reducer import Levels, Sample, Term, items_of

Cells = np.ndarray[Any, Any]


def keys_of(found: Arrays, names: Sequence[str]) -> tuple[Key, ...]:
    """Rows of key columns as Python values; whole numbers lose their decimal point. No columns: one key."""
    if not names:
        return ((),)
    return tuple(zip(*(values_of(found[name]) for name in names), strict=True))


def values_of(cells: Cells) -> list[Value]:
    return [_value(cell) for cell in cells.tolist()]


def leveled(cells: Cells) -> tuple[Cells, tuple[Value, ...]]:
    """Places in the list of values that occur, in their order; NaN where there is none."""
    values = [None if _is_nothing(cell) else _value(cell) for cell in cells.tolist()]
    known = sorted({value for value in values if value is not None}, key=lambda v: (isinstance(v, str), v))
    places = {value: place for place, value in enumerate(known)}
    found = [np.nan if value is None else float(places[value]) for value in values]
    return np.array(found, dtype=np.float64), tuple(known)


def columns_of(term: Term | Levels) -> tuple[str, ...]:
    return (term.item,) if isinstance(term, Levels) else items_of(term)


def drawn(sample: Sample) -> tuple[Hashable, ...]:
    """What tells the samples of one table apart, but for their calibration. As texts: True is equal to 1."""
    return sample.design, repr(sample.only), repr(sample.missing)


def _value(cell: Any) -> Value:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)


def _is_nothing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell))
