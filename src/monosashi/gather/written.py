"""Numbers as people write them → the characters of a number, exactly or not at all.

Full-width digits mean what half-width ones do. What `1,234` or `17%` means depends on who wrote it, so a
mapping says it: by a sample of how numbers are written, and by whether a percentage is a share of one or
points of a hundred.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Literal

Numbers = Literal["1234.5", "1,234.5", "1.234,5", "1 234.5", "1 234,5", "1234,5"]
Percent = Literal["share", "points"]
Epoch = Literal[1900, 1904]
_NARROW = str.maketrans("０１２３４５６７８９．，－＋％／：　", "0123456789.,-+%/: ")
_MINUS = str.maketrans("−‐▲△", "----")  # U+2212, U+2010, and how Japanese accounts write a minus
_SPACES = "\u00a0\u202f\u2009"  # narrow and unbreakable ones, of which French uses several
_MILLISECOND = timedelta(milliseconds=1)
_LAST_SERIAL = {1900: 2_958_465, 1904: 2_957_003}  # 9999-12-31


def narrowed(cell: str) -> str:
    """Without blanks around it, and with half-width digits and signs; nothing else is changed."""
    return cell.strip(" \t　").translate(_NARROW)


def plain_number(cell: str, numbers: Numbers) -> str:
    """As Python reads a number, where it is written as `numbers` shows; otherwise unchanged, to be refused.

    Groups are checked: ``12,34`` and ``1,2345`` are no numbers.
    """
    text = narrowed(cell).translate(_MINUS)
    if numbers == "1234.5":
        return text
    group, point = _marks(numbers)
    text = "".join(" " if letter in _SPACES else letter for letter in text) if group == " " else text
    if point != "." and "." in text and group != ".":
        return "."  # a point where the mapping says commas: no number
    if group and group in text:
        whole, comma, rest = text.partition(point)
        if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole, re.ASCII):
            return "."
        text = whole.replace(group, "") + comma + rest
    return text.replace(point, ".") if point != "." else text


def _marks(numbers: Numbers) -> tuple[str, str]:
    """(what parts groups, what parts the fraction) in the sample."""
    return (numbers[1] if len(numbers) == 7 else ""), numbers[-2]


def without_sign(cell: str) -> str | None:
    """The ``17`` of ``17%``; None where the sign is not there."""
    text = narrowed(cell)
    return text.removesuffix("%") if text.endswith("%") else None


def as_share(number: str, percent: Percent) -> str | None:
    """``0.17`` of 17 percent (in points ``17``), shifted and not divided; None of what is no number."""
    if not re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)", number, re.ASCII):
        return None
    if percent == "points":
        return number
    with localcontext() as exact:
        exact.prec = len(number) + 4
        return str(Decimal(number).scaleb(-2))


def moment_of_serial(text: str, epoch: Epoch) -> datetime | None:
    """What a spreadsheet means by a number of days; None where it means nothing.

    In the system of 1900 day 60 is 29 February 1900, which never was, and the days before it are one day off
    between programs: only days from 61 on (1 March 1900) are read. Day 0 of 1904 is 1 January 1904. Moments
    are kept to the millisecond, which is as fine as such a number is.
    """
    if not re.fullmatch(r"\d{1,7}(?:\.\d+)?", text, re.ASCII):
        return None
    days = float(text)
    if days < (61 if epoch == 1900 else 0) or days >= _LAST_SERIAL[epoch] + 1:
        return None
    zero = datetime(1899, 12, 30, tzinfo=UTC) if epoch == 1900 else datetime(1904, 1, 1, tzinfo=UTC)
    exact = zero + timedelta(days=days)
    return zero + round((exact - zero) / _MILLISECOND) * _MILLISECOND


def day_of_serial(text: str, epoch: Epoch) -> date | None:
    """A whole number of days, or None."""
    moment = moment_of_serial(text, epoch) if float_is_whole(text) else None
    return moment.date() if moment else None


def float_is_whole(text: str) -> bool:
    return re.fullmatch(r"\d{1,7}(?:\.0+)?", text, re.ASCII) is not None
