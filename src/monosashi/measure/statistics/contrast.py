"""Differences between domains of one sample, with the covariance of whatever they share.

Δ = Σ_p c_p θ_p over phases p (waves, groups). The linearized totals of a PSU add up before they are squared,

    z_hj = Σ_p c_p (A_hjp − θ_p B_hjp)/B_p,

so that phases which share PSUs, strata or people are compared as what they are. Phases drawn apart from
each other are strata of their own (stratum = wave × stratum), and their covariance comes out as 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from monosashi.measure import interval as intervals
from monosashi.measure.asked import Given, LinearAsked, Names, Where
from monosashi.measure.cells import Cells, Floats, Ints, Key, Layout, Regressors, added, same
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.linearization import centers, figures_from, spread_of, with_pivot
from monosashi.measure.reducer import Among, Question, Reducer, Sample
from monosashi.measure.variance import Contrast


@dataclass(frozen=True, eq=False)
class Contrasted:
    """One entry per target (a domain of `by`). `phases` holds the figures of each, target by target.

    value and variance are NaN where a phase has no answer; n counts the answers of all phases.
    """

    by: Names
    keys: tuple[Key, ...]
    phases: tuple[tuple[Estimate, ...], ...]
    value: Floats
    variance: Floats
    n: Ints
    n_psu: Ints
    df: Ints

    def domain(self, target: int) -> dict[str, Any]:
        return dict(zip(self.by, self.keys[target], strict=True))


def contrasted(
    of: LinearAsked, given: Given, phases: Sequence[Where], coefficients: Floats, *, by: Names, where: Where
) -> Contrasted:
    """Δ of every domain of `by`. A phase is a condition on columns, such as ``{wave: 1}``."""
    columns = tuple(dict.fromkeys(column for phase in phases for column in phase))
    question, reducer = _question(of, given.sample, phases, columns, by=by, where=where), given.reducer
    question = with_pivot(question, reducer)
    whole = reducer.cells(question)
    keys, place = _places(whole, phases, columns, len(by))
    cells = _moved(whole, place, keys, len(phases), by)
    moved = _Moved(reducer, place)
    found = figures_from(question, moved, cells)
    level = of.level_in(given)
    estimates = of.judged(found, level)
    contrast = _contrast(len(keys), len(phases), coefficients)
    theta, size = centers(question.reading, cells)
    plain, variance, _ = spread_of(question, moved, cells, theta=theta, size=size, contrast=contrast)
    psus = added(plain.domain, plain.psus, len(keys)).astype(np.int64)
    table = found.value.reshape(len(keys), len(phases))
    value = np.where(coefficients == 0, 0.0, table * coefficients).sum(axis=1)
    return Contrasted(
        by=by,
        keys=keys,
        phases=tuple(tuple(estimates[t * len(phases) : (t + 1) * len(phases)]) for t in range(len(keys))),
        value=value,
        variance=np.where(np.isnan(value), np.nan, variance),
        n=found.n.reshape(len(keys), len(phases)).sum(axis=1),
        n_psu=psus,
        df=psus - np.bincount(plain.domain, minlength=len(keys)),
    )


def _question(
    of: LinearAsked, sample: Sample, phases: Sequence[Where], columns: Names, *, by: Names, where: Where
) -> Question:
    named = {column: [_values(phase[column]) for phase in phases if column in phase] for column in columns}
    everywhere = [column for column in columns if all(column in phase for phase in phases)]
    only = [Among(column, tuple(v for values in named[column] for v in values)) for column in everywhere]
    return Question(sample, of.reading(), (*by, *columns), (*of.conditions, *conditions(where), *only))


def _values(asked: Any) -> tuple[Any, ...]:
    return tuple(asked) if isinstance(asked, (tuple, list)) else (asked,)


def _places(cells: Cells, phases: Sequence[Where], columns: Names, n_by: int) -> tuple[tuple[Key, ...], Ints]:
    """(the targets, for each domain of the cells its target × phase, −1 where it is in no phase)."""
    wanted = [
        {
            columns.index(column): {same(value) for value in _values(values)}
            for column, values in phase.items()
        }
        for phase in phases
    ]
    keys = dict.fromkeys(key[:n_by] for key in cells.domains) or {(): None}
    number = {key: place for place, key in enumerate(keys)}
    place = np.full(len(cells.domains), -1, dtype=np.int64)
    for d, key in enumerate(cells.domains):
        inside = [
            p
            for p, tests in enumerate(wanted)
            if all(same(key[n_by + at]) in values for at, values in tests.items())
        ]
        if inside:
            place[d] = number[key[:n_by]] * len(phases) + inside[0]
    return tuple(keys), place


def _moved(cells: Cells, place: Ints, keys: tuple[Key, ...], phases: int, by: Names) -> Cells:
    """The cells with target × phase as their domains; those of no phase left out."""
    used = place[cells.domain] >= 0
    layout = Layout(
        by=by,
        domains=tuple(key for key in keys for _ in range(phases)),
        domain=place[cells.domain][used],
        stratum=cells.stratum[used],
        unit=None if cells.unit is None else cells.unit[used],
        pattern=None if cells.pattern is None else cells.pattern[used],
    )
    chosen: dict[str, Any] = {name: getattr(cells, name)[used] for name in ("a", "b", "q", "n", "n_missing")}
    parts: dict[str, Any] = {
        name: None if (part := getattr(cells, name)) is None
        else replace(part, **{field: array[used] for field, array in vars(part).items()})
        for name in ("moments", "products")
    }  # fmt: skip
    return Cells(layout, **chosen, **parts)


@dataclass(frozen=True, eq=False)
class _Moved:
    """The reducer, with regressors whose domains are target × phase. Everything else is the sample's."""

    reducer: Reducer
    place: Ints

    def regressors(self, question: Question) -> Regressors:
        found = self.reducer.regressors(question)
        domain = self.place[found.domain]
        used = domain >= 0
        rest = {name: array[used] for name, array in vars(found).items() if name != "domain"}
        return Regressors(domain[used], **rest)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reducer, name)


def _contrast(targets: int, phases: int, coefficients: Floats) -> Contrast:
    target = np.repeat(np.arange(targets), phases)
    return Contrast(target, np.tile(coefficients, targets), targets)


def contrast_estimate(
    found: Contrasted, target: int, statistic: str, more: Mapping[str, Any], level: float, *, spent: int = 0
) -> Estimate:
    """Δ of one target with a t interval and the two-sided p of "no difference" (in `more`).

    df are those of the members of all phases, less `spent`. A phase without an answer makes Δ
    ``not_collected`` (``one_period_missing``); p is None where every answer is the same.
    """
    phases, df = found.phases[target], int(found.df[target]) - spent
    absent = Estimate(
        statistic=statistic,
        domain=found.domain(target),
        status=Status.NOT_COLLECTED,
        level=level,
        n=int(found.n[target]),
        n_missing=sum(one.n_missing for one in phases),
        n_psu=int(found.n_psu[target]),
        flags=tuple(dict.fromkeys(flag for one in phases for flag in one.flags if flag.startswith("single"))),
        reason="one_period_missing",
        more={**more, "p": None},
    )
    if any(one.value is None for one in phases):
        return absent
    value, se = float(found.value[target]), math.sqrt(max(float(found.variance[target]), 0.0))
    settled = replace(absent, value=value, se=se, df=df)
    if df < 1:
        return replace(settled, status=Status.UNRELIABLE, reason="few_degrees_of_freedom")
    half = float(intervals.t_quantile(np.array(float(df)), intervals.two_sided(level))) * se
    return replace(
        settled,
        status=Status.VALUE,
        reason=None,
        interval=Interval(value - half, value + half),
        interval_method="t",
        more={**more, "p": float(2 * special.stdtr(df, -abs(value) / se)) if se else None},
    )
