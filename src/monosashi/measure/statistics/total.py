"""`total`: how much there is in the population, Σ w·y over answering rows, with a t interval.

Design-based only where the weights count the population; weights that average 1 give a total of the sample.
V is that of a sum: z = Σ w·y of a PSU, around nothing (Särndal, Swensson and Wretman 1992, ch. 2.8).
"""

from __future__ import annotations

from typing import Literal

from monosashi.measure.cells import Value
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Condition, Number, Question, Reading, Reducer, Sample
from monosashi.measure.statistics import mean
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.survey import Estimates


class TotalAsked(MeanAsked):
    statistic: Literal["total"]  # type: ignore[assignment]

    def reading(self) -> Reading:
        return Reading(Number(self.item, self.missing), total=True)

    def judged(self, found: Figures, level: float) -> Estimates:
        return mean.estimates(found, level=level, statistic="total")


def weighted_total_of(
    reducer: Reducer,
    sample: Sample,
    item: str,
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Estimates:
    """The total of every domain of `by`, in the unit of the item; interval = total ∓ t(df)·se."""
    question = Question(sample, Reading(Number(item, missing), total=True), by, where)
    return mean.estimates(figures(question, reducer), level=level, statistic="total")
