"""Linearized totals when the weights are calibrated: residuals of a regression on the margins.

    z_hj = Σ_{i in hj} w_i (u_i − x_i'b),   u_i = (a_i − θ b_i)/B,   b = (X'DX)⁻¹ X'Du

with the design weights D and the calibrated weights w, over the whole sample (outside the domain u = 0).
x holds the categories of the margins, hence x_i'b is one number per calibration pattern, and everything
comes from sums per pattern. For one margin (post-stratification) x_i'b is the mean of u in the category.
All methods share the formula, for they differ from the regression estimator by terms of a smaller order.
Reference: Deville and Särndal (1992), JASA 87, 376–382.
"""

from __future__ import annotations

import numpy as np

from monosashi.measure.cells import Crossing, Floats, Ints, Patterns, Regressors, added
from monosashi.measure.reducer import Weighting
from monosashi.measure.variance import Contrast, Linearized, Spread, more_than_rounding

SWEEPS = 10  # rounds of R's `rake`
BLOCK = 4_000_000  # cells of (domain, PSU) held at once


def category_codes(weighting: Weighting) -> list[Ints]:
    """For each margin, the category number of every pattern."""
    names, keys = weighting.patterns.columns, weighting.patterns.keys
    codes = []
    for margin in weighting.margins or [(name,) for name in names]:
        places = [names.index(name) for name in margin]
        numbers: dict[object, int] = {}
        codes.append(
            np.array(
                [numbers.setdefault(tuple(key[i] for i in places), len(numbers)) for key in keys],
                dtype=np.int64,
            )
        )
    return codes


def design_matrix(codes: list[Ints]) -> Floats:
    """Intercept and the categories of each margin but its first: shape (patterns, parameters)."""
    columns = [np.ones((len(codes[0]), 1))]
    for places in codes:
        columns.append((places[:, None] == np.arange(1, places.max() + 1)).astype(float))
    return np.hstack(columns)


def fitted(regressors: Regressors, theta: Floats, size: Floats, weighting: Weighting) -> Floats:
    """x'b of every domain and pattern: shape (domains, patterns)."""
    shape = (len(theta), len(weighting.patterns.keys))
    swept = weighting.residuals == "swept"
    a, b = (regressors.plain_a, regressors.plain_b) if swept else (regressors.a, regressors.b)
    u = np.zeros(shape)
    d = regressors.domain
    np.add.at(u, (d, regressors.pattern), (a - theta[d] * b) / size[d])
    return fit_of(u, weighting)


def fit_of(sums: Floats, weighting: Weighting) -> Floats:
    """x'b for each pattern from Σd·u of each pattern (plain Σu where swept): shape (figures, patterns)."""
    codes = category_codes(weighting)
    if weighting.residuals == "swept":
        return _swept(sums, weighting.patterns, codes)
    base = np.ones(sums.shape[1]) if weighting.base is None else weighting.base
    weight = weighting.patterns.weight * base
    if len(codes) == 1:
        return _means(sums * base, weight, codes[0])
    return _regressed(sums * base, weight, codes)


def _means(u: Floats, weight: Floats, codes: Ints) -> Floats:
    """The regression on the categories of one margin: the mean of each."""
    categories = int(codes.max()) + 1
    sums = np.zeros((categories, len(u)))
    np.add.at(sums, codes, u.T)
    return np.asarray((sums / added(codes, weight, categories)[:, None])[codes].T)


def _regressed(u: Floats, weight: Floats, codes: list[Ints]) -> Floats:
    x = design_matrix(codes)
    gram = x.T @ (x * weight[:, None])
    return np.asarray((x @ np.linalg.lstsq(gram, x.T @ u.T, rcond=None)[0]).T)


def _swept(u: Floats, patterns: Patterns, codes: list[Ints]) -> Floats:
    rows = patterns.rows.astype(float)
    fit = np.zeros_like(u)
    members = [(places[:, None] == np.arange(places.max() + 1)).astype(float) for places in codes]
    for _ in range(SWEEPS):
        for member in members:
            fit = fit + ((u - fit * rows) @ member / (rows @ member)) @ member.T
    return fit


def calibrated_spread(linear: Linearized, fit: Floats, crossing: Crossing, n_psu: Ints) -> Spread:
    """Residual totals per (target, stratum). Residuals reach outside: each stratum is in every target."""
    sums = _sums_of_rows if linear.unit is None else _sums_of_psus
    z, zz = sums(linear, fit, crossing, len(n_psu))
    targets, strata = z.shape
    return Spread(
        np.repeat(np.arange(targets), strata),
        np.tile(np.arange(strata), targets),
        z.ravel(),
        zz.ravel(),
        np.tile(n_psu, targets),
    )


def contrasted(fit: Floats, contrast: Contrast) -> Floats:
    """x'b of every target, from those of the domains: shape (targets, patterns)."""
    combined = np.zeros((contrast.n_targets, fit.shape[1]))
    used = contrast.target >= 0
    np.add.at(combined, contrast.target[used], contrast.coefficient[used, None] * fit[used])
    return combined


def _sums_of_psus(
    linear: Linearized, fit: Floats, crossing: Crossing, n_strata: int
) -> tuple[Floats, Floats]:
    assert linear.unit is not None
    units = int(crossing.group.max()) + 1
    carried = np.zeros((fit.shape[1], units))
    np.add.at(carried, (crossing.pattern, crossing.group), crossing.weight)
    stratum = np.zeros(units, dtype=np.int64)
    stratum[crossing.group] = crossing.stratum
    starts = np.searchsorted(stratum, np.arange(n_strata))  # PSUs are numbered stratum by stratum
    targets = linear.n_targets
    z, zz = np.zeros((targets, n_strata)), np.zeros((targets, n_strata))
    step = max(1, BLOCK // units)
    for first in range(0, targets, step):
        last = min(first + step, targets)
        mine = (linear.target >= first) & (linear.target < last)
        block = -fit[first:last] @ carried
        np.add.at(block, (linear.target[mine] - first, linear.unit[mine]), linear.z[mine])
        z[first:last] = np.add.reduceat(block, starts, axis=1)
        zz[first:last] = np.add.reduceat(block**2, starts, axis=1)
    return z, zz


def _sums_of_rows(
    linear: Linearized, fit: Floats, crossing: Crossing, n_strata: int
) -> tuple[Floats, Floats]:
    assert linear.pattern is not None
    assert linear.zw is not None
    shape = (linear.n_targets, n_strata)
    place = (linear.target, linear.stratum)
    z, zz, terms = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(z, place, linear.z)
    np.add.at(zz, place, linear.zz - 2 * fit[linear.target, linear.pattern] * linear.zw)
    np.add.at(terms, place, linear.terms)
    carried, squared = np.zeros((fit.shape[1], n_strata)), np.zeros((fit.shape[1], n_strata))
    np.add.at(carried, (crossing.pattern, crossing.stratum), crossing.weight)
    np.add.at(squared, (crossing.pattern, crossing.stratum), crossing.weight_squared)
    fits = fit**2 @ squared
    return z - fit @ carried, more_than_rounding(zz + fits, terms=terms + fits)
