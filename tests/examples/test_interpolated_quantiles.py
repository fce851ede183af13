"""Quantiles between two answers, by the rules of Hyndman and Fan. With equal weights they are numpy's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monosashi.measure import Sample, quantile_of
from monosashi.measure.cells import Answers
from monosashi.measure.design import Design
from monosashi.measure.reducer import Reducer
from monosashi.measure.statistics.interpolated import interpolated
from reducers import REDUCERS
from small_tables import table

NUMPYS = {
    "hf4": "interpolated_inverted_cdf",
    "hf5": "hazen",
    "hf6": "weibull",
    "hf7": "linear",
    "hf8": "median_unbiased",
    "hf9": "normal_unbiased",
}

FIRST_QUARTILE = {"hf4": 1, "hf5": 1.5, "hf6": 1.25, "hf7": 1.75, "hf8": 17 / 12, "hf9": 1.4375}


@pytest.fixture(params=REDUCERS)
def reducer(request: pytest.FixtureRequest) -> Reducer:
    return REDUCERS[request.param]()


@pytest.mark.parametrize("rule", NUMPYS)
def test_the_first_quartile_of_one_to_four(tmp_path: Path, reducer: Reducer, rule: str) -> None:
    """1, 2, 3, 4 with equal weights: position 1/4 for hf4, 1.5 − 1/8 … as in Hyndman and Fan's table."""
    source = table(tmp_path, "x\n3\n1\n4\n2\n\n")
    (found,) = quantile_of(reducer, Sample(source), "x", at=[0.25], rule=rule)
    assert found.value == pytest.approx(FIRST_QUARTILE[rule], rel=1e-15)
    assert found.n == 4


def test_a_heavy_answer_draws_the_median(tmp_path: Path, reducer: Reducer) -> None:
    """hf5: positions of 10, 20, 30 with weights 1, 1, 2 are 1/8, 3/8, 3/4; 1/2 lies a third of the way on."""
    source = table(tmp_path, "x|w\n10|1\n20|1\n30|2")
    sample = Sample(source, Design(weight="w"))
    (found,) = quantile_of(reducer, sample, "x", at=[0.5], rule="hf5")
    assert found.value == pytest.approx(20 + 10 / 3, rel=1e-15)


def test_each_domain_has_its_own(tmp_path: Path, reducer: Reducer) -> None:
    source = table(tmp_path, "d|x\nb|1\na|5\nb|3\na|7\nc|")
    found = quantile_of(reducer, Sample(source), "x", at=[0.5], by=("d",), rule="hf7")
    assert [one.value for one in found] == [6, 2, None]


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=30),
    st.floats(0, 1),
    st.sampled_from(sorted(NUMPYS)),
)
def test_equal_weights_are_numpys(values: list[int], p: float, rule: str) -> None:
    value = np.sort(np.array(values, dtype=np.float64))
    zeros = np.zeros(len(value), dtype=np.int64)
    answers = Answers(((),), zeros, value, np.ones(len(value)))
    found = interpolated(answers, rule).inverse(np.array([p]))[0]
    assert found == pytest.approx(np.quantile(value, p, method=NUMPYS[rule]), rel=1e-9, abs=1e-9)
