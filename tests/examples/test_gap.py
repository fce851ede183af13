"""`monosashi gap`: what people felt beside what happened. Every figure here can be worked out by hand."""

from __future__ import annotations

import json
from math import comb, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from monosashi.cli import main
from monosashi.measure.estimate import Interval
from monosashi.measure.perceived.figures import Figure, mean_of, median_of

ANSWERS = """
service,period,felt,fine
permit,FY2025,8,1
permit,FY2025,9,4
permit,FY2025,10,2
permit,FY2025,11,5
permit,FY2025,12,9
"""
HEAD = "case,step,at,service,standard"
REQUEST = """
survey: {table: answers.csv}
log: {log: log.csv, columns: {case: case, activity: step, at: at}}
by: {service: service}
comparisons:
  - id: processing
    statistic: mean
    perceived: {item: felt}
    actual: {from: {activity: apply}, to: {activity: decide}}
"""


def case(name: str, start: str, end: str | None, service: str = "permit", standard: str = "") -> str:
    lines = [f"{name},apply,{start},{service},{standard}"]
    return "\n".join([*lines, f"{name},decide,{end},{service},{standard}"] if end else lines)


def took(*days: int, service: str = "permit") -> str:
    """Cases of May 2025, each as many days long."""
    return "\n".join(
        case(f"{service}{i}", "2025-05-01 09:00", f"2025-05-{1 + n:02d} 09:00", service)
        for i, n in enumerate(days)
    )


class Gap:
    """Runs requests over small files."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def told(self, request: str, log: str, answers: str = ANSWERS) -> tuple[int, str, str]:
        (self.folder / "answers.csv").write_text(answers.strip() + "\n", encoding="utf-8")
        (self.folder / "log.csv").write_text(f"{HEAD}\n{log}\n", encoding="utf-8")
        (self.folder / "request.yaml").write_text(request, encoding="utf-8")
        code = 0
        try:
            main(["gap", str(self.folder / "request.yaml")])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def all(self, request: str, log: str, answers: str = ANSWERS) -> list[dict[str, Any]]:
        code, out, err = self.told(request, log, answers)
        assert code == 0, err
        found: list[dict[str, Any]] = json.loads(out, parse_constant=pytest.fail)["comparisons"]
        return found

    def one(self, request: str, log: str, answers: str = ANSWERS) -> dict[str, Any]:
        (found,) = self.all(request, log, answers)
        return found

    def refused(self, request: str, log: str = "") -> str:
        code, out, err = self.told(request, log)
        assert (code, out) == (2, "")
        return err


@pytest.fixture
def gap(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Gap:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    return Gap(tmp_path, capsys)


T4 = 2.7764451  # t(0.975) with 4 degrees of freedom


def test_two_means_whose_difference_has_a_standard_error_of_one(gap: Gap) -> None:
    """Felt 8 to 12: mean 10, s² = 2.5, se² = ½. Took 4 to 8: mean 6, se² = ½. Gap 4, se² = 1."""
    found = gap.one(REQUEST, took(4, 5, 6, 7, 8))
    assert found["domain"] == {"service": "permit"}
    assert (found["perceived"]["value"], found["actual"]["value"], found["gap"]["value"]) == (10, 6, 4)
    assert found["perceived"]["interval"] == pytest.approx([10 - T4 / sqrt(2), 10 + T4 / sqrt(2)])
    assert found["gap"]["interval"] == pytest.approx([4 - T4, 4 + T4])
    assert (found["gap"]["interval_method"], found["gap"]["verdict"]) == ("mover", "longer")
    assert found["words"]["ja"] == (
        "感じた時間の平均は10日（8〜12）です。実際の平均は6日（4〜8）です。"
        "実際より4日（1.2〜6.8）長く感じられています。"
    )
    assert found["words"]["en"].endswith("It felt 4 days (1.2 to 6.8) longer than it was.")


def test_what_is_all_there_was_is_certain(gap: Gap) -> None:
    found = gap.one(
        REQUEST.replace("{activity: decide}}", "{activity: decide}, read_as: period}"), took(4, 8)
    )
    assert found["actual"]["interval"] == [6, 6]
    assert found["gap"]["interval"] == pytest.approx([4 - T4 / sqrt(2), 4 + T4 / sqrt(2)])


@pytest.mark.parametrize(("n", "r"), [(5, 0), (6, 1), (8, 1), (9, 2), (12, 3), (20, 6), (100, 40)])
def test_the_median_lies_between_two_cases_that_a_table_names(n: int, r: int) -> None:
    """Ranks for 95 % as in any table of the sign test: of 20 cases the 6th and the 15th."""
    found = median_of(np.arange(n, 0, -1.0), 0.95)
    assert found == Figure((n + 1) / 2, Interval(r, n - r + 1) if r else None)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99, 1 - 0.05 / 300])
def test_the_interval_of_a_median_is_the_narrowest_that_covers_enough(level: float) -> None:
    for n in range(1, 80):
        found = median_of(np.arange(1.0, n + 1), level).interval
        tails = [sum(comb(n, k) for k in range(r)) / 2**n for r in range(n // 2 + 2)]  # P(B < r)
        r = max(i for i, tail in enumerate(tails) if tail <= (1 - level) / 2)
        assert found == (Interval(r, n - r + 1) if r else None), n


def test_a_million_cases_are_no_trouble() -> None:
    found = median_of(np.arange(1_000_000.0), 0.95).interval
    assert found is not None
    assert (found.upper - found.lower) / 2 == pytest.approx(1.96 * sqrt(1_000_000) / 2, rel=2e-3)


def test_a_difference_turned_round_is_its_negative() -> None:
    one, other = Figure(24, Interval(21, 30)), Figure(15, Interval(13, 18))
    there, back = one.minus(other), other.minus(one)
    assert there.value == -back.value == 9
    assert there.interval is not None
    assert back.interval is not None
    assert there.interval == Interval(9 - sqrt(3**2 + 3**2), 9 + sqrt(6**2 + 2**2))
    assert (back.interval.lower, back.interval.upper) == (-there.interval.upper, -there.interval.lower)
    assert one.minus(Figure(15, None)) == Figure(9, None)
    assert mean_of(np.array([3.0]), 0.95) == Figure(3, None)


MEDIAN = REQUEST.replace("statistic: mean", "statistic: median")


def test_what_one_side_lacks_is_said_and_not_left_out(gap: Gap) -> None:
    found = {one["domain"]["service"]: one for one in gap.all(MEDIAN, took(1, 2, 3, service="passport"))}
    assert found["permit"]["actual"]["reason"] == "no_cases"
    assert (found["permit"]["gap"]["status"], found["permit"]["gap"]["reason"]) == (
        "not_collected",
        "actual_missing",
    )
    assert found["passport"]["perceived"]["reason"] == "not_asked"
    assert found["passport"]["gap"]["reason"] == "perceived_missing"
    assert found["passport"]["actual"]["reason"] == "few_cases"  # three cases give a median and no interval
    assert found["passport"]["words"]["ja"].startswith(
        "どのくらいに感じたかは、集めていません。実際の中央値は2日です。"
    )


def test_open_cases_are_told_beside_the_median(gap: Gap) -> None:
    log = "\n".join(
        [took(4, 5, 6), case("o1", "2025-05-01 09:00", None), case("o2", "2025-05-01 09:00", None)]
    )
    request = MEDIAN.replace("at: at}}", 'at: at}, as_of: "2025-06-30"}')
    found = gap.one(request, log)["actual"]
    assert (found["n"], found["n_open"], found["median"]) == (3, 2, 5)
    assert found["flags"] == ["censoring_matters"]  # counted as open, the third of five is 6
    assert found["censored_median"] == 6
    nobody = gap.one(request, case("o1", "2025-05-01 09:00", None))
    assert nobody["actual"]["reason"] == "no_finished_cases"


PERIODS = MEDIAN.replace("by: {service: service}", "by: {when: {survey: period, at: first}}")


def test_a_case_belongs_to_the_fiscal_year_in_which_it_began_in_japan(gap: Gap) -> None:
    """15:00 UTC on 31 March is the midnight with which fiscal 2025 begins."""
    late = case("a", "2025-03-31T14:59:59Z", "2025-04-30T14:59:59Z")
    first = case("b", "2025-03-31T15:00:00Z", "2025-04-10T15:00:00Z")
    found = {one["domain"]["when"]: one["actual"]["median"] for one in gap.all(PERIODS, f"{late}\n{first}")}
    assert found == {"FY2025": 10}
    both = ANSWERS + "permit,FY2024,3,4\n"
    found = {
        one["domain"]["when"]: one["actual"]["median"] for one in gap.all(PERIODS, f"{late}\n{first}", both)
    }
    assert found == {"FY2024": 30, "FY2025": 10}


def test_years_written_as_numbers_are_periods_too(gap: Gap) -> None:
    (found,) = gap.all(PERIODS, took(4, 5), ANSWERS.replace("FY2025", "2025"))
    assert found["actual"]["median"] == 4.5


def test_a_label_that_is_no_period_is_refused(gap: Gap) -> None:
    code, _, err = gap.told(PERIODS, took(4), ANSWERS.replace("FY2025", "last year"))
    assert code == 2
    assert "[period-unknown]" in err


def test_hours_felt_are_business_days_where_the_office_counts_those(gap: Gap) -> None:
    """Office hours of 8.75 h: 17.5 hours felt are two days. Friday 09:00 to Monday 09:00 is one day."""
    request = MEDIAN.replace("{item: felt}", "{item: felt, unit: hour}").replace(
        "{activity: decide}}", "{activity: decide}, calendar: business}"
    )
    answers = "service,felt\n" + "permit,17.5\n" * 9
    found = gap.one(request, case("a", "2025-06-06 09:00", "2025-06-09 09:00"), answers)
    assert (found["perceived"]["value"], found["actual"]["value"]) == (2, 1)


@pytest.mark.parametrize(
    ("promised", "value", "kept", "far"),
    [
        ("{value: 5}", 5, (2, 5), 1),
        ("{values: {permit: 6, card: 1}}", 6, (3, 5), 0),
        ("{values: {card: 1}}", None, (None, 0), None),
    ],
)
def test_the_promise_stands_beside_both(
    gap: Gap, promised: str, value: float | None, kept: tuple[int | None, int], far: float | None
) -> None:
    found = gap.one(MEDIAN + f"    promised: {promised}\n", took(4, 5, 6, 7, 8))["promised"]
    assert found["value"] == value
    share = None if kept[0] is None else kept[0] / kept[1]
    assert (found["kept"]["value"], found["kept"]["n"]) == (share, kept[1])
    assert found["actual_less_promised"]["value"] == far
    assert found["status"] == ("not_collected" if value is None else "value")


def test_standards_of_single_cases_are_kept_case_by_case(gap: Gap) -> None:
    log = "\n".join(
        [
            case("a", "2025-05-01 09:00", "2025-05-08 09:00", standard="7"),  # exactly as long as promised
            case("b", "2025-05-01 09:00", "2025-05-10 09:00", standard="7"),
            case("c", "2025-05-01 09:00", "2025-05-10 09:00", standard="14"),
        ]
    )
    found = gap.one(MEDIAN + "    promised: {column: standard}\n", log)["promised"]
    assert (found["status"], found["reason"]) == ("not_applicable", "standards_differ")
    assert (found["kept"]["count"], found["kept"]["n"]) == (2, 3)


def test_two_names_of_the_survey_are_not_one_of_the_log(gap: Gap) -> None:
    shared = "{service: {survey: service, log: service, values: {license: permit}}}"
    two = ANSWERS + "license,FY2025,30,4\n"
    code, _, err = gap.told(REQUEST.replace("{service: service}", shared), took(4, 5), two)
    assert code == 2
    assert "[gap-domain-twice]" in err
    assert "license" in err


def test_was_it_reasonable(gap: Gap) -> None:
    asked = "    reasonable: {item: fine, favourable: [4, 5], missing: [9]}\n"
    found = gap.one(MEDIAN + asked, took(4, 5, 6, 7, 8, 9))
    assert (found["reasonable"]["value"], found["reasonable"]["n"]) == (0.5, 4)
    assert found["words"]["en"].endswith("50% found the time reasonable.")


def test_a_small_gap_is_not_worth_a_word(gap: Gap) -> None:
    assert (
        gap.one(REQUEST + "    threshold: 5\n", took(4, 5, 6, 7, 8))["gap"]["verdict"]
        == "not_distinguishable"
    )


def test_many_gaps_are_judged_together(gap: Gap) -> None:
    """Of two services each verdict is made at 97.5 %: what holds out at 95 % alone need not do so there."""
    answers = ANSWERS.replace("8,1", "6.9,1").replace("9,4", "7.9,4").replace("10,2", "8.9,2")
    answers = answers.replace("11,5", "9.9,5").replace("12,9", "10.9,9")
    alone = gap.one(REQUEST, took(4, 5, 6, 7, 8), answers)["gap"]
    assert (alone["value"], alone["verdict"]) == (pytest.approx(2.9), "longer")
    second = answers + "\n".join(f"card,FY2025,{n},4" for n in (1, 2, 3)) + "\n"
    log = took(4, 5, 6, 7, 8) + "\n" + took(1, 2, 3, service="card")
    together = {one["domain"]["service"]: one["gap"] for one in gap.all(REQUEST, log, second)}
    assert together["permit"]["verdict_level"] == 0.975
    assert together["permit"]["interval"][0] > 0
    assert together["permit"]["verdict"] == "not_distinguishable"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("item: felt}", "item: fellt}", "line 8, column \"fellt\": The table has no column 'fellt'"),
        ("case: case,", "case: cas,", "line 3, column \"cas\": The table has no column 'cas'"),
        ("{service: service}", "{a: {survey: service, log: servise}}", "The table has no column 'servise'"),
        ("{activity: decide}", "ended", "first, last, opened, closed, due or {activity: NAME}"),
        ("item: felt}", "item: felt, at: 1}", "line 8: There is no field called 'at' here"),
        ("{table: answers.csv}", "{table: answers.csv, estimates: []}", "no field called 'estimates' here"),
        (
            "{service: service}",
            "{a: {survey: service, at: closed}}",
            "line 4: The request does not say which",
        ),
        ("{service: service}", "{a: {survey: service, logg: x}}", "line 4: 'by a' cannot be"),
        ("{service: service}", "{a: 3}", "a column that both have"),
        ("id: processing", "speed: 3\n    id: processing", "line 6: There is no field called 'speed'"),
    ],
)
def test_a_mistake_is_told_by_its_line(gap: Gap, old: str, new: str, said: str) -> None:
    assert said in gap.refused(REQUEST.replace(old, new), took(4, 5))


def test_a_promise_is_one_thing_and_by_a_name_that_both_sides_have(gap: Gap) -> None:
    two = gap.refused(REQUEST + "    promised: {value: 1, column: standard}\n")
    assert "one of value, values and column" in two
    nameless = REQUEST.replace("by: {service: service}\n", "") + "    promised: {values: {permit: 3}}\n"
    assert "nothing says what the names are of" in gap.refused(nameless)  # gap-promised-by


def test_a_request_is_pairs_and_every_id_is_used_once(gap: Gap) -> None:
    assert "At least survey, log and comparisons" in gap.refused("- just a list\n")  # gap-shape
    assert "comparisons" in gap.refused(REQUEST.partition("comparisons:\n")[0] + "comparisons: []\n")
    again = REQUEST + REQUEST.partition("comparisons:\n")[2]
    assert "processing" in gap.refused(again)
    assert gap.refused(again).count("line 10") == 1  # request-id-twice, and told once
    periods = "{a: {survey: period, at: first}, b: {survey: period, at: last}}"
    assert "one domain with 'at' at most" in gap.refused(REQUEST.replace("{service: service}", periods))
