"""What must hold between the files of a guideline: names that are used exist, and are used once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from monosashi import errors
from monosashi.define.code_frames import wordings_broken
from monosashi.define.fit import Placed, nearest
from monosashi.define.guideline import Indicator, Margin, Measure, Population, Principle, Scale
from monosashi.define.parts import Parts, PlannedMilestone
from monosashi.define.period import Period
from monosashi.errors import Finding, Problem

TOTALS_AGREE = 0.001  # relative difference of two totals of one day that rounding explains
_PRINCIPLES, _INITIATIVES = "principles/", "roadmap/initiatives.yaml"

# statistic → the fields it cannot be computed without
_NEEDS = {
    "proportion": ("item", "favourable"),
    "mean": ("item",),
    "share": ("numerator",),
    "sum": ("quantity",),
    "count": (),
    "per": ("numerator", "denominator"),
    "growth": ("quantity",),
    "reduction": ("quantity", "baseline"),
}
VOLUMES_ONLY = ("per", "growth", "reduction")  # statistics that know no other table


def broken(parts: Parts) -> Iterator[Finding]:
    """Every rule that does not hold. What points to a place that could not be read whole is not judged."""
    yield from _names(parts)
    yield from _not_applicable(parts.principles)
    yield from _numbering(parts)
    yield from _halves(parts)
    for population in parts.populations:
        yield from _margins(population)
    for frame in parts.code_frames:
        yield from wordings_broken(frame)
    for indicator in parts.indicators:
        yield from _measures_complete(indicator)
        yield from _shares(indicator)
    yield from _pointers(parts)


# ---- names --------------------------------------------------------------------------------------


def _names(parts: Parts) -> Iterator[Finding]:
    named: tuple[Sequence[Placed[Any]], ...]
    named = (
        parts.indicators,
        parts.items,
        parts.surveys,
        parts.populations,
        parts.code_frames,
        parts.questionnaires,
    )
    for placed in (*named, parts.principles, parts.scales, parts.facts, parts.initiatives):
        yield from _once(placed, lambda each: each.id)
    for placed in named:
        yield from _file_names(placed, lambda each: f"{each.id}.yaml")
    yield from _file_names(parts.principles, lambda each: f"{each.number:02}-{each.id}.yaml")
    yield from _kpis_once(parts.principles)
    for indicator in parts.indicators:
        yield from _repeated(indicator, "measures", [measure.id for measure in indicator.value.measures])
    for frame in parts.code_frames:
        yield from _repeated(frame, "themes", [theme.id for theme in frame.value.themes])


def _once(placed: Iterable[Placed[Any]], name: Callable[[Any], str]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for each in placed:
        if (id := name(each.value)) in first:
            yield each.found(errors.GUIDELINE_ID_TWICE, "id", id=id, first=first[id])
        first.setdefault(id, f"{each.document.file}:{each.document.line(('id',))}")


def _file_names(placed: Iterable[Placed[Any]], name: Callable[[Any], str]) -> Iterator[Finding]:
    for each in placed:
        if each.document.file.rpartition("/")[2] != name(each.value):
            yield each.found(errors.GUIDELINE_FILE_NAME, "id", id=each.value.id, expected=name(each.value))


def _kpis_once(principles: Iterable[Placed[Principle]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for principle in principles:
        for index, kpi in enumerate(principle.value.kpis):
            path = ("kpis", index, "id")
            if kpi.id in first:
                yield principle.found(errors.GUIDELINE_ID_TWICE, *path, id=kpi.id, first=first[kpi.id])
            first.setdefault(kpi.id, f"{principle.document.file}:{principle.document.line(path)}")


def _repeated(placed: Placed[Any], field: str, ids: list[str]) -> Iterator[Finding]:
    for index, id in enumerate(ids):
        if id in ids[:index]:
            first = f"{placed.document.file}:{placed.document.line((field, ids.index(id), 'id'))}"
            yield placed.found(errors.GUIDELINE_ID_TWICE, field, index, "id", id=id, first=first)


# ---- principles and the roadmap -----------------------------------------------------------------


def _numbering(parts: Parts) -> Iterator[Finding]:
    if (
        parts.header is None
        or parts.header.value.principle_count is None
        or _PRINCIPLES in parts.names.unsure
    ):
        return
    count = parts.header.value.principle_count
    numbers = Counter(number for number in parts.names.of(_PRINCIPLES) if isinstance(number, int))
    lacking = [number for number in range(1, count + 1) if number not in numbers]
    extra = sorted((numbers - Counter(range(1, count + 1))).elements())
    if lacking or extra:
        yield parts.header.found(
            errors.GUIDELINE_PRINCIPLES,
            "principle_count",
            count=count,
            lacking=", ".join(map(str, lacking)) or "—",
            extra=", ".join(map(str, extra)) or "—",
        )


def _not_applicable(principles: Iterable[Placed[Principle]]) -> Iterator[Finding]:
    for principle in principles:
        filled = {f"kpis.{kpi.level}" for kpi in principle.value.kpis}
        for index, part in enumerate(principle.value.not_applicable):
            if part in filled:
                yield principle.found(errors.GUIDELINE_NOT_APPLICABLE, "not_applicable", index, part=part)


def _halves(parts: Parts) -> Iterator[Finding]:
    if parts.header is None:
        return
    road = parts.header.value.roadmap
    if road is None:
        if parts.milestones:
            yield parts.header.found(errors.GUIDELINE_KEY_MISSING, key="roadmap")
        return
    first, last = _half(road.start), _half(road.end)
    if first is None or last is None or first > last:
        yield parts.header.found(errors.GUIDELINE_ROADMAP, "roadmap", start=road.start, end=road.end)
        return
    for milestone in parts.milestones:
        yield from _within(milestone, first, last)


def _within(milestone: Placed[PlannedMilestone], first: Period, last: Period) -> Iterator[Finding]:
    start, end = _half(milestone.value.start), _half(milestone.value.end)
    for field, name, half in (
        ("from", milestone.value.start, start),
        ("to", milestone.value.end, end),
    ):
        if half is None or not first <= half <= last:
            yield _outside(milestone, field, name, first.name, last.name)
    if start and end and start > end:
        yield _outside(milestone, "to", milestone.value.end, milestone.value.start, last.name)


def _outside(milestone: Placed[PlannedMilestone], field: str, value: str, start: str, end: str) -> Finding:
    return errors.GUIDELINE_HALF.found(
        file=milestone.document.file,
        row=milestone.document.line(()),
        column=field,
        value=value,
        start=start,
        end=end,
    )


def _half(name: str) -> Period | None:
    """The fiscal half of a name, or None where it names something else."""
    if "H" not in name:
        return None
    try:
        return Period.named(name)
    except Problem:
        return None


# ---- populations --------------------------------------------------------------------------------


def _margins(population: Placed[Population]) -> Iterator[Finding]:
    """A margin is named once, its categories fit its variables, totals of one day agree or say why not."""
    margins = population.value.margins
    keys = [margin.key for margin in margins]
    first: dict[str, float] = {}
    for index, margin in enumerate(margins):
        if keys.index(margin.key) < index:
            place = population.document.line(("margins", keys.index(margin.key)))
            told = f"{population.document.file}:{place}"
            yield population.found(errors.GUIDELINE_ID_TWICE, "margins", index, id=margin.key, first=told)
        yield from _categories(population, index, margin)
        if margin.known is None or margin.differs:
            continue
        total = math.fsum(margin.known.values())
        other = first.setdefault(margin.as_of, total)
        if abs(total - other) > TOTALS_AGREE * other:
            yield population.found(
                errors.POPULATION_TOTALS, "margins", index, margin=margin.key, total=total, other=other
            )


def _categories(population: Placed[Population], index: int, margin: Margin) -> Iterator[Finding]:
    for name in margin.totals:
        if len(name.split(",")) != len(margin.variables):
            path = ("margins", index, "totals", name)
            expected = ",".join(f"<{variable}>" for variable in margin.variables)
            yield population.found(
                errors.GUIDELINE_VALUE,
                *path,
                key="totals",
                value=name,
                expected_ja=expected,
                expected_en=expected,
            )


# ---- indicators ---------------------------------------------------------------------------------


def _measures_complete(indicator: Placed[Indicator]) -> Iterator[Finding]:
    for index, measure in enumerate(indicator.value.measures):
        for need in _NEEDS[measure.statistic]:
            if not getattr(measure, need):
                yield indicator.found(
                    errors.GUIDELINE_MEASURE, "measures", index, statistic=measure.statistic, key=need
                )
        if measure.statistic in VOLUMES_ONLY and measure.table != "volumes":
            yield indicator.found(
                errors.GUIDELINE_VOLUMES, "measures", index, "table", statistic=measure.statistic
            )


def _shares(indicator: Placed[Indicator]) -> Iterator[Finding]:
    """A share is written from 0 to 1, so that 70 for 70 percent is noticed."""
    if indicator.value.unit != "share":
        return
    found: list[tuple[tuple[str | int, ...], float]] = [
        (("targets", index, "value"), target.value) for index, target in enumerate(indicator.value.targets)
    ]
    found.append((("practical_threshold",), indicator.value.practical_threshold))
    for path, value in found:
        if not 0 <= value <= 1:
            yield indicator.found(errors.GUIDELINE_SHARE, *path, key=path[0], value=value)


def _pointers(parts: Parts) -> Iterator[Finding]:
    scales = {scale.value.id: scale.value for scale in parts.scales}
    items = {item.value.id: item.value for item in parts.items}
    for scale in parts.scales:
        yield from _codes(scale, scale.value, scale.value)
    for item in parts.items:
        yield from _named(parts, item, item.value.scale, "scales.yaml", "scale")
        for instrument in item.value.text_in:
            yield from _there(item, instrument, item.value.asked_in, "asked_in", "text_in", instrument)
    for indicator in parts.indicators:
        yield from _parent(parts, indicator)
        for index, measure in enumerate(indicator.value.measures):
            if measure.item is None:
                continue
            yield from _named(parts, indicator, measure.item, "items/", "measures", index, "item")
            asked = items.get(measure.item)
            if asked and asked.scale in scales:
                yield from _codes(indicator, measure, scales[asked.scale], "measures", index)
    yield from _road(parts)


def _parent(parts: Parts, indicator: Placed[Indicator]) -> Iterator[Finding]:
    """An indicator is no parent of its own."""
    parent, place = indicator.value.parent, "indicators/"
    if parent is not None and place not in parts.names.unsure:
        others = [each for each in parts.names.of(place) if each != indicator.value.id]
        yield from _there(indicator, parent, others, place, "parent")


def _codes(placed: Placed[Any], chosen: Scale | Measure, scale: Scale, *path: str | int) -> Iterator[Finding]:
    """Favorable, missing and exclusive answers are codes of the scale."""
    for field in ("favourable", "missing", "exclusive"):
        for index, code in enumerate(getattr(chosen, field, ())):
            yield from _there(placed, code, scale.codes, "scales.yaml", *path, field, index)


def _road(parts: Parts) -> Iterator[Finding]:
    for initiative in parts.initiatives:
        yield from _named(parts, initiative, initiative.value.principle, _PRINCIPLES, "principle")
    for milestone in parts.milestones:
        yield from _named(parts, milestone, milestone.value.initiative, _INITIATIVES, "initiative")


def _named(parts: Parts, placed: Placed[Any], id: object, place: str, *path: str | int) -> Iterator[Finding]:
    if place not in parts.names.unsure:
        yield from _there(placed, id, parts.names.of(place), place, *path)


def _there(
    placed: Placed[Any], id: object, known: Collection[object], where: str, *path: str | int
) -> Iterator[Finding]:
    if id not in known:
        key = next(step for step in reversed(path) if isinstance(step, str))
        yield placed.found(
            errors.GUIDELINE_NOT_THERE,
            *path,
            key=key,
            id=id,
            nearest=nearest(id, known),
            where_ja=where,
            where_en=where,
        )
