"""Statistics of a survey on tables of a few rows, each figure checkable by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.measure import Design, Sample, Status
from monosashi.measure.asked import Given
from monosashi.measure.statistics.change import ChangeAsked
from monosashi.measure.statistics.distribution import distribution_of
from monosashi.measure.statistics.gap import gap_of
from monosashi.measure.statistics.nps import nps_of
from monosashi.measure.statistics.ratio import ratio_of
from monosashi.measure.statistics.total import weighted_total_of
from monosashi.measure.statistics.trend import TrendAsked, slope, times
from monosashi.measure.statistics.ttest import TTestAsked
from small_tables import table

REDUCER = DuckDBReducer()


def given(folder: Path, rows: str, **design: object) -> Given:
    return Given(REDUCER, Sample(table(folder, rows), Design(**design)), 0.95)  # type: ignore[arg-type]


ANSWERS = """
weight | nps | minutes | visits
     1 |  10 |      30 |      2
     1 |   9 |      10 |      1
     2 |   7 |      12 |      3
     1 |   6 |      40 |      4
     1 |     |      20 |
"""


def test_nps_is_promoters_less_detractors_in_points(tmp_path: Path) -> None:
    asked = given(tmp_path, ANSWERS, weight="weight")
    (found,) = nps_of(REDUCER, asked.sample, "nps")
    assert found.value == pytest.approx(100 * (2 - 1) / 5)  # weights 1 + 1 promote, 1 detracts, of 5
    assert (found.statistic, found.n, found.n_missing) == ("nps", 4, 1)


def test_a_score_of_nought_is_a_score(tmp_path: Path) -> None:
    asked = given(tmp_path, "nps\n0\n10\n")
    (found,) = nps_of(REDUCER, asked.sample, "nps")
    assert (found.status, found.value) == (Status.VALUE, 0.0)
    assert found.cv is None


def test_a_total_is_the_sum_of_weighted_answers(tmp_path: Path) -> None:
    """z = w·y: 2, 1, 6, 4 and 0 for who did not say; V = n/(n−1)·Σ(z − 13/5)² of the five drawn."""
    asked = given(tmp_path, ANSWERS, weight="weight")
    (found,) = weighted_total_of(REDUCER, asked.sample, "visits")
    assert found.value == 13
    z = np.array([2, 1, 6, 4, 0])
    assert found.se == pytest.approx(math.sqrt(5 / 4 * ((z - 2.6) ** 2).sum()))


def test_a_ratio_divides_sums_not_answers(tmp_path: Path) -> None:
    asked = given(tmp_path, ANSWERS, weight="weight")
    (found,) = ratio_of(REDUCER, asked.sample, "minutes", "visits")
    assert found.value == pytest.approx((30 + 10 + 24 + 40) / 13)  # who gave no visits counts in neither
    assert (found.n, found.n_missing) == (4, 1)


def test_a_ratio_to_nothing_is_a_state_and_no_number(tmp_path: Path) -> None:
    asked = given(tmp_path, "minutes | visits\n5 | 0\n7 | 0\n")
    (found,) = ratio_of(REDUCER, asked.sample, "minutes", "visits")
    assert (found.status, found.reason, found.value) == (Status.NOT_APPLICABLE, "denominator_zero", None)


GAP = """
importance | quality
         4 |       2
         3 |       3
         4 |       1
         5 |
"""


def test_a_gap_compares_the_answers_of_one_person(tmp_path: Path) -> None:
    """Differences 2, 0 and 3 of those who gave both; the fourth leaves the figure, not the design."""
    asked = given(tmp_path, GAP)
    (found,) = gap_of(REDUCER, asked.sample, "importance", "quality")
    assert found.value == pytest.approx(5 / 3)
    z = (np.array([2, 0, 3]) - 5 / 3) / 3
    assert found.se == pytest.approx(math.sqrt(4 / 3 * (z**2).sum()))
    (shares,) = gap_of(REDUCER, asked.sample, "importance", "quality", favourable=(4, 5))
    assert shares.value == pytest.approx(2 / 3)


def test_shares_of_all_answers_sum_to_one_and_their_covariances_to_nothing(tmp_path: Path) -> None:
    rows = "answer | weight\nyes | 1\nyes | 1\nno | 2\nperhaps | 1\n9 | 3\n"
    asked = given(tmp_path, rows, weight="weight")
    found = distribution_of(REDUCER, asked.sample, "answer", missing=("9",))
    assert {one.more["category"]: one.value for one in found} == {"no": 0.4, "perhaps": 0.2, "yes": 0.4}
    matrix = np.array([one.more["covariance"] for one in found])
    assert np.allclose(matrix.sum(axis=0), 0)
    assert np.allclose(np.sqrt(np.diag(matrix)), [one.se for one in found])
    assert {(one.n, one.n_missing) for one in found} == {(4, 1)}


def test_a_domain_in_which_nobody_answered_has_no_distribution(tmp_path: Path) -> None:
    rows = "ward | answer\neast | 1\neast | 2\nwest |\n"
    found = distribution_of(REDUCER, given(tmp_path, rows).sample, "answer", by=("ward",))
    assert [(one.domain["ward"], one.value) for one in found] == [
        ("east", 0.5),
        ("east", 0.5),
        ("west", None),
    ]
    assert (found[2].status, found[2].reason) == (Status.NOT_COLLECTED, "no_answers")


# the same four panels are asked twice; two move up by one point, two stay
PANEL = """
wave | psu | y
   1 |   a | 1
   1 |   b | 2
   1 |   c | 3
   1 |   d | 4
   2 |   a | 2
   2 |   b | 3
   2 |   c | 3
   2 |   d | 4
"""


def change(of: dict[str, object], start: object, end: object) -> ChangeAsked:
    return ChangeAsked.model_validate({"id": "c", "statistic": "change", "of": of, "from": start, "to": end})


def test_a_change_within_the_same_panels_is_surer_than_two_samples(tmp_path: Path) -> None:
    """z of a panel is (y₂ − y₁ − ½)/4: ⅛, ⅛, −⅛, −⅛. V = 4/3 · 4/64 = 1/12."""
    asked = given(tmp_path, PANEL, psu="psu")
    (found,) = change({"statistic": "mean", "item": "y"}, {"wave": 1}, {"wave": 2}).answered(asked)
    assert (found.value, found.more["from"], found.more["to"]) == (0.5, 2.5, 3.0)
    assert found.se == pytest.approx(math.sqrt(1 / 12))
    assert found.df == 3
    apart = given(tmp_path, PANEL, psu="psu", stratum=("wave",))
    (alone,) = change({"statistic": "mean", "item": "y"}, {"wave": 1}, {"wave": 2}).answered(apart)
    assert alone.value == 0.5
    assert alone.se > found.se
    assert alone.df == 6


def test_a_period_may_be_several_waves(tmp_path: Path) -> None:
    rows = PANEL + "   3 |   a | 9\n"
    asked = given(tmp_path, rows, psu="psu")
    (found,) = change({"statistic": "mean", "item": "y"}, {"wave": [1]}, {"wave": [2, 3]}).answered(asked)
    assert found.more["to"] == pytest.approx((2 + 3 + 3 + 4 + 9) / 5)


def test_a_period_without_answers_is_said_to_be_missing(tmp_path: Path) -> None:
    asked = given(tmp_path, PANEL, psu="psu")
    (found,) = change({"statistic": "mean", "item": "y"}, {"wave": 1}, {"wave": 7}).answered(asked)
    assert (found.status, found.reason, found.value) == (Status.NOT_COLLECTED, "one_period_missing", None)


def test_a_change_from_nobody_to_somebody_is_not_certain(tmp_path: Path) -> None:
    rows = "wave | y\n" + "1 | 0\n" * 20 + "2 | 1\n" * 3 + "2 | 0\n" * 17
    asked = given(tmp_path, rows, stratum=("wave",))
    of = {"statistic": "proportion", "item": "y", "favourable": [1]}
    (found,) = change(of, {"wave": 1}, {"wave": 2}).answered(asked)
    assert found.interval_method == "newcombe"
    assert found.interval is not None
    assert found.interval.lower < found.value < found.interval.upper  # type: ignore[operator]


YEARS = "year | y\n" + "".join(
    f"{year} | {year - 2020 + shift}\n" for year in range(2021, 2025) for shift in (-1, 1)
)


def test_a_trend_is_the_slope_through_the_periods(tmp_path: Path) -> None:
    asked = given(tmp_path, YEARS, stratum=("year",))
    question = {"id": "t", "statistic": "trend", "of": {"statistic": "mean", "item": "y"}, "over": "year"}
    (found,) = TrendAsked.model_validate({**question, "periods": [2021, 2022, 2023, 2024]}).answered(asked)
    assert found.value == pytest.approx(1.0)
    assert [one["value"] for one in found.more["periods"]] == [1.0, 2.0, 3.0, 4.0]
    # each mean of two answers that differ by 2 has V = 2/1 · 2·(1/2)²/… = 1; c = (−3, −1, 1, 3)/10
    assert found.se == pytest.approx(math.sqrt((9 + 1 + 1 + 9) / 100))


def test_periods_that_are_no_numbers_stand_one_step_apart() -> None:
    assert slope(times(("a", "b", "c", "d"))).tolist() == [-0.3, -0.1, 0.1, 0.3]
    assert slope(times((2020, 2021, 2023, 2024))).sum() == pytest.approx(0)


def test_two_groups_are_compared_with_one_degree_of_freedom_less(tmp_path: Path) -> None:
    rows = "group | y\nx | 1\nx | 2\nx | 3\ny | 4\ny | 5\ny | 6\n"
    asked = given(tmp_path, rows)
    question = {"id": "t", "statistic": "ttest", "of": {"statistic": "mean", "item": "y"}, "group": "group"}
    (found,) = TTestAsked.model_validate({**question, "groups": ["x", "y"]}).answered(asked)
    assert (found.value, found.df) == (3.0, 4)  # six drawn, one stratum, one for the second mean
    assert found.more["t"] == pytest.approx(3 / found.se)  # type: ignore[operator]
