"""How figures are written. Page, table twin, chart and sentence all write through here.

Minus is U+2212, a range is joined by 〜 in Japanese and by an en dash in English, thousands have commas.
Digits come with each published figure (the policy decided them); nothing here rounds any further.
"""

from __future__ import annotations

from dataclasses import replace

from monosashi.measure.estimate import Status
from monosashi.publish import words
from monosashi.publish.charts.chart import Point
from monosashi.publish.edition import Change, PublishedEstimate

EMPTY = "—"


def amount(value: float, unit: str, digits: int) -> str:
    """0.6 as a share → "60%"; 12400 as a count → "12,400", in yen "¥12,400"."""
    text = f"{abs(value) * (100 if unit == 'share' else 1):,.{digits}f}"
    sign = "−" if value < 0 and float(text.replace(",", "")) != 0 else ""
    return f"{sign}{'¥' if unit == 'yen' else ''}{text}{'%' if unit == 'share' else ''}"


def span(lower: float | None, upper: float | None, unit: str, digits: int, language: str) -> str:
    """ "58〜63%", or nothing where there is no interval."""
    if lower is None or upper is None:
        return ""
    start = amount(lower, unit, digits).removesuffix("%")
    return f"{start}{'〜' if language == 'ja' else '–'}{amount(upper, unit, digits)}"


def difference(value: float, unit: str, digits: int, language: str, *, signed: bool = True) -> str:
    """The size of a change: shares in points. +0.03 → "+3ポイント"."""
    size = amount(abs(value), unit, digits).removesuffix("%")
    if unit == "share":
        size += "ポイント" if language == "ja" else (" point" if size == "1" else " points")
    zero = float(amount(abs(value), unit, digits).strip("¥%").replace(",", "")) == 0
    sign = "±" if zero else "−" if value < 0 else "+"
    return sign + size if signed else size


def change_span(change: Change, unit: str, language: str) -> str:
    """The interval of a change with its signs: "−1〜+4ポイント"; nothing where there is none."""
    if change.lower is None or change.upper is None:
        return ""
    lower = difference(change.lower, unit, change.digits, language)
    upper = difference(change.upper, unit, change.digits, language)
    for tail in ("ポイント", " points", " point"):
        lower = lower.removesuffix(tail)
    return f"{lower.replace('±', '')}{'〜' if language == 'ja' else ' to '}{upper.replace('±', '')}"


def point(row: PublishedEstimate, label: str, unit: str, language: str) -> Point:
    """A published figure as charts and tables take it."""
    has = row.value is not None
    return Point(
        label=label,
        status=row.status,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        written=amount(row.value, unit, row.digits)
        if row.value is not None
        else words.of(words.STATES, row.status, language),
        span=span(row.lower, row.upper, unit, row.digits, language) if has else "",
        reason="" if row.status is Status.VALUE else words.reason(row.reason, row.status, language),
    )


def silent(label: str, reason: str, language: str, status: Status = Status.NOT_COLLECTED) -> Point:
    """A figure that nobody has: the state as its figure, and why."""
    return Point(
        label,
        status,
        None,
        None,
        None,
        words.of(words.STATES, status, language),
        "",
        words.reason(reason, status, language),
    )


def relabeled(given: Point, label: str) -> Point:
    return replace(given, label=label)
