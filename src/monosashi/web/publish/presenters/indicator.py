"""The page of one indicator: how it is asked, the figure, over time, by domain, what is not covered, data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monosashi.define.guideline import Indicator, Measure, Scale
from monosashi.define.text import Text
from monosashi.publish import mix, words
from monosashi.publish.charts.chart import Chart, Table
from monosashi.publish.edition import Edition
from monosashi.publish.figure import amount
from monosashi.web.publish.presenters.headline import Headline, headline
from monosashi.web.publish.presenters.series import between, by_dimension, over_time
from monosashi.web.publish.presenters.side import PERSPECTIVES, Side


@dataclass(frozen=True)
class Answer:
    code: int | str
    words: str
    counts: str  # how the answer is counted: favourable, missing or neither


@dataclass(frozen=True)
class Asked:
    """The question as it was put, word for word."""

    words: str
    version: str
    purpose: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Tab:
    dimension: str
    name: str
    current: bool


@dataclass(frozen=True)
class Version:
    version: str
    periods: str
    joined: str


@dataclass(frozen=True)
class Measured:
    """One side of an indicator (felt or happened) with all that is known about it."""

    id: str
    perspective: str
    headline: Headline
    population: str
    asked: Asked | None
    counted: str
    trend: Chart
    mix: Table | None
    tabs: tuple[Tab, ...]
    breakdown: Chart | None
    peers: Chart | None
    versions: tuple[Version, ...]
    lineage: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Silence:
    """A side that the guideline asks for and nobody has measured yet."""

    perspective: str
    method: str
    note: str


@dataclass(frozen=True)
class IndicatorPage:
    id: str
    title: str
    question: str
    definition: str
    role: str
    parent: tuple[str, str] | None
    measured: tuple[Measured, ...]
    silences: tuple[Silence, ...]
    targets: tuple[tuple[str, str], ...]
    not_covered: str
    reference: str
    facts: tuple[tuple[str, str], ...]


_COUNTED = {
    "per": Text(
        ja="二つの数量の記録を足し合わせ、一方をもう一方で割りました。両方の数がある手続だけを数えています。",
        en="The records of two quantities were added up, over procedures that have both, and one was divided "
        "by the other.",
    ),
    "growth": Text(
        ja="記録をすべて足し合わせ、1年前の同じ期間の合計からの伸びを求めました。",
        en="All records were added up; the figure is the growth since the same span a year earlier.",
    ),
    "reduction": Text(
        ja="記録をすべて足し合わせ、決めておいた基準からどれだけ減ったかを求めました。",
        en="All records were added up; the figure is how much less that is than the baseline set beforehand.",
    ),
}
ROLES = {
    "kgi": {"ja": "全体の目標（KGI）", "en": "Overall goal (KGI)"},
    "participation": {"ja": "参加", "en": "Participation"},
    "component": {"ja": "満足度の構成要素", "en": "Component of satisfaction"},
    "foundation": {"ja": "行政の側の基盤", "en": "Foundation inside government"},
    "dialogue": {"ja": "対話", "en": "Dialogue"},
}


def indicator_page(edition: Edition, indicator: Indicator, by: str, language: str) -> IndicatorPage:
    parent = next((other for other in edition.guideline.indicators if other.id == indicator.parent), None)
    return IndicatorPage(
        id=indicator.id,
        title=indicator.title.said_in(language),
        question=indicator.short.said_in(language),
        definition=indicator.definition.said_in(language),
        role=ROLES[indicator.role][language],
        parent=(parent.id, parent.title.said_in(language)) if parent else None,
        measured=tuple(
            _measured(Side(edition, indicator, measure, language), by) for measure in indicator.measures
        ),
        silences=tuple(_silences(indicator, language)),
        targets=tuple(_target(indicator, index, language) for index in range(len(indicator.targets))),
        not_covered=indicator.not_covered.said_in(language),
        reference=_place(indicator.reference.source, indicator.reference.place),
        facts=_lineage(edition, language),
    )


def dimensions(measure: Measure) -> list[str]:
    """What the headline's population is split by: [[city], [city, age_band]] at a city → [age_band]."""
    extra = [set(by) - set(measure.headline) for by in measure.by if set(measure.headline) <= set(by)]
    return [names.pop() for names in extra if len(names) == 1]


def _measured(side: Side, by: str) -> Measured:
    splits = dimensions(side.measure)
    chosen = by if by in splits else next(iter(splits), "")
    peer = next(iter(side.measure.headline), "") if len(side.measure.headline) == 1 else ""
    return Measured(
        id=side.measure.id,
        perspective=side.perspective,
        headline=headline(side),
        population=side.measure.population.said_in(side.language),
        asked=_asked(side),
        counted="" if side.measure.item else _counted(side),
        trend=over_time(side),
        mix=_mix(side),
        tabs=tuple(Tab(d, words.of(words.DIMENSIONS, d, side.language), d == chosen) for d in splits),
        breakdown=by_dimension(side, chosen) if chosen else None,
        peers=between(side, peer) if peer else None,
        versions=tuple(_versions(side)),
        lineage=tuple(_how(side)),
    )


def _mix(side: Side) -> Table | None:
    """The change on all units beside that on the units present in both periods."""
    if side.mix is None or not side.mix.shown:
        return None
    caption = f"{side.title}：変化と内訳" if side.ja else f"{side.title}: the change and who is in it"
    return mix.table(side.mix, side.indicator.unit, caption, side.language)


def _asked(side: Side) -> Asked | None:
    guideline = side.edition.guideline
    item = next((item for item in guideline.items if item.id == side.measure.item), None)
    if item is None:
        return None
    scale = next((scale for scale in guideline.scales if scale.id == item.scale), None)
    return Asked(
        words=item.text_of(side.measure.table.partition("/")[2]).said_in(side.language),
        version=item.wording_version,
        purpose=item.purpose.said_in(side.language),
        answers=_answers(side, scale) if scale else (),
    )


def _counted(side: Side) -> str:
    """How records become the figure, where nobody was asked."""
    if side.measure.statistic in _COUNTED:
        return _COUNTED[side.measure.statistic].said_in(side.language)
    if side.measure.statistic != "share":
        return "記録をすべて足し合わせました。" if side.ja else "All records were added up."
    if side.measure.predicate is None:
        return "記録をすべて数えました。" if side.ja else "All records were counted."
    predicate = side.measure.predicate.said_in(side.language)
    if side.ja:
        return f"記録をすべて数え、全体のうち「{predicate}」に当てはまるものの割合を求めました。"
    return f"All records were counted; the figure is the share of those that {predicate}."


def _answers(side: Side, scale: Scale) -> tuple[Answer, ...]:
    """How each answer counts; an answer that is neither favorable nor missing counts in the whole only."""
    favourable = set(side.measure.favourable or scale.favourable)
    missing = set(side.measure.missing or scale.missing)
    counted, left_out = ("数える", "除く") if side.ja else ("counted", "left out")
    return tuple(
        Answer(
            code,
            text.said_in(side.language),
            counted if code in favourable else left_out if code in missing else "",
        )
        for code, text in scale.codes.items()
    )


def _silences(indicator: Indicator, language: str) -> list[Silence]:
    have = {measure.perspective for measure in indicator.measures}
    return [
        Silence(
            PERSPECTIVES[planned.perspective][language],
            words.of(words.METHODS, planned.method, language),
            planned.note.said_in(language) if planned.note else "",
        )
        for planned in indicator.measurement
        if planned.perspective and planned.perspective not in have
    ]


def _target(indicator: Indicator, index: int, language: str) -> tuple[str, str]:
    """The target in words, and the place that sets it."""
    target = indicator.targets[index]
    when = words.period(f"FY{target.fiscal_year}", language)
    value = amount(target.value, indicator.unit, 0)
    told = f"{when}の目標は{value}です。" if language == "ja" else f"The target for {when} is {value}."
    return told, _place(target.reference.source, target.reference.place)


def _versions(side: Side) -> list[Version]:
    used: dict[str, list[str]] = {}
    for row in side.edition.series(side.indicator.id, side.measure.id, side.measure.headline):
        if row.value is not None:
            used.setdefault(row.definition_version, []).append(words.period(row.period, side.language))
    comma = "、" if side.ja else ", "
    return [Version(version, comma.join(names), _relation(side, version)) for version, names in used.items()]


def _relation(side: Side, version: str) -> str:
    if version == side.measure.definition_version:
        return "いまの定義です。" if side.ja else "The current definition."
    if version in side.measure.comparable_with:
        return "いまの定義と比べられます。" if side.ja else "Comparable with the current one."
    return "いまの定義とは比べられません。" if side.ja else "Not comparable with the current one."


def _how(side: Side) -> Iterator[tuple[str, str]]:
    """What stands behind the figure: kind of data, people, interval, table."""
    row, ja = side.row, side.ja
    yield "データの種類" if ja else "Kind of data", words.of(words.BASES, side.measure.basis, side.language)
    if row and row.n is not None:
        yield "数えた数（5の倍数）" if ja else "Counted (to the nearest 5)", f"{row.n:,}"
    if row and row.n_effective is not None:
        yield "実質的な回答数" if ja else "Effective answers", f"{row.n_effective:,}"
    if row and row.deff is not None:
        yield "デザイン効果" if ja else "Design effect", f"{row.deff:.2f}"
    if row and row.interval_method and row.level is not None:
        yield "誤差の範囲の求め方" if ja else "Interval", f"{_method(row.interval_method)}, {row.level:.0%}"
    version = side.edition.tables.get(side.measure.table)
    if version is not None:
        yield "元の表と版" if ja else "Table and version", f"{side.measure.table}, {version}"


def _method(name: str) -> str:
    """korn_graubard → Korn–Graubard."""
    return "–".join(part.capitalize() for part in name.split("_"))


def _lineage(edition: Edition, language: str) -> tuple[tuple[str, str], ...]:
    ja = language == "ja"
    return (
        ("版" if ja else "Edition", edition.id),
        ("指針" if ja else "Guideline", f"{edition.guideline.id} {edition.guideline.version}"),
        ("計算したソフトウェア" if ja else "Software", edition.software),
    )


def _place(source: str, place: str | None) -> str:
    return f"{source}, {place}" if place else source
