"""Calibrated weights of rows: the pattern that a row belongs to, and w = d·g or its trimmed piece."""

from __future__ import annotations

import numpy as np

from monosashi.measure.cells import Floats, Ints, Key, Marks, Patterns, Pieces
from monosashi.measure.reducer import Weighting


def pattern_places(patterns: Patterns, keys: tuple[Key, ...]) -> Ints:
    """The number of the pattern with each key, −1 where the calibration knows none."""
    known = {key: place for place, key in enumerate(patterns.keys)}
    return np.array([known.get(key, -1) for key in keys], dtype=np.int64)


def weighed(d: Floats, pattern: Ints | None, weighting: Weighting | None) -> tuple[Floats, Marks | None]:
    """(the weight of each row, whether the calibration gives it one; None: every row has one)."""
    if weighting is None or pattern is None:
        return d, None
    if weighting.pieces is not None:
        return _trimmed(d, pattern, weighting.pieces)
    return d * weighting.g[pattern], pattern >= 0


def _trimmed(d: Floats, pattern: Ints, pieces: Pieces) -> tuple[Floats, Marks]:
    """w = slope·d + shift by the piece with above < d ≤ up_to; a pattern has few pieces, side by side."""
    order = np.argsort(pieces.pattern, kind="stable")
    first = np.searchsorted(pieces.pattern[order], pattern)
    count = np.searchsorted(pieces.pattern[order], pattern, side="right") - first
    w, found = np.full(len(d), np.nan), np.zeros(len(d), dtype=bool)
    for step in range(int(count.max(initial=0))):
        here = step < count
        piece = order[(first + step)[here]]
        within = (d[here] > pieces.above[piece]) & (d[here] <= pieces.up_to[piece])
        rows = np.flatnonzero(here)[within]
        w[rows] = d[rows] * pieces.slope[piece[within]] + pieces.shift[piece[within]]
        found[rows] = True
    return w, found
