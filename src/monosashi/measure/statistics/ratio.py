"""`ratio`: one answer for each unit of another, Σ w·y / Σ w·x over rows that have both, with a t interval.

Minutes for each visit, errors for each form. The mean of the row-wise ratios is something else. V by
linearization, z = w(y − r·x)/Σ w·x (Cochran 1977, ch. 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from monosashi.measure.asked import LinearAsked, Path
from monosashi.measure.cells import Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Check, Condition, Number, Question, Reading, Reducer, Sample
from monosashi.measure.statistics import mean
from monosashi.measure.survey import Estimates


class RatioAsked(LinearAsked):
    statistic: Literal["ratio"]
    numerator: str
    denominator: str

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("numerator",), self.numerator
        yield ("denominator",), self.denominator
        yield from super().columns()

    def checks(self) -> list[Check]:
        both = (self.numerator, self.denominator)
        return [check for item in both for check in answer_checks(item, self.missing, ())]

    def reading(self) -> Reading:
        return Reading(Number(self.numerator, self.missing), Number(self.denominator, self.missing))

    def judged(self, found: Figures, level: float) -> Estimates:
        return mean.estimates(found, level=level, statistic="ratio")


def ratio_of(
    reducer: Reducer,
    sample: Sample,
    numerator: str,
    denominator: str,
    *,
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Estimates:
    """The ratio of every domain of `by`; a domain whose denominators add up to nothing has none."""
    reading = Reading(Number(numerator, missing), Number(denominator, missing))
    found = figures(Question(sample, reading, by, where), reducer)
    return mean.estimates(found, level=level, statistic="ratio")
