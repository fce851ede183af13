"""What a request asks of the weights: `calibration` and `nonresponse`.

    calibration:
      method: poststratification            # raking, linear, logit, poststratification
      margins:
        "city,sex": {"Ankor,F": 1000, "Ankor,M": 900}    # columns crossed; or one: city: {Ankor: 1900}
      bounds: [0.5, 2]                      # linear and logit: what a weight may be multiplied by
      trim: {factor: 3, times: 100}         # largest weight: factor × the median, or upper: 2500
    nonresponse: {cells: [city], responded: {status: complete}}

Names and values of a crossing are separated like the cells of a CSV line: quotes hold a comma together.
Under ``poststratification`` several margins are crossed as if their variables were independent.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from monosashi import errors
from monosashi.define.document import Document
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Decimal, Names, Path, Where
from monosashi.measure.cells import Key, Value, same
from monosashi.measure.checks import conditions
from monosashi.measure.weighting.calibration import Calibration, Method, bounds_fault
from monosashi.measure.weighting.nonresponse import Nonresponse
from monosashi.measure.weighting.trimming import Trim

Margin = Annotated[dict[Value, Decimal], Field(min_length=1)]
Positive = Annotated[Decimal, Field(gt=0)]


class TrimAsked(Model):
    upper: Positive | None = None
    factor: Positive | None = None
    times: Annotated[int, Field(ge=1, le=10_000)] = 200


class CalibrationAsked(Model):
    method: Method
    margins: Annotated[dict[str, Margin], Field(min_length=1)]
    variance: Literal["calibrated", "weights_fixed"] = "calibrated"
    bounds: tuple[Decimal, Decimal] | None = None
    trim: TrimAsked | None = None

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every place that names a column of the table, with the name."""
        for name in self.margins:
            yield from ((("calibration", "margins", name), str(column)) for column in parts(name))

    @property
    def wanted(self) -> Calibration:
        trim = self.trim and Trim(self.trim.upper, self.trim.factor, self.trim.times)
        margins = {
            key_of(name): {_value(name, value): total for value, total in margin.items()}
            for name, margin in self.margins.items()
        }
        return Calibration(margins, self.method, self.variance, bounds=self.bounds, trim=trim or None)


class NonresponseAsked(Model):
    cells: Annotated[Names, Field(min_length=1)]
    responded: Annotated[Where, Field(min_length=1)]

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every place that names a column of the table, with the name."""
        yield from ((("nonresponse", "cells"), name) for name in self.cells)
        yield from ((("nonresponse", "responded", name), name) for name in self.responded)

    @property
    def wanted(self) -> Nonresponse:
        return Nonresponse(self.cells, conditions(self.responded))


def parts(name: str) -> Key:
    """``city,sex`` as its columns; a name without a comma as itself."""
    if "," not in name:
        return (name,)
    return tuple(next(csv.reader([name], skipinitialspace=True)))


def key_of(name: str) -> str | Key:
    found = parts(name)
    return found if len(found) > 1 else str(found[0])


def calibration_faults(asked: CalibrationAsked, document: Document) -> Iterator[Finding]:
    """Values of a margin that are one value (1 and "1"), and settings that do not go together."""
    for name, margin in asked.margins.items():
        yield from _twice(name, margin, document)
    fault = bounds_fault(asked.method, asked.bounds, trimmed=asked.trim is not None)
    if fault:
        line = document.line(("calibration", "bounds"))
        yield errors.BOUNDS_VALUE.found(file=document.file, row=line, reason_ja=fault[0], reason_en=fault[1])
    if asked.trim and (asked.trim.upper is None) == (asked.trim.factor is None):
        line = document.line(("calibration", "trim"))
        yield errors.REQUEST_CHOICE.found(file=document.file, row=line, key="trim", choices="upper, factor")


def _twice(name: str, margin: Iterable[Value], document: Document) -> Iterator[Finding]:
    first: dict[object, int] = {}
    for value in margin:
        line = document.line(("calibration", "margins", name, value))  # type: ignore[arg-type]
        key = _value(name, value)
        told = tuple(map(same, key)) if isinstance(key, tuple) else same(key)
        if told in first:
            again: dict[str, Any] = {"key": value, "first": first[told]}
            yield errors.GUIDELINE_KEY_TWICE.found(file=document.file, row=line, **again)
        first.setdefault(told, line)


def _value(name: str, value: Value) -> Value | Key:
    """The value of one variable as it stands; of a crossing, its parts."""
    return parts(str(value)) if len(parts(name)) > 1 else value
