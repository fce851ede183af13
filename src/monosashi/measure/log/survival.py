"""The median time with open cases counted as what they are: not finished yet (Kaplan and Meier 1958).

S(t) = ∏_{tᵢ ≤ t} (1 − dᵢ/nᵢ), with dᵢ cases that finish at tᵢ of nᵢ that lasted that long; a case that is
open after tᵢ counts among nᵢ up to then. The median is the smallest t with S(t) < ½; where S stays at
exactly ½ for a while, the middle of that while, as R's `survival` has it. Without open cases it is the
ordinary median. Closed cases alone tell a time that is too short: the slow ones are still open.
"""

from __future__ import annotations

import numpy as np

from monosashi.measure.log.cases import Flags, Floats

MATTERS = 0.05  # flagged when the two medians differ by more than 5 % of that of the closed cases
_EQUAL = 1e-9


def censored_median(lasted: Floats, finished: Flags) -> float | None:
    """None where fewer than half of the cases can be said to finish."""
    order = np.lexsort((~finished, lasted))  # at equal times those that finish come before those still open
    lasted, finished = lasted[order], finished[order]
    times, first = np.unique(lasted, return_index=True)
    at_risk = lasted.size - first
    ends = np.add.reduceat(finished.astype(np.int64), first) if lasted.size else first
    with_end = ends > 0
    times, survival = times[with_end], np.cumprod(1 - ends[with_end] / at_risk[with_end])
    below = np.flatnonzero(survival < 0.5 + _EQUAL)
    if not below.size:
        return None
    place = int(below[0])
    if abs(survival[place] - 0.5) > _EQUAL:
        return float(times[place])
    later = times[place + 1] if place + 1 < times.size else lasted[-1]
    return float((times[place] + later) / 2)


def matters(closed: float | None, censored: float | None) -> bool:
    """Whether leaving out the open cases moves the median by more than MATTERS of it."""
    if closed is None or censored is None:
        return closed is not censored
    return abs(censored - closed) > MATTERS * abs(closed)
