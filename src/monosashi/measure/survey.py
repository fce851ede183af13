"""Figures of a survey question, assembled into estimates: no number travels alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from monosashi.measure.cells import Floats
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.linearization import Figures

Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Limits(NamedTuple):
    lower: Floats
    upper: Floats
    method: np.ndarray[Any, Any]


def assembled(
    found: Figures,
    statistic: str,
    value: Floats,
    limits: Limits,
    n_effective: Floats,
    level: float,
    marks: Mapping[str, Marks],
) -> list[Estimate]:
    """One estimate per domain.

    A domain in which nobody answered is ``not_collected`` (``no_answers``), never a number. A domain
    with no degree of freedom (one PSU a stratum at most) keeps its value, has no interval and is
    ``unreliable`` (``few_degrees_of_freedom``).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        deff = np.where(found.srs_variance > 0, found.variance / found.srs_variance, np.nan)
    return [
        _estimate(found, i, statistic, value, limits, n_effective, deff, level, marks)
        for i in range(len(found.cells.domains))
    ]


def _estimate(
    found: Figures,
    i: int,
    statistic: str,
    value: Floats,
    limits: Limits,
    n_effective: Floats,
    deff: Floats,
    level: float,
    marks: Mapping[str, Marks],
) -> Estimate:
    domain = dict(zip(found.cells.by, found.cells.domains[i], strict=True))
    n, n_missing = int(found.n[i]), int(found.n_missing[i])
    if n == 0:
        return Estimate(
            statistic,
            domain,
            Status.NOT_COLLECTED,
            level=level,
            n_missing=n_missing,
            n_psu=0,
            reason="no_answers",
        )
    settled = found.df[i] >= 1 and math.isfinite(limits.lower[i])
    return Estimate(
        statistic=statistic,
        domain=domain,
        status=Status.VALUE if settled else Status.UNRELIABLE,
        value=float(value[i]),
        se=_number(np.sqrt(found.variance[i])),
        interval=Interval(float(limits.lower[i]), float(limits.upper[i])) if settled else None,
        interval_method=str(limits.method[i]) if settled else None,
        level=level,
        df=int(found.df[i]),
        n=n,
        n_missing=n_missing,
        n_effective=_number(n_effective[i]),
        n_psu=int(found.n_psu[i]),
        deff=_number(deff[i]),
        flags=_flags(found, i, marks),
        reason=None if settled else "few_degrees_of_freedom",
    )


def _flags(found: Figures, i: int, marks: Mapping[str, Marks]) -> tuple[str, ...]:
    marked_names = [name for name, marked in marks.items() if marked[i]]
    return tuple([f"single_psu_{found.single_rule}", *marked_names] if found.single[i] else marked_names)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
