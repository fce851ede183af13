"""What every chart is made of and comes with: points in, a picture and its table twin out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.measure.estimate import Status
from monosashi.publish.charts.svg import Markup


@dataclass(frozen=True)
class Point:
    """One figure as it is drawn and as it is written: chart, table and sentence never disagree.

    `written` is the figure ("60%"), `span` its interval ("58–63%") and `reason` why there is no figure.
    """

    label: str
    status: Status
    value: float | None
    lower: float | None
    upper: float | None
    written: str
    span: str
    reason: str

    @property
    def shown(self) -> bool:
        return self.value is not None

    @property
    def reliable(self) -> bool:
        return self.status is Status.VALUE


@dataclass(frozen=True)
class Goal:
    """A target on the scale of the points, and how it is written ("目標70%（2022年度）")."""

    value: float
    written: str


@dataclass(frozen=True)
class Table:
    """The twin of a chart: a caption, the heads of the columns, and rows whose first cell names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A picture, the sentence that it shows, its table and the notes that belong under it."""

    id: str
    finding: str
    picture: Markup
    table: Table
    notes: tuple[str, ...] = ()


def table_of(points: Sequence[Point], caption: str, heads: tuple[str, str, str, str]) -> Table:
    """Label, figure, interval and remark of every point, in the order of the chart."""
    rows = tuple((point.label, point.written, point.span or "—", point.reason or "—") for point in points)
    return Table(caption, heads, rows)
