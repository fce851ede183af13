"""How good suggestions are, judged by what a person coded.

    precision = suggested and coded / suggested      recall = suggested and coded / coded

Of one theme, a comment is suggested at most once, so the interval is Clopper and Pearson's. Of all themes
together, one comment brings several pairs; the comments are what was sampled, so the ratio R = Σx/Σy has

    V(R) = n/(n − 1) · Σ_i (x_i − R·y_i)² / (Σ y)²

with a t interval of n − 1 degrees of freedom (Cochran 1977, Sampling Techniques, 2.11), kept within 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np

from monosashi.measure import interval as intervals
from monosashi.measure.cells import Floats
from monosashi.measure.coding.agreement import Codes
from monosashi.measure.estimate import Interval


@dataclass(frozen=True)
class Share:
    """k of n, with an interval; value None where n is 0."""

    k: int
    n: int
    value: float | None
    interval: Interval | None
    interval_method: str | None


@dataclass(frozen=True)
class Quality:
    precision: Share
    recall: Share


def share(k: int, n: int, level: float = 0.95) -> Share:
    """Clopper and Pearson's interval (1934), which covers at least as often as it says."""
    if n == 0:
        return Share(0, 0, None, None, None)
    lower, upper = intervals.clopper_pearson(np.array([k / n]), np.array([float(n)]), level)
    return Share(k, n, k / n, Interval(float(lower[0]), float(upper[0])), "clopper_pearson")


def quality(suggested: Codes, coded: Codes, themes: Sequence[str], level: float = 0.95) -> dict[str, Quality]:
    """Of each theme. Both lists are of the same comments in the same order."""
    found = {}
    for theme in themes:
        pairs = [(theme in one, theme in other) for one, other in zip(suggested, coded, strict=True)]
        both = sum(one and other for one, other in pairs)
        found[theme] = Quality(
            share(both, sum(one for one, _ in pairs), level),
            share(both, sum(other for _, other in pairs), level),
        )
    return found


def quality_of_all(suggested: Codes, coded: Codes, level: float = 0.95) -> Quality:
    """Of all pairs of comment and theme together."""
    both = np.array([len(one & other) for one, other in zip(suggested, coded, strict=True)], dtype=float)
    offered = np.array([len(one) for one in suggested], dtype=float)
    wanted = np.array([len(one) for one in coded], dtype=float)
    return Quality(_ratio(both, offered, level), _ratio(both, wanted, level))


def _ratio(x: Floats, y: Floats, level: float) -> Share:
    k, n, comments = int(x.sum()), int(y.sum()), len(x)
    if n == 0:
        return Share(0, 0, None, None, None)
    value = k / n
    if comments < 2:
        return Share(k, n, value, None, None)
    se = sqrt(comments / (comments - 1) * float(((x - value * y) ** 2).sum())) / n
    if se == 0 and value in (0.0, 1.0):
        return share(k, n, level)  # nothing varied, which is no proof that nothing can
    half = se * float(intervals.t_quantile(np.array([comments - 1.0]), intervals.two_sided(level))[0])
    assert not isnan(half)
    return Share(k, n, value, Interval(max(0.0, value - half), min(1.0, value + half)), "t_ratio")
