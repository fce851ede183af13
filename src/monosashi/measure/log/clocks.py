"""Which time counts for each case: elapsed time, one office's hours, or those of the case's own office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from monosashi.measure.log.asked import CalendarAsked, Unit
from monosashi.measure.log.business import Holidays, business_time
from monosashi.measure.log.cases import Attribute, Flags, Ints

MICROSECONDS: dict[Unit, int] = {"minute": 60_000_000, "hour": 3_600_000_000, "day": 86_400_000_000}


@dataclass(frozen=True)
class Clock:
    """`calendars` that are in use (None: elapsed time), and the place of each case's own among them."""

    calendars: tuple[CalendarAsked | None, ...]
    own: Ints
    holidays: Holidays

    def between(self, start: Ints, end: Ints, case: Ints) -> Ints:
        """Microseconds that count from start to end, each a span of the case at the same place."""
        if len(self.calendars) == 1:
            return self._counted(self.calendars[0], start, end)
        lasted, own = np.zeros(start.size, dtype=np.int64), self.own[case]
        for place, calendar in enumerate(self.calendars):
            some: Flags = own == place
            lasted[some] = self._counted(calendar, start[some], end[some])
        return lasted

    def unit(self, unit: Unit) -> Ints:
        """Microseconds of a unit, for each case. A day of business time is one day of its office's hours."""
        days = [size_of(unit, calendar) for calendar in self.calendars]
        return np.array(days, dtype=np.int64)[self.own]

    def _counted(self, calendar: CalendarAsked | None, start: Ints, end: Ints) -> Ints:
        if calendar is None:
            return end - start
        shut: Holidays = self.holidays if calendar.holidays == "japan" else _none
        return business_time(start, end, calendar.office_hours, shut)


def one_clock(calendar: CalendarAsked | None, holidays: Holidays, cases: int) -> Clock:
    return Clock((calendar,), np.zeros(cases, dtype=np.int64), holidays)


def clocks(
    attribute: Attribute,
    of: Callable[[object], CalendarAsked | None],
    otherwise: CalendarAsked | None,
    holidays: Holidays,
) -> Clock:
    """Every case by the calendar of its value of an attribute; by `otherwise` where it has none."""
    wanted = [*(of(value) for value in attribute.values), otherwise]
    known = list(dict.fromkeys(calendar.name if calendar else None for calendar in wanted))
    named = {calendar.name if calendar else None: calendar for calendar in wanted}
    places = np.array([known.index(one.name if one else None) for one in wanted], dtype=np.int64)
    return Clock(tuple(named[name] for name in known), places[attribute.codes], holidays)


def size_of(unit: Unit, calendar: CalendarAsked | None) -> int:
    """Microseconds of a unit under one calendar (None: elapsed time)."""
    return calendar.office_hours.day if calendar and unit == "day" else MICROSECONDS[unit]


def _none(first: object, last: object) -> tuple[()]:
    return ()
