"""Business time: the part of a span that lies within office hours, exact to the microsecond.

With W(t) the open time from a fixed midnight up to t, the business time of a span is W(end) − W(start).
W(t) = (open days before t's day)·(close − open) + clip(time of day − open, 0, close − open), the last term
only on an open day.
Days are JST, which has had no change of clocks since 1951.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from monosashi.measure.log.cases import Flags, Ints

SECOND = 1_000_000
DAY = 86_400 * SECOND
JST = 9 * 3_600 * SECOND
_EPOCH = date(1970, 1, 1)
YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))  # 行政機関の休日に関する法律 第1条

Holidays = Callable[[date, date], Iterable[date]]


@dataclass(frozen=True)
class OfficeHours:
    """When an office works. opens and closes are microseconds of the day; weekdays 0 (Monday) to 6."""

    opens: int
    closes: int
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    closed: frozenset[date] = frozenset()
    year_end: bool = True

    @property
    def day(self) -> int:
        """A business day, in microseconds: what `unit: day` means."""
        return self.closes - self.opens


def business_time(start: Ints, end: Ints, hours: OfficeHours, holidays: Holidays) -> Ints:
    """Microseconds of office hours between start and end; negative where end comes first."""
    if not start.size:
        return np.zeros(0, dtype=np.int64)
    low = int(min(start.min(), end.min()) + JST) // DAY
    high = int(max(start.max(), end.max()) + JST) // DAY
    open_days = _open_days(low, high, hours, holidays)
    before = np.concatenate([[0], np.cumsum(open_days)]).astype(np.int64)
    return _worked(end, low, open_days, before, hours) - _worked(start, low, open_days, before, hours)


def _worked(at: Ints, low: int, open_days: Flags, before: Ints, hours: OfficeHours) -> Ints:
    day, time = np.divmod(at + JST, DAY)
    place = day - low
    today = np.clip(time - hours.opens, 0, hours.day) * open_days[place]
    worked: Ints = before[place] * hours.day + today
    return worked


def _open_days(low: int, high: int, hours: OfficeHours, holidays: Holidays) -> Flags:
    days = np.arange(low, high + 1)
    found = np.isin((days + 3) % 7, hours.weekdays)  # 1970-01-01 was a Thursday
    first, last = _EPOCH + timedelta(days=low), _EPOCH + timedelta(days=high)
    shut = {*holidays(first, last), *hours.closed}
    if hours.year_end:
        shut |= {date(year, *day) for year in range(first.year, last.year + 1) for day in YEAR_END}
    places = [(day - first).days for day in shut if first <= day <= last]
    found[places] = False
    return np.asarray(found)
