"""`calibration`: weights that meet known population totals, found from the patterns of the variables alone.

All rows of one pattern (crossing of the calibration variables) get the same factor g, so w = d·g and the
whole fit runs on a table as small as the patterns.

    raking              iterative proportional fitting (Deming and Stephan 1940): R's ``rake``, and
                        ``calibrate(calfun = "raking")``
    linear              the regression estimator (GREG), with bounds on g where asked for: see `bounded`
    logit               g strictly within its bounds: see `bounded`
    poststratification  g = total/Σd in every cell of one margin: R's ``postStratify``. A crossing is a
                        margin of several columns, {("city", "sex"): {("Ankor", "F"): 1000, …}}; several
                        margins are crossed as if their variables were independent, N·Π(total/N)

Weights may be trimmed afterwards (`trimming`), and respondents may stand for the non-respondents of their
cell before (`nonresponse`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Floats, Key, Patterns, Value, Weights, added, same
from monosashi.measure.reducer import Reducer, Sample, Weighting
from monosashi.measure.weighting import bounded, trimming
from monosashi.measure.weighting.diagnostics import Course, Diagnostics, diagnosed
from monosashi.measure.weighting.margins import Margin, crossed, margins_in, table_of, told, worst
from monosashi.measure.weighting.trimming import Trim

ROUNDS = 1000
TOLERANCE = 1e-13  # relative error of a margin that ends the fit
ACCEPTED = 1e-9  # relative error of a margin that is still called met

Method = Literal["raking", "linear", "logit", "poststratification"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True)
class Calibration:
    """What the weights are to meet: for each variable the population total of each of its values.

    A margin of several columns crossed is named by their tuple, its values are tuples. bounds are the
    smallest and the largest g; where the design has no weight column g counts from N/n. variance:
    ``calibrated`` takes residuals from the margins (the calibration makes figures surer), ``weights_fixed``
    treats the calibrated weights as given.
    """

    margins: Mapping[str | Key, Mapping[Value | Key, float]]
    method: Method = "raking"
    variance: Literal["calibrated", "weights_fixed"] = "calibrated"
    residuals: Literal["regression", "swept"] = field(default="regression")
    bounds: tuple[float, float] | None = None
    trim: Trim | None = None


def calibrate(reducer: Reducer, sample: Sample, calibration: Calibration) -> tuple[Weighting, Diagnostics]:
    """The g-weight of every pattern of the sample, and how well it went.

    Refuses with a reason: totals that are not positive (MARGIN_VALUE) or speak of different populations
    (MARGINS_DISAGREE), values without a total (MARGIN_UNKNOWN), totals without respondents (MARGIN_EMPTY),
    margins that cannot be met together (MARGINS_UNMET), or not within the bounds (BOUNDS_UNMET), bounds
    that the method does not take (BOUNDS_VALUE), weights of 0 and below (WEIGHTS_NOT_POSITIVE), and a
    limit on the weights that cannot be kept (TRIM_UNMET).
    """
    check_bounds(calibration.method, calibration.bounds, trimmed=calibration.trim is not None)
    table = table_of(calibration.margins)
    independent = calibration.method == "poststratification" and len(table) > 1
    table = crossed(table) if calibration.method == "poststratification" else table
    columns = dict.fromkeys([*_before(sample), *(name for margin in table for name in margin)])
    patterns = reducer.patterns(sample, tuple(columns))
    base = _base(sample, patterns)
    margins = margins_in(table, patterns)
    fit = _Fit(calibration, margins, _scale(sample, patterns, base, margins))
    weight, rounds = fit.fitted(patterns.weight * base)
    residuals = "none" if calibration.variance == "weights_fixed" else calibration.residuals
    weighting = Weighting(patterns, weight / patterns.weight, residuals, tuple(table), base)
    rows = reducer.weights(replace(sample, weighting=weighting))
    line = trimming.Line(weighting.g[rows.pattern], np.zeros(len(rows.n)))
    limit = None
    if calibration.trim is not None:
        limit = fit.limit(calibration.trim, patterns, rows, line)
        line, turns = trimming.trimmed(rows, line, limit, lambda sums: fit.fitted(sums)[0])
        rounds += turns
        weighting = replace(weighting, pieces=trimming.pieces(rows, line))
    after = line.at(rows.weight)
    error, _ = worst(added(rows.pattern, rows.n * after, len(patterns.keys)), margins)
    upper = limit.upper if limit else None
    course = Course(calibration.method, rounds, error, independent, upper)
    if limit is None:  # then all rows of a pattern have the same g
        g, n_of_g = weighting.g / (base * fit.scale), patterns.rows
    else:
        g, n_of_g = after / (rows.weight * base[rows.pattern] * fit.scale), rows.n
    return weighting, diagnosed(rows.n, after, g, n_of_g, course)


def weighted(sample: Sample, weighting: Weighting) -> Sample:
    """The sample with calibrated weights."""
    return replace(sample, weighting=weighting)


def check_bounds(method: Method, bounds: tuple[float, float] | None, *, trimmed: bool) -> None:
    """Refuses bounds that a method does not take, and a method without the bounds it needs."""
    reason = bounds_fault(method, bounds, trimmed=trimmed)
    if reason:
        raise errors.BOUNDS_VALUE(method=method, reason_ja=reason[0], reason_en=reason[1])


def bounds_fault(
    method: Method, bounds: tuple[float, float] | None, *, trimmed: bool
) -> tuple[str, str] | None:
    """Why the bounds cannot be used, in Japanese and English; None where they can."""
    if bounds is None:
        if method != "logit":
            return None
        return "logit には bounds が必要です", "logit needs bounds"
    lower, upper = bounds
    if method not in ("linear", "logit"):
        return f"{method} に bounds はありません", f"{method} has no bounds"
    if not (bounded.FLOORS[-1] <= lower < 1 < upper < np.inf):
        return (
            f"[{lower:g}, {upper:g}] は、0.001以上1未満の下限と1より大きい上限の組ではありません",
            f"[{lower:g}, {upper:g}] is not a lower bound from 0.001 to below 1 and an upper one above 1",
        )
    if trimmed:
        return "bounds と trim は一緒に使えません", "bounds and trim do not go together"
    return None


@dataclass(frozen=True, eq=False)
class _Fit:
    """The method and its margins: from the weight of each pattern to the one that meets the totals.

    scale is what the weights are multiplied by before bounds are read.
    """

    calibration: Calibration
    margins: list[Margin]
    scale: float

    def fitted(self, weight: Floats) -> tuple[Floats, int]:
        method = self.calibration.method
        if method == "raking":
            found, rounds = _raked(weight, self.margins)
        elif method == "poststratification":
            found, rounds = _raked(weight, self.margins)[0], 1
        else:
            found, rounds = bounded.fitted(weight * self.scale, self.margins, self._distance)
        error, place = worst(found, self.margins)
        if not error <= ACCEPTED:
            self._refuse(weight * self.scale, error, place, rounds)
        if not (found > 0).all():
            raise errors.WEIGHTS_NOT_POSITIVE(method=method, rows=int((found <= 0).sum()))
        return found, rounds

    def limit(self, trim: Trim, patterns: Patterns, rows: Weights, line: trimming.Line) -> trimming.Limit:
        least = bounded.least_limit(patterns.rows.astype(np.float64), self.margins)
        return trimming.limit(trim, rows, line, least)

    @property
    def _distance(self) -> bounded.Distance:
        bounds = self.calibration.bounds
        if bounds is None:
            return bounded.Linear()
        return bounded.Logit(*bounds) if self.calibration.method == "logit" else bounded.Linear(*bounds)

    def _refuse(self, weight: Floats, error: float, place: tuple[int, int], rounds: int) -> None:
        bounds, margins = self.calibration.bounds, self.margins
        if bounds is not None and bounded.reachable(weight, margins):
            lower, upper = bounded.nearest_bounds(weight, margins, bounds)
            asked = f"[{bounds[0]:g}, {bounds[1]:g}]"
            raise errors.BOUNDS_UNMET(bounds=asked, nearest=f"[{_down(lower)}, {_up(upper)}]")
        margin = margins[place[0]]
        value = told(margin.values[place[1]])
        raise errors.MARGINS_UNMET(rounds=rounds, error=error, column=margin.name, value=value)


def _down(bound: float) -> str:
    return f"{max(np.floor(bound * 1000 - 1) / 1000, bounded.FLOORS[-1]):g}"


def _up(bound: float) -> str:
    return f"{np.ceil(bound * 1000 + 1) / 1000:g}"


def _before(sample: Sample) -> tuple[str, ...]:
    return sample.weighting.patterns.columns if sample.weighting else ()


def _base(sample: Sample, patterns: Patterns) -> Floats:
    """The factor that each pattern had before: that of its nonresponse cell, or 1."""
    earlier = sample.weighting
    if earlier is None:
        return np.ones(len(patterns.keys))
    factors = {
        tuple(map(same, key)): g for key, g in zip(earlier.patterns.keys, earlier.g.tolist(), strict=True)
    }
    cells = [tuple(map(same, key[: len(earlier.patterns.columns)])) for key in patterns.keys]
    return np.array([factors[cell] for cell in cells])


def _scale(sample: Sample, patterns: Patterns, base: Floats, margins: list[Margin]) -> float:
    """N/Σd where the design has no weights of its own: then nobody has said how many people a row is."""
    if sample.design.weight is not None:
        return 1.0
    return float(margins[0].totals.sum() / (patterns.weight * base).sum())


def _raked(start: Floats, margins: list[Margin]) -> tuple[Floats, int]:
    """Scales the categories of one margin after another until every margin is met."""
    weight = start.astype(np.float64)
    rounds = 0
    while rounds < ROUNDS and worst(weight, margins)[0] > TOLERANCE:
        rounds += 1
        for margin in margins:
            weight = weight * (margin.totals / margin.sums(weight))[margin.codes]
    return weight, rounds
