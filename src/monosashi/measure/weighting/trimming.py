"""`trim`: a limit on the weight of a row, by R's ``trimWeights`` and calibration in turns.

A weight above the limit is set to it, and what that takes away is shared equally (the same number of
people each) over the rows that were not cut; then the totals are met again. Both are repeated until both
hold. Cutting acts on the weight of a row, so the rows of a pattern no longer share one factor: within a
pattern the weight is a function of the design weight,

    w = slope·d + shift   on intervals of d,

and equal design weights of a pattern stay together. The work grows with the different design weights of
the sample, at most its rows. Reference: Potter (1990), Proc. ASA Survey Research Methods, 225–230;
Lumley (2010), ch. 7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Floats, Ints, Pieces, Weights, added

KEPT = 1e-9  # relative excess of a weight over the limit that still counts as kept


@dataclass(frozen=True)
class Trim:
    """The largest weight: `upper` itself, or `factor` times the median weight before trimming.

    times limits the turns of cutting and calibrating.
    """

    upper: float | None = None
    factor: float | None = None
    times: int = 200


@dataclass(frozen=True, eq=False)
class Line:
    """w = slope·d + shift for each group of `Weights`: shape (groups,)."""

    slope: Floats
    shift: Floats

    def at(self, weight: Floats) -> Floats:
        return np.asarray(self.slope * weight + self.shift)


@dataclass(frozen=True)
class Limit:
    """The largest weight in people, the turns allowed, and the smallest limit that the margins allow."""

    upper: float
    times: int
    least: float


def limit(trim: Trim, rows: Weights, line: Line, least: float) -> Limit:
    """Refuses a limit that the margins do not allow (TRIM_UNMET)."""
    factor = 1.0 if trim.factor is None else trim.factor
    upper = factor * median(line.at(rows.weight), rows.n) if trim.upper is None else trim.upper
    if upper < least * (1 - KEPT):
        raise errors.TRIM_UNMET(limit=upper, times=0, least=least)
    return Limit(upper, trim.times, least)


def trimmed(rows: Weights, line: Line, asked: Limit, fitted: Callable[[Floats], Floats]) -> tuple[Line, int]:
    """(the line of every group once the limit and the margins both hold, turns taken).

    fitted takes and gives the weight of each pattern together. Raises TRIM_UNMET.
    """
    turns = 0
    patterns = int(rows.pattern.max()) + 1
    while float(line.at(rows.weight).max()) > asked.upper * (1 + KEPT):
        if turns == asked.times:
            raise errors.TRIM_UNMET(limit=asked.upper, times=turns, least=asked.least)
        turns += 1
        line = cut(rows, line, asked.upper)
        sums = added(rows.pattern, rows.n * line.at(rows.weight), patterns)
        factor = (fitted(sums) / sums)[rows.pattern]
        line = Line(line.slope * factor, line.shift * factor)
    return line, turns


def cut(rows: Weights, line: Line, upper: float) -> Line:
    """One pass of R's ``trimWeights``."""
    weight = line.at(rows.weight)
    over = weight > upper
    if not over.any():
        return line
    excess = float((rows.n * (weight - upper))[over].sum())
    share = excess / max(float(rows.n[~over].sum()), 1.0)
    return Line(np.where(over, 0.0, line.slope), np.where(over, upper, line.shift + share))


def pieces(rows: Weights, line: Line) -> Pieces:
    """Neighboring groups of a pattern that share a line, as one interval. Limits lie between the weights."""
    first = np.ones(len(rows.n), dtype=bool)
    same_line = (line.slope[1:] == line.slope[:-1]) & (line.shift[1:] == line.shift[:-1])
    new_pattern = rows.pattern[1:] != rows.pattern[:-1]
    first[1:] = new_pattern | ~same_line
    starts = np.flatnonzero(first)
    pattern = rows.pattern[starts]
    above = np.zeros(len(starts))
    inner = np.append(False, pattern[1:] == pattern[:-1])
    places = starts[inner]
    above[inner] = (rows.weight[places - 1] + rows.weight[places]) / 2
    up_to = np.full(len(starts), np.inf)
    up_to[:-1][inner[1:]] = above[1:][inner[1:]]
    return Pieces(pattern, above, up_to, line.slope[starts], line.shift[starts])


def median(values: Floats, n: Ints) -> float:
    """The median of values that n rows have each; the mean of the two middle ones where they are two."""
    return float(in_order(values, n, middle_of(int(n.sum()))).mean())


def middle_of(rows: int) -> list[int]:
    """The places of the two middle rows, or twice that of the one, in ascending order from 0."""
    return [(rows - 1) // 2, rows // 2]


def in_order(values: Floats, n: Ints, places: Sequence[int]) -> Floats:
    """The values at places of the rows in ascending order, found without sorting every row."""
    if 4 * len(values) < int(n.sum()):
        order = np.argsort(values)
        found = order[np.searchsorted(np.cumsum(n[order]), places, side="right")]
        return np.asarray(values[found], dtype=np.float64)
    return np.asarray(np.partition(np.repeat(values, n), sorted(set(places)))[places], dtype=np.float64)
