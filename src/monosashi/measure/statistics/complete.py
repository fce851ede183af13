"""Complete cases: the rows of a survey that have a value for every term, and who is behind them.

Regressions, drivers and cross-tables speak of several answers of one person, so a row that lacks one of
them leaves the domain (never the design), as in R's ``svyglm``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Floats, Ints, Marks, Profiles, added
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.influence import people
from monosashi.measure.reducer import Reducer, Sample, Survey

ROUNDING = 1e-13  # of the square of its largest value: a column that varies less is constant


@dataclass(frozen=True, eq=False)
class Complete:
    """member marks the groups of profiles that are complete; the counts and single are by domain."""

    profiles: Profiles
    member: Marks
    n: Ints
    n_missing: Ints
    n_psu: Ints
    df: Ints
    single: Marks
    sample: Sample
    level: float

    @property
    def domains(self) -> range:
        return range(len(self.profiles.domains))

    def places(self, d: int) -> Ints:
        """Where the complete groups of a domain stand in the profiles, which are ordered by domain."""
        first, last = np.searchsorted(self.profiles.domain, (d, d + 1))
        return np.asarray(first + np.flatnonzero(self.member[first:last]), dtype=np.int64)

    def key(self, d: int) -> dict[str, Any]:
        return dict(zip(self.profiles.by, self.profiles.domains[d], strict=True))

    def name(self, d: int) -> str:
        """The domain in a message."""
        return ", ".join(f"{column}={value}" for column, value in self.key(d).items()) or "—"

    def estimate(self, statistic: str, d: int) -> Estimate:
        """What every figure of the domain shares; ``no_answers`` until a statistic says more."""
        flags = (f"single_psu_{self.sample.design.single_psu}",) if self.single[d] else ()
        return Estimate(
            statistic,
            self.key(d),
            Status.NOT_COLLECTED,
            level=self.level,
            n=int(self.n[d]),
            n_missing=int(self.n_missing[d]),
            n_psu=int(self.n_psu[d]),
            flags=flags,
            reason="no_answers",
        )


def complete_cases(reducer: Reducer, survey: Survey, level: float) -> Complete:
    found = reducer.profiles(survey)
    domains = len(found.domains)
    member: Marks = np.all(~np.isnan(found.values), axis=1)
    strata = reducer.strata(survey.sample)
    alone = strata.n_psu[found.stratum] == 1
    n_psu, df = people(found, member, strata)
    n = added(found.domain[member], found.n[member], domains).astype(np.int64)
    everybody = added(found.domain, found.n, domains).astype(np.int64)
    single = added(found.domain[member], alone[member], domains) > 0
    return Complete(found, member, n, everybody - n, n_psu, df, single, survey.sample, level)


def refused(statistic: str, found: Complete, d: int, problem: errors.Problem) -> Estimate:
    """A domain for which there is no answer. Of the only one, the problem is raised instead."""
    if not found.profiles.by:
        raise problem
    told = found.estimate(statistic, d)
    reason = problem.kind.code.replace("-", "_")
    return replace(told, status=Status.NOT_APPLICABLE, reason=reason, more=_details(problem.details))


def _details(details: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if key == "columns"}


@dataclass(frozen=True, eq=False)
class Standardized:
    """z = (x − center)/scale with the weights w, so that Σw·z = 0 and Σw·z² = W; shape (rows, columns)."""

    z: Floats
    center: Floats
    scale: Floats
    weight: Floats


def standardized(values: Floats, weight: Floats) -> Standardized:
    """Columns in units of their own spread; scale 0 (and z 0) where all values of a column are the same."""
    total = weight.sum()
    center = weight @ values / total
    shifted = values - center
    center, shifted = center + weight @ shifted / total, shifted - weight @ shifted / total
    square = weight @ shifted**2 / total
    largest = np.abs(values).max(axis=0, initial=0.0) ** 2
    scale = np.sqrt(np.where(square <= ROUNDING * largest, 0.0, square))
    z = np.where(scale > 0, shifted / np.where(scale > 0, scale, 1.0), 0.0)
    return Standardized(z, center, scale, weight)
