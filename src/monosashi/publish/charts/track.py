"""One figure now: a thin track from 0 to 100 with the interval as a band, a dot and the target as a tick."""

from __future__ import annotations

from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.charts.scale import SHARE
from monosashi.publish.charts.svg import Markup, element, label, line, number, picture

_AXIS = 14.0


def track(
    id: str,
    point: Point,
    *,
    title: str,
    description: str,
    goal: Goal | None = None,
    scale_words: bool = False,
) -> Markup:
    """The track of a share. Without a figure it is dashed and empty; the words beside it say why."""
    marks = [
        line("0%", _AXIS, "100%", _AXIS, "axis", stroke_dasharray=None if point.shown else "2 5"),
        *_ends(),
        *_band(point),
        *_tick(goal, named=scale_words),
        *_dot(point),
    ]
    if scale_words:
        marks += [
            label("0%", "0%", _AXIS + 24, "tick", text_anchor="start"),
            label("100%", "100%", _AXIS + 24, "tick", text_anchor="end"),
        ]
    height = 44 if scale_words else 28
    return picture(id, *marks, title=title, description=description, height=height, kind="track")


def _ends() -> list[Markup]:
    return [line(x, _AXIS - 4, x, _AXIS + 4, "axis") for x in ("0%", "100%")]


def _band(point: Point) -> list[Markup]:
    if point.lower is None or point.upper is None:
        return []
    width = SHARE.at(point.upper) - SHARE.at(point.lower)
    return [
        element(
            "rect",
            x=SHARE.percent(point.lower),
            width=f"{number(width)}%",
            y=_AXIS - 7,
            height=14,
            class_="band",
            fill_opacity=0.3,
            data_span=point.span,
        )
    ]


def _dot(point: Point) -> list[Markup]:
    if point.value is None:
        return []
    return [dot(SHARE.percent(point.value), _AXIS, point)]


def dot(x: str, y: float, point: Point, radius: float = 6) -> Markup:
    """A solid dot for a reliable figure, a hollow one for an unreliable one."""
    return element(
        "circle",
        cx=x,
        cy=number(y),
        r=number(radius if point.reliable else radius - 1),
        class_="dot" if point.reliable else "dot hollow",
        fill="currentColor" if point.reliable else "none",
        stroke="currentColor",
        stroke_width=2,
        data_label=point.label,
        data_value=point.written,
    )


def _tick(goal: Goal | None, *, named: bool) -> list[Markup]:
    if goal is None:
        return []
    x = SHARE.percent(goal.value)
    marks = [line(x, _AXIS - 11, x, _AXIS + 11, "goal", stroke_width=3)]
    if named:
        anchor = "end" if goal.value > 0.8 else "start" if goal.value < 0.2 else "middle"
        marks.append(label(goal.written, x, _AXIS + 24, "tick", text_anchor=anchor))
    return marks
