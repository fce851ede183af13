"""`distribution`: the weighted share of every answer, with the covariance of the shares.

    p_k = Σ w·[answer is k] / Σ w·[answered],   u_i = ([answer is k] − p_k)/Σ w

The shares of a domain sum to 1 and the rows of their covariance to 0. Intervals after Korn and Graubard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np

from monosashi.measure import interval as intervals
from monosashi.measure.asked import Asked, Given, Path
from monosashi.measure.cells import Floats, Profiles, Value, added
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.influence import Spread, covariance_of
from monosashi.measure.reducer import Condition, Levels, Reducer, Sample, Survey


class DistributionAsked(Asked):
    statistic: Literal["distribution"]
    item: str

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("item",), self.item
        yield from super().columns()

    def answered(self, given: Given) -> Sequence[Estimate]:
        return distribution_of(
            given.reducer,
            given.sample,
            self.item,
            missing=self.missing,
            by=self.by,
            where=self.conditions,
            level=self.level_in(given),
        )


def distribution_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Sequence[Estimate]:
    """One estimate for each domain and answer that occurs; `more` holds its category and covariances.

    An answer that nobody in a domain gave has the share 0 there. A domain without answers is one estimate
    ``not_collected``.
    """
    profiles = reducer.profiles(Survey(sample, (Levels(item, missing),), by, where))
    return shares(profiles, sample, reducer, level)


def shares(profiles: Profiles, sample: Sample, reducer: Reducer, level: float) -> Sequence[Estimate]:
    answer = profiles.values[:, 0]
    member = ~np.isnan(answer)
    k, domains = len(profiles.levels[0]), len(profiles.domains)
    chosen = np.where(member[:, None], answer[:, None] == np.arange(k), 0.0).astype(float)
    weight = profiles.weight * member
    size = added(profiles.domain, weight, domains)
    columns = [added(profiles.domain, weight * column, domains) for column in chosen.T]
    sums = np.stack(columns or [np.zeros(domains)], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = sums / size[:, None]
        u = np.where(member[:, None], (chosen - p[profiles.domain]) / size[profiles.domain][:, None], 0.0)
    spread = covariance_of(profiles, u if k else np.zeros((len(answer), 1)), member, sample, reducer)
    n = added(profiles.domain, profiles.n * member, domains)
    n_missing = added(profiles.domain, profiles.n * ~member, domains)
    return [
        estimate
        for d in range(domains)
        for estimate in _of_domain(profiles, spread, d, p[d], (n[d], n_missing[d]), level)
    ]


def _of_domain(  # noqa: PLR0917
    profiles: Profiles, spread: Spread, d: int, p: Floats, counts: tuple[float, float], level: float
) -> Iterator[Estimate]:
    domain = dict(zip(profiles.by, profiles.domains[d], strict=True))
    n, n_missing = (int(count) for count in counts)
    shared: dict[str, Any] = {
        "statistic": "distribution",
        "domain": domain,
        "level": level,
        "n": n,
        "n_missing": n_missing,
        "n_psu": int(spread.n_psu[d]),
    }
    if not n:
        yield Estimate(status=Status.NOT_COLLECTED, reason="no_answers", **shared)
        return
    df = int(spread.df[d])
    v = spread.variances[d]
    sizes, dfs = np.full(len(p), float(n)), np.full(len(p), float(df))
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = intervals.korn_graubard(p, v, sizes, dfs, level)
        effective = intervals.effective_n(p, v, sizes, dfs, level)
        deff = np.where(v > 0, v * (n - 1) / (p * (1 - p)), np.nan)
    for place, category in enumerate(profiles.levels[0]):
        settled = df >= 1
        yield Estimate(
            status=Status.VALUE if settled else Status.UNRELIABLE,
            reason=None if settled else "few_degrees_of_freedom",
            value=float(intervals.snapped(p)[place]),
            se=float(np.sqrt(v[place])),
            interval=Interval(float(lower[place]), float(upper[place])) if settled else None,
            interval_method="korn_graubard" if settled else None,
            df=df,
            n_effective=_finite(effective[place]),
            deff=_finite(deff[place]),
            more={"category": _said(category), "covariance": spread.covariance[d, place].tolist()},
            **shared,
        )


def _said(category: Value) -> str:
    return str(category).lower() if isinstance(category, bool) else str(category)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
