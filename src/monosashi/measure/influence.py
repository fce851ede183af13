"""The covariance of any statistics of which the influence of a row is known: quantiles, regressions, shares.

With u_i the influence of row i on K figures (what it would add to them for each unit of weight),

    z_hj = Σ_{i in hj} w_i u_i,   V = Σ_h c_h { Σ_j z_hj z_hj' − (Σ_j z_hj)(Σ_j z_hj)'/n_h }

as in `variance`, which is the case K = 1. Rows come as `Profiles`, equal ones together. Where the weights
are calibrated, u is replaced by its residual from a regression on the margins (`calibrated`).
References: Deville (1999), Survey Methodology 25, 193–203; Binder (1983), Int. Stat. Review 51, 279–292.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from monosashi.measure import variance
from monosashi.measure.cells import Crossing, Floats, Ints, Profiles, Strata, added
from monosashi.measure.reducer import Reducer, Sample, Weighting
from monosashi.measure.weighting import calibrated

Matrices = NDArray[np.float64]  # shape (domains, K, K)


@dataclass(frozen=True, eq=False)
class Spread:
    """covariance has shape (domains, K, K); n_psu and df have one entry per domain, from its members."""

    covariance: Matrices
    n_psu: Ints
    df: Ints

    @property
    def variances(self) -> Floats:
        """The diagonal: shape (domains, K), never below 0 by rounding."""
        return np.asarray(np.maximum(np.einsum("dkk->dk", self.covariance), 0.0))


def covariance_of(
    profiles: Profiles, u: Floats, member: NDArray[np.bool_], sample: Sample, reducer: Reducer
) -> Spread:
    """The covariance of K figures of every domain.

    u has shape (groups of profiles, K): the influence of a row of each group on the figures of its own
    domain, 0 for rows that do not count. member marks the groups whose rows count (for PSUs and df).
    """
    strata = reducer.strata(sample)
    domains, weighting = len(profiles.domains), sample.weighting
    if weighting is None or weighting.residuals == "none":
        counts = member | (u != 0).any(axis=1)  # a stratum without a member is no part of the domain
        parts = (_of_rows if profiles.unit is None else _of_units)(_some(profiles, counts), u[counts])
    else:
        parts = _residual(profiles, u, weighting, reducer, sample, strata)
    domain, stratum, z, zz = parts
    n_psu, df, held = _people(profiles, member, strata)
    places = domain * len(strata) + stratum
    psus = held[places] if weighting is None or weighting.residuals == "none" else strata.n_psu[stratum]
    treated = variance.treatment(domain, stratum, psus, strata, sample.design, domains)
    square = zz * treated.square[:, None, None]
    terms = _summed(domain, np.asarray(np.einsum("gkk->gk", square)), domains)
    total = _added(domain, square, domains) - _products(domain, z, treated.mean, domains)
    scale = treated.scale[:, None, None]
    return Spread(_more_than_rounding(total, terms) * scale, n_psu, df)


def people(profiles: Profiles, member: NDArray[np.bool_], strata: Strata) -> tuple[Ints, Ints]:
    """(PSUs with a member, degrees of freedom) of every domain."""
    n_psu, df, _ = _people(profiles, member, strata)
    return n_psu, df


def _more_than_rounding(total: Matrices, terms: Floats) -> Matrices:
    """Figures whose variance is nothing but the rounding of its terms have none, nor covariances."""
    nothing = np.einsum("dkk->dk", total) <= variance.ROUNDING * terms
    return np.where(nothing[:, :, None] | nothing[:, None, :], 0.0, total)


def _some(profiles: Profiles, kept: NDArray[np.bool_]) -> Profiles:
    """Some of the groups."""
    arrays = ("domain", "stratum", "values", "weight", "weight_squared", "design_weight", "n")
    return replace(
        profiles,
        **{name: getattr(profiles, name)[kept] for name in arrays},
        unit=None if profiles.unit is None else profiles.unit[kept],
        pattern=None if profiles.pattern is None else profiles.pattern[kept],
    )


Parts = tuple[Ints, Ints, Floats, Matrices]  # domain, stratum, Σz (groups, K), Σzz' (groups, K, K)


def _of_units(profiles: Profiles, u: Floats) -> Parts:
    assert profiles.unit is not None
    units = int(profiles.unit.max(initial=0)) + 1
    keys, group = np.unique(profiles.domain * units + profiles.unit, return_inverse=True)
    z = _summed(group, u * profiles.weight[:, None], len(keys))
    stratum = np.zeros(len(keys), dtype=np.int64)
    stratum[group] = profiles.stratum
    return _by_stratum(keys // units, stratum, z, np.ones(len(keys)), z)


def _of_rows(profiles: Profiles, u: Floats) -> Parts:
    z = u * profiles.weight[:, None]
    return _by_stratum(profiles.domain, profiles.stratum, u, profiles.weight_squared, z)


def _by_stratum(domain: Ints, stratum: Ints, u: Floats, weight: Floats, z: Floats) -> Parts:
    """Σz and Σ weight·uu' of every (domain, stratum)."""
    strata = int(stratum.max(initial=0)) + 1
    keys, group = np.unique(domain * strata + stratum, return_inverse=True)
    squares = _products(group, u, weight, len(keys))
    return keys // strata, keys % strata, _summed(group, z, len(keys)), squares


def _products(group: Ints, u: Floats, weight: Floats, size: int) -> Matrices:
    """Σ weight·uu' of each group, shape (size, K, K), without a matrix for every row.

    Pair of figures by pair, or group by group, whichever takes fewer rounds.
    """
    k = u.shape[1]
    found = np.zeros((size, k, k))
    if k * (k + 1) // 2 <= size:
        for i in range(k):
            for j in range(i, k):
                found[:, i, j] = found[:, j, i] = added(group, weight * u[:, i] * u[:, j], size)
        return found
    order = np.argsort(group, kind="stable")
    for mine in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else ():
        found[group[mine[0]]] = u[mine].T @ (u[mine] * weight[mine, None])
    return found


def _added(group: Ints, matrices: Matrices, size: int) -> Matrices:
    """Σ of the matrices of each group."""
    k = matrices.shape[1]
    return _summed(group, matrices.reshape(len(matrices), k * k), size).reshape(size, k, k)


def _summed(group: Ints, values: Floats, size: int) -> Floats:
    """Σ of the rows of each group, column by column: shape (size, columns)."""
    if not values.shape[1]:
        return np.zeros((size, 0))
    return np.stack([added(group, column, size) for column in values.T], axis=1)


def _people(profiles: Profiles, member: NDArray[np.bool_], strata: Strata) -> tuple[Ints, Ints, Ints]:
    """(PSUs with a member, df, PSUs by domain × stratum)."""
    domains, h = len(profiles.domains), len(strata)
    place = profiles.domain[member] * h + profiles.stratum[member]
    if profiles.unit is None:
        held = added(place, profiles.n[member], domains * h).astype(np.int64)
    else:
        units = int(profiles.unit.max(initial=0)) + 1
        there = np.unique(place * units + profiles.unit[member])
        held = np.bincount(there // units, minlength=domains * h)
    table = held.reshape(domains, h)
    n_psu = table.sum(axis=1)
    return n_psu, n_psu - (table > 0).sum(axis=1), held


def _residual(  # noqa: PLR0917 - what `covariance_of` is given, and the strata
    profiles: Profiles, u: Floats, weighting: Weighting, reducer: Reducer, sample: Sample, strata: Strata
) -> Parts:
    """z of the residuals, for every domain and stratum: they reach outside the domain."""
    fit = _fit(profiles, u, weighting)
    crossing, h = reducer.crossing(sample), len(strata)
    domains, k = len(profiles.domains), u.shape[1]
    z, zz = np.zeros((domains, h, k)), np.zeros((domains, h, k, k))
    for d in range(domains):
        mine = profiles.domain == d
        if profiles.unit is None:
            z[d], zz[d] = _residual_rows(profiles, mine, u, fit[d], crossing, h)
            continue
        units = int(crossing.group.max()) + 1
        total = np.zeros((units, k))
        np.add.at(total, crossing.group, -fit[d][crossing.pattern] * crossing.weight[:, None])
        np.add.at(total, profiles.unit[mine], u[mine] * profiles.weight[mine, None])
        stratum = np.zeros(units, dtype=np.int64)
        stratum[crossing.group] = crossing.stratum
        z[d] = _summed(stratum, total, h)
        zz[d] = _products(stratum, total, np.ones(units), h)
    domain = np.repeat(np.arange(domains), h)
    return domain, np.tile(np.arange(h), domains), z.reshape(-1, k), zz.reshape(-1, k, k)


def _fit(profiles: Profiles, u: Floats, weighting: Weighting) -> Floats:
    """x'b for each domain, pattern and figure: shape (domains, patterns, K)."""
    assert profiles.pattern is not None
    patterns, domains, k = len(weighting.patterns.keys), len(profiles.domains), u.shape[1]
    swept = weighting.residuals == "swept"
    weight = profiles.n.astype(float) if swept else profiles.design_weight
    sums = np.zeros((domains, patterns, k))
    np.add.at(sums, (profiles.domain, profiles.pattern), u * weight[:, None])
    flat = np.moveaxis(sums, 2, 1).reshape(domains * k, patterns)
    fitted = calibrated.fit_of(flat, weighting)
    return np.moveaxis(fitted.reshape(domains, k, patterns), 1, 2)


def _residual_rows(  # noqa: PLR0917
    profiles: Profiles, mine: NDArray[np.bool_], u: Floats, fit: Floats, crossing: Crossing, h: int
) -> tuple[Floats, Matrices]:
    assert profiles.pattern is not None
    own, f, stratum = u[mine], fit[profiles.pattern[mine]], profiles.stratum[mine]
    everywhere, squared = fit[crossing.pattern], profiles.weight_squared[mine]
    z = _summed(stratum, own * profiles.weight[mine, None], h)
    z -= _summed(crossing.stratum, everywhere * crossing.weight[:, None], h)
    zz = _products(stratum, own - f, squared, h) - _products(stratum, f, squared, h)
    return z, zz + _products(crossing.stratum, everywhere, crossing.weight_squared, h)
