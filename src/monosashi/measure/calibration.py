"""`raking`: weights that meet known population totals, found from the patterns of the variables alone.

All rows of one pattern (crossing of the calibration variables) get the same factor g, so w = d·g and the
whole fit runs on a table as small as the patterns. Classic iterative proportional fitting (Deming and
Stephan 1940) leads to the weights of R's ``rake`` and of ``calibrate(calfun="raking")`` alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.measure.cells import Floats, Ints, Patterns, Value, added, same
from monosashi.measure.reducer import LARGEST, SMALLEST, Reducer, Sample, Weighting

ROUNDS = 1000
TOLERANCE = 1e-13  # relative error of a margin that ends the fit
ACCEPTED = 1e-9  # relative error of a margin that is still called met
AGREEMENT = 1e-6  # relative difference between the totals of two margins


@dataclass(frozen=True)
class Calibration:
    """What the weights are to meet: for each variable the population total of each of its values.

    variance: ``calibrated`` takes residuals from the margins (the calibration makes figures surer),
    ``weights_fixed`` treats the calibrated weights as given.
    """

    margins: Mapping[str, Mapping[Value, float]]
    method: Literal["raking"] = "raking"
    variance: Literal["calibrated", "weights_fixed"] = "calibrated"
    residuals: Literal["regression", "swept"] = field(default="regression")


@dataclass(frozen=True)
class Diagnostics:
    """How the calibration went.

    max_margin_error is relative; kish_deff = n·Σw²/(Σw)² and n_effective = n/kish_deff. smallest_g and
    largest_g bound what it did to a weight; smallest_weight and largest_weight say who counts least and
    most; total is Σw.
    """

    converged: bool
    max_margin_error: float
    kish_deff: float
    n_effective: float
    rounds: int
    smallest_g: float
    largest_g: float
    smallest_weight: float
    largest_weight: float
    total: float


def calibrate(reducer: Reducer, sample: Sample, calibration: Calibration) -> tuple[Weighting, Diagnostics]:
    """The g-weight of every pattern of the sample, and how well it went.

    Refuses with a reason: totals that are not positive (MARGIN_VALUE) or speak of different populations
    (MARGINS_DISAGREE), values without a total (MARGIN_UNKNOWN), totals without respondents (MARGIN_EMPTY),
    and margins that cannot be met together (MARGINS_UNMET).
    """
    _check_totals(calibration)
    patterns = reducer.patterns(sample, tuple(calibration.margins))
    margins = [_margin(patterns, i, calibration) for i in range(len(patterns.columns))]
    weight, rounds = _raked(patterns.weight, margins)
    error, worst = _worst(weight, margins)
    if not error <= ACCEPTED:
        column, value = patterns.columns[worst[0]], margins[worst[0]].values[worst[1]]
        raise errors.MARGINS_UNMET(rounds=rounds, error=error, column=column, value=value)
    g = weight / patterns.weight
    residuals = "none" if calibration.variance == "weights_fixed" else calibration.residuals
    return Weighting(patterns, g, residuals), _diagnostics(patterns, g, error, rounds)


def weighted(sample: Sample, weighting: Weighting) -> Sample:
    """The sample with calibrated weights."""
    return replace(sample, weighting=weighting)


@dataclass(frozen=True, eq=False)
class _Margin:
    """One variable: the category number of each pattern, the categories' values and their totals."""

    codes: Ints
    values: tuple[Value, ...]
    totals: Floats

    def sums(self, weight: Floats) -> Floats:
        return added(self.codes, weight, len(self.totals))


def _check_totals(calibration: Calibration) -> None:
    sums: dict[str, float] = {}
    for column, margin in calibration.margins.items():
        for value, total in margin.items():
            if not SMALLEST <= total <= LARGEST:
                raise errors.MARGIN_VALUE(column=column, value=value, total=total)
        sums[column] = math.fsum(margin.values())
    if max(sums.values()) - min(sums.values()) > AGREEMENT * max(sums.values()):
        told = ", ".join(f"{name} {total:,.15g}" for name, total in sums.items())
        raise errors.MARGINS_DISAGREE(totals=told)


def _margin(patterns: Patterns, column: int, calibration: Calibration) -> _Margin:
    name = patterns.columns[column]
    margin = calibration.margins[name]
    numbers = {same(value): i for i, value in enumerate(margin)}
    codes = np.array([_category(key[column], numbers) for key in patterns.keys], dtype=np.int64)
    if (codes < 0).any():
        unknown = dict.fromkeys(patterns.keys[i][column] for i in np.flatnonzero(codes < 0))
        raise errors.MARGIN_UNKNOWN(
            column=name,
            values=", ".join(map(str, unknown)),
            rows=int(patterns.rows[codes < 0].sum()),
            nearest=nearest(next(iter(unknown)), margin),
        )
    values = tuple(margin)
    for i in np.flatnonzero(np.bincount(codes, minlength=len(values)) == 0):
        raise errors.MARGIN_EMPTY(column=name, value=values[i])
    return _Margin(codes, values, np.array(list(margin.values()), dtype=np.float64))


def _category(cell: Value, numbers: Mapping[object, int]) -> int:
    """The number of a cell's category, −1 where it has none. The margins may call yes and no 1 and 0."""
    if isinstance(cell, bool) and same(cell) not in numbers:
        cell = int(cell)
    return numbers.get(same(cell), -1)


def _raked(design_weight: Floats, margins: list[_Margin]) -> tuple[Floats, int]:
    """Scales the categories of one variable after another until every margin is met."""
    weight = design_weight.astype(np.float64)
    rounds = 0
    while rounds < ROUNDS and _worst(weight, margins)[0] > TOLERANCE:
        rounds += 1
        for margin in margins:
            weight = weight * (margin.totals / margin.sums(weight))[margin.codes]
    return weight, rounds


def _worst(weight: Floats, margins: list[_Margin]) -> tuple[float, tuple[int, int]]:
    """The largest relative error, and the (variable, category) it belongs to."""
    gaps = [np.abs(margin.sums(weight) / margin.totals - 1) for margin in margins]
    variable = int(np.argmax([gap.max() for gap in gaps]))
    return float(gaps[variable].max()), (variable, int(gaps[variable].argmax()))


def _diagnostics(patterns: Patterns, g: Floats, error: float, rounds: int) -> Diagnostics:
    n, total = int(patterns.rows.sum()), float((g * patterns.weight).sum())
    kish = n * float((g**2 * patterns.weight_squared).sum()) / total**2
    return Diagnostics(
        converged=True,
        max_margin_error=error,
        kish_deff=kish,
        n_effective=n / kish,
        rounds=rounds,
        smallest_g=float(g.min()),
        largest_g=float(g.max()),
        smallest_weight=float((g * patterns.lightest).min()),
        largest_weight=float((g * patterns.heaviest).max()),
        total=total,
    )
