"""One measure of one indicator in one edition and language: what every part of a page is about."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.guideline import Indicator, Measure
from monosashi.publish import words
from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.edition import Change, Edition, PublishedComposition, PublishedEstimate
from monosashi.publish.figure import point, silent
from monosashi.publish.findings import goal_on

PERSPECTIVES = {
    "perceived": {"ja": "利用者の感じ方", "en": "What people feel"},
    "actual": {"ja": "実際の記録", "en": "What happened"},
}


@dataclass(frozen=True)
class Side:
    """Felt (`perceived`) or happened (`actual`): an indicator may have one side, both, or none yet."""

    edition: Edition
    indicator: Indicator
    measure: Measure
    language: str

    @property
    def ja(self) -> bool:
        return self.language == "ja"

    @property
    def title(self) -> str:
        return self.indicator.title.said_in(self.language)

    @property
    def perspective(self) -> str:
        """What the side is called, where the indicator has more than one."""
        asked = {measurement.perspective for measurement in self.indicator.measurement}
        chosen = self.measure.perspective
        return PERSPECTIVES[chosen][self.language] if chosen and {"perceived", "actual"} <= asked else ""

    @property
    def place(self) -> str:
        """The domain whose figure stands for the measure, in words; nothing for everybody."""
        headline = dict(self.measure.headline)
        return words.domain(self.edition, headline, self.language) if headline else ""

    @property
    def row(self) -> PublishedEstimate | None:
        return self.edition.figure(self.indicator.id, self.measure.id, self.measure.headline)

    @property
    def change(self) -> Change | None:
        return self.edition.change(self.indicator.id, self.measure.id, self.measure.headline)

    @property
    def mix(self) -> PublishedComposition | None:
        return self.edition.composition(self.indicator.id, self.measure.id, self.measure.headline)

    @property
    def goal(self) -> Goal | None:
        return goal_on(self.indicator, self.edition.period, self.language)

    def point(self, row: PublishedEstimate | None, label: str) -> Point:
        """A row as it is drawn and written; no row: nobody has collected it."""
        if row is None:
            return silent(label, "not_collected", self.language)
        return point(row, label, self.indicator.unit, self.language)

    def coded(self, dimension: str, row: PublishedEstimate) -> Point:
        return self.point(row, words.code(self.edition, dimension, row.domain[dimension], self.language))

    def mark(self, kind: str) -> str:
        """An id that no other part of a page has."""
        return f"{kind}-{self.indicator.id}-{self.measure.id}"
