"""Counts of the lake for a measure of the guideline: its figures, its coverage and its composition."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monosashi.define.guideline import Measure
from monosashi.define.period import Period
from monosashi.keep.table import Source
from monosashi.measure.asked import Names, Where
from monosashi.measure.cells import Key
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Reducer
from monosashi.measure.volumes.composition import Composition, composition_of
from monosashi.measure.volumes.counts import Count, Counts, figure, is_there, volume
from monosashi.measure.volumes.coverage import UnitCoverage, coverage_of_units
from monosashi.measure.volumes.reading import Quantity, Recipe, Split, counts_in, units_ever
from monosashi.measure.volumes.spans import aligned, last_had

VOLUME_STATISTICS = ("per", "growth", "reduction")
COMPARED = ("share", "sum", "per")  # what a composition is told of
_USUAL = 0.05  # of growth: a difference that is much, where the indicator's threshold is no share


@dataclass(frozen=True)
class Compared:
    """Two periods of one domain. groups are the counts that could be worked out from the comparison: of
    those that stayed, in each period, of those that left and of those that joined."""

    domain: Mapping[str, Any]
    found: Composition
    groups: tuple[tuple[Count, ...], ...]


def recipe_of(measure: Measure, source: Source, by: Names) -> Recipe:
    """A unit is a subject; the months of a period, or longer parts of it, are its moments."""
    column = measure.quantity or "quantity"
    a, b, part = Quantity(column, {}), None, None
    if measure.statistic == "per":
        a, b = Quantity(column, dict(measure.numerator)), Quantity(column, dict(measure.denominator))
    if measure.statistic == "share":
        part = dict(measure.numerator)
    return Recipe(source, a, b, part, by=by, unit=("subject",), status="status")


def where_of(measure: Measure, period: Period) -> Where:
    return {**measure.where, "period": period.labels}


def of_volumes(measure: Measure, source: Source, period: Period, reducer: Reducer) -> list[Estimate]:
    """`per`, `growth` (against the same span a year earlier) and `reduction`, for every set of domains."""
    found: list[Estimate] = []
    for by in measure.by:
        recipe = recipe_of(measure, source, by)
        now = counts_in(recipe, reducer, where_of(measure, period))
        before: Split = {}
        if measure.statistic == "growth":
            before = counts_in(recipe, reducer, where_of(measure, period.year_before))
        for domain, counts in now.items():
            pair = aligned(before.get(domain, {}), counts, period)
            found.append(_estimate(measure, recipe, dict(zip(by, domain, strict=True)), *pair))
    return found


def _estimate(
    measure: Measure, recipe: Recipe, domain: Mapping[str, Any], before: Counts, counts: Counts
) -> Estimate:
    total, flags = figure(counts.values(), ratio=recipe.ratio), list[str]()
    lacking = sum(count.status not in (Status.VALUE, Status.NOT_APPLICABLE) for count in counts.values())
    value, status, reason = total, Status.VALUE, None
    if measure.statistic == "reduction" and measure.baseline and total is not None:
        value = 1 - total / measure.baseline.value
        if lacking:  # silence makes a sum smaller, which is no reduction
            status, reason = Status.UNRELIABLE, "units_missing"
    if measure.statistic == "growth":
        mix = composition_of(before, counts, ratio=False, tolerance=_USUAL, relative=True)
        value, flags = mix.everyone.change, ["composition"] if mix.mixed else []
    if value is None:
        told = any(count.status is Status.VALUE for count in counts.values())
        status = Status.NOT_APPLICABLE if told and recipe.ratio else Status.NOT_COLLECTED
        reason = "nothing_to_share" if told and recipe.ratio else "no_rows"
    return Estimate(
        measure.statistic,
        domain,
        status,
        value=value,
        n=round(_volume(counts.values(), ratio=recipe.ratio)),
        n_missing=lacking,
        basis=Basis.REGISTER,
        flags=(*flags, *(("units_left_out",) if lacking else ())),
        reason=reason,
    )


def _volume(counts: Iterable[Count], *, ratio: bool) -> float:
    return math.fsum(volume(count, ratio=ratio) for count in counts if count.status is Status.VALUE)


def compositions(
    measure: Measure,
    source: Source,
    periods: tuple[Period, Period],
    reducer: Reducer,
    *,
    threshold: float,
    share: bool,
) -> Iterator[Compared]:
    """Each domain of both periods, all units beside those in both.

    threshold is the indicator's practical threshold; where the figure is no share, what is much is judged
    by growth. Spans of different length are not compared.
    """
    if len(periods[0].parts) != len(periods[1].parts):
        return
    for by in measure.by:
        recipe = recipe_of(measure, source, by)
        before, after = (counts_in(recipe, reducer, where_of(measure, period)) for period in periods)
        for domain in before.keys() & after.keys():
            old, new = aligned(before[domain], after[domain], periods[1])
            yield _compared(
                dict(zip(by, domain, strict=True)),
                old,
                new,
                ratio=recipe.ratio,
                tolerance=threshold if share else None,
            )


def _compared(
    domain: Mapping[str, Any], before: Counts, after: Counts, *, ratio: bool, tolerance: float | None
) -> Compared:
    found = composition_of(before, after, ratio=ratio, tolerance=tolerance or 0.0)
    if tolerance is None:
        found = replace(found, tolerance=_USUAL * abs(found.both.before or found.everyone.before or 0.0))
    groups = (
        tuple(one for one in group if is_there(one, ratio=ratio))
        for group in _groups(before, after, ratio=ratio)
    )
    return Compared(domain, found, tuple(groups))


def _groups(before: Counts, after: Counts, *, ratio: bool) -> tuple[list[Count], ...]:
    both = {
        place
        for place in before.keys() & after.keys()
        if is_there(before[place], ratio=ratio) and is_there(after[place], ratio=ratio)
    }
    return (
        [before[place] for place in both],
        [after[place] for place in both],
        [count for place, count in before.items() if place not in both],
        [count for place, count in after.items() if place not in both],
    )


def reach(
    measure: Measure, source: Source, period: Period, reducer: Reducer
) -> tuple[UnitCoverage, float, float]:
    """Units of the whole population by state, their volume, and the last known one of those that lack it."""
    recipe, where = recipe_of(measure, source, ()), where_of(measure, period)
    counts: Counts = counts_in(recipe, reducer, where).get((), {})
    units: Mapping[Key, set[Key]] = units_ever(recipe, reducer, where)
    known = last_had(recipe, reducer, measure.where, period, counts)
    coverage = coverage_of_units(counts, units.get((), set()), known, ratio=recipe.ratio)
    counted = _volume(counts.values(), ratio=recipe.ratio)
    share = coverage.known_volume
    return coverage, counted, counted / share - counted if share else 0.0
