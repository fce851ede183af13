"""Quantiles of a complete list, many domains at once.

Every case of a log is there, so nothing is estimated: between two neighbors the value is interpolated,
x(p) = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋]) with h = (n − 1)·p (Hyndman and Fan 1996, type 7; R's default,
numpy's and pandas'). The median of an even number of cases is the mean of the two in the middle. Surveys
(`statistics/quantile.py`) take a given answer instead, as Woodruff's interval needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monosashi.measure.log.cases import Floats, Ints


def quantiles(values: Floats, group: Ints, groups: int, at: Sequence[float]) -> Floats:
    """One row a probability, one column a group; NaN where a group is empty."""
    ordered = _ordered(values, group)
    sizes = np.bincount(group, minlength=groups)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    found = np.full((len(at), groups), np.nan)
    there = np.flatnonzero(sizes)
    for row, p in enumerate(at):
        h = (sizes[there] - 1) * p
        below = np.floor(h).astype(np.int64)
        above = np.minimum(below + 1, sizes[there] - 1)
        low, high = ordered[starts[there] + below], ordered[starts[there] + above]
        found[row, there] = low + (h - below) * (high - low)
    return found


def _ordered(values: Floats, group: Ints) -> Floats:
    """The values of each group in their order, group after group.

    Sorting by value and then, stably, by a group number of few bytes is several times faster than lexsort.
    """
    by_value = np.argsort(values)
    small = group[by_value].astype(np.uint16 if group.size == 0 or group.max() < 2**16 else np.int64)
    ordered: Floats = values[by_value][np.argsort(small, kind="stable")]
    return ordered


def means(values: Floats, group: Ints, groups: int) -> Floats:
    """NaN where a group is empty."""
    sizes = np.bincount(group, minlength=groups)
    sums = np.bincount(group, weights=values, minlength=groups)
    return np.divide(sums, sizes, out=np.full(groups, np.nan), where=sizes > 0)
