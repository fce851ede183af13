"""`change`: one figure in two periods, Δ = θ₂ − θ₁. Two intervals that overlap are no test; this is one.

Within one table (`ChangeAsked`) V(Δ) has the covariance of the PSUs that both periods share (`contrast`),
with the degrees of freedom of their union. Between two editions (`change_between`) only the estimates are
at hand: V(Δ) = V(θ₁) + V(θ₂), df₁ + df₂. That is right for samples drawn apart from each other; where they
share PSUs the true variance is smaller, so that the interval is on the safe side.

A share of 0 or 1 has a standard error of 0 and yet is not certain. Then the interval comes from those of
the two shares (Newcombe 1998, method 10 with the Korn–Graubard limits): Δ − √((θ₂−l₂)² + (u₁−θ₁)²) to
Δ + √((u₂−θ₂)² + (θ₁−l₁)²).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from pydantic import BeforeValidator, Field
from scipy import special

from monosashi.measure import interval as intervals
from monosashi.measure.asked import Asked, Given, Path, Where
from monosashi.measure.estimate import Basis, Estimate, Interval, Status
from monosashi.measure.reducer import Check
from monosashi.measure.statistics.contrast import Contrasted, contrast_estimate, contrasted
from monosashi.measure.statistics.linear import Linear, named
from monosashi.measure.statistics.per import PerAsked
from monosashi.measure.statistics.share import ShareAsked
from monosashi.measure.statistics.sum import SumAsked
from monosashi.measure.volumes.asked import VolumeAsked
from monosashi.measure.volumes.compared import compared

Verdict = Literal["up", "down", "not_distinguishable"]


def change_between(before: Estimate, after: Estimate) -> Estimate:
    """`after` minus `before` in the unit of the figure, for the domain of `after`.

    A register has no sampling error: its change has no interval. A figure that one of the periods lacks
    makes the change ``not_collected`` (``one_period_missing``); without a standard error it is
    ``unreliable`` (``no_standard_error``).
    """
    if before.value is None or after.value is None:
        return Estimate("change", after.domain, Status.NOT_COLLECTED, reason="one_period_missing")
    difference, register = after.value - before.value, after.basis is Basis.REGISTER
    df = (before.df or 0) + (after.df or 0)
    if before.se is None or after.se is None or df < 1:
        return Estimate(
            statistic="change",
            domain=after.domain,
            status=Status.VALUE if register else Status.UNRELIABLE,
            value=difference,
            n=min(before.n, after.n),
            basis=after.basis,
            reason=None if register else "no_standard_error",
        )
    interval, method = _interval(before, after, difference, df)
    return Estimate(
        statistic="change",
        domain=after.domain,
        status=Status.VALUE,
        value=difference,
        se=math.hypot(before.se, after.se),
        interval=interval,
        interval_method=method,
        level=after.level,
        df=df,
        n=min(before.n, after.n),
        basis=after.basis,
    )


def _interval(before: Estimate, after: Estimate, difference: float, df: int) -> tuple[Interval, str]:
    assert before.se is not None
    assert after.se is not None
    certain = before.se == 0 or after.se == 0
    if certain and before.interval is not None and after.interval is not None:
        return _from_limits(before, after, difference, before.interval, after.interval), "newcombe"
    q = float(intervals.t_quantile(np.array(float(df)), intervals.two_sided(after.level)))
    half = q * math.hypot(before.se, after.se)
    return Interval(difference - half, difference + half), "t"


def _from_limits(
    before: Estimate, after: Estimate, difference: float, old: Interval, new: Interval
) -> Interval:
    assert before.value is not None
    assert after.value is not None
    down = math.hypot(after.value - new.lower, old.upper - before.value)
    up = math.hypot(new.upper - after.value, before.value - old.lower)
    return Interval(difference - down, difference + up)


def p_value(change: Estimate) -> float | None:
    """Two-sided p of "no change", from t = Δ/se on df degrees of freedom; None without a standard error."""
    if change.value is None or not change.se or not change.df:
        return None
    return float(2 * special.stdtr(change.df, -abs(change.value) / change.se))


def verdict(change: Estimate, threshold: float) -> Verdict:
    """Up or down where the interval leaves 0 out and the change is at least the practical threshold.

    threshold is in the unit of the figure. A register has no interval: its change stands by its size. A
    survey's change without an interval is never distinguishable.
    """
    if change.value is None or change.value == 0 or abs(change.value) < threshold:
        return "not_distinguishable"
    sure = change.basis is Basis.REGISTER
    if change.interval is not None:
        sure = change.interval.lower > 0 or change.interval.upper < 0
    if not sure:
        return "not_distinguishable"
    return "up" if change.value > 0 else "down"


Compared = Annotated[
    Linear | ShareAsked | SumAsked | PerAsked, Field(discriminator="statistic"), BeforeValidator(named)
]


class ChangeAsked(Asked):
    """`of` is any statistic that is a mean, share, ratio or total; `from` and `to` are conditions.

    Of counts (`share`, `sum`, `per`), the change comes with its composition and has no interval.
    """

    statistic: Literal["change"]
    of: Compared
    start: Where = Field(alias="from", min_length=1)
    end: Where = Field(alias="to", min_length=1)

    def columns(self) -> Iterator[tuple[Path, str]]:
        if isinstance(self.of, VolumeAsked):
            of = self._of_counts(self.of)
            yield from ((("of", *path), name) for path, name in of.columns_in(self.start, self.end))
            return
        yield from ((("of", *path), name) for path, name in self.of.columns())
        yield from ((("from",), name) for name in self.start)
        yield from ((("to",), name) for name in self.end)
        yield from super().columns()

    def checks(self) -> list[Check]:
        if isinstance(self.of, VolumeAsked):
            return self._of_counts(self.of).checks_in(self.start, self.end)
        return self.of.checks()

    def _of_counts(self, of: VolumeAsked) -> VolumeAsked:
        """The statistic with the domains and conditions of the change itself."""
        by = tuple(dict.fromkeys((*of.by, *self.by)))
        missing = (*of.missing, *self.missing)
        return of.model_copy(update={"by": by, "where": {**of.where, **self.where}, "missing": missing})

    def answered(self, given: Given) -> Sequence[Estimate]:
        if isinstance(self.of, VolumeAsked):
            of_counts = self._of_counts(self.of)
            return compared(of_counts, given, self.start, self.end, statistic="change", relative=False)
        phases, coefficients = (self.start, self.end), np.array([-1.0, 1.0])
        of = self.of.model_copy(update={"level": self.level_in(given)})
        by = tuple(dict.fromkeys((*self.of.by, *self.by)))
        found = contrasted(of, given, phases, coefficients, by=by, where=self.where)
        return [_changed(found, target, self.level_in(given)) for target in range(len(found.keys))]


def _changed(found: Contrasted, target: int, level: float) -> Estimate:
    """`to` less `from` in one domain; where one of them is certain, the interval is Newcombe's."""
    before, after = found.phases[target]
    change = contrast_estimate(found, target, "change", {"from": before.value, "to": after.value}, level)
    certain = before.se == 0 or after.se == 0
    if change.interval is None or not certain or before.interval is None or after.interval is None:
        return change
    assert change.value is not None
    interval = _from_limits(before, after, change.value, before.interval, after.interval)
    return replace(change, interval=interval, interval_method="newcombe")
