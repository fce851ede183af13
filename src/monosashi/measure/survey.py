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
    columns = _columns(found, judged)
    return [_one(columns, i, statistic, level) for i in range(len(columns.domain))]


@dataclass(frozen=True, eq=False)
class _Columns:
    """Everything an estimate says, one Python value per domain: looking into an array one by one is slow."""

    domain: list[dict[str, Any]]
    value: list[float]
    se: list[float | None]
    lower: list[float]
    upper: list[float]
    method: list[str]
    df: list[int]
    n: list[int]
    n_missing: list[int]
    n_effective: list[float | None]
    n_psu: list[int]
    deff: list[float | None]
    flags: list[tuple[str, ...]]


def _columns(found: Figures, judged: Judged) -> _Columns:
    by = found.cells.by
    return _Columns(
        domain=[dict(zip(by, key, strict=True)) for key in found.cells.domains],
        value=judged.value.tolist(),
        se=_numbers(np.sqrt(found.variance)),
        lower=judged.limits.lower.tolist(),
        upper=judged.limits.upper.tolist(),
        method=judged.limits.method.tolist(),
        df=found.df.tolist(),
        n=found.n.tolist(),
        n_missing=found.n_missing.tolist(),
        n_effective=_numbers(judged.n_effective),
        n_psu=found.n_psu.tolist(),
        deff=_numbers(found.deff),
        flags=_flags(found, judged.marks),
    )


def _one(columns: _Columns, i: int, statistic: str, level: float) -> Estimate:
    if not columns.n[i]:
        return _nobody(columns, i, statistic, level)
    if not math.isfinite(columns.value[i]):
        return replace(
            _nobody(columns, i, statistic, level),
            status=Status.NOT_APPLICABLE,
            n=columns.n[i],
            n_psu=columns.n_psu[i],
            reason="denominator_zero",
        )
    return _value(columns, i, statistic, level)


def _nobody(columns: _Columns, i: int, statistic: str, level: float) -> Estimate:
    return Estimate(
        statistic,
        columns.domain[i],
        Status.NOT_COLLECTED,
        level=level,
        n_missing=columns.n_missing[i],
        n_psu=0,
        reason="no_answers",
    )


def _value(columns: _Columns, i: int, statistic: str, level: float) -> Estimate:
    settled = columns.df[i] >= 1 and math.isfinite(columns.lower[i])
    return Estimate(
        statistic=statistic,
        domain=columns.domain[i],
        status=Status.VALUE if settled else Status.UNRELIABLE,
        value=columns.value[i],
        se=columns.se[i],
        interval=Interval(columns.lower[i], columns.upper[i]) if settled else None,
        interval_method=columns.method[i] if settled else None,
        level=level,
        df=columns.df[i],
        n=columns.n[i],
        n_missing=columns.n_missing[i],
        n_effective=columns.n_effective[i],
        n_psu=columns.n_psu[i],
        deff=columns.deff[i],
        flags=columns.flags[i],
        reason=None if settled else "few_degrees_of_freedom",
    )


def _flags(found: Figures, marks: Mapping[str, Marks]) -> list[tuple[str, ...]]:
    """The names of the marks of each domain, that of a stratum with one PSU first."""
    flags: list[tuple[str, ...]] = [()] * len(found.cells.domains)
    named = {f"single_psu_{found.single_rule}": found.single, **marks}
    for name, marked in named.items():
        for i in np.flatnonzero(marked).tolist():
            flags[i] = (*flags[i], name)
    return flags


def _numbers(values: Floats) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]
