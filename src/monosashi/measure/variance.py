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
from monosashi.measure.cells import Cells, Floats, Ints, Marks, Runs, Strata, added
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


@dataclass(frozen=True, eq=False)
class Contrast:
    """Which target each domain counts toward, and with what coefficient: Δ_t = Σ_d c_d θ_d.

    Domains with target −1 count toward none.
    """

    target: Ints
    coefficient: Floats
    n_targets: int

    @classmethod
    def of_each(cls, n_domains: int) -> Contrast:
        """Every domain on its own."""
        return cls(np.arange(n_domains), np.ones(n_domains), n_domains)


@dataclass(frozen=True, eq=False)
class Linearized:
    """Linearized totals of the cells, z = c(A − θB)/B, each with the target it counts toward.

    zz is Σz² over the rows of the cell where rows are PSUs (got by subtracting from `terms`), z² where the
    cell is a PSU; zw = Σw·z over rows. psus counts the PSUs of the cell that hold a member.
    """

    target: Ints
    stratum: Ints
    unit: Ints | None
    pattern: Ints | None
    z: Floats
    zz: Floats
    terms: Floats
    zw: Floats | None
    psus: Floats
    n_targets: int


def linearized(cells: Cells, theta: Floats, size: Floats, contrast: Contrast | None = None) -> Linearized:
    """z of every cell with an answering row; theta and size hold one entry per domain."""
    chosen = contrast or Contrast.of_each(len(cells.domains))
    used = (cells.n > 0) & (chosen.target[cells.domain] >= 0)
    domain = cells.domain[used]
    c, th, b_d = chosen.coefficient[domain], theta[domain], size[domain]
    with np.errstate(divide="ignore", invalid="ignore"):  # denominators that add up to nothing
        z = c * (cells.a[used] - th * cells.b[used]) / b_d
        scale = (c / b_d) ** 2
    target, stratum = chosen.target[domain], cells.stratum[used]
    if cells.moments is None:
        assert cells.unit is not None
        return _of_units(target, stratum, cells.unit[used], z, chosen.n_targets)
    m = cells.moments
    aa, bb = m.aa[used], th**2 * m.bb[used]
    squares = more_than_rounding(aa - 2 * th * m.ab[used] + bb, terms=aa + bb)
    return Linearized(
        target=target,
        stratum=stratum,
        unit=None,
        pattern=None if cells.pattern is None else cells.pattern[used],
        z=z,
        zz=squares * scale,
        terms=(aa + bb) * scale,
        zw=c * (m.wa[used] - th * m.wb[used]) / b_d,
        psus=cells.n[used].astype(float),
        n_targets=chosen.n_targets,
    )


def spread_of(cells: Cells, theta: Floats, size: Floats, n_strata: int) -> Spread:
    """The spread of every domain on its own."""
    runs = cells.layout.runs
    if cells.unit is None or runs is None:
        return spread(linearized(cells, theta, size), n_strata)
    return _spread_of_psus(cells, runs, theta, size)


def _spread_of_psus(cells: Cells, runs: Runs, theta: Floats, size: Floats) -> Spread:
    """Cells of one domain and stratum follow one another, so that nothing has to be gathered."""
    answered = cells.n > 0
    z = np.where(answered, cells.a - theta[cells.domain] * cells.b, 0.0)
    psus = np.add.reduceat(answered, runs.first, dtype=np.int64)
    sums, squares = np.add.reduceat(z, runs.first), np.add.reduceat(z * z, runs.first)
    held = psus > 0
    domain = runs.domain[held]
    with np.errstate(divide="ignore", invalid="ignore"):  # denominators that add up to nothing
        scale = 1 / size[domain]
        return Spread(domain, runs.stratum[held], sums[held] * scale, squares[held] * scale**2, psus[held])


def _of_units(target: Ints, stratum: Ints, unit: Ints, z: Floats, n_targets: int) -> Linearized:
    """The cells of one PSU that count toward one target, together: their z add before they are squared."""
    units = int(unit.max()) + 1 if len(unit) else 1
    group, groups = _groups(target * units + unit, n_targets * units)
    whole = added(group, z, len(groups))
    first = np.zeros(len(groups), dtype=np.int64)
    first[group] = stratum
    square = whole**2
    return Linearized(
        target=groups // units,
        stratum=first,
        unit=groups % units,
        pattern=None,
        z=whole,
        zz=square,
        terms=square,
        zw=None,
        psus=np.ones(len(groups)),
        n_targets=n_targets,
    )


def spread(linear: Linearized, n_strata: int) -> Spread:
    """The linearized totals gathered per target and stratum."""
    group, groups = _groups(linear.target * n_strata + linear.stratum, linear.n_targets * n_strata)
    sums = [added(group, values, len(groups)) for values in (linear.z, linear.zz, linear.psus)]
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


@dataclass(frozen=True, eq=False)
class Treatment:
    """What the design makes of the sums of each (domain, stratum): V_d = scale_d·Σ(square·zz − mean·z²).

    `variance` and every covariance share it.
    """

    square: Floats
    mean: Floats
    scale: Floats


def treatment(  # noqa: PLR0917 - the six things that a stratum's share of the variance depends on
    domain: Ints, stratum: Ints, psus: Ints, strata: Strata, design: Design, n_domains: int
) -> Treatment:
    """Raises SINGLE_PSU where the design's rule is ``fail`` and a stratum has a single PSU."""
    n_h = strata.n_psu[stratum].astype(float)
    single = n_h == 1
    if design.single_psu == "fail" and single.any():
        names = sorted({", ".join(map(str, strata.keys[h])) for h in stratum[single]})
        raise errors.SINGLE_PSU(strata="; ".join(names))
    c = not_drawn(strata, design)[stratum] * np.where(single, 1.0, n_h / np.maximum(n_h - 1, 1))
    lonely = (single | (psus == 1)) if design.single_in_domain else single
    left_out = lonely if design.single_psu == "average" else np.zeros(len(n_h), dtype=bool)
    square = np.where(left_out, 0.0, c)
    centered = ~(lonely & (design.single_psu == "adjust"))
    mean = np.where(centered, square / n_h, 0.0)
    return Treatment(square, mean, _share_left(domain, left_out, n_domains))


def variance(spread: Spread, strata: Strata, design: Design, n_domains: int) -> Floats:
    """V(θ) of every domain; shape (n_domains,). Raises SINGLE_PSU where the design's rule is ``fail``."""
    of = treatment(spread.domain, spread.stratum, spread.psus, strata, design, n_domains)
    terms = of.square * spread.zz
    total = added(spread.domain, more_than_rounding(terms - of.mean * spread.z**2, terms=terms), n_domains)
    return total * of.scale


def _share_left(domain: Ints, left_out: Marks, n_domains: int) -> Floats:
    """Strata over strata left in: what ``average`` multiplies the sum by; NaN where none is left."""
    strata = np.bincount(domain, minlength=n_domains)
    left = strata - added(domain, left_out, n_domains)
    return np.where(left > 0, strata / np.maximum(left, 1), np.where(strata > 0, np.nan, 1.0))


def touched_by_single(spread: Spread, strata: Strata, n_domains: int) -> Marks:
    """Which domains hold members in a stratum with one PSU."""
    single = strata.n_psu[spread.stratum] == 1
    return added(spread.domain, single, n_domains) > 0
