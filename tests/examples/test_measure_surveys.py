"""Survey figures on a handful of answers, each checkable with pencil and paper."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from scipy import stats

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import (
    Among,
    Calibration,
    Design,
    Sample,
    Status,
    calibrate,
    mean_of,
    proportion_of,
    weighted,
)
from monosashi.measure.estimate import Estimate
from monosashi.measure.reducer import Reducer
from reducers import REDUCERS
from small_tables import table

REDUCER: Reducer = DuckDBReducer()


@pytest.fixture(autouse=True, params=REDUCERS)
def both_reducers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example on DuckDB and on numpy."""
    monkeypatch.setattr(request.module, "REDUCER", REDUCERS[request.param]())


def satisfied(sample: Sample, **how: object) -> list[Estimate]:
    return proportion_of(REDUCER, sample, "ease", favourable=(4, 5), missing=(9,), **how)  # type: ignore[arg-type]


def test_a_share_is_the_weight_of_favourable_answers(tmp_path: Path) -> None:
    source = table(
        tmp_path,
        """
        respondent | weight | ease
        a          |      1 |    5
        b          |      1 |    2
        c          |      2 |    4
        """,
    )
    (found,) = satisfied(Sample(source, Design(weight="weight")))
    assert found.value == 0.75  # (1 + 2) / 4
    assert found.n == 3


def test_standard_error_of_equal_weights(tmp_path: Path) -> None:
    """Two of four are satisfied: p = 1/2, V = p(1−p)/(n−1) = (1/4)/3."""
    source = table(tmp_path, "ease\n5\n4\n2\n1")
    (found,) = satisfied(Sample(source))
    assert found.value == 0.5
    assert found.se == pytest.approx(math.sqrt(1 / 12), rel=1e-12)
    assert found.df == 3
    assert found.deff == pytest.approx(1.0)
    # Korn–Graubard: n_eff = p(1−p)/V = 3 (t(n−1)/t(df) is 1), Clopper–Pearson with 1.5 of 3
    assert found.n_effective == pytest.approx(3.0)
    assert found.interval is not None
    assert found.interval.lower == pytest.approx(stats.beta.ppf(0.025, 1.5, 2.5))
    assert found.interval.upper == pytest.approx(stats.beta.ppf(0.975, 2.5, 1.5))


TWO_STRATA = """
stratum | psu | population | ease
A       |   1 |          4 |    5
A       |   1 |          4 |    5
A       |   2 |          4 |    1
A       |   2 |          4 |    5
B       |   1 |          8 |    1
B       |   1 |          8 |    1
B       |   2 |          8 |    5
B       |   2 |          8 |    1
"""


def test_standard_error_of_clusters_in_strata(tmp_path: Path) -> None:
    """p = 4/8. Cluster totals of (y − p)/8: A 1/8, 0; B −1/8, 0. Each stratum: 2·(1/64 − 1/128) = 1/64."""
    source = table(tmp_path, TWO_STRATA)
    (found,) = satisfied(Sample(source, Design(stratum=("stratum",), psu="psu")))
    assert found.value == 0.5
    assert found.se == pytest.approx(math.sqrt(1 / 64 + 1 / 64), rel=1e-12)
    assert (found.n_psu, found.df) == (4, 2)  # PSU 1 of A and PSU 1 of B are two PSUs


def test_finite_population_correction(tmp_path: Path) -> None:
    """2 of 4 PSUs drawn in A, 2 of 8 in B: the parts of the variance shrink by 1/2 and by 1/4."""
    source = table(tmp_path, TWO_STRATA)
    (found,) = satisfied(Sample(source, Design(stratum=("stratum",), psu="psu", fpc="population")))
    assert found.se == pytest.approx(math.sqrt(1 / 64 * 1 / 2 + 1 / 64 * 3 / 4), rel=1e-12)


def test_everybody_asked_and_answered_leaves_nothing_unsure(tmp_path: Path) -> None:
    source = table(tmp_path, "invited|ease\n3|5\n3|5\n3|1")
    (found,) = satisfied(Sample(source, Design(fpc="invited")))
    assert found.value == pytest.approx(2 / 3)
    assert found.se == 0


def test_a_missing_answer_leaves_the_domain_not_the_design(tmp_path: Path) -> None:
    """Stratum B has no answer, and PSU 3 of A none either: n_h stays 3, df = 2 PSUs − 1 stratum."""
    source = table(
        tmp_path,
        """
        stratum | psu | ease
        A       |   1 |    5
        A       |   2 |    1
        A       |   3 |    9
        B       |   4 |
        B       |   5 |    9
        """,
    )
    (found,) = satisfied(Sample(source, Design(stratum=("stratum",), psu="psu")))
    # z = ±1/4 and 0: V = 3/2 · (1/16 + 1/16) = 3/16
    assert found.se == pytest.approx(math.sqrt(3 / 16), rel=1e-12)
    assert (found.n, found.n_missing, found.n_psu, found.df) == (2, 3, 2, 1)


def test_numbers_compare_as_numbers_and_codes_as_codes(tmp_path: Path) -> None:
    source = table(tmp_path, "wave|town|ease\n1|01100|5\n1.0|01100|1\n2|1100|4\n2|01100|9")
    waves = satisfied(Sample(source), by=("wave",))
    assert [(one.domain["wave"], one.value) for one in waves] == [(1, 0.5), (2, 1.0)]
    for asked in (1, 1.0, "1", "1.0"):
        (found,) = satisfied(Sample(source), where=(Among("wave", (asked,)),))
        assert (found.value, found.n) == (0.5, 2)
    towns = satisfied(Sample(source), by=("town",))
    assert [one.domain["town"] for one in towns] == ["01100", "1100"]
    (found,) = satisfied(Sample(source), where=(Among("town", (1100,)),))
    assert found.n == 1


def test_a_domain_without_an_answer_is_a_state_not_a_number(tmp_path: Path) -> None:
    source = table(tmp_path, "city|ease\nx|5\nx|1\ny|9\ny|")
    _, silent = satisfied(Sample(source), by=("city",))
    assert silent.status is Status.NOT_COLLECTED
    assert silent.reason == "no_answers"
    assert (silent.value, silent.se, silent.interval, silent.n, silent.n_missing) == (None, None, None, 0, 2)
    (nobody,) = satisfied(Sample(source), where=(Among("city", ("z",)),))
    assert (nobody.status, nobody.n, nobody.n_missing) == (Status.NOT_COLLECTED, 0, 0)


@pytest.mark.parametrize(
    ("answer", "share", "bounds"), [("5", 1.0, (0.6915, 1.0)), ("1", 0.0, (0.0, 0.3085))]
)
def test_a_unanimous_share_has_an_honest_interval(
    tmp_path: Path, answer: str, share: float, bounds: tuple[float, float]
) -> None:
    """Ten of ten: Clopper and Pearson give 1 − 0.025^(1/10) = 30.85 % from the far side."""
    source = table(tmp_path, "ease\n" + "\n".join([answer] * 10))
    (found,) = satisfied(Sample(source))
    assert found.value == share
    assert found.se == 0
    assert found.interval is not None
    assert (found.interval.lower, found.interval.upper) == pytest.approx(bounds, abs=5e-5)


@pytest.mark.parametrize("method", ["logit", "beta", "asin", "wald"])
def test_methods_that_fail_at_the_edge_say_that_another_stands_in(tmp_path: Path, method: str) -> None:
    source = table(tmp_path, "ease\n5\n5\n5")
    (found,) = satisfied(Sample(source), interval=method)
    assert found.interval_method == "korn_graubard"
    assert "interval_korn_graubard_at_edge" in found.flags


def test_one_respondent_has_a_value_and_no_interval(tmp_path: Path) -> None:
    source = table(tmp_path, "ease\n5\n9")
    (found,) = satisfied(Sample(source))
    assert (found.value, found.n, found.df, found.interval) == (1.0, 1, 0, None)
    assert (found.status, found.reason) == (Status.UNRELIABLE, "few_degrees_of_freedom")


def test_mean_and_its_t_interval(tmp_path: Path) -> None:
    """2, 4, 6, 8: mean 5, s² = 20/3, se = √(20/3/4), t(3) = 3.1824."""
    source = table(tmp_path, "minutes\n2\n4\n6\n8")
    (found,) = mean_of(REDUCER, Sample(source), "minutes")
    assert found.value == 5
    assert found.se == pytest.approx(math.sqrt(5 / 3), rel=1e-12)
    assert found.interval is not None
    assert found.interval.upper == pytest.approx(5 + 3.182446305 * math.sqrt(5 / 3))


def test_large_numbers_that_differ_little_keep_their_variance(tmp_path: Path) -> None:
    source = table(tmp_path, "yen\n" + "\n".join(str(1_000_000_000 + i) for i in (2, 4, 6, 8)))
    (found,) = mean_of(REDUCER, Sample(source), "yen")
    assert found.value == 1_000_000_005
    assert found.se == pytest.approx(math.sqrt(5 / 3), rel=1e-9)


LONELY = """
stratum | psu | ease
A       |   1 |    5
A       |   2 |    1
B       |   3 |    5
B       |   3 |    1
B       |   3 |    5
"""


@pytest.mark.parametrize(
    ("rule", "variance"),
    [
        # p = 3/5; z = (y − p)/5: A 2/25, −3/25; B 1/25 in all. A adds 2·(13/625 − 1/1250) = 1/25
        ("remove", 1 / 25),
        ("certainty", 1 / 25),
        ("adjust", 1 / 25 + 1 / 625),
        ("average", 2 / 25),
    ],
)
def test_a_stratum_with_a_single_psu(tmp_path: Path, rule: str, variance: float) -> None:
    source = table(tmp_path, LONELY)
    design = Design(stratum=("stratum",), psu="psu", single_psu=rule)  # type: ignore[arg-type]
    (found,) = satisfied(Sample(source, design))
    assert found.se == pytest.approx(math.sqrt(variance), rel=1e-12)
    assert f"single_psu_{rule}" in found.flags


def test_a_single_psu_can_be_refused(tmp_path: Path) -> None:
    source = table(tmp_path, LONELY)
    with pytest.raises(Problem, match="Strata with a single PSU: B"):
        satisfied(Sample(source, Design(stratum=("stratum",), psu="psu", single_psu="fail")))


PANEL = "sex|age|ease\nF|old|5\nF|young|1\nF|young|5\nM|old|1\nM|young|1"


def test_raking_to_one_margin_scales_its_categories(tmp_path: Path) -> None:
    """3 women stand for 30 of 60 people (10 each), 2 men for 30 (15 each): p = (10 + 10)/60."""
    sample = Sample(table(tmp_path, PANEL))
    weighting, told = calibrate(REDUCER, sample, Calibration({"sex": {"F": 30, "M": 30}}))
    (found,) = satisfied(weighted(sample, weighting))
    assert found.value == pytest.approx(20 / 60, rel=1e-12)
    assert (told.smallest_weight, told.largest_weight, told.total) == pytest.approx((10, 15, 60))
    assert told.kish_deff == pytest.approx(5 * (3 * 100 + 2 * 225) / 60**2)
    # residuals from the mean of one's sex: women 1/3, −2/3, 1/3; men answer alike and add nothing
    variance = 5 / 4 * sum((10 / 60 * residual) ** 2 for residual in (1 / 3, -2 / 3, 1 / 3))
    assert found.se == pytest.approx(math.sqrt(variance), rel=1e-12)


ALIKE = """
row | sex | weight | city  | ease
1   | F   |      1 | tokyo |    1
2   | F   |      1 | tokyo |    1
3   | F   |      1 | tokyo |    1
4   | F   |      1 | tokyo |    1
5   | F   |      1 | seoul |    2
"""


@pytest.mark.parametrize("psu", [None, "row"])
def test_equal_answers_leave_nothing_unsure_whatever_the_weights(tmp_path: Path, psu: str | None) -> None:
    """100 women, hence weights of 20. In tokyo u = (1 − 1)/80 for each of the four and 0 for the fifth: no
    residual, no variance. Sums of squares taken row by row once left 1.3e-8 of rounding behind."""
    sample = Sample(table(tmp_path, ALIKE), Design("weight", psu=psu))
    weighting, _ = calibrate(REDUCER, sample, Calibration({"sex": {"F": 100}}))
    seoul, tokyo = mean_of(REDUCER, weighted(sample, weighting), "ease", by=("city",))
    assert (tokyo.value, seoul.value) == (pytest.approx(1), pytest.approx(2))
    assert (tokyo.se, seoul.se) == (pytest.approx(0, abs=1e-15), pytest.approx(0, abs=1e-15))


@pytest.mark.parametrize("psu", [None, "row"])
def test_strata_that_agree_within_leave_nothing_unsure(tmp_path: Path, psu: str | None) -> None:
    """p = 3/7; in A z = (1 − 3/7)/7 three times, in B (0 − 3/7)/7 four times: Σz² − (Σz)²/n = 0 in both.

    Without variance the effective n is n = 7, less what few degrees of freedom cost."""
    lines = [f"{row}|{'A' if row < 3 else 'B'}|0.7|{5 if row < 3 else 1}" for row in range(7)]
    source = table(tmp_path, "\n".join(["row|stratum|weight|ease", *lines]))
    (found,) = satisfied(Sample(source, Design("weight", ("stratum",), psu)))
    assert (found.value, found.se, found.df) == (pytest.approx(3 / 7), 0, 5)
    cost = (stats.t.ppf(0.975, 6) / stats.t.ppf(0.975, 5)) ** 2
    assert found.n_effective == pytest.approx(7 * cost)


@pytest.mark.parametrize("psu", [None, "row"])
def test_answers_that_the_margins_explain_leave_nothing_unsure(tmp_path: Path, psu: str | None) -> None:
    """All women satisfied, no man: once the share of women is known, so is the satisfaction."""
    drawn = "row|sex|weight|ease\n1|F|1.1|5\n2|F|0.7|4\n3|M|1.3|1\n4|M|0.9|2\n5|M|2.3|1"
    sample = Sample(table(tmp_path, drawn), Design("weight", psu=psu))
    weighting, _ = calibrate(REDUCER, sample, Calibration({"sex": {"F": 30, "M": 70}}))
    (found,) = satisfied(weighted(sample, weighting))
    assert (found.value, found.se) == (pytest.approx(0.3), pytest.approx(0, abs=1e-15))


@pytest.mark.parametrize(
    ("margins", "told"),
    [
        ({"sex": {"F": 30}}, "values without a population total: M"),
        ({"sex": {"F": 30, "M": 30, "X": 1}}, "Nobody in the table has 'sex' = 'X'"),
        ({"sex": {"F": 30, "M": 0}}, "population total 0"),
        ({"sex": {"F": 30, "M": 30}, "age": {"old": 1, "young": 2}}, "do not speak of the same population"),
    ],
)
def test_margins_that_cannot_be_met_are_refused_with_the_reason(
    tmp_path: Path, margins: dict[str, dict[str, float]], told: str
) -> None:
    with pytest.raises(Problem, match=told):
        calibrate(REDUCER, Sample(table(tmp_path, PANEL)), Calibration(margins))  # type: ignore[arg-type]


def test_margins_that_contradict_the_sample_are_refused(tmp_path: Path) -> None:
    """All women are old and all men young, so that age must repeat sex; it does not."""
    source = table(tmp_path, "sex|age|ease\nF|old|5\nM|young|1")
    margins = {"sex": {"F": 50.0, "M": 50.0}, "age": {"old": 60.0, "young": 40.0}}
    with pytest.raises(Problem, match="not met after"):
        calibrate(REDUCER, Sample(source), Calibration(margins))  # type: ignore[arg-type]
