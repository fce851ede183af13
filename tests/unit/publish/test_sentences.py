"""Figures as they are written and the sentences made from them: one line, one example."""

from dataclasses import replace

import pytest

from monosashi.define.guideline import Measure, Target
from monosashi.define.text import Text
from monosashi.measure.estimate import Status
from monosashi.publish import figure, finding, words
from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.edition import Change, PublishedEstimate

MEASURE = Measure.model_validate(
    {
        "id": "perceived",
        "table": "responses/resident",
        "statistic": "proportion",
        "basis": "quota_panel",
        "population": {"ja": "住民", "en": "residents"},
        "predicate": {"ja": "満足しています", "en": "are satisfied"},
        "definition_version": "1",
    }
)
APPLICATIONS = MEASURE.model_copy(
    update={"table": "volumes", "predicate": Text(ja="オンラインです", en="are made online")}
)
ROW = PublishedEstimate(
    indicator="satisfaction", measure="perceived", period="FY2025", definition_version="1", domain={},
    status=Status.VALUE, reason=None, value=0.6, lower=0.58, upper=0.63, level=0.95,
    interval_method="korn_graubard", n=500, n_effective=395, deff=1.27, basis="quota_panel", digits=0,
)  # fmt: skip


def point(label: str, value: float, lower: float, upper: float) -> Point:
    return Point(label, Status.VALUE, value, lower, upper, f"{value:.0%}", "", "")


def change(difference: float | None, lower: float | None, upper: float | None, verdict: str) -> Change:
    return Change("satisfaction", "perceived", {}, "FY2024", "FY2025", difference, lower, upper, verdict, 0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "digits", "told"),
    [
        (0.6, "share", 0, "60%"),
        (0.528, "share", 1, "52.8%"),
        (0.0, "share", 0, "0%"),
        (1.0, "share", 1, "100.0%"),
        (12400.0, "count", 0, "12,400"),
        (-0.02, "share", 0, "−2%"),
        (-0.0, "share", 0, "0%"),
        (3.27, "score", 1, "3.3"),
    ],
)
def test_amounts(value: float, unit: str, digits: int, told: str) -> None:
    assert figure.amount(value, unit, digits) == told


def test_intervals_and_differences() -> None:
    assert figure.span(0.58, 0.63, "share", 0, "ja") == "58〜63%"
    assert figure.span(0.58, 0.63, "share", 0, "en") == "58–63%"
    assert figure.span(None, None, "share", 0, "en") == ""
    assert figure.difference(0.03, "share", 0, "ja") == "+3ポイント"
    assert figure.difference(-0.01, "share", 0, "en") == "−1 point"
    assert figure.difference(0.0, "share", 0, "en") == "±0 points"
    assert figure.change_span(change(0.03, -0.01, 0.07, "up"), "share", "ja") == "−1〜+7ポイント"
    assert figure.change_span(change(0.03, 0.0, 0.06, "up"), "share", "en") == "0 to +6 points"


def test_the_interval_in_words() -> None:
    assert finding.how_many(ROW, MEASURE, "", "share", "ja") == "100人のうち58〜63人が満足しています。"
    assert (
        finding.how_many(ROW, MEASURE, "東京", "share", "ja")
        == "東京では、100人のうち58〜63人が満足しています。"
    )
    said = "In Tokyo, between 58 and 63 of every 100 people are satisfied."
    assert finding.how_many(ROW, MEASURE, "Tokyo", "share", "en") == said


def test_with_a_decimal_it_counts_out_of_a_thousand() -> None:
    row = replace(ROW, value=0.614, lower=0.606, upper=0.622, digits=1)
    assert finding.how_many(row, MEASURE, "", "share", "ja") == "1,000人のうち606〜622人が満足しています。"


def test_a_complete_register_has_no_range() -> None:
    row = replace(ROW, value=0.528, lower=None, upper=None, digits=1)
    said = finding.how_many(row, APPLICATIONS, "", "share", "ja")
    assert said == "1,000件のうち528件がオンラインです。"
    assert (
        finding.how_many(row, APPLICATIONS, "", "share", "en") == "528 of every 1,000 cases are made online."
    )


def test_no_figure_says_why_and_never_zero() -> None:
    row = replace(ROW, status=Status.SUPPRESSED, reason="small_cell", value=None, lower=None, upper=None)
    said = finding.how_many(row, MEASURE, "", "share", "en")
    assert said.startswith("There is no figure: not shown")
    assert "0" not in said
    assert "数値はありません" in finding.how_many(row, MEASURE, "", "share", "ja")


def test_an_unknown_reason_falls_back_to_the_state() -> None:
    assert words.reason("never_heard_of", "suppressed", "en") == words.REASONS["suppressed"].en


@pytest.mark.parametrize(
    ("tested", "ja", "en"),
    [
        (change(0.05, 0.01, 0.09, "up"), "2024年度から5ポイント上がりました。", "Up 5 points since FY2024."),
        (
            change(-0.05, -0.09, -0.01, "down"),
            "2024年度から5ポイント下がりました。",
            "Down 5 points since FY2024.",
        ),
        (
            change(0.03, -0.03, 0.09, "not_distinguishable"),
            "2024年度からはっきりした変化はありません（−3〜+9ポイント）。",
            "No distinguishable change since FY2024 (−3 to +9 points).",
        ),
        (
            change(None, None, None, "not_comparable"),
            "2024年度とは比べられません。",
            "Not comparable with FY2024.",
        ),
        (None, "前の版に比べる数値がありません。", "There is no earlier figure to compare with."),
    ],
)
def test_changes(tested: Change | None, ja: str, en: str) -> None:
    assert finding.changed(tested, "share", "ja") == ja
    assert finding.changed(tested, "share", "en") == en


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0.71, 0.75, "The target 70% is met."),
        (0.60, 0.66, "The target 70% is not met."),
        (0.66, 0.72, "Whether the target 70% is met cannot be told within the interval."),
    ],
)
def test_a_target_is_judged_by_the_interval(lower: float, upper: float, said: str) -> None:
    row = replace(ROW, value=(lower + upper) / 2, lower=lower, upper=upper)
    assert finding.against(Goal(0.7, "target 70%"), row, "en") == said


def test_groups_differ_only_where_their_intervals_do_not_touch() -> None:
    apart = [point("a", 0.7, 0.65, 0.75), point("b", 0.5, 0.45, 0.55)]
    assert finding.among(apart, "ja") == "最も高いのはa（70%）、最も低いのはb（50%）です。"
    close = [point("a", 0.6, 0.5, 0.7), point("b", 0.5, 0.4, 0.6)]
    assert finding.among(close, "en") == "No distinguishable difference between the groups."


def test_a_place_among_others() -> None:
    mine = point("Tokyo", 0.6, 0.55, 0.65)
    others = [point("x", 0.8, 0.75, 0.85), point("y", 0.62, 0.57, 0.67), point("z", 0.4, 0.35, 0.45)]
    said = finding.compared_with(mine, others, "en")
    assert said == "Clearly above Tokyo: 1. Clearly below: 1. Not distinguishable: 1."


def test_periods_as_people_say_them() -> None:
    assert words.period("FY2025", "ja") == "2025年度"
    assert words.period("2022H2", "ja") == "2022年度下半期"
    assert words.period("2022H2", "en") == "FY2022 H2"
    assert words.period("2025-Q3", "ja") == "2025年7〜9月"
    assert words.period("2025-11", "ja") == "2025年11月"


def test_a_target_holds_until_the_next_one_is_set() -> None:
    from monosashi.publish.findings import goal_on

    reference = {"source": "s"}
    target = Target.model_validate({"fiscal_year": 2022, "value": 0.7, "reference": reference})

    class Bare:
        unit, targets = "share", (target,)

    goal = goal_on(Bare, "FY2025", "ja")  # type: ignore[arg-type]
    assert goal == Goal(0.7, "目標70%（2022年度）")
    assert goal_on(Bare, "FY2021", "ja") is None  # type: ignore[arg-type]
