"""Many domains: dot-and-interval rows sorted by value, the overall figure as a vertical line."""

from __future__ import annotations

from collections.abc import Sequence

from monosashi.publish.charts.chart import Point
from monosashi.publish.charts.scale import SHARE, Scale, count_window
from monosashi.publish.charts.svg import Markup, folded, label, line, paragraph, picture
from monosashi.publish.charts.track import dot

_ROW, _HEAD, _FOOT = 46, 26, 24
_NAME, _REASON = 14.0, 21.0  # em of a line that fit beside the figure, and alone, at 320 px


def in_order(points: Sequence[Point]) -> list[Point]:
    """Highest first; rows without a figure last, in the order given."""
    shown = sorted((p for p in points if p.value is not None), key=lambda p: -(p.value or 0.0))
    return [*shown, *(p for p in points if p.value is None)]


def rows(
    id: str,
    points: Sequence[Point],
    *,
    title: str,
    description: str,
    overall: Point | None = None,
    share: bool = True,
) -> Markup:
    """One row a domain: unreliable rows hollow, rows without a figure as text with the reason.

    Shares lie between 0 and 100 %, counts between 0 and the next round number."""
    ordered = in_order(points)
    scale = SHARE if share else Scale(*count_window(_heights([*points, *([overall] if overall else [])])))
    marks: list[Markup] = []
    top = _HEAD
    for point in (point for point in ordered if point.shown):
        marks += _row(point, top, scale, own=overall is not None and point.label == overall.label)
        top += _ROW + _more(point.label, _NAME)
    if marks:
        marks = [*_axis(scale, top), *_overall(overall, scale, top), *marks]
    top = top + _FOOT if marks else 0
    for point in (point for point in ordered if not point.shown):
        marks += _silent(point, top)
        top += _ROW + _more(point.label, _NAME) + _more(point.reason, _REASON)
    return picture(id, *marks, title=title, description=description, height=top, kind="rows")


def _more(words: str, width: float) -> int:
    """Height of the lines after the first."""
    return 18 * (len(folded(words, width)) - 1)


def _heights(points: Sequence[Point]) -> list[float]:
    return [value for point in points for value in (point.value, point.upper) if value is not None]


def _axis(scale: Scale, end: int) -> list[Markup]:
    marks = []
    for place, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        value = place * scale.high
        words = f"{value * 100:.0f}%" if scale is SHARE else f"{value:,.0f}"
        x = scale.percent(value)
        marks += [line(x, _HEAD, x, end, "grid"), label(words, x, end + 16, "tick", text_anchor=anchor)]
    return marks


def _overall(overall: Point | None, scale: Scale, end: int) -> list[Markup]:
    if overall is None or overall.value is None:
        return []
    x, part = scale.percent(overall.value), overall.value / scale.high
    anchor = "end" if part > 0.7 else "start" if part < 0.3 else "middle"
    return [
        line(x, _HEAD - 8, x, end, "overall", stroke_dasharray="5 3"),
        label(f"{overall.label} {overall.written}", x, _HEAD - 12, "tick overall-words", text_anchor=anchor),
    ]


def _row(point: Point, top: int, scale: Scale, own: bool) -> list[Markup]:
    middle = top + 33.0 + _more(point.label, _NAME)
    marks = [
        paragraph(point.label, "0%", top + 18, _NAME, "row-name own" if own else "row-name"),
        label(point.written, "100%", top + 18, "row-figure", text_anchor="end"),
        line("0%", middle, "100%", middle, "grid"),
    ]
    if point.lower is not None and point.upper is not None:
        reach = scale.percent(point.lower), middle, scale.percent(point.upper), middle
        marks.append(line(*reach, "whisker", stroke_width=4, stroke_opacity=0.45, data_span=point.span))
    assert point.value is not None
    return [*marks, dot(scale.percent(point.value), middle, point, 5.5)]


def _silent(point: Point, top: int) -> list[Markup]:
    below = top + 37 + _more(point.label, _NAME)
    marked = {"data_label": point.label, "data_value": point.written}
    return [
        paragraph(point.label, "0%", top + 18, _NAME, "row-name", **marked),
        paragraph(point.reason, "0%", below, _REASON, "row-reason"),
    ]
