"""The time of each case from one moment to another, and what is known of cases that are not there yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from monosashi.measure.log.asked import SpanAsked, Unit
from monosashi.measure.log.business import Holidays, OfficeHours, business_time
from monosashi.measure.log.cases import NEVER, Cases, Flags, Floats, Ints, Point, happened

MICROSECONDS: dict[Unit, int] = {"minute": 60_000_000, "hour": 3_600_000_000, "day": 86_400_000_000}
CENSORED_ENDS = ("closed", "activity")  # what an open case may still reach

Clock = Callable[[Ints, Ints], Ints]  # microseconds that count between two moments


@dataclass(frozen=True)
class Spans:
    """One place a case. `lasted` is in the unit asked for; of an open case, how long it has lasted so far.

    A span that ends before it starts is `impossible` and neither finished nor open.
    """

    start: Ints
    end: Ints
    lasted: Floats
    finished: Flags
    open: Flags
    impossible: Flags
    clock: Clock
    unit: int


def clock_of(hours: OfficeHours | None, holidays: Holidays) -> Clock:
    if hours is None:
        return lambda start, end: end - start
    return lambda start, end: business_time(start, end, hours, holidays)


def unit_of(unit: Unit, hours: OfficeHours | None) -> int:
    """Microseconds of a unit. A day of business time is one day of office hours."""
    return hours.day if hours and unit == "day" else MICROSECONDS[unit]


def spans(cases: Cases, asked: SpanAsked, clock: Clock, unit: int) -> Spans:
    start, end = cases.points[asked.from_.point], cases.points[asked.to.point]
    started, ended = happened(start), happened(end)
    impossible = started & ended & (end < start)
    finished = started & ended & ~impossible
    until = _until(cases, start)
    may_end = asked.to.point.moment in CENSORED_ENDS
    still = started & ~ended & (until >= start) & may_end
    stop = np.where(still, until, end)
    lasted = np.full(cases.count, np.nan)
    told = finished | still
    lasted[told] = clock(start[told], stop[told]) / unit
    return Spans(start, stop, lasted, finished, still, impossible, clock, unit)


def _until(cases: Cases, start: Ints) -> Ints:
    """Up to when each case has been seen: until it was closed, else until the log ends."""
    closed = cases.points.get(Point("closed"))
    if closed is None:
        return np.full(cases.count, cases.until, dtype=np.int64)
    return np.where((closed != NEVER) & (closed >= start), closed, cases.until)
