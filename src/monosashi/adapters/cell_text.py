"""A value of a workbook or a statistics file as the text that would stand for it in a CSV file."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any


def cell_text(value: Any) -> str:
    """5 and not 5.0, days and moments in ISO form; what is missing is an empty text."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # noqa: PLR0124 - NaN, as numpy and Python both have it
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    return _time(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def _time(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        return _span(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _span(span: timedelta) -> str:
    """Hours beyond a day, as a cell with the format [h]:mm:ss shows them."""
    minutes, seconds = divmod(span // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
