"""`mean`: the weighted mean of a numeric answer, Σ w·y / Σ w over answering rows, with a t interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from monosashi.measure import interval as intervals
from monosashi.measure.asked import LinearAsked, Path
from monosashi.measure.cells import Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Check, Condition, Number, Question, Reading, Reducer, Sample
from monosashi.measure.survey import Estimates, Judged, Limits, assembled


class MeanAsked(LinearAsked):
    statistic: Literal["mean"]
    item: str

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("item",), self.item
        yield from super().columns()

    def checks(self) -> list[Check]:
        return answer_checks(self.item, self.missing, ())

    def reading(self) -> Reading:
        return Reading(Number(self.item, self.missing))

    def judged(self, found: Figures, level: float) -> Estimates:
        return estimates(found, level=level)


def mean_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Estimates:
    """The mean of every domain of `by`, in the unit of the item; interval = mean ∓ t(df)·se.

    n_effective = n/deff, where deff compares with simple random sampling with replacement of n rows.
    """
    question = Question(sample, Reading(Number(item, missing)), by, where)
    return estimates(figures(question, reducer), level=level)


def estimates(found: Figures, *, level: float, statistic: str = "mean") -> Estimates:
    limits = intervals.t(found.value, found.variance, found.df.astype(float), level)
    with np.errstate(divide="ignore", invalid="ignore"):
        n_effective = np.where(found.variance > 0, found.n * found.srs_variance / found.variance, np.nan)
    names = np.full(len(found.value), "t")
    return assembled(found, statistic, Judged(found.value, Limits(*limits, names), n_effective, {}), level)
