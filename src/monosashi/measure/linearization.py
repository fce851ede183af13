"""From a question to figures: value, variance and counts of every domain of θ = A/B."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from monosashi.measure import calibrated, variance
from monosashi.measure.cells import Cells, Floats, Ints, Strata
from monosashi.measure.design import SinglePsu
from monosashi.measure.reducer import Number, Question, Reducer


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
    single: np.ndarray[tuple[int], np.dtype[np.bool_]]
    single_rule: SinglePsu


def figures(question: Question, reducer: Reducer) -> Figures:
    """One reduction for all domains of the question, and the formulas on its cells."""
    question = _with_pivot(question, reducer)
    sample = question.sample
    cells, strata = reducer.cells(question), reducer.strata(sample)
    size = cells.per_domain(cells.b)
    theta = _ratio(cells.per_domain(cells.a), size)
    plain = variance.spread(cells, theta, size, len(strata))
    chosen = plain
    if sample.weighting is not None and sample.weighting.residuals != "none":
        fit = calibrated.fitted(
            reducer.regressors(question),
            np.nan_to_num(theta),
            np.where(size > 0, size, 1.0),
            sample.weighting,
        )
        chosen = calibrated.calibrated_spread(cells, theta, size, fit, reducer.crossing(sample), strata.n_psu)
    v = variance.variance(chosen, strata, sample.design, len(cells.domains))
    return _figures(question, cells, strata, theta, size, np.where(np.isnan(theta), np.nan, v), plain)


def _figures(
    question: Question,
    cells: Cells,
    strata: Strata,
    theta: Floats,
    size: Floats,
    v: Floats,
    plain: variance.Spread,
) -> Figures:
    domains = len(cells.domains)
    n = cells.per_domain(cells.n).astype(np.int64)
    n_psu = np.bincount(plain.domain, weights=plain.psus, minlength=domains).astype(np.int64)
    held = np.bincount(plain.domain, minlength=domains)
    within = _ratio(cells.per_domain(cells.q), size) - theta**2
    pivot = question.reading.a.pivot if isinstance(question.reading.a, Number) else 0.0
    return Figures(
        cells=cells,
        value=theta + pivot,
        variance=v,
        srs_variance=_ratio(np.maximum(within, 0.0), n - 1.0),
        size=size,
        n=n,
        n_missing=cells.per_domain(cells.n_missing).astype(np.int64),
        n_psu=n_psu,
        df=n_psu - held,
        single=variance.touched_by_single(plain, strata, domains),
        single_rule=question.sample.design.single_psu,
    )


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
