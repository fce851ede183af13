"""A table of counts → counts by unit. One column for all periods, or a column for each: both are read alike.

A name in braces within the name of a column is filled with the period: ``"{period}: volume"`` with the period
``2024`` is the column ``2024: volume``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from monosashi import errors
from monosashi.define.period import Period
from monosashi.errors import Problem
from monosashi.keep.table import Source
from monosashi.measure.asked import Names, Where
from monosashi.measure.cells import Key, Totals, Value, same
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Status
from monosashi.measure.reducer import Condition, Reducer, Tally
from monosashi.measure.volumes.counts import SILENT, Count, Counts, Place, volume, weakest

Split = dict[Key, dict[Place, Count]]  # domain → its counts
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")


@dataclass(frozen=True)
class Quantity:
    """A column to be added up, where conditions hold; without a column rows are counted."""

    column: str | None
    where: Where


@dataclass(frozen=True)
class Recipe:
    """Which quantities make a and b of a count, and which columns tell domains, units, periods and states.

    With `part`, b is the quantity `a` of all rows and a that of the rows which meet the part.
    """

    source: Source
    a: Quantity
    b: Quantity | None = None
    part: Where | None = None
    by: Names = ()
    unit: Names = ()
    period: str = "period"
    status: str | None = None
    missing: tuple[Value, ...] = ()

    @property
    def ratio(self) -> bool:
        return self.b is not None or self.part is not None

    @property
    def heavy(self) -> Quantity:
        """The quantity that says how much a unit weighs."""
        return self.b or self.a


def filled(column: str, period: str, moment: Value) -> str:
    """``"{period}: volume"`` → ``"2024: volume"``."""
    return column.replace(f"{{{period}}}", str(moment))


def is_wide(column: str | None, period: str) -> bool:
    """Every period has a column of its own."""
    return column is not None and f"{{{period}}}" in column


def moments_in(where: Where, period: str) -> tuple[Value, ...]:
    wanted = where.get(period, ())
    return wanted if isinstance(wanted, tuple) else (wanted,)


def counts_in(recipe: Recipe, reducer: Reducer, where: Where) -> Split:
    """The counts of every domain where conditions hold; the periods among them are the moments."""
    if recipe.part is not None or recipe.b is None:
        return _counts(recipe, recipe.a, reducer, where)
    a, b = (_counts(recipe, quantity, reducer, where) for quantity in (recipe.a, recipe.b))
    return {domain: _joined(a.get(domain, {}), b.get(domain, {})) for domain in {**b, **a}}


def _joined(a: Counts, b: Counts) -> dict[Place, Count]:
    """A unit has both numbers or neither: half a count is not a count."""
    return {place: _both(a.get(place, SILENT), b.get(place, SILENT)) for place in {**b, **a}}


def _both(a: Count, b: Count) -> Count:
    states = {a.status, b.status}
    if states == {Status.VALUE}:
        return Count(Status.VALUE, a.a, b.a)
    return Count(weakest(states - {Status.VALUE}))


def _counts(recipe: Recipe, quantity: Quantity, reducer: Reducer, where: Where) -> Split:
    everything = {**where, **quantity.where}
    moments = moments_in(everything, recipe.period)
    found: Split = {}
    if is_wide(quantity.column, recipe.period):
        rest = {name: value for name, value in everything.items() if name != recipe.period}
        for place, moment in enumerate(moments):
            column = filled(quantity.column or "", recipe.period, moment)
            _add(found, recipe, reducer, _tally(recipe, column, rest, ()), lambda _, at=place: at)
        return found
    long = (recipe.period,) if len(moments) > 1 else ()
    order = {same(moment): place for place, moment in enumerate(moments)}
    tally = _tally(recipe, quantity.column, everything, long)
    _add(found, recipe, reducer, tally, lambda key: order[same(key[-1])] if long else 0)
    return found


def _tally(recipe: Recipe, column: str | None, where: Where, more: Names) -> Tally:
    return Tally(
        source=recipe.source,
        quantity=column,
        by=(*recipe.by, *recipe.unit, *more),
        only=conditions(where),
        part=conditions(recipe.part or {}),
        status=recipe.status,
        missing=recipe.missing,
    )


def _add(into: Split, recipe: Recipe, reducer: Reducer, tally: Tally, moment_of: object) -> None:
    totals = reducer.totals(tally)
    states = _states(recipe, reducer, tally)
    width = len(recipe.by), len(recipe.by) + len(recipe.unit)
    for i, key in enumerate(totals.domains):
        place = Place(key[width[0] : width[1]], moment_of(key))  # type: ignore[operator]
        into.setdefault(key[: width[0]], {})[place] = _count(recipe, totals, i, states.get(key, set()))


def _count(recipe: Recipe, totals: Totals, i: int, states: set[Status]) -> Count:
    if totals.left_out[i]:
        return Count(weakest(states - {Status.VALUE, Status.NOT_APPLICABLE}))
    if not totals.rows[i]:
        return Count(Status.NOT_APPLICABLE)
    total, part = float(totals.total[i]), float(totals.part[i])
    return Count(Status.VALUE, part, total) if recipe.part is not None else Count(Status.VALUE, total)


def _states(recipe: Recipe, reducer: Reducer, tally: Tally) -> dict[Key, set[Status]]:
    """The states that the rows of each unit have. Raises `volume-status` for a word that is none."""
    if recipe.status is None:
        return {}
    found: dict[Key, set[Status]] = {}
    rows = Tally(tally.source, None, (*tally.by, recipe.status), tally.only)
    for key in reducer.totals(rows).domains:
        word = str(key[-1])
        if word not in set(Status):
            raise errors.VOLUME_STATUS(column=recipe.status, value=word, known=", ".join(Status))
        found.setdefault(key[:-1], set()).add(Status(word))
    return found


# ---- what is known from elsewhere in the table ----------------------------------------------------------


def units_ever(recipe: Recipe, reducer: Reducer, where: Where) -> dict[Key, set[Key]]:
    """Every unit of each domain that the table has, in whichever period."""
    rest = {name: value for name, value in where.items() if name != recipe.period}
    tally = Tally(recipe.source, None, (*recipe.by, *recipe.unit), conditions(rest), missing=recipe.missing)
    found: dict[Key, set[Key]] = {}
    for key in reducer.totals(tally).domains:
        found.setdefault(key[: len(recipe.by)], set()).add(key[len(recipe.by) :])
    return found


def last_known(recipe: Recipe, reducer: Reducer, where: Where) -> dict[Key, dict[Key, float]]:
    """The volume that each unit of each domain had in the latest period before the first one asked for.

    Empty where the table does not tell which periods come earlier: labels that are neither periods
    (``FY2025``, ``2025-04``), days nor numbers have no order, unless each has a column of its own.
    """
    moments = moments_in({**where, **recipe.heavy.where}, recipe.period)
    if not moments:
        return {}
    earlier = tuple(_earlier(recipe, reducer, moments))
    if not earlier:
        return {}
    split = _counts(recipe, recipe.heavy, reducer, {**where, recipe.period: earlier})
    whole = recipe.part is not None
    return {domain: _latest(counts, whole=whole) for domain, counts in split.items()}


def _latest(counts: Counts, *, whole: bool) -> dict[Key, float]:
    """The volume of each unit at the last moment at which it had one."""
    in_order = sorted(counts.items(), key=lambda one: one[0].moment)
    return {
        place.unit: volume(count, ratio=whole) for place, count in in_order if count.status is Status.VALUE
    }


def _earlier(recipe: Recipe, reducer: Reducer, moments: Sequence[Value]) -> list[Value]:
    """The periods of the table before the first of `moments`, oldest first."""
    columns, column = reducer.columns(recipe.source), recipe.heavy.column
    if is_wide(column, recipe.period):
        labels = list(_labels(column or "", recipe.period, columns))
        first = min((labels.index(str(one)) for one in moments if str(one) in labels), default=0)
        return [*labels[:first]]
    if recipe.period not in columns:
        return []
    domains = reducer.totals(Tally(recipe.source, None, (recipe.period,))).domains
    return before([key[0] for key in domains], moments)


def _labels(column: str, period: str, columns: Iterable[str]) -> Iterator[str]:
    start, end = column.split(f"{{{period}}}", 1)
    for name in columns:
        inside = name.removeprefix(start).removesuffix(end)
        if name == f"{start}{inside}{end}":
            yield inside


def before(labels: Sequence[Value], moments: Sequence[Value]) -> list[Value]:
    """The labels of periods that lie before the first of the moments, oldest first; none without an order."""
    when = {label: _when(label) for label in labels}
    asked = [_when(moment) for moment in moments]
    kinds = {kind for kind, _ in (*when.values(), *asked)}
    if len(kinds) != 1 or kinds == {"word"}:
        return []
    return sorted((one for one in labels if when[one] < min(asked)), key=lambda one: when[one])


def _when(label: Value) -> tuple[str, float]:
    """(what kind of label it is, its place in time)."""
    text = str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)
    if day := _DAY.fullmatch(text):
        try:
            return "time", date(*map(int, day.groups())).toordinal()
        except ValueError:
            return "word", 0.0
    try:
        return "time", Period.named(text).start.toordinal()
    except Problem:
        number = same(text)
        return ("number", number) if isinstance(number, float) and np.isfinite(number) else ("word", 0.0)


def spread(units: Mapping[Key, float], moments: int) -> dict[Place, float]:
    """What is known of a unit, for each of the moments of a span."""
    return {Place(unit, place): one for unit, one in units.items() for place in range(max(moments, 1))}


__all__ = ["Condition", "Quantity", "Recipe", "Split", "counts_in", "last_known", "units_ever"]
