"""What an edition has to say: a few sentences chosen from its changes, its targets and its silences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monosashi.define.guideline import Indicator, Measure
from monosashi.define.period import Period, fiscal_year
from monosashi.publish import finding, mix, words
from monosashi.publish.charts.chart import Goal
from monosashi.publish.edition import Edition
from monosashi.publish.figure import amount


@dataclass(frozen=True)
class Finding:
    """One sentence about one indicator. `kind` is change, target or silence; `weight` sorts."""

    indicator: str
    title: str
    sentence: str
    kind: str
    weight: float


def goal_on(indicator: Indicator, period: str, language: str) -> Goal | None:
    """The latest target set for the fiscal year of a period or one before it, with its year named."""
    year = fiscal_year(Period.named(period).start)
    known = [target for target in indicator.targets if target.fiscal_year <= year]
    if not known:
        return None
    target = max(known, key=lambda target: target.fiscal_year)
    value = amount(target.value, indicator.unit, 0)
    when = words.period(f"FY{target.fiscal_year}", language)
    return Goal(target.value, f"目標{value}（{when}）" if language == "ja" else f"target {value} ({when})")


def of_edition(edition: Edition, language: str, limit: int = 3) -> list[Finding]:
    """The strongest finding of each kind first, then the next strongest of any kind."""
    found = sorted(_all(edition, language), key=lambda finding: -finding.weight)
    first = [next((f for f in found if f.kind == kind), None) for kind in ("change", "target", "silence")]
    chosen = [f for f in first if f]
    chosen += [f for f in found if f not in chosen]
    return chosen[:limit]


def _all(edition: Edition, language: str) -> Iterator[Finding]:
    for indicator in edition.guideline.indicators:
        for measure in indicator.measures:
            yield from _changes(edition, indicator, measure, language)
            yield from _targets(edition, indicator, measure, language)
    yield from _silence(edition, language)


def _changes(edition: Edition, indicator: Indicator, measure: Measure, language: str) -> Iterator[Finding]:
    change = edition.change(indicator.id, measure.id, measure.headline)
    if change is None or change.difference is None or change.verdict == "not_comparable":
        return
    size = abs(change.difference) / (indicator.practical_threshold or 1.0)
    weight = size + (100.0 if change.verdict in ("up", "down") else 0.0)
    sentence = finding.changed(change, indicator.unit, language)
    composed = edition.composition(indicator.id, measure.id, measure.headline)
    if composed is not None and composed.mixed != "no":
        sentence += ("" if language == "ja" else " ") + mix.sentence(composed, indicator.unit, language)
    yield Finding(indicator.id, indicator.title.said_in(language), sentence, "change", weight)


def _targets(edition: Edition, indicator: Indicator, measure: Measure, language: str) -> Iterator[Finding]:
    row = edition.figure(indicator.id, measure.id, measure.headline)
    goal = goal_on(indicator, edition.period, language)
    if row is None or row.value is None or goal is None:
        return
    sentence = f"{amount(row.value, indicator.unit, row.digits)}。" if language == "ja" else ""
    sentence += finding.against(goal, row, language)
    if language == "en":
        sentence = f"{amount(row.value, indicator.unit, row.digits)}. {sentence}"
    yield Finding(indicator.id, indicator.title.said_in(language), sentence, "target", 50.0)


def _silence(edition: Edition, language: str) -> Iterator[Finding]:
    """Indicators to be measured as felt and as it happened, of which only the first exists."""
    missing = [indicator for indicator in edition.guideline.indicators if _lacks_actual(indicator)]
    if not missing:
        return
    names = ("」「" if language == "ja" else ", ").join(i.title.said_in(language) for i in missing)
    if language == "ja":
        sentence = f"「{names}」は、利用者の感じ方だけを測っています。実際の記録はまだ集めていません。"
        title = "まだ測っていないこと"
    else:
        sentence = f"{names}: only what people feel is measured; what really happened is not yet collected."
        title = "Not yet measured"
    yield Finding(missing[0].id, title, sentence, "silence", 40.0)


def _lacks_actual(indicator: Indicator) -> bool:
    asked = {measurement.perspective for measurement in indicator.measurement}
    return "actual" in asked and "actual" not in {measure.perspective for measure in indicator.measures}
