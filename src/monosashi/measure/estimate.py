"""The estimate: no number travels alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """The five states of a figure. They stay apart from input to chart: a missing count is never 0."""

    VALUE = "value"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"


class Basis(StrEnum):
    """What kind of data stands behind a figure, hence what may be claimed for it."""

    PROBABILITY = "probability"
    QUOTA_PANEL = "quota_panel"
    CENSUS = "census"
    REGISTER = "register"
    OPT_IN = "opt_in"  # no design-based interval


@dataclass(frozen=True)
class Interval:
    lower: float
    upper: float


@dataclass(frozen=True)
class Estimate:
    """One figure with everything that is needed to judge it.

    value, se, interval are in the unit of the indicator (shares 0 to 1). n counts answering rows in the
    domain, n_missing those without an answer; n_effective = n / deff. df = PSUs with answering members
    minus strata with them. `flags` are machine words (``single_psu_adjust``, ``n_effective_truncated``).
    """

    statistic: str
    domain: Mapping[str, Any]
    status: Status
    value: float | None = None
    se: float | None = None
    interval: Interval | None = None
    interval_method: str | None = None
    level: float = 0.95
    df: int | None = None
    n: int = 0
    n_missing: int = 0
    n_effective: float | None = None
    n_psu: int | None = None
    deff: float | None = None
    basis: Basis | None = None
    flags: tuple[str, ...] = ()
    reason: str | None = None  # why the status is not `value`: a machine word
    lineage: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)  # what only this statistic has: at, category, p, …

    @property
    def cv(self) -> float | None:
        """Coefficient of variation, se/|value|; None where the value is 0 or missing."""
        return self.se / abs(self.value) if self.se is not None and self.value else None
