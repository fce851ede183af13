"""When a figure is too unsure to be read: rules as plain numbers, the reason as a word.

Follows the practice of the NCHS standards for proportions (Parker et al. 2017): a minimum of answers, of
effective answers and of degrees of freedom, and a maximum width of the interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monosashi.measure.estimate import Basis, Estimate, Status

SHARES = frozenset({"proportion", "share", "distribution"})


@dataclass(frozen=True)
class Reliability:
    """Below these a value becomes ``unreliable``. The width speaks of shares (0.30 is 30 points)."""

    minimum_n: int = 0
    minimum_n_effective: float = 0.0
    maximum_interval_width: float = float("inf")
    minimum_df: int = 0

    def reason_against(self, estimate: Estimate) -> str | None:
        """Why the figure cannot be relied on, or None. A register has no sampling error to judge."""
        if estimate.basis is Basis.REGISTER:
            return None
        n_effective, df = estimate.n_effective, estimate.df
        faults = {
            "few_answers": estimate.n < self.minimum_n,
            "few_effective_answers": n_effective is not None and n_effective < self.minimum_n_effective,
            "few_degrees_of_freedom": df is not None and df < self.minimum_df,
            "wide_interval": _width(estimate) > self.maximum_interval_width,
        }
        return next((reason for reason, found in faults.items() if found), None)

    def judged(self, estimate: Estimate) -> Estimate:
        """The estimate as it is, or marked unreliable with the reason; its numbers stay."""
        reason = self.reason_against(estimate) if estimate.status is Status.VALUE else None
        return estimate if reason is None else replace(estimate, status=Status.UNRELIABLE, reason=reason)


def _width(estimate: Estimate) -> float:
    """Width of the interval of a share; other units have no common yardstick."""
    if estimate.statistic not in SHARES or estimate.interval is None:
        return 0.0
    return estimate.interval.upper - estimate.interval.lower
