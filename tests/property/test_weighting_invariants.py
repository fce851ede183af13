"""What every calibration must satisfy, whatever the sample: totals met, bounds kept, scale of no account."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monosashi.errors import Problem
from monosashi.measure.cells import Floats, Weights
from monosashi.measure.weighting import bounded, trimming
from monosashi.measure.weighting.calibration import Calibration, _Fit
from monosashi.measure.weighting.margins import Margin, worst

FEW = settings(max_examples=max(settings().max_examples // 2, 10))
SIZES = st.tuples(st.integers(2, 4), st.integers(2, 3), st.integers(0, 2**32 - 1))


def case(sizes: tuple[int, int, int], spread: float = 1.0) -> tuple[Floats, list[Margin], Floats]:
    """(design weights of the patterns, two margins, weights that meet them): every crossing occurs."""
    rows, columns, seed = sizes
    dice = np.random.default_rng(seed)
    first, second = (codes.ravel() for codes in np.indices((rows, columns)))
    weight = dice.uniform(1, 100, rows * columns)
    target = weight * dice.uniform(0.5**spread, 2**spread, rows * columns)
    margins = [
        Margin((name,), codes, tuple((i,) for i in range(size)), np.bincount(codes, weights=target))
        for name, codes, size in (("a", first, rows), ("b", second, columns))
    ]
    return weight, margins, target


def fit(margins: list[Margin], method: str, bounds: Any = None) -> _Fit:
    return _Fit(Calibration({}, method, bounds=bounds), margins, 1.0)  # type: ignore[arg-type]


@FEW
@given(SIZES, st.sampled_from(["raking", "linear", "logit"]), st.booleans())
def test_totals_are_met_within_the_bounds(sizes: tuple[int, int, int], method: str, tight: bool) -> None:
    """The target itself lies within 0.5 and 2: bounds around it can always be kept."""
    weight, margins, _ = case(sizes)
    bounds = None if method == "raking" else (0.49, 2.01) if tight else (0.1, 10.0)
    found, _ = fit(margins, method, bounds).fitted(weight)
    assert worst(found, margins)[0] < 1e-9
    assert (found > 0).all()
    if bounds:
        assert (found / weight >= bounds[0] - 1e-9).all()
        assert (found / weight <= bounds[1] + 1e-9).all()


@FEW
@given(SIZES, st.sampled_from(["raking", "linear"]), st.sampled_from([1e-6, 0.3, 1000.0]))
def test_the_scale_of_the_design_weights_changes_nothing(
    sizes: tuple[int, int, int], method: str, factor: float
) -> None:
    weight, margins, _ = case(sizes, 0.2)
    one, other = (fit(margins, method).fitted(weight * scale)[0] for scale in (1.0, factor))
    assert other == pytest.approx(one, rel=1e-9)


@FEW
@given(SIZES)
def test_weights_that_meet_the_totals_stay(sizes: tuple[int, int, int]) -> None:
    _, margins, target = case(sizes)
    for method, bounds in (("raking", None), ("linear", None), ("logit", (0.5, 2)), ("linear", (0.5, 2))):
        found, _ = fit(margins, method, bounds).fitted(target)
        assert found == pytest.approx(target, rel=1e-9)


@FEW
@given(SIZES, st.floats(0.5, 0.99), st.floats(1.01, 2))
def test_bounds_are_kept_or_refused_with_bounds_that_can_be(
    sizes: tuple[int, int, int], lower: float, upper: float
) -> None:
    """Exactly as the linear program says: a refusal never happens where the bounds could be kept."""
    weight, margins, _ = case(sizes)
    nearest = bounded.nearest_bounds(weight, margins, (lower, upper))
    within = lower < nearest[0] - 1e-6 and nearest[1] + 1e-6 < upper
    outside = nearest[0] < lower - 1e-6 or nearest[1] > upper + 1e-6
    assume(within or outside)
    if within:
        found = fit(margins, "linear", (lower, upper)).fitted(weight)[0] / weight
        assert lower - 1e-9 <= found.min() <= found.max() <= upper + 1e-9
        return
    with pytest.raises(Problem) as refused:
        fit(margins, "linear", (lower, upper)).fitted(weight)
    assert refused.value.kind.code == "bounds-unmet"
    wider = (max(nearest[0] - 1e-3, 1e-3), nearest[1] + 1e-3)
    assert worst(fit(margins, "linear", wider).fitted(weight)[0], margins)[0] < 1e-9


@FEW
@given(SIZES, st.floats(1.5, 4))
def test_trimming_keeps_the_limit_and_the_totals(sizes: tuple[int, int, int], factor: float) -> None:
    weight, margins, _ = case(sizes, 0.3)
    dice = np.random.default_rng(sizes[2])
    each = dice.lognormal(0, 0.5, (len(weight), 6))
    d = np.sort(each / each.sum(axis=1, keepdims=True) * weight[:, None], axis=1).ravel()
    rows = Weights(np.repeat(np.arange(len(weight)), 6), d, dice.integers(1, 4, len(d)))
    sums = np.bincount(rows.pattern, weights=rows.n * d)
    raking = fit(margins, "raking")
    line = trimming.Line((raking.fitted(sums)[0] / sums)[rows.pattern], np.zeros(len(d)))
    people = np.bincount(rows.pattern, weights=rows.n)
    least = bounded.least_limit(people, margins)
    upper = max(float(line.at(d).max()) / factor, 1.5 * least)
    asked = trimming.Limit(upper, 1000, least)
    found, _ = trimming.trimmed(rows, line, asked, lambda held: raking.fitted(held)[0])
    assert found.at(d).max() <= upper * (1 + 1e-9)
    held = np.bincount(rows.pattern, weights=rows.n * found.at(d))
    assert worst(held, margins)[0] < 1e-8
    assert same_weights(rows, found)


def same_weights(rows: Weights, line: trimming.Line) -> bool:
    """The intervals say the same weight for every row."""
    pieces = trimming.pieces(rows, line)
    d = rows.weight[:, None]
    inside = (pieces.pattern == rows.pattern[:, None]) & (pieces.above < d) & (d <= pieces.up_to)
    slope, shift = inside @ pieces.slope, inside @ pieces.shift
    return bool(
        (inside.sum(axis=1) == 1).all() and np.array_equal(slope * rows.weight + shift, line.at(rows.weight))
    )
