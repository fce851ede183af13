"""Figures of a survey question, assembled into estimates: no number travels alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any, NamedTuple, overload

import numpy as np

from monosashi.measure.cells import Floats, Ints, Key, Marks
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


def assembled(found: Figures, statistic: str, judged: Judged, level: float) -> Estimates:
    """One estimate per domain.

    A domain in which nobody answered is ``not_collected`` (``no_answers``), never a number. A domain
    with no degree of freedom (one PSU a stratum at most) keeps its value, has no interval and is
    ``unreliable`` (``few_degrees_of_freedom``).
    """
    return Estimates(
        statistic=statistic,
        level=level,
        by=found.cells.by,
        keys=found.cells.domains,
        value=judged.value,
        se=np.sqrt(found.variance),
        lower=judged.limits.lower,
        upper=judged.limits.upper,
        method=judged.limits.method,
        df=found.df,
        n=found.n,
        n_missing=found.n_missing,
        n_effective=judged.n_effective,
        n_psu=found.n_psu,
        deff=found.deff,
        marks={f"single_psu_{found.single_rule}": found.single, **judged.marks},
    )


@dataclass(frozen=True, eq=False)
class Estimates(Sequence[Estimate]):
    """The estimates of many domains, kept as columns: one entry per domain, NaN where there is no figure.

    As a sequence it yields `Estimate`s, each made when it is asked for. keys are the values of `by`; marks
    are flags by name.
    """

    statistic: str
    level: float
    by: tuple[str, ...]
    keys: tuple[Key, ...]
    value: Floats
    se: Floats
    lower: Floats
    upper: Floats
    method: np.ndarray[Any, Any]
    df: Ints
    n: Ints
    n_missing: Ints
    n_effective: Floats
    n_psu: Ints
    deff: Floats
    marks: Mapping[str, Marks]

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Estimate: ...
    @overload
    def __getitem__(self, place: slice) -> list[Estimate]: ...
    def __getitem__(self, place: int | slice) -> Estimate | list[Estimate]:
        return self._rows[place]

    def __iter__(self) -> Iterator[Estimate]:
        return iter(self._rows)

    @cached_property
    def _rows(self) -> list[Estimate]:
        columns = (self.value, self.se, self.lower, self.upper, self.method, self.df, self.n)
        more = (self.n_missing, self.n_effective, self.n_psu, self.deff)
        listed = zip(
            self.keys, *(column.tolist() for column in (*columns, *more)), self._flags(), strict=True
        )
        return [self._row(*row) for row in listed]

    def _row(  # noqa: PLR0917 - a row of the columns above
        self,
        key: Key,
        value: float,
        se: float,
        lower: float,
        upper: float,
        method: str,
        df: int,
        n: int,
        n_missing: int,
        n_effective: float,
        n_psu: int,
        deff: float,
        flags: tuple[str, ...],
    ) -> Estimate:
        domain = dict(zip(self.by, key, strict=True))
        if not n:
            return self._without(domain, Status.NOT_COLLECTED, "no_answers", n_missing=n_missing)
        if not isfinite(value):
            counts = {"n": n, "n_missing": n_missing, "n_psu": n_psu}
            return self._without(domain, Status.NOT_APPLICABLE, "denominator_zero", **counts)
        settled = df >= 1 and isfinite(lower)
        return Estimate(
            statistic=self.statistic,
            domain=domain,
            status=Status.VALUE if settled else Status.UNRELIABLE,
            value=value,
            se=se if isfinite(se) else None,
            interval=Interval(lower, upper) if settled else None,
            interval_method=method if settled else None,
            level=self.level,
            df=df,
            n=n,
            n_missing=n_missing,
            n_effective=n_effective if isfinite(n_effective) else None,
            n_psu=n_psu,
            deff=deff if isfinite(deff) else None,
            flags=flags,
            reason=None if settled else "few_degrees_of_freedom",
        )

    def _without(
        self,
        domain: dict[str, Any],
        status: Status,
        reason: str,
        *,
        n_missing: int,
        n: int = 0,
        n_psu: int = 0,
    ) -> Estimate:
        return Estimate(
            self.statistic,
            domain,
            status,
            level=self.level,
            n=n,
            n_missing=n_missing,
            n_psu=n_psu,
            reason=reason,
        )

    def _flags(self) -> list[tuple[str, ...]]:
        """The names of the marks of each domain, that of a stratum with one PSU first."""
        flags: list[tuple[str, ...]] = [()] * len(self)
        for name, marked in self.marks.items():
            for i in np.flatnonzero(marked).tolist():
                flags[i] = (*flags[i], name)
        return flags
