"""The side of the log: how long the cases of each domain took, and how many kept what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import numpy as np

from monosashi.define.period import Period
from monosashi.measure.cells import Value, same
from monosashi.measure.log.answer import clock_of
from monosashi.measure.log.asked import CalendarByAsked, DurationAsked, Unit
from monosashi.measure.log.business import DAY, JST, Holidays
from monosashi.measure.log.cases import NEVER, Cases, Floats, Need, Point, Split, split
from monosashi.measure.log.clocks import size_of
from monosashi.measure.log.durations import durations
from monosashi.measure.log.request import LogRequest
from monosashi.measure.log.shares import limits, within_limits
from monosashi.measure.log.spans import spans
from monosashi.measure.perceived.asked import ComparisonAsked, GapAsked, PromisedAsked
from monosashi.measure.perceived.request import GapRequest, entry

Key = tuple[object, ...]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Happened:
    """The cases of one domain. `lasted` are the finished ones; told is what `monosashi log` says of them.

    standards holds every standard that its cases have: more than one where they differ.
    """

    domain: dict[str, Value]
    lasted: Floats
    told: dict[str, Any]
    standards: tuple[float, ...]
    kept: dict[str, Any] | None


def need_of(request: GapRequest) -> Need:
    """What the measures need of each case, and the moment that says in which period it is."""
    need, period = request.log.need(), request.asked.period
    if period is None:
        return need
    return replace(need, points=tuple(dict.fromkeys((*need.points, Point(period.at)))))


def happened(
    request: GapRequest,
    comparison: ComparisonAsked,
    cases: Cases,
    holidays: Holidays,
    periods: Sequence[Period],
) -> dict[Key, Happened]:
    """Every domain that has a case, finished or open; with a period, those of the periods asked about."""
    asked, measure = request.asked, _measure(request.log, comparison)
    whole = split(cases, measure.by, measure.conditions)
    found = spans(cases, measure, clock_of(request.log, measure, cases, holidays))
    by_domain: dict[Key, Happened] = {}
    for part, period in _parts(cases, asked, whole, periods):
        limit = _limits(cases, part, comparison.promised)
        kept = list(within_limits(limit, found, part))
        finished = list(part.members(found.finished))
        standards = [_known(limit[some]) for some in part.members(found.finished | found.open)]
        for i, told in enumerate(durations(cases, measure, found, part)):
            if told["n"] or told["n_open"]:
                domain = _domain(asked, part.domains[i], period)
                by_domain[key_of(domain)] = Happened(
                    domain,
                    found.lasted[finished[i]],
                    told | {"flags": [*part.flags, *told["flags"]]},
                    standards[i],
                    kept[i] if comparison.promised else None,
                )
    return by_domain


def factor(request: LogRequest, comparison: ComparisonAsked, unit: Unit) -> float:
    """How many units of the comparison one of `unit` is; a business day is as long as the office hours.

    Where each office has its own, those of cases without an office: who answers names no office.
    """
    named = _measure(request, comparison).calendar
    calendar = request.calendar_of(named.otherwise if isinstance(named, CalendarByAsked) else named)
    return size_of(unit, calendar) / size_of(comparison.unit, calendar)


def key_of(domain: dict[str, Value]) -> Key:
    return tuple(same(value) for value in domain.values())


def _measure(request: LogRequest, comparison: ComparisonAsked) -> DurationAsked:
    named = entry(comparison, "actual")
    return cast(DurationAsked, next(one for one in request.measures if one.id == named))


def _parts(
    cases: Cases, asked: GapAsked, whole: Split, periods: Sequence[Period]
) -> Iterator[tuple[Split, Period | None]]:
    """The cases of each period; periods may overlap, a year and its first quarter."""
    if asked.period is None:
        yield whole, None
        return
    at = cases.points[Point(asked.period.at)]
    for period in periods:
        inside = (at != NEVER) & (at >= _midnight(period.start)) & (at < _midnight(period.end))
        yield Split(np.where(inside, whole.group, np.int64(-1)), whole.domains, whole.flags), period


def _midnight(day: date) -> int:
    """JST, in microseconds."""
    return (day - _EPOCH).days * DAY - JST


def _domain(asked: GapAsked, log: dict[str, Value], period: Period | None) -> dict[str, Value]:
    """In the order and with the names of the request."""
    shared = asked.shared
    return {name: log[shared[name].log] if name in shared else cast(Period, period).name for name in asked.by}


def _limits(cases: Cases, part: Split, promised: PromisedAsked | None) -> Floats:
    """The standard of each case; NaN where there is none."""
    if promised is None:
        return np.full(cases.count, np.nan)
    if promised.column is not None:
        return limits(cases, promised.column)
    if promised.value is not None:
        return limits(cases, promised.value)
    named = {same(name): value for name, value in (promised.values or {}).items()}
    first = [same(next(iter(domain.values()), "")) for domain in part.domains]
    return np.array([*(named.get(one, np.nan) for one in first), np.nan])[part.group]


def _known(limit: Floats) -> tuple[float, ...]:
    return tuple(float(one) for one in np.unique(limit[~np.isnan(limit)]))
