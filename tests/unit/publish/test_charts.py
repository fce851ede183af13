"""Charts: what is drawn is what is written, and hostile labels stay labels."""

import xml.etree.ElementTree as ET

import pytest

from monosashi.measure.estimate import Status
from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.charts.coverage import allotted, coverage
from monosashi.publish.charts.logic_model import Node, Stage, logic_model
from monosashi.publish.charts.rows import in_order, rows
from monosashi.publish.charts.scale import Scale, count_window, share_window
from monosashi.publish.charts.svg import Markup, element
from monosashi.publish.charts.track import track
from monosashi.publish.charts.trend import Moment, trend

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>\x00&\u2028'


def figure(label: str, value: float, lower: float, upper: float, status: Status = Status.VALUE) -> Point:
    return Point(label, status, value, lower, upper, f"{value:.0%}", f"{lower:.0%}–{upper:.0%}", "")


def silence(label: str, status: Status = Status.SUPPRESSED) -> Point:
    return Point(label, status, None, None, None, "not shown", "", "too few people")


def marks(svg: str, name: str, class_: str) -> list[ET.Element]:
    return [e for e in ET.fromstring(svg).iter(SVG + name) if class_ in e.get("class", "").split()]


def test_a_dot_of_60_percent_stands_at_60_percent_of_the_track() -> None:
    svg = track(
        "t", figure("Tokyo", 0.6, 0.58, 0.63), title="t", description="d", goal=Goal(0.7, "target 70%")
    )
    (dot,), (band,), (goal,) = (
        marks(svg, "circle", "dot"),
        marks(svg, "rect", "band"),
        marks(svg, "line", "goal"),
    )
    assert dot.get("cx") == "60%"
    assert (band.get("x"), band.get("width")) == ("58%", "5%")
    assert goal.get("x1") == "70%"


def test_an_unreliable_figure_is_hollow_and_a_missing_one_has_no_mark() -> None:
    hollow = track("t", figure("x", 0.4, 0.1, 0.8, Status.UNRELIABLE), title="t", description="d")
    assert marks(hollow, "circle", "hollow")[0].get("fill") == "none"
    empty = track("t", silence("x", Status.NOT_COLLECTED), title="t", description="d")
    assert not marks(empty, "circle", "dot")


def test_a_trend_line_joins_only_comparable_versions() -> None:
    moments = [
        Moment(figure("2023", 0.5, 0.45, 0.55)),
        Moment(figure("2024", 0.6, 0.55, 0.65)),
        Moment(figure("2025", 0.7, 0.65, 0.75), joined=False, broken="new wording"),
    ]
    svg = trend("t", moments, title="t", description="d", share=True)
    assert len(marks(svg, "line", "join")) == 1
    assert len(marks(svg, "line", "break")) == 1
    assert "new wording" in svg


def test_a_period_without_a_figure_breaks_the_line_and_says_so() -> None:
    moments = [
        Moment(silence("2023", Status.NOT_COLLECTED), empty="not collected"),
        Moment(figure("2024", 0.6, 0.55, 0.65)),
    ]
    svg = trend("t", moments, title="t", description="d", share=True)
    assert not marks(svg, "line", "join")
    assert "not collected" in svg


def test_rows_run_from_high_to_low_and_end_with_the_silent_ones() -> None:
    points = [figure("low", 0.2, 0.1, 0.3), silence("hidden"), figure("high", 0.8, 0.7, 0.9)]
    assert [point.label for point in in_order(points)] == ["high", "low", "hidden"]
    svg = rows("r", points, title="t", description="d", overall=figure("All", 0.5, 0.4, 0.6))
    assert [dot.get("cx") for dot in marks(svg, "circle", "dot")] == ["80%", "20%"]
    assert marks(svg, "line", "overall")[0].get("x1") == "50%"
    assert "too few people" in svg


def test_rows_of_counts_run_from_zero_to_a_round_number() -> None:
    counted = [Point("a", Status.VALUE, 1500.0, None, None, "1,500", "", "")]
    svg = rows("r", counted, title="t", description="d", share=False)
    assert marks(svg, "circle", "dot")[0].get("cx") == "75%"  # of 2,000
    assert "2,000" in svg


@pytest.mark.parametrize(
    ("counts", "squares"),
    [
        ((388, 12), [19, 1]),
        ((1, 399), [1, 19]),
        ((3, 4), [3, 4]),
        ((0, 400), [0, 20]),
        ((1, 1, 998), [1, 1, 18]),
    ],
)
def test_every_state_that_exists_has_a_square(counts: tuple[int, ...], squares: list[int]) -> None:
    assert allotted(counts) == squares


def test_windows_of_the_axes() -> None:
    assert share_window([0.58, 0.66]) == (0.5, 0.8)
    assert share_window([0.97, 1.0]) == (0.7, 1.0)
    assert share_window([0.0, 0.05]) == (0.0, 0.3)
    assert count_window([1834]) == (0.0, 2000)
    assert Scale(0, 200).percent(50) == "25%"


def test_hostile_labels_stay_text_in_every_chart() -> None:
    bad = Point(HOSTILE, Status.VALUE, 0.5, 0.4, 0.6, HOSTILE, HOSTILE, HOSTILE)
    states = [("value", 3, HOSTILE)]
    drawn = [
        track("t", bad, title=HOSTILE, description=HOSTILE, goal=Goal(0.7, HOSTILE), scale_words=True),
        trend(
            "t",
            [Moment(bad), Moment(bad, joined=False, broken=HOSTILE)],
            title=HOSTILE,
            description="",
            share=True,
        ),
        rows("t", [bad, silence(HOSTILE)], title=HOSTILE, description=HOSTILE, overall=bad),
        coverage("t", states, title=HOSTILE, description=HOSTILE),
        logic_model(
            [Stage("output", HOSTILE, HOSTILE, (Node(HOSTILE, HOSTILE), Node("b", "", HOSTILE)), HOSTILE)]
        ),
    ]
    for markup in drawn:
        tags = {e.tag.removeprefix(SVG) for e in ET.fromstring(markup).iter()}
        assert "script" not in tags
        assert "style=" not in markup
        assert "\x00" not in markup


def test_only_markup_passes_unescaped() -> None:
    assert element("b", "<i>", Markup("<u/>"), title='"') == '<b title="&quot;">&lt;i&gt;<u/></b>'
