"""Days as Japanese offices write them: by era (和暦), or by the year with 年月日. Read exactly, or refused.

An era has a first and a last day; a day outside it is refused, and the message says which days are inside:
平成31年5月1日 was never a day of Heisei, and 昭和65年 never came. Meiji is read from its sixth year on
(1 January 1873), when Japan took up the Gregorian calendar; earlier dates name days of another calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Era:
    name: str
    letter: str
    first: date
    last: date | None = None
    year_one: int = 0  # the Gregorian year of 元年, where it is not that of `first`

    def year(self, number: int) -> int:
        return (self.year_one or self.first.year) + number - 1

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, first: date, last: date) -> bool:
        return self.first <= last and (self.last is None or first <= self.last)


ERAS = (
    Era("明治", "M", date(1873, 1, 1), date(1912, 7, 29), year_one=1868),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1)),
)
_SIGNS = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_NAMED = {
    **{era.name: era for era in ERAS},
    **{era.name[0]: era for era in ERAS},
    **{era.letter: era for era in ERAS},
    **{sign: next(era for era in ERAS if era.name == name) for sign, name in _SIGNS.items()},
}
_ERA = "(明治|大正|昭和|平成|令和|[明大昭平令]|[㍾㍽㍼㍻㋿]|[MTSHRmtshr])"
_NUMBER = r"(元|\d{1,2})"
_DAY = re.compile(
    rf"{_ERA} ?\.?{_NUMBER}(?:年 ?(\d{{1,2}})月 ?(\d{{1,2}})日|([-/.])(\d{{1,2}})\5(\d{{1,2}}))", re.ASCII
)
_WESTERN = re.compile(r"(\d{4})年 ?(\d{1,2})月 ?(\d{1,2})日", re.ASCII)
_FISCAL = re.compile(rf"(?:{_ERA} ?{_NUMBER}|(\d{{4}}))年度", re.ASCII)
_MONTH = re.compile(rf"(?:{_ERA} ?{_NUMBER}|(\d{{4}}))年 ?(\d{{1,2}})月(?:分)?", re.ASCII)


class NotInEra(Exception):  # noqa: N818 - what it says
    """A day, or a year, that the era it is written with does not have."""

    def __init__(self, era: Era) -> None:
        super().__init__(era.name)
        self.era = era


def day_of(text: str) -> date | None:
    """The day, None where the text is not written like one. Raises NotInEra, and ValueError for 2月30日."""
    if found := _WESTERN.fullmatch(text):
        return date(*map(int, found.groups()))
    found = _DAY.fullmatch(text)
    if not found:
        return None
    era, number, month, day = _NAMED[_capital(found[1])], _number(found[2]), *_month_and_day(found)
    written = date(era.year(number), month, day) if number else None
    if written is None or not era.holds(written):
        raise NotInEra(era)
    return written


def _month_and_day(found: re.Match[str]) -> tuple[int, int]:
    return int(found[3] or found[6]), int(found[4] or found[7])


def _capital(written: str) -> str:
    return written.upper() if written.isascii() else written


def _number(written: str) -> int:
    return 1 if written == "元" else int(written)


def period_of(text: str) -> str | None:
    """``FY2024`` of 令和6年度 and ``2024-04`` of 令和6年4月; None where it is written like neither.

    The fiscal year in which an era ends bears both names: 平成31年度 and 令和元年度 are FY2019. So does the
    month. Raises NotInEra.
    """
    if found := _FISCAL.fullmatch(text):
        year = _year(found[1], found[2], found[3], date(1, 4, 1), date(2, 3, 31))
        return f"FY{year:04d}"
    if (found := _MONTH.fullmatch(text)) and 1 <= (month := int(found[4])) <= 12:
        last = date(1 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        year = _year(found[1], found[2], found[3], date(1, month, 1), last)
        return f"{year:04d}-{month:02d}"
    return None


def _year(era: str | None, number: str | None, western: str | None, first: date, last: date) -> int:
    """The Gregorian year; of an era, one in which the span from `first` to `last` touches the era."""
    if western:
        return int(western)
    known, count = _NAMED[_capital(era or "")], _number(number or "")
    year = known.year(count)
    begins, ends = (day.replace(year=year + day.year - 1) for day in (first, last))
    if not count or not known.overlaps(begins, ends):
        raise NotInEra(known)
    return year
