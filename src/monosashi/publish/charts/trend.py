"""Over time: dots with whiskers, a line only between comparable versions, the target as a step line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.charts.scale import Scale, count_window, share_window, ticks
from monosashi.publish.charts.svg import Markup, label, line, number, picture
from monosashi.publish.charts.track import dot

_TOP, _BOTTOM, _HEIGHT = 24.0, 148.0, 188


@dataclass(frozen=True)
class Moment:
    """A point in time. `joined`: the line may run to it from the moment before (same or comparable version);
    `broken`: short words at the break. `empty` is what stands in the plot where there is no figure."""

    point: Point
    joined: bool = True
    broken: str = ""
    goal: Goal | None = None
    empty: str = ""


def trend(
    id: str,
    moments: Sequence[Moment],
    *,
    title: str,
    description: str,
    share: bool,
    tick_words: Sequence[str] = (),
) -> Markup:
    """A share has an axis of whole tenths around its figures, a count one from zero."""
    across = _across(len(moments))
    up, places = _up(moments, share)
    marks = [*_grid(up, places, share)]
    marks += _goals(moments, across, up)
    for index in range(1, len(moments)):
        marks += _join(moments[index - 1], moments[index], across[index - 1], across[index], up)
    for moment, x in zip(moments, across, strict=True):
        marks += _moment(moment, f"{number(x)}%", up)
    return picture(id, *marks, title=title, description=description, height=_HEIGHT, kind="trend")


def _across(count: int) -> list[float]:
    """Places of the moments in percent of the width, with room for the axis words at the left."""
    return [14 + 84 * (index + 0.5) / count for index in range(count)]


def _up(moments: Sequence[Moment], share: bool) -> tuple[Scale, list[float]]:
    values = [value for moment in moments for value in _heights(moment)]
    low, high = share_window(values) if share else count_window(values)
    return Scale(low, high, _BOTTOM, _TOP), ticks(low, high)


def _heights(moment: Moment) -> list[float]:
    goal = moment.goal.value if moment.goal else None
    found = (moment.point.value, moment.point.lower, moment.point.upper, goal)
    return [value for value in found if value is not None]


def _grid(up: Scale, places: Sequence[float], share: bool) -> list[Markup]:
    marks = []
    for place in places:
        words = f"{place * 100:.0f}%" if share else f"{place:,.0f}"
        y = up.at(place)
        marks += [line("0%", y, "100%", y, "grid"), label(words, "0%", y - 4, "tick")]
    return marks


def _goals(moments: Sequence[Moment], across: Sequence[float], up: Scale) -> list[Markup]:
    """One step for each run of moments with a target; the words stand once for each new value."""
    marks: list[Markup] = []
    half = across[0] - 14 if across else 0.0
    before: Goal | None = None
    for moment, x in zip(moments, across, strict=True):
        goal = moment.goal
        if goal is not None:
            y = up.at(goal.value)
            marks.append(
                line(
                    f"{number(x - half)}%",
                    y,
                    f"{number(x + half)}%",
                    y,
                    "goal",
                    stroke_dasharray="7 4",
                    stroke_width=2,
                )
            )
            if goal != before:
                marks.append(label(goal.written, f"{number(x - half)}%", y - 6, "tick goal-words"))
        before = goal
    return marks


def _join(earlier: Moment, later: Moment, x1: float, x2: float, up: Scale) -> list[Markup]:
    start, end = earlier.point.value, later.point.value
    if start is None or end is None:
        return []
    if later.joined:
        return [line(f"{number(x1)}%", up.at(start), f"{number(x2)}%", up.at(end), "join", stroke_width=2)]
    middle = f"{number((x1 + x2) / 2)}%"
    return [
        line(middle, _TOP - 8, middle, _BOTTOM, "break", stroke_dasharray="3 3"),
        label(later.broken, middle, _TOP - 12, "tick", text_anchor="middle"),
    ]


def _moment(moment: Moment, x: str, up: Scale) -> list[Markup]:
    point = moment.point
    marks = [label(point.label, x, _BOTTOM + 24, "moment", text_anchor="middle")]
    if point.value is None:
        told = {"data_label": point.label, "data_value": point.written}
        return [*marks, label(moment.empty, x, (_TOP + _BOTTOM) / 2, "none", text_anchor="middle", **told)]
    top = up.at(point.value)
    if point.lower is not None and point.upper is not None:
        top, bottom = up.at(point.upper), up.at(point.lower)
        marks.append(line(x, top, x, bottom, "whisker", stroke_width=2, data_span=point.span))
    return [
        *marks,
        dot(x, up.at(point.value), point, 5),
        label(point.written, x, top - 9, "figure", text_anchor="middle"),
    ]
