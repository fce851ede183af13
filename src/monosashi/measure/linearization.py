"""From a question to figures: value, variance and counts of every domain of θ = A/B."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from monosashi.measure import variance
from monosashi.measure.cells import Cells, Floats, Ints, Marks, Strata, added
from monosashi.measure.design import SinglePsu
from monosashi.measure.reducer import Number, Question, Reading, Reducer
from monosashi.measure.variance import Contrast, Spread
from monosashi.measure.weighting import calibrated


@dataclass(frozen=True, eq=False)
class Figures:
    """One entry per domain of the cells. value and variance are NaN where nobody answered.

    size = B = Σw·b. srs_variance is the variance the same value would have under simple random sampling
    with replacement of n rows (R: ``deff="replace"``), so that deff = variance/srs_variance. single marks
    domains that touch a stratum with one PSU, treated by `single_rule`.
    """

    cells: Cells
    value: Floats
    variance: Floats
    srs_variance: Floats
    size: Floats
    n: Ints
    n_missing: Ints
    n_psu: Ints
    df: Ints
    single: Marks
    single_rule: SinglePsu

    @property
    def deff(self) -> Floats:
        """variance/srs_variance; NaN where every answer is the same, for then both are 0."""
        usable = self.srs_variance > 0
        return np.where(usable, self.variance / np.where(usable, self.srs_variance, 1.0), np.nan)


def figures(question: Question, reducer: Reducer) -> Figures:
    """One reduction for all domains of the question, and the formulas on its cells."""
    question = with_pivot(question, reducer)
    return figures_from(question, reducer, reducer.cells(question))


def figures_from(question: Question, reducer: Reducer, cells: Cells) -> Figures:
    """The figures of every domain of cells that are there already."""
    theta, size = centers(question.reading, cells)
    plain, v, strata = spread_of(question, reducer, cells, theta=theta, size=size)
    return _figures(question, cells, plain, strata, v)


def spread_of(
    question: Question,
    reducer: Reducer,
    cells: Cells,
    *,
    theta: Floats,
    size: Floats,
    contrast: Contrast | None = None,
) -> tuple[Spread, Floats, Strata]:
    """(who is behind each figure, its variance, the strata): of every domain, or target of a contrast.

    The variance is that of residuals where the weights are calibrated.
    """
    strata, weighting = reducer.strata(question.sample), question.sample.weighting
    by_residuals = weighting is not None and weighting.residuals != "none"
    if contrast is None and not by_residuals:
        plain = variance.spread_of(cells, theta, size, len(strata))
        return plain, variance.variance(plain, strata, question.sample.design, len(cells.domains)), strata
    linear = variance.linearized(cells, theta, size, contrast)
    plain = chosen = variance.spread(linear, len(strata))
    if weighting is not None and by_residuals:
        known, sizes = np.nan_to_num(theta), np.where(size > 0, size, 1.0)
        fit = calibrated.fitted(reducer.regressors(question), known, sizes, weighting)
        fit = calibrated.contrasted(fit, contrast) if contrast else fit
        crossing = reducer.crossing(question.sample)
        chosen = calibrated.calibrated_spread(linear, fit, crossing, strata.n_psu)
    v = variance.variance(chosen, strata, question.sample.design, linear.n_targets)
    return plain, v, strata


def theta_of(cells: Cells) -> Floats:
    """θ = A/B of every domain, NaN where nobody answered."""
    return _ratio(cells.sums.a, cells.sums.b)


def centers(reading: Reading, cells: Cells) -> tuple[Floats, Floats]:
    """(θ, B) of every domain, around which and by which rows are linearized; (0, 1) for a total."""
    if reading.total:
        return np.zeros(len(cells.domains)), np.ones(len(cells.domains))
    return theta_of(cells), cells.sums.b


def _figures(question: Question, cells: Cells, plain: Spread, strata: Strata, v: Floats) -> Figures:
    theta, domains = theta_of(cells), len(cells.domains)
    n_psu = added(plain.domain, plain.psus, domains).astype(np.int64)
    a, total = question.reading.a, question.reading.total
    nobody = cells.sums.n == 0
    value = np.where(nobody, np.nan, cells.sums.a) if total else theta
    size = cells.sums.b
    srs = _srs_variance_of_ratio(cells, theta) if cells.products else _srs_variance(cells, theta)
    return Figures(
        cells=cells,
        value=value + (a.pivot if isinstance(a, Number) else 0.0),
        variance=np.where(np.isnan(value), np.nan, v),
        srs_variance=srs * size**2 if total else srs,
        size=size,
        n=cells.sums.n.astype(np.int64),
        n_missing=cells.sums.n_missing.astype(np.int64),
        n_psu=n_psu,
        df=n_psu - np.bincount(plain.domain, minlength=domains),
        single=variance.touched_by_single(plain, strata, domains),
        single_rule=question.sample.design.single_psu,
    )


def _srs_variance(cells: Cells, theta: Floats) -> Floats:
    """(Σw·y²/Σw − θ²)/(n − 1), as R's ``svyvar`` over n; 0 where answers differ by rounding only."""
    square = _ratio(cells.sums.q, cells.sums.b)
    within = variance.more_than_rounding(square - theta**2, terms=square)
    return _ratio(within, cells.sums.n - 1)


def _srs_variance_of_ratio(cells: Cells, theta: Floats) -> Floats:
    """Σw(a − θb)²/Σw / (n − 1) over the squared mean of b: the same for a ratio of two answers."""
    assert cells.products is not None
    p = cells.products
    weight, ab, bb = (cells.per_domain(sums) for sums in (p.w, p.ab, p.bb))
    aa = cells.sums.q
    square = variance.more_than_rounding(aa - 2 * theta * ab + theta**2 * bb, terms=aa + theta**2 * bb)
    mean = _ratio(cells.sums.b, weight)
    return _ratio(_ratio(square, weight), (cells.sums.n - 1) * mean**2)


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    usable = denominator > 0
    return np.where(usable, numerator / np.where(usable, denominator, 1.0), np.nan)


def with_pivot(question: Question, reducer: Reducer) -> Question:
    """Centers a mean near its value, so that its sums of squares keep their digits."""
    a = question.reading.a
    if not isinstance(a, Number) or question.reading.b is not None or question.reading.total:
        return question
    pivot = reducer.pivot(question.sample, a.item, a.missing)
    return replace(question, reading=replace(question.reading, a=replace(a, pivot=pivot)))
