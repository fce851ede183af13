"""From a question to figures: value, variance and counts of every domain of θ = A/B."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from monosashi.measure import calibrated, variance
from monosashi.measure.cells import Cells, Floats, Ints, Marks, Strata, added
from monosashi.measure.design import SinglePsu
from monosashi.measure.reducer import Number, Question, Reducer
from monosashi.measure.variance import Spread


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
    question = _with_pivot(question, reducer)
    cells, strata = reducer.cells(question), reducer.strata(question.sample)
    plain = variance.spread(cells, _theta(cells), cells.per_domain(cells.b), len(strata))
    chosen = _linearized(question, reducer, cells, plain, strata)
    v = variance.variance(chosen, strata, question.sample.design, len(cells.domains))
    return _figures(question, cells, plain, strata, v)


def _theta(cells: Cells) -> Floats:
    """θ = A/B of every domain, NaN where nobody answered."""
    return _ratio(cells.per_domain(cells.a), cells.per_domain(cells.b))


def _linearized(question: Question, reducer: Reducer, cells: Cells, plain: Spread, strata: Strata) -> Spread:
    """The spread that the variance is taken of: plain, or of residuals where the weights are calibrated."""
    weighting = question.sample.weighting
    if weighting is None or weighting.residuals == "none":
        return plain
    known, size = calibrated.filled(cells, _theta(cells))
    fit = calibrated.fitted(reducer.regressors(question), known, size, weighting)
    return calibrated.calibrated_spread(cells, known, fit, reducer.crossing(question.sample), strata.n_psu)


def _figures(question: Question, cells: Cells, plain: Spread, strata: Strata, v: Floats) -> Figures:
    theta, domains = _theta(cells), len(cells.domains)
    n_psu = added(plain.domain, plain.psus, domains).astype(np.int64)
    a = question.reading.a
    return Figures(
        cells=cells,
        value=theta + (a.pivot if isinstance(a, Number) else 0.0),
        variance=np.where(np.isnan(theta), np.nan, v),
        srs_variance=_srs_variance(cells, theta),
        size=cells.per_domain(cells.b),
        n=cells.per_domain(cells.n).astype(np.int64),
        n_missing=cells.per_domain(cells.n_missing).astype(np.int64),
        n_psu=n_psu,
        df=n_psu - np.bincount(plain.domain, minlength=domains),
        single=variance.touched_by_single(plain, strata, domains),
        single_rule=question.sample.design.single_psu,
    )


def _srs_variance(cells: Cells, theta: Floats) -> Floats:
    """(Σw·y²/Σw − θ²)/(n − 1), as R's ``svyvar`` over n; 0 where answers differ by rounding only."""
    square = _ratio(cells.per_domain(cells.q), cells.per_domain(cells.b))
    within = variance.more_than_rounding(square - theta**2, terms=square)
    return _ratio(within, cells.per_domain(cells.n) - 1)


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    usable = denominator > 0
    return np.where(usable, numerator / np.where(usable, denominator, 1.0), np.nan)


def _with_pivot(question: Question, reducer: Reducer) -> Question:
    """Centers a mean near its value, so that its sums of squares keep their digits."""
    a = question.reading.a
    if not isinstance(a, Number) or question.reading.b is not None:
        return question
    pivot = reducer.pivot(question.sample, a.item, a.missing)
    return replace(question, reading=replace(question.reading, a=replace(a, pivot=pivot)))
