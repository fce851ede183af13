"""Counts of one span that come by month, by quarter or for the year as a whole: alike, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from monosashi import errors
from monosashi.define.period import Period
from monosashi.keep.table import Source
from monosashi.measure.asked import Where
from monosashi.measure.cells import Key
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Status
from monosashi.measure.reducer import Among, Reducer, Tally
from monosashi.measure.volumes.counts import Count, Counts, Place, volume
from monosashi.measure.volumes.reading import Recipe, counts_in

_TOLD_APART = ("subject", "measure", "channel")


def kept_apart(source: Source, reducer: Reducer, where: Where, period: Period) -> None:
    """Raises `volume-twice` where a subject has counts for spans that overlap, a year and its April.

    Where all counts are by month, nothing can overlap.
    """
    long = tuple(part.name for part in period.parts if part.months > 1)
    rest = conditions({name: value for name, value in where.items() if name != "period"})
    if not reducer.rows(source, (Among("period", long), *rest)):
        return
    columns = reducer.columns(source)
    by = tuple(name for name in _TOLD_APART if name in columns)
    only = (Among("period", period.labels), *rest)
    spans: dict[Key, list[Period]] = {}
    for key in reducer.totals(Tally(source, None, (*by, "period"), only)).domains:
        spans.setdefault(key[:-1], []).append(Period.named(str(key[-1])))
    for told, parts in spans.items():
        for one, other in _overlaps(parts):
            raise errors.VOLUME_TWICE(subject=" ".join(map(str, told)), one=one.name, other=other.name)


def _overlaps(parts: Iterable[Period]) -> Iterator[tuple[Period, Period]]:
    in_order = sorted(parts)
    for one, other in pairwise(in_order):
        if other.start < one.end:
            yield one, other


def aligned(before: Counts, after: Counts, period: Period) -> tuple[Counts, Counts]:
    """Both sides with a unit's whole as one count, where it counts by month in one and by year in the other.

    Only where it is complete on both sides: eleven months are no year.
    """
    old, new = dict(before), dict(after)
    for unit in {place.unit for place in before} & {place.unit for place in after}:
        sides = [{place for place in side if place.unit == unit} for side in (old, new)]
        wholes = [_whole(side, places, period) for side, places in zip((old, new), sides, strict=True)]
        if sides[0] & sides[1] or None in wholes:
            continue
        for side, places, whole in zip((old, new), sides, wholes, strict=True):
            assert whole is not None
            for place in places:
                del side[place]
            side[Place(unit)] = whole
    return old, new


def _whole(counts: Counts, places: Iterable[Place], period: Period) -> Count | None:
    """What the places add up to, if they have a count each and fill the period."""
    known = [(place, counts[place]) for place in places]
    filled = sum(period.parts[place.moment].months for place, _ in known)
    if filled != period.months or any(count.status is not Status.VALUE for _, count in known):
        return None
    return Count(Status.VALUE, sum(count.a for _, count in known), sum(count.b for _, count in known))


def last_had(
    recipe: Recipe, reducer: Reducer, where: Where, period: Period, counts: Counts
) -> dict[Place, float]:
    """The volume that each place last had in the same span of an earlier year: April stands with April.

    Goes back year by year for as long as the table has any row. A unit that counts by year now does not
    lack the months it used to have.
    """
    known: dict[Place, float] = {}
    before = period.year_before
    while reducer.rows(recipe.source, (Among("period", before.labels),)):
        earlier = counts_in(recipe, reducer, {**where, "period": before.labels}).get((), {})
        for place, count in earlier.items():
            if count.status is Status.VALUE:
                known.setdefault(place, volume(count, ratio=recipe.ratio))
        before = before.year_before
    forms: dict[Key, set[int]] = {}
    for place in counts:
        forms.setdefault(place.unit, set()).add(period.parts[place.moment].months)
    return {
        place: one
        for place, one in known.items()
        if period.parts[place.moment].months in forms.get(place.unit, {period.parts[place.moment].months})
    }
