"""Figures of a survey question, assembled into estimates: no number travels alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from monosashi.measure.cells import Floats, Marks
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.linearization import Figures


class Limits(NamedTuple):
    lower: Floats
    upper: Floats
    method: np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Judged:
    """What a statistic adds to its figures, one entry per domain; marks are flags by name."""

    value: Floats
    limits: Limits
    n_effective: Floats
    marks: Mapping[str, Marks]


def assembled(found: Figures, statistic: str, judged: Judged, level: float) -> list[Estimate]:
    """One estimate per domain.

    A domain in which nobody answered is ``not_collected`` (``no_answers``), never a number. A domain
    with no degree of freedom (one PSU a stratum at most) keeps its value, has no interval and is
    ``unreliable`` (``few_degrees_of_freedom``).
    """
    return [_one(found, i, statistic, judged, level) for i in range(len(found.cells.domains))]


def _one(found: Figures, i: int, statistic: str, judged: Judged, level: float) -> Estimate:
    if not found.n[i]:
        return _nobody(found, i, statistic, level)
    if not math.isfinite(judged.value[i]):
        return replace(
            _nobody(found, i, statistic, level),
            status=Status.NOT_APPLICABLE,
            n=int(found.n[i]),
            n_psu=int(found.n_psu[i]),
            reason="denominator_zero",
        )
    return _value(found, i, statistic, judged, level)


def _nobody(found: Figures, i: int, statistic: str, level: float) -> Estimate:
    return Estimate(
        statistic,
        _domain(found, i),
        Status.NOT_COLLECTED,
        level=level,
        n_missing=int(found.n_missing[i]),
        n_psu=0,
        reason="no_answers",
    )


def _value(found: Figures, i: int, statistic: str, judged: Judged, level: float) -> Estimate:
    lower, upper, method = (limit[i] for limit in judged.limits)
    settled = bool(found.df[i] >= 1 and math.isfinite(lower))
    return Estimate(
        statistic=statistic,
        domain=_domain(found, i),
        status=Status.VALUE if settled else Status.UNRELIABLE,
        value=float(judged.value[i]),
        se=_number(np.sqrt(found.variance[i])),
        interval=Interval(float(lower), float(upper)) if settled else None,
        interval_method=str(method) if settled else None,
        level=level,
        df=int(found.df[i]),
        n=int(found.n[i]),
        n_missing=int(found.n_missing[i]),
        n_effective=_number(judged.n_effective[i]),
        n_psu=int(found.n_psu[i]),
        deff=_number(found.deff[i]),
        flags=_flags(found, i, judged.marks),
        reason=None if settled else "few_degrees_of_freedom",
    )


def _domain(found: Figures, i: int) -> dict[str, Any]:
    return dict(zip(found.cells.by, found.cells.domains[i], strict=True))


def _flags(found: Figures, i: int, marks: Mapping[str, Marks]) -> tuple[str, ...]:
    names = [name for name, marked in marks.items() if marked[i]]
    return tuple([f"single_psu_{found.single_rule}", *names] if found.single[i] else names)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
