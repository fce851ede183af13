"""The edition: an immutable folder of disclosed figures, and the only thing that public pages read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monosashi.define.guideline import Guideline
from monosashi.define.text import Text
from monosashi.measure.estimate import Status

Verdict = Literal["up", "down", "not_distinguishable", "not_comparable"]
Mixed = Literal["no", "sign", "size"]
EVERYBODY: Mapping[str, str] = {}


@dataclass(frozen=True)
class PublishedEstimate:
    """One row of `estimates.csv`: what everyone may see, rounded as the policy says.

    Only `publish.disclosure.disclose` makes one from an Estimate (and `read_edition` reads it back).
    Shares run from 0 to 1 (0.62 is 62 %). `n` is rounded; figures that are not `value` or `unreliable`
    carry no number at all, only the `reason`.
    """

    indicator: str
    measure: str
    period: str
    definition_version: str
    domain: Mapping[str, str]  # {"city": "tokyo"}; empty: the measure's whole population
    status: Status
    reason: str | None
    value: float | None
    lower: float | None
    upper: float | None
    level: float | None
    interval_method: str | None
    n: int | None
    n_effective: int | None
    deff: float | None
    basis: str
    digits: int  # decimals of the percentage (or of the unit) that may be shown
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One row of `changes.csv`: a test between two periods, never a comparison of two intervals by eye."""

    indicator: str
    measure: str
    domain: Mapping[str, str]
    from_period: str
    to_period: str
    difference: float | None
    lower: float | None
    upper: float | None
    verdict: Verdict
    digits: int


@dataclass(frozen=True)
class PublishedComposition:
    """One row of `composition.csv`: a change on all units beside that on the units present in both periods.

    within, shift, left and joined are the parts of the change on all units (`measure.volumes.composition`),
    rounded one by one, so that they need not add up to the last digit. The figures are None where one of
    them, or a group that could be worked out from them, may not be shown; units are always counted. mixed
    says that the mix changed: "sign" where the two changes have opposite signs, "size" where they lie
    further apart than the indicator's practical threshold, "no" otherwise.
    """

    indicator: str
    measure: str
    domain: Mapping[str, str]
    from_period: str
    to_period: str
    all_before: float | None
    all_after: float | None
    both_before: float | None
    both_after: float | None
    within: float | None
    shift: float | None
    left: float | None
    joined: float | None
    units_before: int
    units_after: int
    units_both: int
    units_left: int
    units_joined: int
    units_silent: int  # of those that left: without a count any more
    mixed: Mixed
    digits: int

    @property
    def shown(self) -> bool:
        return None not in (self.all_before, self.all_after, self.both_before, self.both_after)


@dataclass(frozen=True)
class Coverage:
    """One row of `coverage.csv`: of `subject`, how many are in which state. Silence is a number."""

    indicator: str
    measure: str
    subject: str  # "people_asked", "procedures", "procedures_since", "volume", "bureaus"
    state: (
        str  # one of the five states, "answered" / "not_answered", or "stayed" / "joined" / "left" / "silent"
    )
    count: int


@dataclass(frozen=True)
class Progress:
    """One row of `roadmap.csv`: where an initiative of the roadmap stands in a fiscal half."""

    initiative: str
    half: str  # "2023H1"
    state: Literal["planned", "under_way", "done", "late", "not_collected"]
    note_ja: str
    note_en: str


@dataclass(frozen=True)
class Edition:
    """An edition as read back from its folder. `files` maps each file to its sha256.

    `labels` says what the codes of each dimension are called, from `codebook.csv`:
    ``{"city": {"tokyo": Text(ja="東京", en="Tokyo")}}``. A code without a label is shown as it is.
    """

    id: str
    period: str
    synthetic: bool
    built_on: str
    next_on: str | None  # day on which the next edition is promised
    guideline: Guideline
    tables: Mapping[str, int]
    software: str
    previous: str | None
    previous_digest: str | None
    digest: str  # sha256 of edition.json
    files: Mapping[str, str]
    estimates: tuple[PublishedEstimate, ...]
    changes: tuple[Change, ...]
    coverage: tuple[Coverage, ...]
    roadmap: tuple[Progress, ...]
    labels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    compositions: tuple[PublishedComposition, ...] = ()

    def figure(
        self, indicator: str, measure: str, domain: Mapping[str, str] = EVERYBODY, period: str | None = None
    ) -> PublishedEstimate | None:
        """The figure of one domain, by default in the edition's own period."""
        period = period or self.period
        for row in self.estimates:
            if (row.indicator, row.measure, row.period) == (
                indicator,
                measure,
                period,
            ) and row.domain == domain:
                return row
        return None

    def series(
        self, indicator: str, measure: str, domain: Mapping[str, str] = EVERYBODY
    ) -> list[PublishedEstimate]:
        """The same figure in every period the edition holds, oldest first."""
        rows = [
            r
            for r in self.estimates
            if (r.indicator, r.measure) == (indicator, measure) and r.domain == domain
        ]
        return sorted(rows, key=lambda row: row.period)

    def breakdown(self, indicator: str, measure: str, *dimensions: str) -> list[PublishedEstimate]:
        """The figures by one published set of dimensions, in the edition's own period."""
        return [
            row
            for row in self.estimates
            if (row.indicator, row.measure, row.period) == (indicator, measure, self.period)
            and set(row.domain) == set(dimensions)
        ]

    def change(self, indicator: str, measure: str, domain: Mapping[str, str] = EVERYBODY) -> Change | None:
        """The latest change of a figure up to the edition's own period."""
        found = [
            change
            for change in self.changes
            if (change.indicator, change.measure, change.to_period) == (indicator, measure, self.period)
            and change.domain == domain
        ]
        return max(found, key=lambda change: change.from_period, default=None)

    def composition(
        self, indicator: str, measure: str, domain: Mapping[str, str] = EVERYBODY
    ) -> PublishedComposition | None:
        """Who is in the latest change of a figure; None where the figure is no count."""
        rows = self.compositions_of(indicator, measure)
        return next((row for row in rows if row.domain == domain), None)

    def compositions_of(self, indicator: str, measure: str) -> list[PublishedComposition]:
        """Those of every domain in the edition's own period."""
        return [
            row
            for row in self.compositions
            if (row.indicator, row.measure, row.to_period) == (indicator, measure, self.period)
        ]
