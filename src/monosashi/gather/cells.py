"""Cells as typed → values of a type, exactly, or a finding. Nothing is rounded, guessed or cut."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.period import Period
from monosashi.errors import Finding, Kind, Problem
from monosashi.gather.eras import NotInEra, day_of, period_of
from monosashi.gather.expect import Expectation
from monosashi.gather.findings import shown
from monosashi.gather.mapping import as_cell
from monosashi.gather.written import (
    as_share,
    day_of_serial,
    moment_of_serial,
    narrowed,
    plain_number,
    without_sign,
)

_WHOLE = re.compile(r"[+-]?\d{1,18}(?:\.0+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_BARE_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"(.*\d)[ T]0?0:00(?::00(?:\.0+)?)?", re.ASCII)
_MOMENT = re.compile(
    r"(.*?[\d日])(?:[ T]| ?(?=\d{1,2}時))([01]?\d|2[0-3])"
    r"(?:(:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)|時(?:(\d{1,2})分)?(?:(\d{1,2})秒)?)"
    r" ?(Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_LONGEST_CODE = 200  # longer texts are near to none, and take long to compare
_EXACT = 2.0**53 - 1  # beyond it a double is no longer the number that was written
_AS_IN_YAML = {"numbers": "1234.5", "percent": None, "serial": None}
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
    elif expected.mapping.split:
        value = _split(cell, expected, expected.mapping.split)
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
    for key in (cell, cell.strip(), narrowed(cell)):
        if key in expected.codes:
            return typed(expected.codes[key], expected)
    close = partial(_nearest, cell, expected)
    raise CellError(errors.CODE_UNKNOWN, value=shown(cell), nearest=close)


def _split(cell: str, expected: Expectation, separator: str) -> str | None:
    """The words of a cell, each once and in the order of the cell, parted as they were; None without any."""
    words = (part.strip() for part in cell.split(separator))
    there = (word for word in words if word and word not in expected.missing)
    coded = (_coded(word, expected) if expected.codes else word for word in there)
    return separator.join(dict.fromkeys(word for word in coded if word is not None)) or None


def _nearest(cell: str, expected: Expectation) -> str:
    return shown(nearest(cell.strip()[:_LONGEST_CODE], expected.codes), _LONGEST_CODE)


def typed(value: Any, expected: Expectation) -> Any:
    """A value written in YAML, as the type of the field: the text 5 for a text field, 5.0 for a number."""
    if value is None or (isinstance(value, bool) and expected.type == "boolean"):
        return value
    plainly = expected.mapping.model_copy(update=_AS_IN_YAML)
    return READ[expected.type](as_cell(value), replace(expected, mapping=plainly))


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
    return _period(cell) if expected.name == "period" else cell


def _period(cell: str) -> str:
    """As periods are called, or as offices call them: 令和6年度 is ``FY2024``."""
    try:
        name = period_of(narrowed(cell)) or cell
        Period.named(name)
    except NotInEra as error:
        raise _not_in_era(cell, error) from None
    except (Problem, ValueError):
        raise CellError(errors.PERIOD_UNKNOWN, name=shown(cell)) from None
    return name


def _not_in_era(cell: str, error: NotInEra) -> CellError:
    last = error.era.last.isoformat() if error.era.last else "…"
    return CellError(
        errors.CELL_NOT_IN_ERA,
        value=shown(cell),
        era=error.era.name,
        first=error.era.first.isoformat(),
        last=last,
    )


def _integer(cell: str, expected: Expectation) -> int:
    text = _plain(cell, expected)
    if not _WHOLE.fullmatch(text):
        raise CellError(errors.CELL_NOT_WHOLE, value=shown(cell))
    return int(text.partition(".")[0])


def _plain(cell: str, expected: Expectation) -> str:
    """What the cell says of a number, by what the mapping says of how numbers are written in it."""
    numbers, percent = expected.mapping.numbers or expected.numbers, expected.mapping.percent
    if percent is None:
        return plain_number(cell, numbers)
    text = without_sign(cell)
    share = as_share(plain_number(text, numbers), percent) if text is not None else None
    if share is None:
        raise CellError(errors.CELL_NOT_PERCENT, value=shown(cell))
    return share


def _number(cell: str, expected: Expectation) -> float:
    text = _plain(cell, expected)
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        kind = errors.CELL_NOT_POSITIVE if expected.positive else errors.CELL_NOT_NUMBER
        raise CellError(kind, value=shown(cell))
    if abs(number) > _EXACT:
        raise _out_of_range(cell, -_EXACT, _EXACT)
    return number + 0.0  # -0 is 0


def _boolean(cell: str, _: Expectation) -> bool:
    text = narrowed(cell)
    if text not in _BOOLEANS:
        raise CellError(errors.CELL_NOT_BOOLEAN, value=shown(cell))
    return _BOOLEANS[text]


def _day(cell: str, expected: Expectation) -> date:
    text = narrowed(cell)
    if expected.workbook and (midnight := _MIDNIGHT.fullmatch(text)):
        text = midnight[1]
    epoch = expected.mapping.serial
    day = _written_day(cell, text) or (day_of_serial(text, epoch) if epoch else None)
    if day is None:
        raise CellError(errors.CELL_NOT_DATE, value=shown(cell))
    return day


def _written_day(cell: str, text: str) -> date | None:
    """2025-04-01, 2025/4/1, 2025.4.1, 20250401, 2025年4月1日 or 令和7年4月1日."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4]))
        if bare := _BARE_DAY.fullmatch(text):
            return date(*map(int, bare.groups()))
        return day_of(text)
    except NotInEra as error:
        raise _not_in_era(cell, error) from None
    except ValueError:
        return None  # 31 February looks like a day and is none


def _moment(cell: str, expected: Expectation) -> datetime:
    text = narrowed(cell)
    found = _MOMENT.fullmatch(text)
    local = _local(cell, text, found, expected)
    if local is None:
        raise CellError(errors.CELL_NOT_MOMENT, value=shown(cell))
    offset = (found[6] if found else None) or expected.mapping.offset
    if not offset:
        raise CellError(errors.CELL_NO_OFFSET, value=shown(cell))
    try:
        return datetime.fromisoformat(f"{local}{offset.replace('Z', '+00:00')}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellError(errors.CELL_NOT_MOMENT, value=shown(cell)) from None


def _local(cell: str, text: str, found: re.Match[str] | None, expected: Expectation) -> str | None:
    """The moment in ISO form, without its offset."""
    if found:
        day = _written_day(cell, found[1])
        clock = found[3] or f":{found[4] or '0':0>2}:{found[5] or '0':0>2}"
        return f"{day}T{found[2]:0>2}{clock}" if day else None
    if expected.workbook and (day := _written_day(cell, text)):
        return f"{day}T00:00:00"
    epoch = expected.mapping.serial
    moment = moment_of_serial(text, epoch) if epoch else None
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") if moment else None


READ: dict[str, Callable[[str, Expectation], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _day,
    "timestamp": _moment,
}
