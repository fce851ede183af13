"""Japan's public holidays (国民の祝日と休日), from the jpholiday package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import jpholiday

LAW, KNOWN = 1949, 2150  # 国民の祝日に関する法律 (1948); equinoxes are computed up to 2150


def public_holidays(first: date, last: date) -> Iterable[date]:
    """Holidays from one day to another, both included; none before the law and beyond what is computed."""
    years = range(max(first.year, LAW), min(last.year, KNOWN) + 1)
    return (day for year in years for day in _of_year(year) if first <= day <= last)


@cache
def _of_year(year: int) -> tuple[date, ...]:
    return tuple(day for day, _ in jpholiday.year_holidays(year))
