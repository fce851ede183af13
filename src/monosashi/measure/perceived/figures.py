"""A figure with its interval, and the difference of two that were found apart from each other.

The median of n cases that stand for a process has an interval that assumes nothing of how times are
distributed: with x₍₁₎ ≤ … ≤ x₍ₙ₎ and B ~ Binomial(n, ½),

    [x₍ᵣ₎, x₍ₙ₋ᵣ₊₁₎],   r the largest with P(B < r) ≤ (1 − level)/2,

covers the median with at least `level`, ties included (Thompson 1936, Ann. Math. Statist. 7; David and
Nagaraja, Order Statistics, 3rd ed., 7.1). At 95 % it takes 6 cases; with fewer there is no such interval.

The difference δ = θ₁ − θ₂ has the limits of MOVER, the method of variance estimates recovery (Zou and Donner
2008, Statistics in Medicine 27, 1693–1702), which keeps the lopsidedness of the two intervals:

    L = δ − √((θ₁ − l₁)² + (u₂ − θ₂)²),   U = δ + √((u₁ − θ₁)² + (θ₂ − l₂)²)

It supposes that the two were found independently: those who answered are not told apart among the cases.
Of a figure that is certain, l = u = θ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from monosashi.measure import interval as intervals
from monosashi.measure.estimate import Interval
from monosashi.measure.log.cases import Floats


@dataclass(frozen=True)
class Figure:
    """A value and what is known of how far off it may be; no interval where that cannot be told."""

    value: float
    interval: Interval | None

    @staticmethod
    def certain(value: float) -> Figure:
        return Figure(value, Interval(value, value))

    def times(self, factor: float) -> Figure:
        if self.interval is None:
            return Figure(self.value * factor, None)
        return Figure(
            self.value * factor, Interval(self.interval.lower * factor, self.interval.upper * factor)
        )

    def minus(self, other: Figure) -> Figure:
        """δ with the limits of MOVER, or without any where one side has none."""
        value, mine, theirs = self.value - other.value, self.interval, other.interval
        if mine is None or theirs is None:
            return Figure(value, None)
        below = math.hypot(self.value - mine.lower, theirs.upper - other.value)
        above = math.hypot(mine.upper - self.value, other.value - theirs.lower)
        return Figure(value, Interval(value - below, value + above))


def median_of(values: Floats, level: float) -> Figure:
    """The median (of an even number, the mean of the middle two), its interval by order statistics."""
    ordered = np.sort(values)
    r = _rank(len(ordered), level)
    limits = Interval(float(ordered[r - 1]), float(ordered[len(ordered) - r])) if r else None
    return Figure(float(np.median(ordered)), limits)


def _rank(n: int, level: float) -> int:
    """The largest r with P(B < r) ≤ (1 − level)/2, or 0 where there is none."""
    tail = (1 - level) / 2
    guess = special.bdtrik(tail, n, 0.5)
    r = int(guess) + 1 if math.isfinite(guess) and guess >= 0 else 1
    while r > 0 and special.bdtr(r - 1, n, 0.5) > tail:
        r -= 1
    while special.bdtr(r, n, 0.5) <= tail:
        r += 1
    return r


def mean_of(values: Floats, level: float) -> Figure:
    """The mean and its t interval with n − 1 degrees of freedom; none for a single case."""
    n, value = len(values), float(np.mean(values))
    if n < 2:
        return Figure(value, None)
    t = float(intervals.t_quantile(np.array([n - 1.0]), intervals.two_sided(level))[0])
    half = t * float(np.std(values, ddof=1)) / math.sqrt(n)
    return Figure(value, Interval(value - half, value + half))
