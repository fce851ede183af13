"""`nps`: the net promoter score, −100 to 100, from answers on a scale of 0 to 10.

    NPS = 100 · (Σ w·[answer ≥ 9] − Σ w·[answer ≤ 6]) / Σ w·[answered]

The mean of a score of 100, 0 or −100 (Reichheld 2003), hence with the variance and the t interval of a
mean. A score of 0 is a score.
"""

from __future__ import annotations

from typing import Literal

from monosashi.measure.cells import Value
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Condition, Question, Reading, Reducer, Sample, Scored
from monosashi.measure.statistics import mean
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.survey import Estimates

PROMOTERS, DETRACTORS, POINTS = 9, 6, 100


class NpsAsked(MeanAsked):
    statistic: Literal["nps"]  # type: ignore[assignment]

    def reading(self) -> Reading:
        return Reading(score(self.item, self.missing))

    def judged(self, found: Figures, level: float) -> Estimates:
        return mean.estimates(found, level=level, statistic="nps")


def nps_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Estimates:
    """The score of every domain of `by`, in points; interval = score ∓ t(df)·se."""
    question = Question(sample, Reading(score(item, missing)), by, where)
    return mean.estimates(figures(question, reducer), level=level, statistic="nps")


def score(item: str, missing: tuple[Value, ...]) -> Scored:
    return Scored(item, PROMOTERS, DETRACTORS, POINTS, -POINTS, missing)
