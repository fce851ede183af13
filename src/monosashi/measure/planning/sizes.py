"""How many answers a figure needs, and what a number of answers can show.

The variance that is planned with is V(n) = deff·σ²/n·(1 − n/N): σ² = p(1−p) for a share, sd² for a mean, N
the population (infinite where it is not known). Clusters of m people make deff = (1 + (m−1)ρ)(1 + cv²)
(Kish 1965, section 5.4; Kish 1992). Lengths are in the unit of the figure: 0.05 is five points of a share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from monosashi.measure import interval as intervals

MOST = 2**53  # answers; beyond it whole numbers are no longer exact


@dataclass(frozen=True)
class Expected:
    """What the answers are thought to look like: a share, or a mean with its standard deviation."""

    share: float | None = 0.5
    mean: float = 0.0
    sd: float = 0.0

    @property
    def center(self) -> float:
        return self.mean if self.share is None else self.share

    @property
    def variance(self) -> float:
        """σ² of one answer."""
        return self.sd**2 if self.share is None else self.share * (1 - self.share)

    @property
    def widest_change(self) -> float:
        """The largest change that can happen at all."""
        return math.inf if self.share is None else max(self.share, 1 - self.share)

    def changed(self, by: float) -> float:
        """σ² after a change of that size, towards the side where it is larger."""
        if self.share is None:
            return self.variance
        other = abs(self.share - 0.5) - by  # the distance from one half after a move across the middle
        return 0.25 - other**2


@dataclass(frozen=True)
class Circumstances:
    """All that the size of one domain depends on. cluster is the number of answers in one PSU."""

    expected: Expected = Expected()
    deff: float = 1.0
    cluster: float = 1.0
    population: float = math.inf
    level: float = 0.95
    power: float = 0.8


def design_effect(intraclass_correlation: float, cluster_size: float, weights_cv: float = 0.0) -> float:
    """(1 + (m − 1)·ρ)·(1 + cv²)."""
    return (1 + (cluster_size - 1) * intraclass_correlation) * (1 + weights_cv**2)


def variance(n: float, of: Circumstances) -> float:
    """V(n), never below 0."""
    return of.deff * of.expected.variance / n * max(0.0, 1 - n / of.population)


def degrees_of_freedom(n: float, of: Circumstances) -> float:
    """PSUs less one, as many as n answers in clusters make; at least 1."""
    return max(1.0, n / of.cluster - 1)


def z(level: float) -> float:
    return float(special.ndtri(intervals.two_sided(level)))


def n_normal(precision: float, of: Circumstances) -> int:
    """n₀ = z²·deff·σ²/d², n = n₀/(1 + n₀/N), rounded up (Cochran 1977, sections 4.4 and 4.6)."""
    return _finite(z(of.level) ** 2 * of.deff * of.expected.variance / precision**2, of)


def n_for_change(change: float, of: Circumstances) -> int:
    """n₀ = (z(1−α/2) + z(power))²·deff·(σ₁² + σ₂²)/δ² in each of two independent waves; then as `n_normal`.

    Fleiss, Levin and Paik 2003, section 4.2, without continuity correction.
    """
    factor = z(of.level) + float(special.ndtri(of.power))
    return _finite(factor**2 * of.deff * (of.expected.variance + of.expected.changed(change)) / change**2, of)


def n_exact(precision: float, of: Circumstances) -> int:
    """The smallest n whose interval, as `half_width` has it, is at most `precision` to each side."""
    return smallest(lambda n: half_width(n, of) <= precision, of.population)


def half_width_normal(n: float, of: Circumstances) -> float:
    """z·√V(n)."""
    return z(of.level) * math.sqrt(variance(n, of))


def half_width(n: float, of: Circumstances) -> float:
    """Half the interval that n answers will have.

    Shares: Clopper–Pearson with the effective n of Korn and Graubard 1998, n/deff·(t(n−1)/t(df))² and at most
    n, over 1 − n/N. Means: t(df)·√V(n).
    """
    if n >= of.population:
        return 0.0
    df = degrees_of_freedom(n, of)
    if of.expected.share is None:
        return _t(df, of.level) * math.sqrt(variance(n, of))
    usable = min(n, n / of.deff * (_t(max(n - 1, 1), of.level) / _t(df, of.level)) ** 2)
    return clopper_pearson(of.expected.share, usable / (1 - n / of.population), of.level)


def clopper_pearson(p: float, n: float, level: float) -> float:
    """Half the width of the exact interval of a share p of n answers; n need not be whole."""
    ones = np.ones(1)
    lower, upper = intervals.beta(p * ones, p * (1 - p) / n * ones, 3 * ones, 2 * ones, level)
    return float(upper[0] - lower[0]) / 2


def detectable(parts: Sequence[tuple[float, float, Circumstances]]) -> float | None:
    """The smallest change found with the given power between two such waves, drawn independently.

    parts are (weight W, n, circumstances) of the domains; the figure is ΣW·θ. δ solves
    δ = (z(1−α/2) + z(power))·√Σ W²(V₁ + V₂(δ)). None where no change that can happen is large enough.
    """
    of = parts[0][2]
    factor = z(of.level) + float(special.ndtri(of.power))

    def short(change: float) -> bool:
        doubled = sum(weight**2 * _both_waves(n, one, change) for weight, n, one in parts)
        return change < factor * math.sqrt(doubled)

    low, high = 0.0, min(one.expected.widest_change for _, _, one in parts)
    if math.isinf(high):
        return factor * math.sqrt(sum(w**2 * _both_waves(n, one, 0.0) for w, n, one in parts))
    if short(high):
        return None
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) else (low, middle)
    return high


def smallest(enough: Callable[[int], bool], population: float = math.inf) -> int:
    """The smallest whole number from 2 on (or the whole population) that is enough."""
    most = int(min(population, MOST))
    high = 2
    while high < most and not enough(high):
        high *= 2
    low, high = high // 2, min(high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _both_waves(n: float, of: Circumstances, change: float) -> float:
    before, after = of.expected.variance, of.expected.changed(change)
    return variance(n, of) * (before + after) / before


def _finite(n: float, of: Circumstances) -> int:
    rounded = math.ceil(n / (1 + n / of.population) - 1e-9)
    return int(min(max(rounded, 2), of.population))


def _t(df: float, level: float) -> float:
    return float(intervals.t_quantile(np.array(df), intervals.two_sided(level)))
