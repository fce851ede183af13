"""`change`: one figure in two periods whose samples were drawn independently of each other.

Δ = θ₂ − θ₁, V(Δ) = V(θ₁) + V(θ₂), a t interval with df₁ + df₂ degrees of freedom. Two intervals that
overlap are no test; this is one. Where the periods share PSUs their covariance makes the true variance
smaller, so this interval is on the safe side.
"""

from __future__ import annotations

import math

from scipy.special import stdtrit

from monosashi.measure.estimate import Basis, Estimate, Interval, Status


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
    se = math.hypot(before.se, after.se)
    half = float(stdtrit(df, (1 + after.level) / 2)) * se
    return Estimate(
        statistic="change",
        domain=after.domain,
        status=Status.VALUE,
        value=difference,
        se=se,
        interval=Interval(difference - half, difference + half),
        interval_method="t",
        level=after.level,
        df=df,
        n=min(before.n, after.n),
        basis=after.basis,
    )
