"""`quantile`: the answer below which a given share of the domain lies (0.5: the median).

    q(p) = min{x : F(x) ≥ p},   F(x) = Σ w·[answer ≤ x] / Σ w·[answered]

F counts the weight of all answers up to x (R's ``qrule = "math"``); `cumulative` says how ties of F with p
are decided. The interval is Woodruff's: that of the share F(q), V(F(q)) by linearization (`variance`),

    [q(F(q) − t·se), q(F(q) + t·se)],   t = t(df) at the level,

both limits by the rule above, and se(q) = (upper − lower)/(2t). A limit whose share leaves [0, 1] is beyond
what was observed and does not exist: the interval is None, the flag ``no_lower_limit`` or ``no_upper_limit``
says so, `more` holds the limit that is left, and the status is ``unreliable`` (``interval_open``).
Where F(q) = 1 nobody answered more and Woodruff's V is 0; ``at_largest_answer`` warns that the interval
[q, q] says too much. References: Woodruff (1952), JASA 47, 635–646; Francisco and Fuller (1991), Annals of
Statistics 19, 454–469; R's ``survey::svyquantile`` 4.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from monosashi.measure import interval as intervals
from monosashi.measure import variance
from monosashi.measure.asked import Asked, Given, Level, Path
from monosashi.measure.cells import (
    Cells,
    Floats,
    Ints,
    Layout,
    Marks,
    Moments,
    Profiles,
    Regressors,
    Value,
    added,
)
from monosashi.measure.checks import answer_checks
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.linearization import Figures
from monosashi.measure.reducer import Check, Condition, Number, Reducer, Sample, Survey, Weighting
from monosashi.measure.statistics.cumulative import Cumulative, cumulative
from monosashi.measure.statistics.interpolated import Interpolated, interpolated
from monosashi.measure.weighting import calibrated

IntervalMethod = Literal["wald", "logit", "beta", "asin"]
Rule = Literal["math", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]


class QuantileAsked(Asked):
    statistic: Literal["quantile"]
    item: str
    at: Annotated[tuple[Level, ...], Field(min_length=1)]
    interval: IntervalMethod = "wald"
    rule: Rule = "math"

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("item",), self.item
        yield from super().columns()

    def checks(self) -> list[Check]:
        return answer_checks(self.item, self.missing, ())

    def answered(self, given: Given) -> Sequence[Estimate]:
        return quantile_of(
            given.reducer,
            given.sample,
            self.item,
            at=self.at,
            missing=self.missing,
            by=self.by,
            where=self.conditions,
            level=self.level_in(given),
            interval=self.interval,
            rule=self.rule,
        )


def quantile_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    at: Sequence[float],
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
    interval: str = "wald",
    rule: str = "math",
) -> Sequence[Estimate]:
    """The quantiles of every domain of `by`, in the unit of the item: for each domain one at each p of `at`.

    interval says how the share F(q) gets its limits: wald (Woodruff's own), logit, beta or asin. The last
    three are not defined at F(q) = 1; Korn–Graubard stands in and ``interval_korn_graubard_at_edge`` says so.
    rule is ``math`` or, where q(p) is to lie between two answers, one of `interpolated`. deff and
    n_effective = n/deff are those of F(q). Memory grows with the groups of equal rows, at most the
    rows of the domains. Raises SINGLE_PSU where the design refuses strata with one PSU.
    """
    survey = Survey(sample, (Number(item, missing),), by, where)
    basis = basis_of(reducer.profiles(survey), sample, reducer)
    if rule != "math":
        basis = replace(basis, cumulated=interpolated(reducer.answers(survey), rule))
    found = [estimates(figures_at(basis, p), level=level, interval=interval) for p in at]
    return [of_domain[k] for of_domain in zip(*found, strict=True) for k in range(len(at))]


@dataclass(frozen=True, eq=False)
class Basis:
    """What the quantiles at every p share. `cells` counts all answers (b), and none as below a quantile.

    member marks the groups of `profiles` whose rows answered, `cell` is the place of each group in `cells`.
    """

    profiles: Profiles
    cumulated: Cumulative | Interpolated
    member: Marks
    cell: Ints
    cells: Cells
    sample: Sample
    reducer: Reducer


@dataclass(frozen=True, eq=False)
class Quantiles:
    """q(p) of every domain, and the figures of the share F(q)."""

    p: float
    q: Floats
    shares: Figures
    cumulated: Cumulative | Interpolated


def basis_of(profiles: Profiles, sample: Sample, reducer: Reducer) -> Basis:
    member = ~np.isnan(profiles.values[:, 0])
    keys = [profiles.domain, profiles.stratum]
    keys += [profiles.unit] if profiles.unit is not None else []
    keys += [profiles.pattern] if profiles.unit is None and profiles.pattern is not None else []
    change = np.zeros(len(member), dtype=bool)
    for key in keys:
        change[1:] |= key[1:] != key[:-1]
    cell = np.cumsum(change)
    first = np.flatnonzero(np.concatenate([[True], change[1:]])) if len(member) else np.array([], np.int64)
    size, zero = len(first), np.zeros(len(first))
    weight, square = (added(cell, sums * member, size) for sums in (profiles.weight, profiles.weight_squared))
    layout = Layout(
        by=profiles.by,
        domains=profiles.domains,
        domain=profiles.domain[first],
        stratum=profiles.stratum[first],
        unit=None if profiles.unit is None else profiles.unit[first],
        pattern=None if profiles.pattern is None else profiles.pattern[first],
    )
    cells = Cells(
        layout,
        a=zero,
        b=weight,
        q=zero,
        n=added(cell, profiles.n * member, size).astype(np.int64),
        n_missing=added(cell, profiles.n * ~member, size).astype(np.int64),
        moments=Moments(zero, zero, square, zero, square) if profiles.unit is None else None,
    )
    return Basis(profiles, cumulative(profiles), member, cell, cells, sample, reducer)


def figures_at(basis: Basis, p: float) -> Quantiles:
    """q(p) of every domain, and F(q) as the share of answers that are q or less."""
    profiles, domains = basis.profiles, len(basis.profiles.domains)
    q = basis.cumulated.inverse(np.full(domains, p))
    below = basis.member & (profiles.values[:, 0] <= q[profiles.domain])
    cells = _with_share(basis, below)
    size = cells.per_domain(cells.b)
    answered = size > 0
    share = np.where(answered, cells.per_domain(cells.a) / np.where(answered, size, 1.0), np.nan)
    return Quantiles(p, q, _figures(basis, cells, intervals.snapped(share), size, below), basis.cumulated)


def _with_share(basis: Basis, below: Marks) -> Cells:
    """The cells with a = 1 for the answers below and 0 for the others."""
    profiles, size = basis.profiles, len(basis.cells.b)
    a = added(basis.cell, profiles.weight * below, size)
    moments = basis.cells.moments
    if moments is not None:
        aa = added(basis.cell, profiles.weight_squared * below, size)
        moments = replace(moments, aa=aa, ab=aa, wa=aa)
    return replace(basis.cells, a=a, q=a, moments=moments)


def _figures(basis: Basis, cells: Cells, share: Floats, size: Floats, below: Marks) -> Figures:
    sample, reducer, weighting = basis.sample, basis.reducer, basis.sample.weighting
    strata, domains = reducer.strata(sample), len(cells.domains)
    plain = chosen = variance.spread_of(cells, share, size, len(strata))
    if weighting is not None and weighting.residuals != "none":
        known, sizes = np.nan_to_num(share), np.where(size > 0, size, 1.0)
        fit = calibrated.fitted(_regressors(basis, below, weighting), known, sizes, weighting)
        linear = variance.linearized(cells, share, size)
        chosen = calibrated.calibrated_spread(linear, fit, reducer.crossing(sample), strata.n_psu)
    v = variance.variance(chosen, strata, sample.design, domains)
    n = cells.per_domain(cells.n)
    n_psu = added(plain.domain, plain.psus, domains).astype(np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        srs = np.where(n > 1, share * (1 - share) / (n - 1), np.nan)
    return Figures(
        cells=cells,
        value=share,
        variance=np.where(np.isnan(share), np.nan, v),
        srs_variance=srs,
        size=size,
        n=n.astype(np.int64),
        n_missing=cells.per_domain(cells.n_missing).astype(np.int64),
        n_psu=n_psu,
        df=n_psu - np.bincount(plain.domain, minlength=domains),
        single=variance.touched_by_single(plain, strata, domains),
        single_rule=sample.design.single_psu,
    )


def _regressors(basis: Basis, below: Marks, weighting: Weighting) -> Regressors:
    """Σd and Σ1 of the answers below and of all answers, by domain and calibration pattern."""
    profiles, patterns = basis.profiles, len(weighting.patterns.keys)
    assert profiles.pattern is not None
    place, size = profiles.domain * patterns + profiles.pattern, len(profiles.domains) * patterns
    a, b, plain_a, plain_b = (
        added(place, sums * chosen, size)
        for sums in (profiles.design_weight, profiles.n)
        for chosen in (below, basis.member)
    )
    domain, pattern = np.divmod(np.arange(size), patterns)
    return Regressors(domain, pattern, a, b, plain_a, plain_b)


def estimates(found: Quantiles, *, level: float, interval: str) -> Sequence[Estimate]:
    """One estimate per domain."""
    shares, df = found.shares, found.shares.df.astype(float)
    edge = intervals.at_edge(shares.value)
    stand_in = edge & (interval != "wald")
    lower, upper = (
        found.cumulated.inverse(np.where(df >= 1, limit, np.nan))
        for limit in _limits(shares, df, interval, level)
    )
    t = intervals.t_quantile(df, intervals.two_sided(level))
    with np.errstate(divide="ignore", invalid="ignore"):
        n_effective = np.where(shares.variance > 0, shares.n / shares.deff, np.nan)
    marks = {
        "no_lower_limit": (df >= 1) & np.isnan(lower),
        "no_upper_limit": (df >= 1) & np.isnan(upper),
        "at_largest_answer": edge,
        "interval_korn_graubard_at_edge": stand_in,
    }
    columns = _Columns(lower, upper, (upper - lower) / (2 * t), n_effective, marks)
    method = "woodruff" if interval == "wald" else f"woodruff_{interval}"
    return [_one(found, i, columns, level, method) for i in range(len(found.q))]


def _limits(shares: Figures, df: Floats, interval: str, level: float) -> tuple[Floats, Floats]:
    """The limits of F(q); of a share of 1 those of Korn and Graubard, unless the method is Woodruff's own."""
    asked = (shares.value, shares.variance, shares.n.astype(float), df, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        limits = intervals.SHARE_METHODS[interval](*asked)
        if interval == "wald":
            return limits
        edge, other = intervals.at_edge(shares.value), intervals.korn_graubard(*asked)
    return np.where(edge, other[0], limits[0]), np.where(edge, other[1], limits[1])


@dataclass(frozen=True, eq=False)
class _Columns:
    lower: Floats
    upper: Floats
    se: Floats
    n_effective: Floats
    marks: dict[str, Marks]


def _one(found: Quantiles, i: int, columns: _Columns, level: float, method: str) -> Estimate:
    shares = found.shares
    domain = dict(zip(shares.cells.by, shares.cells.domains[i], strict=True))
    counts: dict[str, Any] = {
        "n": int(shares.n[i]),
        "n_missing": int(shares.n_missing[i]),
        "n_psu": int(shares.n_psu[i]),
    }
    if not shares.n[i]:
        return Estimate(
            "quantile",
            domain,
            Status.NOT_COLLECTED,
            level=level,
            reason="no_answers",
            more={"at": found.p},
            **counts,
        )
    lower, upper = (_number(limit[i]) for limit in (columns.lower, columns.upper))
    few = shares.df[i] < 1
    interval = None if lower is None or upper is None else Interval(lower, upper)
    flags = [f"single_psu_{shares.single_rule}"] if shares.single[i] else []
    return Estimate(
        statistic="quantile",
        domain=domain,
        status=Status.VALUE if interval else Status.UNRELIABLE,
        value=float(found.q[i]),
        se=_number(columns.se[i]),
        interval=interval,
        interval_method=method if interval else None,
        level=level,
        df=int(shares.df[i]) if math.isfinite(shares.df[i]) else None,
        n_effective=_number(columns.n_effective[i]),
        deff=_number(shares.deff[i]),
        flags=(*flags, *(name for name, marked in columns.marks.items() if marked[i])),
        reason=None if interval else "few_degrees_of_freedom" if few else "interval_open",
        more={"at": found.p, **({} if interval else _what_is_left(lower, upper))},
        **counts,
    )


def _what_is_left(lower: float | None, upper: float | None) -> dict[str, float]:
    limits = {"lower": lower, "upper": upper}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
