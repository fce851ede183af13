"""One side of an indicator, now: figure, interval in words, change, target, coverage."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.measure.estimate import Status
from monosashi.publish import finding, mix, words
from monosashi.publish.charts.chart import Goal, Point
from monosashi.publish.charts.coverage import coverage
from monosashi.publish.charts.svg import Markup
from monosashi.publish.charts.track import track
from monosashi.web.publish.presenters.side import Side

_ORDER = (
    *("value", "answered", "stayed", "joined", "unreliable", "suppressed", "not_applicable"),
    *("left", "silent", "not_collected", "not_answered"),
)
_KNOWN = ("value", "answered", "stayed")


@dataclass(frozen=True)
class Covered:
    """How far the data reach for one kind of subject: squares and the counts in words."""

    code: str
    subject: str
    squares: Markup
    words: str
    short: str


@dataclass(frozen=True)
class Headline:
    """A figure that stands for a measure, with everything that is said beside it."""

    id: str
    title: str
    question: str
    place: str
    point: Point
    sentence: str
    remark: str
    track: Markup | None
    goal: Goal | None
    goal_sentence: str
    change: str
    verdict: str
    verdict_words: str
    changed: str
    composed: str
    covered: tuple[Covered, ...]
    basis: str

    @property
    def reach(self) -> tuple[Covered, ...]:
        """For a narrow place: how far the figure reaches now."""
        return tuple(part for part in self.covered if part.code != "procedures_since")

    @property
    def number(self) -> str:
        return self.point.written.removesuffix("%")

    @property
    def sign(self) -> str:
        return "%" if self.point.written.endswith("%") else ""


def headline(side: Side) -> Headline:
    row, change, unit, language = side.row, side.change, side.indicator.unit, side.language
    shown = side.point(row, side.place or side.title)
    size, verdict_words = finding.change_in_short(change, unit, language)
    if side.mix and side.mix.mixed != "no":
        verdict_words = finding.mixed_in_short(language)
    return Headline(
        id=side.indicator.id,
        title=side.title,
        question=side.indicator.short.said_in(language),
        place=side.place,
        point=shown,
        sentence=_sentence(side, shown),
        remark=finding.unreliable(shown.reason, language) if shown.status is Status.UNRELIABLE else "",
        track=_track(side, shown) if unit == "share" else None,
        goal=side.goal if shown.shown else None,
        goal_sentence=finding.against(side.goal, row, language) if row else "",
        change=size,
        verdict=change.verdict if change else "not_comparable",
        verdict_words=verdict_words,
        changed=finding.changed(change, unit, language) if shown.shown else "",
        composed=mix.sentence(side.mix, unit, language) if side.mix and shown.shown else "",
        covered=covered(side),
        basis=words.of(words.BASES, side.measure.basis, language),
    )


def _sentence(side: Side, shown: Point) -> str:
    if side.row is None:
        return finding.no_figure(shown.reason, side.language)
    return finding.how_many(side.row, side.measure, side.place, side.indicator.unit, side.language)


def _track(side: Side, shown: Point) -> Markup:
    goal = side.goal
    title = f"{side.title}（0〜100%）" if side.ja else f"{side.title}, from 0 to 100%"
    parts = (shown.written, shown.span, goal.written if goal else "")
    return track(
        side.mark("track"),
        shown,
        title=title,
        description=("、" if side.ja else ", ").join(part for part in parts if part),
        goal=goal,
        scale_words=side.indicator.role == "kgi",
    )


def covered(side: Side) -> tuple[Covered, ...]:
    """Each subject once, its states in one fixed order."""
    key = (side.indicator.id, side.measure.id)
    rows = [row for row in side.edition.coverage if (row.indicator, row.measure) == key]
    return tuple(
        _covered(side, subject, {row.state: row.count for row in rows if row.subject == subject})
        for subject in dict.fromkeys(row.subject for row in rows)
    )


def _covered(side: Side, subject: str, counts: dict[str, int]) -> Covered:
    ordered = sorted(counts, key=lambda state: _ORDER.index(state) if state in _ORDER else len(_ORDER))
    states = [(state, counts[state], words.of(words.STATES, state, side.language)) for state in ordered]
    name = words.of(words.SUBJECTS, subject, side.language)
    total, known = sum(counts.values()), sum(counts.get(state, 0) for state in _KNOWN)
    told = ("、" if side.ja else ", ").join(f"{called} {count:,}" for _, count, called in states if count)
    title = f"{name}：調べた範囲" if side.ja else f"Coverage: {name}"
    squares = coverage(f"{side.mark('covered')}-{subject}", states, title=title, description=told)
    short = f"{name} {total:,}のうち{known:,}" if side.ja else f"{known:,} of {total:,} {name}"
    return Covered(subject, name, squares, told, short)
