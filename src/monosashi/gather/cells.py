"""Cells as typed → values of a type, exactly, or a finding. Nothing is rounded, guessed or cut."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.period import Period
from monosashi.errors import Finding, Kind, Problem
from monosashi.gather.expect import Expectation
from monosashi.gather.findings import shown
from monosashi.gather.mapping import as_cell

_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T]([01]?\d|2[0-3])(:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r" ?(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_LONGEST_CODE = 200  # longer texts are near to none, and take long to compare
_EXACT = 2.0**53 - 1  # beyond it a double is no longer the number that was written
_BOOLEANS = {"1": True, "0": False, "true": True, "false": False, "TRUE": True, "FALSE": False}


class CellError(Exception):
    """A cell that is not what its field expects. Details that take time are functions, called when shown."""

    def __init__(self, kind: Kind, **details: Any) -> None:
        super().__init__(kind.code)
        self.kind, self.details = kind, details

    def found(self, *, column: str, row: int | None = None) -> Finding:
        details = {name: each() if callable(each) else each for name, each in self.details.items()}
        return self.kind.found(row=row, column=column, **details)


def value_of(cell: str, expected: Expectation) -> Any:
    """The value of one cell, None where it is missing. Raises CellError."""
    if cell in expected.missing:
        value = None
    elif expected.codes:
        value = _coded(cell, expected)
    else:
        value = READ[expected.type](cell, expected)
    if value is None:
        if expected.required:
            raise CellError(errors.CELL_NEEDED)
        return None
    _check(cell, value, expected)
    return value


def _coded(cell: str, expected: Expectation) -> Any:
    for key in (cell, cell.strip()):
        if key in expected.codes:
            return typed(expected.codes[key], expected)
    close = partial(_nearest, cell, expected)
    raise CellError(errors.CODE_UNKNOWN, value=shown(cell), nearest=close)


def _nearest(cell: str, expected: Expectation) -> str:
    return shown(nearest(cell.strip()[:_LONGEST_CODE], expected.codes), _LONGEST_CODE)


def typed(value: Any, expected: Expectation) -> Any:
    """A value written in YAML, as the type of the field: the text 5 for a text field, 5.0 for a number."""
    if value is None or (isinstance(value, bool) and expected.type == "boolean"):
        return value
    return READ[expected.type](as_cell(value), expected)


def _check(cell: str, value: Any, expected: Expectation) -> None:
    if expected.positive and not value > 0:
        raise CellError(errors.CELL_NOT_POSITIVE, value=shown(cell))
    if expected.range and isinstance(value, int | float):
        low, high = expected.range
        if (low is not None and value < low) or (high is not None and value > high):
            raise _out_of_range(cell, low, high)


def _out_of_range(cell: str, low: float | None, high: float | None) -> CellError:
    lowest = "−∞" if low is None else f"{low:.16g}"
    highest = "∞" if high is None else f"{high:.16g}"
    return CellError(errors.CELL_IMPLAUSIBLE, value=shown(cell), low=lowest, high=highest)


def _text(cell: str, expected: Expectation) -> str:
    if expected.name == "period":
        try:
            Period.named(cell)
        except (Problem, ValueError):
            raise CellError(errors.PERIOD_UNKNOWN, name=shown(cell)) from None
    return cell


def _integer(cell: str, _: Expectation) -> int:
    text = cell.strip(" \t")
    if not _WHOLE.fullmatch(text):
        raise CellError(errors.CELL_NOT_WHOLE, value=shown(cell))
    return int(text.partition(".")[0])


def _number(cell: str, expected: Expectation) -> float:
    text = cell.strip(" \t")
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        kind = errors.CELL_NOT_POSITIVE if expected.positive else errors.CELL_NOT_NUMBER
        raise CellError(kind, value=shown(cell))
    if abs(number) > _EXACT:
        raise _out_of_range(cell, -_EXACT, _EXACT)
    return number + 0.0  # -0 is 0


def _boolean(cell: str, _: Expectation) -> bool:
    text = cell.strip(" \t")
    if text not in _BOOLEANS:
        raise CellError(errors.CELL_NOT_BOOLEAN, value=shown(cell))
    return _BOOLEANS[text]


def _day(cell: str, _: Expectation) -> date:
    found = _DAY.fullmatch(cell.strip(" \t"))
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        pass  # 31 February looks like a day and is none
    raise CellError(errors.CELL_NOT_DATE, value=shown(cell))


def _moment(cell: str, expected: Expectation) -> datetime:
    found = _MOMENT.fullmatch(cell.strip(" \t"))
    if not found:
        raise CellError(errors.CELL_NOT_MOMENT, value=shown(cell))
    year, _, month, day, hour, minutes, offset = found.groups()
    offset = offset or expected.mapping.offset
    if not offset:
        raise CellError(errors.CELL_NO_OFFSET, value=shown(cell))
    try:
        written = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}{minutes}{offset.replace('Z', '+00:00')}"
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellError(errors.CELL_NOT_MOMENT, value=shown(cell)) from None


READ: dict[str, Callable[[str, Expectation], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _day,
    "timestamp": _moment,
}
