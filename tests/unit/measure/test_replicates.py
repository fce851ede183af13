"""Replicates by hand, and what a request says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from estimate_command import run
from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import Design, Estimate, Sample, replicates
from monosashi.measure.asked import Given
from monosashi.measure.replicates import Jackknife, Replication, rao_wu
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.statistics.total import TotalAsked
from small_tables import table, written

PAIRS = """
  stratum | psu | w | q | city
  A       |   1 | 2 | 1 | x
  A       |   2 | 2 | 3 | x
  B       |   1 | 3 | 2 | x
  B       |   2 | 3 | 2 | y
  B       |   3 | 3 | 5 | x """
DESIGN = Design("w", ("stratum",), "psu")
MEAN = MeanAsked(id="m", statistic="mean", item="q")
TOTAL = TotalAsked(id="t", statistic="total", item="q")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


def estimate(sample: Sample, asked: MeanAsked = MEAN, by: Replication | None = None) -> Estimate:
    (found,) = asked.answered(Given(DuckDBReducer(), sample, 0.95, by))
    return found


def jackknife(sample: Sample) -> Jackknife:
    return Jackknife(DuckDBReducer().strata(sample), sample.design)


def bootstrap(sample: Sample, number: int, seed: int = 1) -> Replication:
    return rao_wu(DuckDBReducer().strata(sample), sample.design, number, np.random.default_rng(seed))


def test_each_psu_is_left_out_once(tmp_path: Path) -> None:
    """Weights 2 and 3; without A1 they are (0, 4, 3, 3, 3), without B1 (2, 2, 0, 4.5, 4.5), and so on."""
    sample = Sample(table(tmp_path, PAIRS), DESIGN)
    y = np.array([1, 3, 2, 2, 5])
    w = np.array(
        [[0, 4, 3, 3, 3], [4, 0, 3, 3, 3], [2, 2, 0, 4.5, 4.5], [2, 2, 4.5, 0, 4.5], [2, 2, 4.5, 4.5, 0]]
    )
    replicates, whole = w @ y / w.sum(axis=1), np.array([2, 2, 3, 3, 3]) @ y / 13
    v = np.array([1 / 2, 1 / 2, 2 / 3, 2 / 3, 2 / 3]) @ (replicates - whole) ** 2
    assert estimate(sample, by=jackknife(sample)).se == pytest.approx(np.sqrt(v))


@pytest.mark.parametrize("rule", ["remove", "certainty", "adjust", "average"])
def test_for_a_total_the_jackknife_is_the_linearized_variance(tmp_path: Path, rule: str) -> None:
    """Whatever is made of the stratum with one PSU."""
    sample = Sample(
        table(tmp_path, PAIRS + "\n C | 1 | 2 | 4 | x"), Design("w", ("stratum",), "psu", single_psu=rule)
    )  # type: ignore[arg-type]
    found, plain = estimate(sample, TOTAL, jackknife(sample)), estimate(sample, TOTAL)
    assert (found.value, found.df) == (plain.value, plain.df)
    assert found.se == pytest.approx(plain.se, rel=1e-12)
    assert estimate(sample, TOTAL, bootstrap(sample, 2000)).se == pytest.approx(plain.se, rel=0.08)


def test_a_stratum_with_one_psu_is_refused_where_the_rule_says_so(tmp_path: Path) -> None:
    rows = table(tmp_path, PAIRS + "\n C | 1 | 2 | 4 | x")
    sample = Sample(rows, Design("w", ("stratum",), "psu", single_psu="fail"))
    for by in (jackknife(sample), bootstrap(sample, 10)):
        with pytest.raises(Problem, match="single PSU: C"):
            estimate(sample, by=by)


def test_the_bootstrap_repeats_itself_and_comes_close(tmp_path: Path) -> None:
    """One seed, one result; 2,000 replicates of 40 PSUs come within 10 % of the linearized variance."""
    dice = np.random.default_rng(2)
    rows = [
        ["stratum", "psu", "w", "q", "n"],
        *([i % 2, i % 40, 1 + i % 3, dice.integers(1, 6), 50] for i in range(400)),
    ]
    for design in (DESIGN, Design("w", ("stratum",), "psu", "n")):
        sample = Sample(written(tmp_path, rows), design)
        found = estimate(sample, by=bootstrap(sample, 2000))
        assert found == estimate(sample, by=bootstrap(sample, 2000))
        assert found.se != estimate(sample, by=bootstrap(sample, 2000, seed=2)).se
        assert found.se == pytest.approx(estimate(sample).se, rel=0.1)


def test_a_domain_of_one_psu_has_no_standard_error(tmp_path: Path) -> None:
    """Without its only PSU there is no mean."""
    sample = Sample(table(tmp_path, PAIRS), DESIGN)
    asked = MeanAsked(id="m", statistic="mean", item="q", by=("city",))
    x, y = asked.answered(Given(DuckDBReducer(), sample, 0.95, jackknife(sample)))
    assert (x.se is None, y.se, y.interval, y.value) == (False, None, None, 2)


def test_answers_that_are_all_the_same_have_no_variance(tmp_path: Path) -> None:
    rows = [["stratum", "psu", "w", "q"], *(["A", i % 7, 0.1 + i / 3, 0.7] for i in range(30))]
    sample = Sample(written(tmp_path, rows), DESIGN)
    assert estimate(sample, by=jackknife(sample)).se == 0
    assert estimate(sample, by=bootstrap(sample, 50)).se == 0


def test_without_psus_there_is_nothing_to_leave_out(tmp_path: Path) -> None:
    sample = Sample(table(tmp_path, PAIRS), Design("w", ("stratum",)))
    with pytest.raises(Problem, match="names a column of PSUs"):
        estimate(sample, by=jackknife(sample))


def test_more_factors_than_memory_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicates, "MOST", 499)
    sample = Sample(table(tmp_path, PAIRS), DESIGN)
    with pytest.raises(Problem, match="100 replicates of 5 PSUs are more than 499 factors"):
        bootstrap(sample, 100)


# ---- the request ---------------------------------------------------------------------------------------

COLUMNS = "q,g,w,psu,r1,r2,r3\n5,1,1,1,2,0,1\n3,1,2,2,0,4,2\n4,2,1,3,1,1,2\n"
ONE = "{id: m, statistic: mean, item: q}"


def told(
    folder: Path, capsys: pytest.CaptureFixture[str], replicates: str, *asked: str, more: str = ""
) -> Any:
    design = f"design: {{weight: w, psu: psu, replicates: {replicates}}}\n"
    listed = "".join(f"  - {one}\n" for one in asked or (ONE,))
    code, out, err = run(folder, capsys, f"table: answers.csv\n{design}{more}estimates:\n{listed}", COLUMNS)
    return json.loads(out)["estimates"] if code == 0 else err


def test_columns_by_pattern_and_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Means of the replicates: (10 + 4)/3, (12 + 4)/5 and (5 + 6 + 8)/5, around (5 + 6 + 4)/4."""
    v = ((14 / 3 - 3.75) ** 2 + (16 / 5 - 3.75) ** 2 + (19 / 5 - 3.75) ** 2) / 3
    for weights in ('"r?"', "[r1, r2, r3]"):
        (one,) = told(tmp_path, capsys, f"{{weights: {weights}, method: brr}}")
        assert (one["value"], one["df"]) == (3.75, 2)
        assert one["se"] == pytest.approx(np.sqrt(v))
    (fay,) = told(tmp_path, capsys, '{weights: "r?", method: fay, rho: 0.5}')
    assert fay["se"] == pytest.approx(np.sqrt(4 * v))
    (jkn,) = told(tmp_path, capsys, '{weights: "r?", method: jkn, rscales: [2, 1, 1], scale: 0.5}')
    assert jkn["se"] == pytest.approx(np.sqrt((3 * v + (14 / 3 - 3.75) ** 2) / 2))


def test_seeds_come_with_the_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, again, other = (
        told(tmp_path, capsys, f"{{method: bootstrap, number: 50, seed: {seed}}}")[0]["se"]
        for seed in (4, 4, 5)
    )
    assert first == again != other


@pytest.mark.parametrize(
    ("replicates", "words"),
    [
        ("{method: brr}", "Name the columns of the weights under weights"),
        ("{method: bootstrap}", "Write any whole number under seed"),
        ('{method: fay, weights: "r?"}', "Write the rho that was used"),
        ('{method: jkn, weights: "r?"}', "Write scale or rscales"),
        ('{method: jkn, weights: "r?", rscales: [1, 1]}', "Write one rscale for each column"),
        ('{method: brr, weights: "rw_*"}', "line 2, column \"rw_*\": The table has no column 'rw_*'"),
        ("{method: brr, weights: [r1, r9]}", "The table has no column 'r9'. Nearest: r3, r2, r1"),
        ("{method: jkn, number: 1}", "a number from 2"),
    ],
)
def test_replicates_that_are_not_fully_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], replicates: str, words: str
) -> None:
    message = told(tmp_path, capsys, replicates)
    assert isinstance(message, str)
    assert words in message


def test_without_psus_the_request_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    request = f"table: answers.csv\ndesign: {{replicates: {{method: jkn}}}}\nestimates:\n  - {ONE}\n"
    code, _, err = run(tmp_path, capsys, request, COLUMNS)
    assert (code, "Name the column of the PSUs under design, psu" in err) == (2, True)


def test_statistics_without_replicates_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = told(
        tmp_path, capsys, "{method: jkn}", ONE, "{id: x, statistic: crosstable, row: q, column: g}"
    )
    assert "line 5: The variance of 'crosstable' cannot be taken from replicate weights" in message
    assert "Available with them: proportion, mean, nps, total, ratio, gap, drivers" in message


def test_calibration_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "calibration: {method: raking, margins: {g: {1: 10, 2: 20}}}\n"
    assert "cannot be used together" in told(tmp_path, capsys, "{method: jkn}", more=more)


def test_replicate_weights_are_numbers_in_every_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = (
        f"table: answers.csv\ndesign: {{replicates: {{weights: 'r*', method: brr}}}}\nestimates:\n  - {ONE}\n"
    )
    code, _, err = run(tmp_path, capsys, request, "q,r1,r2\n5,1,\n4,x,2\n")
    assert code == 2
    assert 'line 2, column "r2": The cell is empty' in err
    assert "line 3, column \"r1\": 'x' is not a number" in err
