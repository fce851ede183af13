"""Regressions small enough to do by hand, and the ones that are refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import Design, Estimate, Sample, Status, regression_of
from small_tables import table

THREE = """
  x | y | w
  0 | 1 | 1
  0 | 3 | 1
  1 | 4 | 2 """
FOURS = """
  x | y | w
  0 | 1 | 3
  0 | 5 | 1
  1 | 1 | 1
  1 | 5 | 3 """


def found(
    folder: Path, drawing: str, *on: str, design: Design | None = None, **how: object
) -> list[Estimate]:
    sample = Sample(table(folder, drawing), design or Design("w"))
    return regression_of(DuckDBReducer(), sample, "y", on, **how)  # type: ignore[arg-type]


def test_a_line_through_two_means(tmp_path: Path) -> None:
    """Mean 2 at x = 0 and 4 at x = 1. u = (y − 2)/2 on the first, V = 3/2·(½² + ½²) for both coefficients."""
    intercept, slope = found(tmp_path, THREE, "x")
    assert (intercept.value, slope.value) == (pytest.approx(2), pytest.approx(2))
    assert intercept.se == slope.se == pytest.approx(math.sqrt(0.75))
    assert intercept.more["covariance"] == pytest.approx([0.75, -0.75])
    assert slope.more["covariance"] == pytest.approx([-0.75, 0.75])
    assert (slope.n, slope.df, slope.more["term"]) == (3, 1, "x")
    assert slope.more["p"] == pytest.approx(
        2 * (0.5 - math.atan(2 / math.sqrt(0.75)) / math.pi)
    )  # t(1): Cauchy


def test_a_logistic_line_through_two_shares(tmp_path: Path) -> None:
    """Favorable 1 in 4 at x = 0 and 3 in 4 at x = 1: odds of 1/3 and 3."""
    intercept, slope = found(tmp_path, FOURS, "x", family="logistic", favourable=(4, 5))
    assert intercept.value == pytest.approx(-math.log(3), rel=1e-14)
    assert slope.value == pytest.approx(2 * math.log(3), rel=1e-14)


def test_the_intercept_alone_is_far_away(tmp_path: Path) -> None:
    """Years as a predictor: what is lost in X'X is kept, for columns are centered first."""
    rows = "\n".join(f"{2000000 + x} | {3 + 2 * x} | 1" for x in range(5))
    _, slope = found(tmp_path, f"x | y | w\n{rows}", "x")
    assert slope.value == pytest.approx(2, rel=1e-12)
    assert slope.se == pytest.approx(0, abs=1e-12)


def test_rows_that_lack_an_answer_leave_the_domain_not_the_design(tmp_path: Path) -> None:
    rows = THREE + "\n  1 |  | 5\n   | 2 | 5 "
    intercept, slope = found(tmp_path, rows, "x")
    assert (slope.n, slope.n_missing, slope.df) == (3, 2, 1)
    assert slope.value == pytest.approx(2)
    assert intercept.se == pytest.approx(math.sqrt(5 / 4 * 0.5))  # n_h is 5


def test_one_respondent_one_stratum_and_nobody(tmp_path: Path) -> None:
    rows = """
      x | y | w | city
      1 | 2 | 1 | lone
      0 | 1 | 1 | city
      1 | 3 | 1 | city
      2 | 6 | 1 | city
        |   | 1 | none """
    city, _, lone, none = found(tmp_path, rows, "x", by=("city",))
    assert (city.status, city.df) == (Status.VALUE, 1)
    assert (lone.status, lone.reason, lone.value) == (Status.NOT_APPLICABLE, "too_few_answers", None)
    assert (none.status, none.reason, none.n_missing) == (Status.NOT_COLLECTED, "no_answers", 1)


def test_columns_that_follow_from_each_other_are_named(tmp_path: Path) -> None:
    rows = "a | b | c | y | w\n" + "\n".join(f"{a} | {2 * a + 1} | {a * a} | {a % 3} | 1" for a in range(7))
    with pytest.raises(Problem, match=r"told apart: a, b \(domain"):
        found(tmp_path, rows, "a", "b", "c")


@pytest.mark.parametrize(("on", "named"), [(("x",), "x"), (("z",), "y")])
def test_answers_that_are_all_the_same_are_named(tmp_path: Path, on: tuple[str, ...], named: str) -> None:
    rows = "x | z | y | w\n" + "\n".join(f"3.1 | {z} | {z if named == 'x' else 7.7} | 1.3" for z in range(6))
    with pytest.raises(Problem, match=f"same answer in: {named} "):
        found(tmp_path, rows, *on)


@pytest.mark.parametrize("answers", ["1111555", "1115155", "1111115"])
def test_separation_is_refused_in_words(tmp_path: Path, answers: str) -> None:
    """Complete (1111|555), at one point (…515… overlaps and is fine), and by the last answer."""
    rows = "x | y | w\n" + "\n".join(f"{x} | {y} | 1" for x, y in enumerate(answers))
    if answers == "1115155":
        assert len(found(tmp_path, rows, "x", family="logistic", favourable=(5,))) == 2
        return
    with pytest.raises(Problem, match="so no coefficient is finite: x "):
        found(tmp_path, rows, "x", family="logistic", favourable=(5,))


def test_quasi_separation_names_the_column(tmp_path: Path) -> None:
    """All who have z = 1 are favorable; those with z = 0 are mixed, whatever x is."""
    rows = "x | z | y | w\n0|0|1|1\n1|0|5|1\n0|0|5|1\n1|0|1|1\n0|1|5|1\n1|1|5|1"
    with pytest.raises(Problem, match="so no coefficient is finite: z "):
        found(tmp_path, rows, "x", "z", family="logistic", favourable=(5,))


def test_a_logistic_regression_needs_codes(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="needs the codes of a favourable answer"):
        found(tmp_path, FOURS, "x", family="logistic")
