"""Spans of time that figures belong to. Days are JST; fiscal years start on 1 April."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from monosashi import errors

_FORMS = (
    (re.compile(r"FY([0-9]{4})"), lambda y: (date(y, 4, 1), date(y + 1, 4, 1))),
    (re.compile(r"([0-9]{4})"), lambda y: (date(y, 1, 1), date(y + 1, 1, 1))),
    (re.compile(r"([0-9]{4})-Q([1-4])"), lambda y, q: (date(y, 3 * q - 2, 1), _month_after(y, 3 * q))),
    (
        re.compile(r"([0-9]{4})H([12])"),
        lambda y, h: (date(y, 4, 1), date(y, 10, 1)) if h == 1 else (date(y, 10, 1), date(y + 1, 4, 1)),
    ),
    (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), lambda y, m: (date(y, m, 1), _month_after(y, m))),
)


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A half-open span of days [start, end) with the name people use for it.

    Names: ``FY2025`` (1 April 2025 to 31 March 2026), ``2025H2`` (second half of fiscal 2025),
    ``2025-Q3`` (calendar quarter), ``2025-11`` (month), ``2025`` (calendar year).
    """

    start: date
    end: date
    name: str

    @classmethod
    def named(cls, name: str) -> Period:
        for form, span in _FORMS:
            if found := form.fullmatch(name):
                try:
                    start, end = span(*map(int, found.groups()))
                except ValueError:
                    break  # a year that no calendar has: 0000, or 9999 whose end is not there
                return cls(start, end, name)
        raise errors.PERIOD_UNKNOWN(name=name)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def year_before(self) -> Period:
        """The same span one year earlier: FY2025 → FY2024, 2025H2 → 2024H2, 2024-02 → 2023-02."""
        year = re.search(r"[0-9]{4}", self.name)
        assert year is not None
        return Period.named(self.name.replace(year[0], f"{int(year[0]) - 1:04d}", 1))

    @property
    def months(self) -> int:
        """How many months it has."""
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month

    @property
    def parts(self) -> tuple[Period, ...]:
        """Every period that lies within this one, itself included, long ones first.

        Spans of the same form have as many, in the same order: FY2024 has the year, two halves, four quarters
        and twelve months, and so has FY2025.
        """
        years = range(max(self.start.year - 1, 1), min(self.end.year + 1, 9999))
        names = [f"FY{year:04d}" for year in years] + [f"{year:04d}" for year in years]
        names += [f"{year:04d}H{half}" for year in years for half in (1, 2)]
        names += [f"{year:04d}-Q{quarter}" for year in years for quarter in range(1, 5)]
        names += [f"{year:04d}-{month:02d}" for year in years for month in range(1, 13)]
        inside = [one for one in map(Period.named, names) if self.start <= one.start and one.end <= self.end]
        return tuple(sorted(inside, key=lambda one: (-one.months, one.start)))

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its parts: what a count within the span may be labeled with."""
        return tuple(part.name for part in self.parts)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    def __str__(self) -> str:
        return self.name


def fiscal_year(day: date) -> int:
    """The fiscal year a JST day lies in: 31 March 2026 → 2025, 1 April 2026 → 2026."""
    return day.year if day.month >= 4 else day.year - 1
