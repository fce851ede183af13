"""What must hold between the files of a guideline: names that are used exist, and are used once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from monosashi import errors
from monosashi.define.fit import Placed, nearest
from monosashi.define.guideline import Indicator, Measure, Principle
from monosashi.define.parts import Parts, PlannedMilestone
from monosashi.define.period import Period
from monosashi.errors import Finding, Problem

# statistic → the fields it cannot be computed without
_NEEDS = {
    "proportion": ("item", "favourable"),
    "mean": ("item",),
    "share": ("numerator",),
    "sum": ("quantity",),
    "count": (),
}


def broken(parts: Parts, *, whole: bool) -> Iterator[Finding]:
    """Every rule that does not hold. When files could not be read (`whole` is false), what points to
    other files is not judged: the thing pointed to may stand in an unreadable one."""
    yield from _names(parts)
    yield from _not_applicable(parts.principles)
    yield from _halves(parts)
    for indicator in parts.indicators:
        yield from _measures_complete(indicator)
    if whole:
        yield from _numbering(parts)
        yield from _pointers(parts)
    for scale in parts.scales:
        for field in ("favourable", "missing"):
            for index, code in enumerate(getattr(scale.value, field)):
                yield from _there(scale, code, scale.value.codes, "scales.yaml", field, index)


# ---- names --------------------------------------------------------------------------------------


def _names(parts: Parts) -> Iterator[Finding]:
    for placed in (parts.principles, parts.indicators, parts.items, parts.scales, parts.surveys):
        yield from _once(placed, lambda each: each.id)
    for placed in (parts.facts, parts.initiatives):
        yield from _once(placed, lambda each: each.id)
    for placed in (parts.indicators, parts.items, parts.surveys):
        yield from _file_names(placed, lambda each: f"{each.id}.yaml")
    yield from _file_names(parts.principles, lambda each: f"{each.number:02}-{each.id}.yaml")
    yield from _kpis_once(parts.principles)
    for indicator in parts.indicators:
        yield from _repeated(indicator, "measures", [measure.id for measure in indicator.value.measures])


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
    if parts.header is None or parts.header.value.principle_count is None:
        return
    count = parts.header.value.principle_count
    numbers = Counter(principle.value.number for principle in parts.principles)
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
    road = parts.header.value.roadmap if parts.header else None
    if road is None:
        return
    first, last = _half(road.start), _half(road.end)
    for milestone in parts.milestones:
        for field, value in (("from", milestone.value.start), ("to", milestone.value.end)):
            half = _half(value)
            if half is None or not first or not last or not first.start <= half.start <= last.start:
                yield _outside(milestone, field, value, road.start, road.end)
        start, end = _half(milestone.value.start), _half(milestone.value.end)
        if start and end and start > end:
            yield _outside(milestone, "to", milestone.value.end, milestone.value.start, road.end)


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


# ---- indicators ---------------------------------------------------------------------------------


def _measures_complete(indicator: Placed[Indicator]) -> Iterator[Finding]:
    for index, measure in enumerate(indicator.value.measures):
        for need in _NEEDS[measure.statistic]:
            if not getattr(measure, need):
                yield indicator.found(
                    errors.GUIDELINE_MEASURE, "measures", index, statistic=measure.statistic, key=need
                )


def _pointers(parts: Parts) -> Iterator[Finding]:
    items = {item.value.id: item.value for item in parts.items}
    scales = {scale.value.id: scale.value for scale in parts.scales}
    indicators = [indicator.value.id for indicator in parts.indicators]
    for item in parts.items:
        yield from _there(item, item.value.scale, scales, "scales.yaml", "scale")
    for indicator in parts.indicators:
        if indicator.value.parent is not None:
            others = [each for each in indicators if each != indicator.value.id]
            yield from _there(indicator, indicator.value.parent, others, "indicators/", "parent")
        for index, measure in enumerate(indicator.value.measures):
            yield from _asks(indicator, index, measure, items, scales)
    yield from _road(parts)


def _asks(
    indicator: Placed[Indicator], index: int, measure: Measure, items: dict[str, Any], scales: dict[str, Any]
) -> Iterator[Finding]:
    if measure.item is None:
        return
    yield from _there(indicator, measure.item, items, "items/", "measures", index, "item")
    scale = scales.get(items[measure.item].scale) if measure.item in items else None
    if scale is None:
        return
    for field in ("favourable", "missing"):
        for place, code in enumerate(getattr(measure, field)):
            yield from _there(indicator, code, scale.codes, "scales.yaml", "measures", index, field, place)


def _road(parts: Parts) -> Iterator[Finding]:
    numbers = [principle.value.number for principle in parts.principles]
    ids = [initiative.value.id for initiative in parts.initiatives]
    for initiative in parts.initiatives:
        yield from _there(initiative, initiative.value.principle, numbers, "principles/", "principle")
    for milestone in parts.milestones:
        where = "roadmap/initiatives.yaml"
        yield from _there(milestone, milestone.value.initiative, ids, where, "initiative")


def _there(
    placed: Placed[Any], id: object, known: Iterable[object], where: str, *path: str | int
) -> Iterator[Finding]:
    if id not in set(known):
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
