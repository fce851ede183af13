"""Quantiles of a complete list, many domains at once.

Every case of a log is there, so nothing is estimated: between two neighbors the value is interpolated,
x(p) = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋]) with h = (n − 1)·p (Hyndman and Fan 1996, type 7; R's default,
numpy's and pandas'). The median of an even number of cases is the mean of the two in the middle. Surveys
(`statistics/quantile.py`) take a given answer instead, as Woodruff's interval needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monosashi.measure.log.cases import Floats, Ints, by_group


def quantiles(values: Floats, group: Ints, groups: int, at: Sequence[float]) -> Floats:
    """One row a probability, one column a group; NaN where a group is empty."""
    sizes = np.bincount(group, minlength=groups)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    ordered = _ordered(values, group, starts, sizes)
    found = np.full((len(at), groups), np.nan)
    there = np.flatnonzero(sizes)
    for row, p in enumerate(at):
        h = (sizes[there] - 1) * p
        below = np.floor(h).astype(np.int64)
        above = np.minimum(below + 1, sizes[there] - 1)
        low, high = ordered[starts[there] + below], ordered[starts[there] + above]
        found[row, there] = low + (h - below) * (high - low)
    return found


def _ordered(values: Floats, group: Ints, starts: Ints, sizes: Ints) -> Floats:
    """The values of each group in their order, group after group: many short sorts beat one long one."""
    ordered: Floats = values[by_group(group, sizes.size)]
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        ordered[start : start + size].sort()
    return ordered


def means(values: Floats, group: Ints, groups: int) -> Floats:
    """NaN where a group is empty."""
    sizes = np.bincount(group, minlength=groups)
    sums = np.bincount(group, weights=values, minlength=groups)
    found: Floats = np.divide(sums, sizes, out=np.full(groups, np.nan), where=sizes > 0)
    return found
