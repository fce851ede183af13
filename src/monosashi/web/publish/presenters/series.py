"""A figure over time and by domain: charts with their table twins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monosashi.define.guideline import Measure
from monosashi.publish import finding, words
from monosashi.publish.charts.chart import Chart, Point, table_of
from monosashi.publish.charts.rows import in_order, rows
from monosashi.publish.charts.trend import Moment, trend
from monosashi.publish.edition import Edition, PublishedEstimate
from monosashi.publish.findings import goal_on
from monosashi.web.publish.presenters.side import Side


def heads(first: str, language: str) -> tuple[str, str, str, str]:
    if language == "ja":
        return first, "数値", "誤差の範囲", "備考"
    return first, "Figure", "Interval", "Remark"


def periods(edition: Edition) -> list[str]:
    """Every period that the edition speaks of, oldest first."""
    return sorted({row.period for row in edition.estimates})


def comparable(measure: Measure, earlier: PublishedEstimate, later: PublishedEstimate) -> bool:
    """Whether a line may join two figures: one definition, or versions declared comparable."""
    known = {measure.definition_version, *measure.comparable_with}
    versions = {earlier.definition_version, later.definition_version}
    return len(versions) == 1 or versions <= known


def over_time(side: Side) -> Chart:
    """The trend of the headline figure."""
    found = side.edition.series(side.indicator.id, side.measure.id, side.measure.headline)
    moments = _moments(side, {row.period: row for row in found})
    points = [moment.point for moment in moments]
    sentence = finding.over_time(points, side.language)
    caption = f"{side.title}の推移" if side.ja else f"{side.title} over time"
    id = side.mark("trend")
    picture = trend(id, moments, title=caption, description=sentence, share=side.indicator.unit == "share")
    table = table_of(points, caption, heads("期間" if side.ja else "Period", side.language))
    return Chart(id, sentence, picture, table, tuple(_breaks(side, found)))


def _moments(side: Side, found: dict[str, PublishedEstimate]) -> list[Moment]:
    moments: list[Moment] = []
    before: PublishedEstimate | None = None
    broken = "定義の変更" if side.ja else "new definition"
    for name in periods(side.edition):
        row = found.get(name)
        shown = side.point(row, words.period(name, side.language))
        joined = before is None or row is None or comparable(side.measure, before, row)
        goal = goal_on(side.indicator, name, side.language)
        moments.append(Moment(shown, joined, "" if joined else broken, goal, shown.written))
        before = row or before
    return moments


def _breaks(side: Side, found: Sequence[PublishedEstimate]) -> list[str]:
    """Why a line is not joined, once for each place."""
    return [
        _break(side, earlier, later)
        for earlier, later in pairwise(found)
        if not comparable(side.measure, earlier, later)
    ]


def _break(side: Side, earlier: PublishedEstimate, later: PublishedEstimate) -> str:
    when = words.period(later.period, side.language)
    old, new = earlier.definition_version, later.definition_version
    if side.ja:
        return f"{when}に定義が第{old}版から第{new}版に変わり、前と比べられないため、線をつないでいません。"
    why = f"in {when} the definition changed from version {old} to {new}, and the two are not comparable"
    return f"The line is not joined: {why}."


def by_dimension(side: Side, dimension: str) -> Chart:
    """The headline's own population split by one dimension, with the whole as a vertical line."""
    headline = side.measure.headline
    cells = side.edition.breakdown(side.indicator.id, side.measure.id, *headline, dimension)
    mine = [row for row in cells if all(row.domain[key] == value for key, value in headline.items())]
    points = [side.coded(dimension, row) for row in mine]
    whole = words.domain(side.edition, dict(headline), side.language)
    overall = side.point(side.row, whole) if side.row else None
    return _rows(side, dimension, points, overall, finding.among(points, side.language))


def between(side: Side, dimension: str) -> Chart:
    """The headline's domain among its peers (Tokyo among the cities)."""
    cells = side.edition.breakdown(side.indicator.id, side.measure.id, dimension)
    points = {row.domain[dimension]: side.coded(dimension, row) for row in cells}
    mine = points.get(side.measure.headline[dimension])
    others = [point for point in points.values() if point is not mine]
    sentence = finding.compared_with(mine, others, side.language) if mine else ""
    return _rows(side, dimension, list(points.values()), mine, sentence)


def _rows(side: Side, dimension: str, points: list[Point], overall: Point | None, sentence: str) -> Chart:
    name = words.of(words.DIMENSIONS, dimension, side.language)
    caption = f"{side.title}（{name}別）" if side.ja else f"{side.title} by {name.lower()}"
    id = f"{side.mark('rows')}-{dimension}"
    share = side.indicator.unit == "share"
    picture = rows(id, points, title=caption, description=sentence, overall=overall, share=share)
    return Chart(id, sentence, picture, table_of(in_order(points), caption, heads(name, side.language)))
