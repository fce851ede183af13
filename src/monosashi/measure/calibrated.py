"""Linearized totals when the weights are calibrated: residuals of a regression on the margins.

    z_hj = Σ_{i in hj} w_i (u_i − x_i'b),   u_i = (a_i − θ b_i)/B,   b = (X'DX)⁻¹ X'Du

with the design weights D and the calibrated weights w, over the whole sample (outside the domain u = 0).
x holds the categories of the margins, hence x_i'b is one number per calibration pattern, and everything
comes from sums per pattern. Reference: Deville and Särndal (1992), JASA 87, 376–382.
"""

from __future__ import annotations

import numpy as np

from monosashi.measure.cells import Cells, Crossing, Floats, Ints, Patterns, Regressors
from monosashi.measure.reducer import Weighting
from monosashi.measure.variance import Spread, more_than_rounding

SWEEPS = 10  # rounds of R's `rake`
BLOCK = 4_000_000  # cells of (domain, PSU) held at once


def category_codes(patterns: Patterns) -> list[Ints]:
    """For each calibration variable, the category number of every pattern."""
    codes = []
    for column in range(len(patterns.columns)):
        numbers: dict[object, int] = {}
        codes.append(
            np.array([numbers.setdefault(key[column], len(numbers)) for key in patterns.keys], dtype=np.int64)
        )
    return codes


def design_matrix(patterns: Patterns) -> Floats:
    """Intercept and the categories of each variable but its first: shape (patterns, parameters)."""
    columns = [np.ones((len(patterns.keys), 1))]
    for codes in category_codes(patterns):
        columns.append((codes[:, None] == np.arange(1, codes.max() + 1)).astype(float))
    return np.hstack(columns)


def fitted(regressors: Regressors, theta: Floats, size: Floats, weighting: Weighting) -> Floats:
    """x'b of every domain and pattern: shape (domains, patterns)."""
    shape = (len(theta), len(weighting.patterns.keys))
    swept = weighting.residuals == "swept"
    a, b = (regressors.plain_a, regressors.plain_b) if swept else (regressors.a, regressors.b)
    u = np.zeros(shape)
    d = regressors.domain
    np.add.at(u, (d, regressors.pattern), (a - theta[d] * b) / size[d])
    return _swept(u, weighting.patterns) if swept else _regressed(u, weighting.patterns)


def _regressed(u: Floats, patterns: Patterns) -> Floats:
    x = design_matrix(patterns)
    gram = x.T @ (x * patterns.weight[:, None])
    return np.asarray((x @ np.linalg.lstsq(gram, x.T @ u.T, rcond=None)[0]).T)


def _swept(u: Floats, patterns: Patterns) -> Floats:
    rows = patterns.rows.astype(float)
    fit = np.zeros_like(u)
    members = [
        (codes[:, None] == np.arange(codes.max() + 1)).astype(float) for codes in category_codes(patterns)
    ]
    for _ in range(SWEEPS):
        for member in members:
            fit = fit + ((u - fit * rows) @ member / (rows @ member)) @ member.T
    return fit


def filled(cells: Cells, theta: Floats) -> tuple[Floats, Floats]:
    """(θ, B) with 0 and 1 for the domains in which nobody answered, whose figures are not used."""
    size = cells.per_domain(cells.b)
    return np.nan_to_num(theta), np.where(size > 0, size, 1.0)


def calibrated_spread(cells: Cells, theta: Floats, fit: Floats, crossing: Crossing, n_psu: Ints) -> Spread:
    """Residual totals per (domain, stratum). Residuals reach outside: each stratum is in every domain."""
    sums = _sums_of_rows if cells.moments is not None else _sums_of_psus
    z, zz = sums(cells, theta, fit, crossing, len(n_psu))
    domains, strata = z.shape
    return Spread(
        np.repeat(np.arange(domains), strata),
        np.tile(np.arange(strata), domains),
        z.ravel(),
        zz.ravel(),
        np.tile(n_psu, domains),
    )


def _sums_of_psus(
    cells: Cells, theta: Floats, fit: Floats, crossing: Crossing, n_strata: int
) -> tuple[Floats, Floats]:
    assert cells.unit is not None
    size = filled(cells, theta)[1]
    units = int(crossing.group.max()) + 1
    carried = np.zeros((fit.shape[1], units))
    np.add.at(carried, (crossing.pattern, crossing.group), crossing.weight)
    stratum = np.zeros(units, dtype=np.int64)
    stratum[crossing.group] = crossing.stratum
    starts = np.searchsorted(stratum, np.arange(n_strata))  # PSUs are numbered stratum by stratum
    z, zz = np.zeros((len(theta), n_strata)), np.zeros((len(theta), n_strata))
    step = max(1, BLOCK // units)
    for first in range(0, len(theta), step):
        last = min(first + step, len(theta))
        mine = (cells.domain >= first) & (cells.domain < last)
        d = cells.domain[mine]
        block = -fit[first:last] @ carried
        np.add.at(block, (d - first, cells.unit[mine]), (cells.a[mine] - theta[d] * cells.b[mine]) / size[d])
        z[first:last] = np.add.reduceat(block, starts, axis=1)
        zz[first:last] = np.add.reduceat(block**2, starts, axis=1)
    return z, zz


def _sums_of_rows(
    cells: Cells, theta: Floats, fit: Floats, crossing: Crossing, n_strata: int
) -> tuple[Floats, Floats]:
    assert cells.moments is not None
    assert cells.pattern is not None
    size = filled(cells, theta)[1]
    shape = (len(theta), n_strata)
    m, d = cells.moments, cells.domain
    th, b_d, f = theta[d], size[d], fit[d, cells.pattern]
    z, zz, terms = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(z, (d, cells.stratum), (cells.a - th * cells.b) / b_d)
    inside = (m.aa - 2 * th * m.ab + th**2 * m.bb) / b_d**2 - 2 * f * (m.wa - th * m.wb) / b_d
    np.add.at(zz, (d, cells.stratum), inside)
    np.add.at(terms, (d, cells.stratum), (m.aa + th**2 * m.bb) / b_d**2)
    carried, squared = np.zeros((fit.shape[1], n_strata)), np.zeros((fit.shape[1], n_strata))
    np.add.at(carried, (crossing.pattern, crossing.stratum), crossing.weight)
    np.add.at(squared, (crossing.pattern, crossing.stratum), crossing.weight_squared)
    fits = fit**2 @ squared
    return z - fit @ carried, more_than_rounding(zz + fits, terms=terms + fits)
