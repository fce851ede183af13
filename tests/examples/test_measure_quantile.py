"""Quantiles of a handful of answers, each checkable with pencil and paper."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from scipy import stats

from monosashi.errors import Problem
from monosashi.measure import Among, Calibration, Design, Sample, Status, calibrate, quantile_of, weighted
from monosashi.measure.estimate import Estimate
from monosashi.measure.reducer import Reducer
from reducers import REDUCERS
from small_tables import table

Quantiles = Callable[..., list[Estimate]]


@pytest.fixture(params=REDUCERS)
def reducer(request: pytest.FixtureRequest) -> Reducer:
    return REDUCERS[request.param]()


@pytest.fixture
def minutes(reducer: Reducer) -> Quantiles:
    """Quantiles of the column `minutes`; the median unless others are asked for."""

    def ask(sample: Sample, *at: float, **how: object) -> list[Estimate]:
        return quantile_of(reducer, sample, "minutes", at=at or (0.5,), **how)  # type: ignore[arg-type]

    return ask


def numbered(folder: Path, *answers: object) -> Sample:
    return Sample(table(folder, "\n".join(["minutes", *map(str, answers)])))


def test_the_median_of_an_odd_number_of_answers_is_the_middle_one(tmp_path: Path, minutes: Quantiles) -> None:
    (found,) = minutes(numbered(tmp_path, 30, 10, 20))
    assert found.value == 20
    assert (found.n, found.more["at"]) == (3, 0.5)


def test_a_share_that_is_just_reached_is_reached(tmp_path: Path, minutes: Quantiles) -> None:
    """Half of four answers is two: the smallest x with F(x) ≥ 1/2 is the second."""
    (found,) = minutes(numbered(tmp_path, 1, 2, 3, 4))
    assert found.value == 2


@pytest.mark.parametrize("weight", ["0.1", "0.7", "1e-9", "3.3333333333333335", "1e40"])
def test_ties_do_not_depend_on_rounding(tmp_path: Path, minutes: Quantiles, weight: str) -> None:
    """Ten equal weights: the k-th tenth is the k-th answer, though 0.1 + 0.1 + 0.1 is not 0.3."""
    lines = [f"{weight}|{answer}" for answer in range(1, 11)]
    sample = Sample(table(tmp_path, "\n".join(["weight|minutes", *lines])), Design("weight"))
    found = minutes(sample, *(k / 10 for k in range(1, 10)))
    assert [one.value for one in found] == list(range(1, 10))


def test_weights_move_the_median(tmp_path: Path, minutes: Quantiles) -> None:
    """F: 1/6 at 5, 2/6 at 10, 6/6 at 60."""
    source = table(tmp_path, "weight|minutes\n1|5\n1|10\n4|60")
    low, median, high = minutes(Sample(source, Design("weight")), 1 / 6, 0.5, 0.9)
    assert (low.value, median.value, high.value) == (5, 60, 60)


def test_woodruffs_interval(tmp_path: Path, minutes: Quantiles) -> None:
    """1 … 100: F(50) = 1/2, V = (1/4)/99, t(99)·√V = 0.0997: from 0.4003 to 0.5997, the 41st to the 60th."""
    (found,) = minutes(numbered(tmp_path, *range(1, 101)))
    assert found.interval is not None
    assert (found.value, found.interval.lower, found.interval.upper) == (50, 41, 60)
    assert found.se == pytest.approx((60 - 41) / (2 * stats.t.ppf(0.975, 99)), rel=1e-12)
    assert (found.df, found.n_psu, found.interval_method) == (99, 100, "woodruff")
    assert found.deff == pytest.approx(1)
    assert found.n_effective == pytest.approx(100)


def test_a_limit_beyond_the_answers_does_not_exist(tmp_path: Path, minutes: Quantiles) -> None:
    """Of 1 … 20 the 95th percentile is 19: F(19) + t·se = 0.95 + 0.105 > 1. The lower limit is the 17th."""
    (found,) = minutes(numbered(tmp_path, *range(1, 21)), 0.95)
    assert (found.value, found.se, found.interval, found.interval_method) == (19, None, None, None)
    assert (found.status, found.reason) == (Status.UNRELIABLE, "interval_open")
    assert found.flags == ("no_upper_limit",)
    assert found.more == {"at": 0.95, "lower": 17}
    assert 0.95 - stats.t.ppf(0.975, 19) * math.sqrt(0.95 * 0.05 / 19) == pytest.approx(0.8453, abs=1e-4)


def test_where_nobody_answered_more_a_flag_warns(tmp_path: Path, minutes: Quantiles) -> None:
    """F(3) = 1 has no variance, hence [3, 3]; the other methods let Korn and Graubard stand in."""
    sample = numbered(tmp_path, 1, 2, 3, 3)
    (found,) = minutes(sample, 0.9)
    assert found.interval is not None
    assert (found.value, found.interval.lower, found.interval.upper, found.se) == (3, 3, 3, 0)
    assert found.flags == ("at_largest_answer",)
    (found,) = minutes(sample, 0.9, interval="logit")
    assert found.interval is not None
    assert (found.interval.lower, found.interval.upper) == (2, 3)  # from 0.025^(1/4) = 0.398
    assert "interval_korn_graubard_at_edge" in found.flags


def test_domains_and_shares_in_their_order(tmp_path: Path, minutes: Quantiles) -> None:
    source = table(tmp_path, "city|minutes\nb|4\na|1\nb|5\na|2\na|3\nb|6\n|9")
    found = minutes(Sample(source), 0.2, 0.9, by=("city",))
    told = [(one.domain["city"], one.more["at"], one.value) for one in found]
    assert told == [("a", 0.2, 1), ("a", 0.9, 3), ("b", 0.2, 4), ("b", 0.9, 6)]
    (only_b,) = minutes(Sample(source), where=(Among("city", ("b",)),))
    assert (only_b.value, only_b.n) == (5, 3)


def test_missing_answers_leave_the_domain_not_the_design(tmp_path: Path, minutes: Quantiles) -> None:
    source = table(tmp_path, "psu|minutes\n1|10\n1|99\n2|20\n3|\n3|99")
    (found,) = minutes(Sample(source, Design(psu="psu")), missing=(99,))
    assert (found.value, found.n, found.n_missing, found.n_psu, found.df) == (10, 2, 3, 2, 1)


def test_nobody_one_person_and_everybody_alike(tmp_path: Path, minutes: Quantiles) -> None:
    source = table(tmp_path, "city|minutes\nx|\ny|7\nz|5\nz|5\nz|5")
    silent, alone, alike = minutes(Sample(source), by=("city",))
    assert (silent.status, silent.reason, silent.value) == (Status.NOT_COLLECTED, "no_answers", None)
    assert (silent.n, silent.n_missing, silent.more) == (0, 1, {"at": 0.5})
    assert (alone.value, alone.interval, alone.reason) == (7, None, "few_degrees_of_freedom")
    assert alike.interval is not None
    assert (alike.value, alike.se, alike.interval.lower) == (5, 0, 5)


def test_strata_with_one_psu(tmp_path: Path, minutes: Quantiles) -> None:
    source = table(tmp_path, "stratum|psu|minutes\nA|1|1\nA|2|2\nB|1|3")
    (found,) = minutes(Sample(source, Design(stratum=("stratum",), psu="psu")))
    assert "single_psu_adjust" in found.flags
    with pytest.raises(Problem, match="single PSU: B"):
        minutes(Sample(source, Design(stratum=("stratum",), psu="psu", single_psu="fail")))


@pytest.mark.parametrize("psu", [None, "row"])
def test_calibrated_quantiles_take_residuals(tmp_path: Path, reducer: Reducer, psu: str | None) -> None:
    """Three women stand for 30, two men for 30. q = 2: F(2) = (10 + 10)/60, as in the share of 2 or less.

    Residuals of u = ([x ≤ 2] − 1/3)/60 from the mean of one's sex: women 1/3, 1/3, −2/3, men 0."""
    drawn = "row|sex|minutes\n1|F|1\n2|F|2\n3|F|5\n4|M|7\n5|M|9"
    sample = Sample(table(tmp_path, drawn), Design(psu=psu))
    weighting, _ = calibrate(reducer, sample, Calibration({"sex": {"F": 30, "M": 30}}))
    (found,) = quantile_of(reducer, weighted(sample, weighting), "minutes", at=(0.3,))
    assert found.value == 2
    variance = 5 / 4 * sum((10 / 60 * residual) ** 2 for residual in (1 / 3, 1 / 3, -2 / 3))
    assert found.deff == pytest.approx(variance / (1 / 3 * 2 / 3 / 4), rel=1e-9)
