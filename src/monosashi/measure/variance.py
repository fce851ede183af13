"""The variance of θ = A/B, once, for every survey statistic.

With z_hj the linearized total of PSU j in stratum h (z = (A − θB)/B on cells, residuals of it when the
weights are calibrated), n_h the PSUs drawn in the whole sample, f_h the fraction of the population drawn:

    V(θ) = Σ_h c_h { Σ_j z_hj² − (Σ_j z_hj)²/n_h },   c_h = (1 − f_h)·n_h/(n_h − 1)

PSUs without a domain member count as zeros. Degrees of freedom: PSUs with an answering member of the
domain less the strata that hold one. References: Särndal, Swensson and Wretman (1992), ch. 5;
Lumley (2010), ch. 2; agreement with R's ``survey`` 4.1 is part of the test suite.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Cells, Floats, Ints, Marks, Strata, added
from monosashi.measure.design import Design

ROUNDING = 1e-13  # of the terms of a sum of squares: what double precision can lose in it


@dataclass(frozen=True, eq=False)
class Spread:
    """Per (domain, stratum) that holds something: z = Σ_j z_hj, zz = Σ_j z_hj², psus that are in it."""

    domain: Ints
    stratum: Ints
    z: Floats
    zz: Floats
    psus: Ints


def spread(cells: Cells, theta: Floats, size: Floats, n_strata: int) -> Spread:
    """Linearized totals of the cells, z = (A − θB)/B, gathered per domain and stratum."""
    answering = cells.n > 0
    domain, stratum = cells.domain[answering], cells.stratum[answering]
    group, groups = _groups(domain * n_strata + stratum, len(cells.domains) * n_strata)
    th, b_d = theta[domain], size[domain]
    a, b = cells.a[answering], cells.b[answering]
    z = (a - th * b) / b_d
    if cells.moments is None:
        zz, psus = z**2, np.ones(len(z))
    else:
        m = cells.moments
        aa, bb = m.aa[answering], th**2 * m.bb[answering]
        zz = more_than_rounding(aa - 2 * th * m.ab[answering] + bb, terms=aa + bb) / b_d**2
        psus = cells.n[answering].astype(float)
    sums = [added(group, values, len(groups)) for values in (z, zz, psus)]
    return Spread(groups // n_strata, groups % n_strata, sums[0], sums[1], sums[2].astype(np.int64))


def more_than_rounding(squares: Floats, *, terms: Floats) -> Floats:
    """Sums of squares that were got by subtracting; 0 where nothing but the rounding of their terms is left.

    Without it, answers that are all equal would have a standard error of some 1e-8 instead of 0.
    """
    return np.where(squares <= ROUNDING * terms, 0.0, squares)


def _groups(key: Ints, size: int) -> tuple[Ints, Ints]:
    """(index of each key's group, the keys of the groups), without sorting where the range is small."""
    if size > 8 * len(key) + 1_000_000:
        groups, group = np.unique(key, return_inverse=True)
        return group, groups
    present = np.flatnonzero(np.bincount(key, minlength=size))
    lookup = np.zeros(size, dtype=np.int64)
    lookup[present] = np.arange(len(present))
    return lookup[key], present


def not_drawn(strata: Strata, design: Design) -> Floats:
    """1 − f_h for each stratum, from the fpc column; 1 where the design has none."""
    if design.fpc is None:
        return np.ones(len(strata))
    _check_fpc(strata, design)
    size = strata.fpc_lower
    fraction = size if np.all(strata.fpc_upper <= 1) else strata.n_psu / size
    return np.asarray(1 - fraction, dtype=np.float64)


def _check_fpc(strata: Strata, design: Design) -> None:
    fractions = bool(np.all(strata.fpc_upper <= 1))
    for key, n, low, high in zip(strata.keys, strata.n_psu, strata.fpc_lower, strata.fpc_upper, strict=True):
        name = ", ".join(map(str, key)) or "-"
        if low != high:
            raise errors.FPC_VARIES(column=design.fpc, stratum=name, low=low, high=high)
        if not fractions and n > low:
            raise errors.FPC_TOO_SMALL(column=design.fpc, stratum=name, n=int(n), size=low)


def variance(spread: Spread, strata: Strata, design: Design, n_domains: int) -> Floats:
    """V(θ) of every domain; shape (n_domains,). Raises SINGLE_PSU where the design's rule is ``fail``."""
    n_h = strata.n_psu[spread.stratum].astype(float)
    single = n_h == 1
    if design.single_psu == "fail" and single.any():
        names = sorted({", ".join(map(str, strata.keys[h])) for h in spread.stratum[single]})
        raise errors.SINGLE_PSU(strata="; ".join(names))
    c = not_drawn(strata, design)[spread.stratum] * np.where(single, 1.0, n_h / np.maximum(n_h - 1, 1))
    centered = more_than_rounding(spread.zz - spread.z**2 / n_h, terms=spread.zz)
    lonely = (single | (spread.psus == 1)) if design.single_in_domain else single
    raw = np.where(lonely & (design.single_psu == "adjust"), spread.zz, centered)
    left_out = lonely if design.single_psu == "average" else np.zeros(len(n_h), dtype=bool)
    total = added(spread.domain, np.where(left_out, 0.0, c * raw), n_domains)
    return total * _share_left(spread.domain, left_out, n_domains)


def _share_left(domain: Ints, left_out: Marks, n_domains: int) -> Floats:
    """Strata over strata left in: what ``average`` multiplies the sum by; NaN where none is left."""
    strata = np.bincount(domain, minlength=n_domains)
    left = strata - added(domain, left_out, n_domains)
    return np.where(left > 0, strata / np.maximum(left, 1), np.where(strata > 0, np.nan, 1.0))


def touched_by_single(spread: Spread, strata: Strata, n_domains: int) -> Marks:
    """Which domains hold members in a stratum with one PSU."""
    single = strata.n_psu[spread.stratum] == 1
    return added(spread.domain, single, n_domains) > 0
