"""`proportion`: the weighted share of favourable answers among all answers (top-2-box with codes 4 and 5).

    p = Σ w·[answer is favourable] / Σ w·[answered]

Standard error by linearization (`variance`), interval by default after Korn and Graubard.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from monosashi.measure import interval as intervals
from monosashi.measure.asked import LinearAsked, Path
from monosashi.measure.cells import Floats, Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Check, Condition, Favourable, Question, Reading, Reducer, Sample
from monosashi.measure.survey import Estimates, Judged, Limits, assembled

IntervalMethod = Literal["korn_graubard", "wilson", "logit", "beta", "asin", "wald"]


class ProportionAsked(LinearAsked):
    statistic: Literal["proportion"]
    item: str
    favourable: Annotated[tuple[Value, ...], Field(min_length=1)]
    interval: IntervalMethod = "korn_graubard"

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("item",), self.item
        yield from super().columns()

    def checks(self) -> list[Check]:
        return answer_checks(self.item, self.missing, self.favourable)

    def codes(self) -> tuple[Value, ...]:
        return self.favourable

    def reading(self) -> Reading:
        return Reading(Favourable(self.item, self.favourable, self.missing))

    def judged(self, found: Figures, level: float) -> Estimates:
        return estimates(found, interval=self.interval, level=level)


def proportion_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    favourable: tuple[Value, ...],
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    interval: str = "korn_graubard",
    level: float = 0.95,
) -> Estimates:
    """The share of every domain of `by`, 0 to 1, with its interval.

    interval: korn_graubard, wilson, logit, beta, asin or wald. At a share of 0 or 1 the last four are not
    defined; Korn–Graubard stands in and the flag ``interval_korn_graubard_at_edge`` says so. n_effective is
    the effective n of Korn and Graubard: p(1−p)/V, corrected for few degrees of freedom, at most n.
    """
    question = Question(sample, Reading(Favourable(item, favourable, missing)), by, where)
    return estimates(figures(question, reducer), interval=interval, level=level)


def estimates(found: Figures, *, interval: str, level: float, statistic: str = "proportion") -> Estimates:
    n, df = found.n.astype(float), found.df.astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        limits = _limits(found, n, df, interval, level)
        n_effective = intervals.effective_n(found.value, found.variance, n, df, level)
    edge = intervals.at_edge(found.value) & (interval not in intervals.HONEST_AT_EDGE)
    names = np.where(edge, "korn_graubard", interval)
    marks = {
        "interval_korn_graubard_at_edge": edge,
        "n_effective_truncated": (n_effective >= n) & (n > 1) & ~intervals.at_edge(found.value),
    }
    judged = Judged(intervals.snapped(found.value), Limits(*limits, names), n_effective, marks)
    return assembled(found, statistic, judged, level)


def _limits(found: Figures, n: Floats, df: Floats, interval: str, level: float) -> tuple[Floats, Floats]:
    lower, upper = intervals.SHARE_METHODS[interval](found.value, found.variance, n, df, level)
    if interval in intervals.HONEST_AT_EDGE:
        return lower, upper
    edge = intervals.at_edge(found.value)
    stand_in = intervals.korn_graubard(found.value, found.variance, n, df, level)
    return np.where(edge, stand_in[0], lower), np.where(edge, stand_in[1], upper)
