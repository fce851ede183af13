"""Rows in groups, with numpy: places of equal rows, and sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monosashi.measure.cells import Floats, Ints, Marks, added

_LARGEST = 2**62
Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups in the order of their ranks: the group of each row (in few bytes), and one row of each group."""

    of_row: Whole
    row: Ints

    def __len__(self) -> int:
        return len(self.row)

    def first(self, values: Whole) -> Ints:
        """What all rows of a group share: shape (groups,)."""
        return values[self.row].astype(np.int64, copy=False)

    def sum(self, values: Floats, there: Marks | None = None) -> Floats:
        """Σ of the rows of each group, of those that are `there`."""
        return added(self.of_row, values if there is None else np.where(there, values, 0.0), len(self))

    def count(self, there: Marks | None = None) -> Ints:
        """The rows of each group, or those that are `there`."""
        if there is None:
            return self._rows
        return added(self.of_row, there, len(self)).astype(np.int64)

    @cached_property
    def _rows(self) -> Ints:
        return np.bincount(self.of_row, minlength=len(self)).astype(np.int64, copy=False)


def grouped(ranks: Sequence[Whole], rows: int) -> Groups:
    """Rows with equal ranks together, ordered by the first rank, then the second …; ranks are not negative.

    Without ranks all rows are one group, which exists even if there is no row.
    """
    if not ranks:
        return Groups(np.zeros(rows, dtype=np.uint8), np.zeros(1, dtype=np.int64))
    key = ranks[0].astype(np.int64)
    size = int(key.max(initial=0)) + 1
    for rank in ranks[1:]:
        width = int(rank.max(initial=0)) + 1
        if size > _LARGEST // width:
            of_row, size = _numbered(key, size)
            key = of_row.astype(np.int64)
        key *= width
        key += rank
        size *= width
    of_row, groups = _numbered(key, size)
    row = np.zeros(groups, dtype=np.int64)
    row[of_row] = np.arange(rows)
    return Groups(of_row, row)


def narrow(size: int) -> type[np.unsignedinteger[Any]]:
    """The type of fewest bytes for whole numbers below `size`."""
    return next((kind for kind in (np.uint8, np.uint16, np.uint32) if size <= np.iinfo(kind).max), np.uint64)


def _numbered(key: Ints, size: int) -> tuple[Whole, int]:
    """(the number of each key among those that occur, how many occur), without sorting where few can."""
    if size > min(64 * len(key), 8 * len(key) + 8_000_000):
        known, number = np.unique(key, return_inverse=True)
        return number.astype(narrow(len(known))), len(known)
    present = np.zeros(size, dtype=bool)
    present[key] = True
    known = np.flatnonzero(present)
    if len(known) == size:
        return key.astype(narrow(size)), size
    number = np.empty(size, dtype=narrow(len(known)))  # only the places of keys that occur are read
    number[known] = np.arange(len(known))
    return number[key], len(known)
