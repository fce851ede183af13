"""Rows in groups, with numpy: places of equal rows, and sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monosashi.measure.cells import Floats, Ints, Marks, added

_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups in the order of their ranks: the group of each row, and one row of each group."""

    of_row: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.row)

    def first(self, values: Ints) -> Ints:
        """What all rows of a group share: shape (groups,)."""
        return values[self.row]

    def sum(self, values: Floats, there: Marks | None = None) -> Floats:
        """Σ of the rows of each group, of those that are `there`."""
        return added(self.of_row, values if there is None else np.where(there, values, 0.0), len(self))

    def count(self, there: Marks | None = None) -> Ints:
        found = np.bincount(self.of_row if there is None else self.of_row[there], minlength=len(self))
        return found.astype(np.int64)


def grouped(ranks: Sequence[Ints], rows: int) -> Groups:
    """Rows with equal ranks together, ordered by the first rank, then the second …; ranks are not negative.

    Without ranks all rows are one group, which exists even if there is no row.
    """
    if not ranks:
        return Groups(np.zeros(rows, dtype=np.int64), np.zeros(1, dtype=np.int64))
    key, size = np.zeros(rows, dtype=np.int64), 1
    for rank in ranks:
        width = int(rank.max(initial=0)) + 1
        if size > _LARGEST // width:
            key, size = _numbered(key, size)
        key, size = key * width + rank, size * width
    of_row, groups = _numbered(key, size)
    row = np.zeros(groups, dtype=np.int64)
    row[of_row] = np.arange(rows)
    return Groups(of_row, row)


def _numbered(key: Ints, size: int) -> tuple[Ints, int]:
    """(the number of each key among those that occur, how many occur), without sorting where few can."""
    if size > 8 * len(key) + 1_000_000:
        known, number = np.unique(key, return_inverse=True)
        return number.astype(np.int64), len(known)
    present = np.bincount(key, minlength=size) > 0
    number = np.cumsum(present) - 1
    return number[key], int(present.sum())
