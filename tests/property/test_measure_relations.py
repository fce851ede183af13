"""What must not change a regression, drivers, a cross-table or the jackknife, whatever the answers are."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
from monosashi.measure import Design, Estimate, Sample, Status, crosstable_of, drivers_of, regression_of
from monosashi.measure.asked import Given
from monosashi.measure.replicates import Jackknife
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.statistics.total import TotalAsked
from small_tables import written

HEADER = ["stratum", "psu", "weight", "city", "x", "z", "y"]
ANSWERS = st.tuples(
    st.sampled_from("AB"),
    st.integers(1, 4),
    st.floats(0.1, 100),
    st.sampled_from(["東京", "ソウル"]),
    st.sampled_from(["1", "2", "3", "4", "5", ""]),
    st.sampled_from(["0", "1"]),
    st.sampled_from(["1", "2", "3", "4", "5", ""]),
)
TABLES = st.lists(ANSWERS, min_size=3, max_size=40)
FEW = settings(max_examples=settings().max_examples // 16)  # each example asks for five statistics
PSUS = Design("weight", ("stratum",), "psu")
STATISTICS = ("linear", "logistic", "drivers", "crosstable", "jackknife")


def estimates(rows: Sequence[Sequence[Any]], *statistics: str) -> list[Estimate]:
    """Those of every statistic, one after the other: each example opens one file."""
    with tempfile.TemporaryDirectory() as folder:
        sample, reducer = Sample(written(Path(folder), [HEADER, *rows]), PSUS), DuckDBReducer()
        return [one for name in statistics or STATISTICS for one in _answer(reducer, sample, name)]


def _answer(reducer: DuckDBReducer, sample: Sample, statistic: str) -> list[Estimate]:
    if statistic == "drivers":
        return drivers_of(reducer, sample, "y", ("x", "z"), by=("city",))
    if statistic == "crosstable":
        return crosstable_of(reducer, sample, "y", "z", by=("city",))
    if statistic == "jackknife":
        asked = MeanAsked(id="m", statistic="mean", item="y", by=("city",))
        return asked.answered(Given(reducer, sample, 0.95, Jackknife(reducer.strata(sample), PSUS)))
    codes = (4, 5) if statistic == "logistic" else ()
    return regression_of(reducer, sample, "y", ("x", "z"), by=("city",), family=statistic, favourable=codes)  # type: ignore[arg-type]


def assert_same(found: list[Estimate], other: list[Estimate]) -> None:
    assert len(found) == len(other)
    for one, two in zip(found, other, strict=True):
        assert (one.domain, one.status, one.reason, one.n, one.df) == (
            two.domain,
            two.status,
            two.reason,
            two.n,
            two.df,
        )
        assert one.value == (None if two.value is None else pytest.approx(two.value, rel=1e-6, abs=1e-7))
        assert one.se == (None if two.se is None else pytest.approx(two.se, rel=1e-5, abs=1e-6))


@FEW
@given(TABLES, st.randoms(use_true_random=False))
def test_order_and_unit_of_weights_do_not_matter(rows: list[Any], dice: Any) -> None:
    shuffled = [[*row[:2], row[2] * 1024, *row[3:]] for row in dice.sample(rows, len(rows))]
    assert_same(estimates(rows), estimates(shuffled))


@FEW
@given(TABLES)
def test_a_domain_in_which_nobody_answered_leaves_the_others_alone(rows: list[Any]) -> None:
    """Its row is in a PSU that is there already, so that n_h stays."""
    found = estimates([*rows, [*rows[0][:2], 1, "無人", "", "", ""]])
    nobody = [one for one in found if one.domain["city"] == "無人"]
    assert len(nobody) == len(STATISTICS)
    assert {(one.status, one.value, one.reason) for one in nobody} == {
        (Status.NOT_COLLECTED, None, "no_answers")
    }
    assert_same(estimates(rows), [one for one in found if one.domain["city"] != "無人"])


@FEW
@given(TABLES)
def test_shares_of_drivers_add_up(rows: list[Any]) -> None:
    for one in estimates(rows, "drivers"):
        if one.value is None:
            assert one.status is not Status.VALUE
            continue
        for key in ("lmg", "johnson"):
            assert sum(each[key] for each in one.more["drivers"]) == pytest.approx(one.value, abs=1e-9)
        assert all(each["lmg"] >= -1e-9 and each["vif"] >= 1 - 1e-9 for each in one.more["drivers"])
        assert -1e-9 <= one.value <= 1 + 1e-9


@FEW
@given(TABLES)
def test_the_covariance_of_a_regression_is_one(rows: list[Any]) -> None:
    """Symmetric, with no negative eigenvalue, and with the squared standard errors on its diagonal."""
    found = estimates(rows, "linear")
    for city in {one.domain["city"] for one in found}:
        fits = [one for one in found if one.domain["city"] == city and one.value is not None]
        if fits:
            covariance = np.array([one.more["covariance"] for one in fits])
            assert covariance == pytest.approx(covariance.T)
            assert np.linalg.eigvalsh(covariance).min() >= -1e-9 * max(1.0, np.abs(covariance).max())
            assert np.sqrt(np.diag(covariance)) == pytest.approx([one.se for one in fits])


@FEW
@given(TABLES, st.sampled_from(["remove", "certainty", "adjust", "average"]))
def test_the_jackknife_of_a_total_is_its_linearized_variance(rows: list[Any], rule: str) -> None:
    design = replace(PSUS, single_psu=rule)
    with tempfile.TemporaryDirectory() as folder:
        sample, reducer = Sample(written(Path(folder), [HEADER, *rows]), design), DuckDBReducer()
        asked = TotalAsked(id="t", statistic="total", item="y", by=("city",))
        plain = asked.answered(Given(reducer, sample, 0.95))
        again = asked.answered(Given(reducer, sample, 0.95, Jackknife(reducer.strata(sample), design)))
    assert_same(plain, again)
