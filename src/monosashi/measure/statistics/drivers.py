"""`drivers`: how much of an overall judgment each of several answers accounts for.

R² of the weighted regression of `item` on all of `of`, over complete cases, and its share for each of
them: the Shapley value (LMG), or Johnson's relative weights for more than fifteen (`importance`). The
shares say what goes with satisfaction, not what causes it.

Intervals are t intervals of each share, kept within 0 and 1. Where the design has PSUs their variance is
that of the jackknife (or of the replicates that the request names). Where rows are PSUs, where weights
are calibrated, and where replicates would take too long, it is linearized: the influence of a row is

    u_i = Σ_{k≤l} G_kl·(z_ik z_il − C_kl)/W

with C the weighted covariances, G the derivatives of the figure by them, W = Σw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from monosashi import errors
from monosashi.measure import influence
from monosashi.measure import interval as intervals
from monosashi.measure.asked import Asked, Given, Path
from monosashi.measure.cells import Floats, Ints, Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.reducer import Check, Condition, Number, Reducer, Sample, Survey
from monosashi.measure.replicates import Held, Jackknife, Replicated, Replication, Supplied
from monosashi.measure.statistics import importance
from monosashi.measure.statistics.complete import (
    Complete,
    Standardized,
    complete_cases,
    refused,
    standardized,
)

MOST = 1 << 24  # regressions that replicates may take; beyond it, intervals are linearized
BLOCK = 1 << 20  # regressions at once


class DriversAsked(Asked):
    replicable: ClassVar[bool] = True

    statistic: Literal["drivers"]
    item: str
    of: Annotated[tuple[str, ...], Field(min_length=1)]

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("item",), self.item
        yield from ((("of", place), name) for place, name in enumerate(self.of))
        yield from super().columns()

    def checks(self) -> list[Check]:
        return [check for name in (self.item, *self.of) for check in answer_checks(name, self.missing, ())]

    def answered(self, given: Given) -> Sequence[Estimate]:
        terms = tuple(Number(name, self.missing) for name in (*self.of, self.item))
        survey = Survey(given.sample, terms, self.by, self.conditions)
        return _answered(given.reducer, survey, self.level_in(given), given.replication)


def drivers_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    of: tuple[str, ...],
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
    replication: Replication | None = None,
) -> Sequence[Estimate]:
    """R² in every domain of `by`; `more` holds ``r2``, ``method`` and ``drivers``, an entry for each of `of`.

    Each has its ``lmg`` (None beyond fifteen) and ``johnson``, which add up to R²; ``share`` = the one that
    `method` names over R², with ``se`` and ``interval``; ``beta``, the standardized coefficient, with its
    ``sign``; and ``vif``. Raises COLUMNS_COLLINEAR, COLUMNS_CONSTANT or TOO_FEW_ANSWERS where there is no
    `by`; with it, such a domain is ``not_applicable``.
    """
    terms = tuple(Number(name, missing) for name in (*of, item))
    return _answered(reducer, Survey(sample, terms, by, where), level, replication)


@dataclass(frozen=True, eq=False)
class _Domain:
    """The covariances of predictors and outcome in one domain, in units of their own spread."""

    number: int
    places: Ints
    scaled: Standardized
    covariance: Floats


@dataclass(frozen=True, eq=False)
class _Spread:
    """Variances of R² and of the shares of one domain (NaN where unknown), with the method that gave them."""

    r2: float
    shares: Floats
    df: int
    method: str


def _answered(
    reducer: Reducer, survey: Survey, level: float, replication: Replication | None
) -> Sequence[Estimate]:
    found = complete_cases(reducer, survey, level)
    names = tuple(term.item for term in survey.terms if isinstance(term, Number))
    estimates: dict[int, Estimate] = {}
    domains = []
    for d in found.domains:
        try:
            domain = _domain(found, d, names) if found.n[d] else None
        except errors.Problem as problem:
            estimates[d] = refused("drivers", found, d, problem)
            continue
        if domain is None:
            estimates[d] = found.estimate("drivers", d)
        else:
            domains.append(domain)
    spreads = _spreads(found, domains, survey, reducer, replication)
    for domain, spread in zip(domains, spreads, strict=True):
        estimates[domain.number] = _estimate(found, domain, names[:-1], spread)
    return [estimates[d] for d in found.domains]


def _domain(found: Complete, d: int, names: tuple[str, ...]) -> _Domain:
    places = found.places(d)
    if found.n[d] <= len(names):
        raise errors.TOO_FEW_ANSWERS(n=int(found.n[d]), needed=len(names) + 1, domain=found.name(d))
    scaled = standardized(found.profiles.values[places], found.profiles.weight[places])
    constant = [name for name, scale in zip(names, scaled.scale, strict=True) if not scale]
    if constant:
        raise errors.COLUMNS_CONSTANT(columns=", ".join(constant), domain=found.name(d))
    c = scaled.z.T @ (scaled.z * scaled.weight[:, None]) / scaled.weight.sum()
    alike = importance.collinear(c[:-1, :-1])
    if alike:
        raise errors.COLUMNS_COLLINEAR(columns=", ".join(names[j] for j in alike), domain=found.name(d))
    return _Domain(d, places, scaled, c)


def _estimate(found: Complete, domain: _Domain, names: tuple[str, ...], spread: _Spread) -> Estimate:
    exact = len(names) <= importance.EXACT_UP_TO
    r2 = float(importance.importance(domain.covariance).sum())
    told = found.estimate("drivers", domain.number)
    (whole,) = _limits(np.array([r2]), np.array([spread.r2]), spread.df, found.level)
    entries = _entries(domain, names, spread, found.level)
    return replace(
        told,
        status=Status.VALUE if whole else Status.UNRELIABLE,
        value=r2,
        se=_number(np.sqrt(spread.r2)),
        interval=Interval(*whole) if whole else None,
        interval_method=spread.method if whole else None,
        df=spread.df,
        flags=(*told.flags, *([] if exact else ["relative_weights"])),
        reason=None if whole else "few_degrees_of_freedom",
        more={"r2": r2, "method": "lmg" if exact else "johnson", "drivers": entries},
    )


def _entries(domain: _Domain, names: tuple[str, ...], spread: _Spread, level: float) -> list[dict[str, Any]]:
    exact = len(names) <= importance.EXACT_UP_TO
    chosen, johnson = (way(domain.covariance) for way in (importance.importance, importance.relative_weights))
    beta, vif = importance.partial(domain.covariance)
    r2 = float(chosen.sum())
    share = chosen / r2 if r2 > importance.NOTHING else np.full(len(names), np.nan)
    limits = _limits(share, spread.shares, spread.df, level)
    return [
        {
            "item": name,
            "lmg": float(chosen[j]) if exact else None,
            "johnson": float(johnson[j]),
            "share": _number(share[j]),
            "se": _number(np.sqrt(spread.shares[j])) if np.isfinite(share[j]) else None,
            "interval": limits[j],
            "beta": float(beta[j]),
            "sign": int(np.sign(beta[j])),
            "vif": float(vif[j]),
        }
        for j, name in enumerate(names)
    ]


def _limits(value: Floats, v: Floats, df: int, level: float) -> list[list[float] | None]:
    """t intervals kept within 0 and 1."""
    lower, upper = intervals.t(value, v, np.full(len(value), float(df)), level)
    return [
        [max(0.0, float(low)), min(1.0, float(high))] if np.isfinite(low) else None
        for low, high in zip(lower, upper, strict=True)
    ]


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


# ---- intervals ---------------------------------------------------------------------------------------


def _spreads(
    found: Complete,
    domains: list[_Domain],
    survey: Survey,
    reducer: Reducer,
    replication: Replication | None,
) -> list[_Spread]:
    if not domains:
        return []
    by = replication or _jackknife(survey.sample, reducer)
    if by is None or (isinstance(by, Jackknife) and _work(found, domains) > MOST):
        return _linearized(found, domains, survey.sample, reducer)
    if isinstance(by, Supplied):
        totals, most = _supplied(by, found, domains, survey, reducer), len(by.columns) - 1
    else:
        totals, most = by.of(_held(found, domains)), np.iinfo(np.int64).max
    figures = _figures(totals.totals, found.profiles.values.shape[1])
    estimate = _figures_of(np.stack([domain.covariance for domain in domains]))
    v = totals.variance(figures, estimate)
    return [
        _Spread(v[i, 0], v[i, 1:], min(int(found.df[domain.number]), int(most)), by.name)
        for i, domain in enumerate(domains)
    ]


def _jackknife(sample: Sample, reducer: Reducer) -> Jackknife | None:
    if sample.design.psu is None or sample.weighting is not None:
        return None
    return Jackknife(reducer.strata(sample), sample.design)


def _work(found: Complete, domains: list[_Domain]) -> int:
    unit = found.profiles.unit
    if unit is None:
        return 0
    replicates = sum(len(np.unique(unit[domain.places])) for domain in domains)
    p = found.profiles.values.shape[1] - 1
    return int(replicates * 2 ** min(p, importance.EXACT_UP_TO))


def _linearized(found: Complete, domains: list[_Domain], sample: Sample, reducer: Reducer) -> list[_Spread]:
    q = found.profiles.values.shape[1]
    u = np.zeros((len(found.member), q))
    for domain in domains:
        u[domain.places] = _influence(domain)
    spread = influence.covariance_of(found.profiles, u, found.member, sample, reducer)
    places = [domain.number for domain in domains]
    return [
        _Spread(float(v[0]), v[1:], int(found.df[d]), "linearized")
        for d, v in zip(places, spread.variances[places], strict=True)
    ]


def _influence(domain: _Domain) -> Floats:
    """Influence of a row on R² and on the shares, shape (rows, p + 1)."""
    c, z, total = domain.covariance, domain.scaled.z, domain.scaled.weight.sum()
    slope = importance.gradient(c)
    whole = importance.importance(c)
    r2 = max(float(whole.sum()), importance.NOTHING)
    slope[1:] = (slope[1:] - (whole / r2)[:, None, None] * slope[:1]) / r2
    moved = np.einsum("rk,fkl,rl->rf", z, slope, z) - np.einsum("fkl,kl->f", slope, c)
    return np.asarray(moved / total)


def _held(found: Complete, domains: list[_Domain]) -> Held:
    """Σw, Σw·z and Σw·z·z' of every (domain, PSU), as columns."""
    profiles = found.profiles
    if profiles.unit is None:
        raise errors.REPLICATES_NEED_PSU()
    parts = []
    for i, domain in enumerate(domains):
        units, first, group = np.unique(profiles.unit[domain.places], return_index=True, return_inverse=True)
        moments = _moments(domain.scaled.z) * domain.scaled.weight[:, None]
        sums = np.zeros((len(units), moments.shape[1]))
        np.add.at(sums, group, moments)
        parts.append((np.full(len(units), i), profiles.stratum[domain.places][first], units, sums))
    domain_, stratum, unit, totals = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Held(domain_, stratum, unit, totals, len(domains))


def _supplied(
    by: Supplied, found: Complete, domains: list[_Domain], survey: Survey, reducer: Reducer
) -> Replicated:
    """The same sums with each column of replicate weights; z stays in the units of the estimate."""
    totals = []
    for sample in by.samples(survey.sample):
        again = complete_cases(reducer, replace(survey, sample=sample), found.level)
        rows = []
        for domain in domains:
            places = again.places(domain.number)
            z = (again.profiles.values[places] - domain.scaled.center) / domain.scaled.scale
            rows.append(again.profiles.weight[places] @ _moments(z))
        totals.append(np.stack(rows))
    return by.of(totals, len(domains))


def _moments(z: Floats) -> Floats:
    """1, z and the products z_k z_l (k ≤ l) of every row: shape (rows, 1 + q + q(q+1)/2)."""
    k, m = np.triu_indices(z.shape[1])
    return np.concatenate([np.ones((len(z), 1)), z, z[:, k] * z[:, m]], axis=1)


def _figures(moments: Floats, q: int) -> Floats:
    """(R², shares) of every replicate, NaN where it has no weight or no spread left."""
    total = moments[:, 0]
    usable = total > 0
    scaled = moments / np.where(usable, total, np.nan)[:, None]
    mean = scaled[:, 1 : q + 1]
    c = np.empty((len(moments), q, q))
    k, m = np.triu_indices(q)
    c[:, k, m] = scaled[:, q + 1 :] - mean[:, k] * mean[:, m]
    c[:, m, k] = c[:, k, m]
    usable &= c[:, -1, -1] > importance.NOTHING
    figures = np.full((len(moments), q), np.nan)
    figures[usable] = _figures_of(c[usable])
    return figures


def _figures_of(c: Floats) -> Floats:
    """(R², shares) from covariances, in blocks that fit into memory."""
    p = c.shape[-1] - 1
    step = max(1, BLOCK >> min(p, importance.EXACT_UP_TO))
    found = [importance.importance(c[first : first + step]) for first in range(0, len(c), step)]
    parts = np.concatenate(found) if found else np.zeros((0, p))
    r2 = parts.sum(axis=1)
    shares = parts / np.where(r2 > importance.NOTHING, r2, np.nan)[:, None]
    return np.concatenate([r2[:, None], np.nan_to_num(shares)], axis=1)
