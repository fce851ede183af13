"""`trend`: by how much a figure moves from one period to the next, over four periods or more.

The slope of the least-squares line through the figures of the periods,

    b = Σ_t c_t θ_t,   c_t = (t − t̄)/Σ(t − t̄)²,

a contrast of the periods, hence with the covariance of whatever they share (`contrast`). Numbers as periods
are taken as times; other periods stand one step apart in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from monosashi.measure.asked import Asked, Given, Path, Where
from monosashi.measure.cells import Floats, Value
from monosashi.measure.estimate import Estimate
from monosashi.measure.reducer import Check
from monosashi.measure.statistics.contrast import Contrasted, contrast_estimate, contrasted
from monosashi.measure.statistics.linear import OfLinear

FEWEST = 4


class TrendAsked(Asked):
    statistic: Literal["trend"]
    of: OfLinear
    over: str
    periods: Annotated[tuple[Value, ...], Field(min_length=FEWEST)]

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield from ((("of", *path), name) for path, name in self.of.columns())
        yield ("over",), self.over
        yield from super().columns()

    def checks(self) -> list[Check]:
        return self.of.checks()

    def answered(self, given: Given) -> Sequence[Estimate]:
        level = self.level_in(given)
        of = self.of.model_copy(update={"level": level})
        phases: list[Where] = [{self.over: period} for period in self.periods]
        by = tuple(dict.fromkeys((*self.of.by, *self.by)))
        found = contrasted(of, given, phases, slope(times(self.periods)), by=by, where=self.where)
        return [_trend(found, target, self.periods, level) for target in range(len(found.keys))]


def times(periods: tuple[Value, ...]) -> Floats:
    """The periods as numbers, or their places where one of them is no number."""
    numbers = [one for one in periods if isinstance(one, (int, float)) and not isinstance(one, bool)]
    chosen = numbers if len(numbers) == len(periods) else range(len(periods))
    return np.array(list(chosen), dtype=np.float64)


def slope(at: Floats) -> Floats:
    """The coefficients c_t of the least-squares slope; they sum to 0."""
    centered = at - at.mean()
    return np.asarray(centered / (centered**2).sum(), dtype=np.float64)


def _trend(found: Contrasted, target: int, periods: tuple[Value, ...], level: float) -> Estimate:
    pairs = zip(periods, found.phases[target], strict=True)
    listed = [{"period": period, "value": one.value, "se": one.se} for period, one in pairs]
    return contrast_estimate(found, target, "trend", {"periods": listed}, level)
