"""`ttest`: do two groups differ in their mean? The second group's mean less the first's, with a t test.

The difference of two domain means with their covariance (`contrast`). Degrees of freedom are those of the
regression of the answer on the group, as in R's ``svyttest``: PSUs less strata of those who are compared,
less one for the second coefficient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from monosashi.measure.asked import Asked, Given, Path, Where
from monosashi.measure.cells import Value
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.reducer import Check
from monosashi.measure.statistics.contrast import Contrasted, contrast_estimate, contrasted
from monosashi.measure.statistics.linear import OfLinear


class TTestAsked(Asked):
    """`of` is the figure (a mean, a share, …), `group` the column, `groups` its two values."""

    statistic: Literal["ttest"]
    of: OfLinear
    group: str
    groups: tuple[Value, Value]

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield from ((("of", *path), name) for path, name in self.of.columns())
        yield ("group",), self.group
        yield from super().columns()

    def checks(self) -> list[Check]:
        return self.of.checks()

    def answered(self, given: Given) -> Sequence[Estimate]:
        level = self.level_in(given)
        of = self.of.model_copy(update={"level": level})
        phases: list[Where] = [{self.group: value} for value in self.groups]
        by = tuple(dict.fromkeys((*self.of.by, *self.by)))
        found = contrasted(of, given, phases, np.array([-1.0, 1.0]), by=by, where=self.where)
        return [_tested(found, target, self.groups, level) for target in range(len(found.keys))]


def _tested(found: Contrasted, target: int, groups: tuple[Value, Value], level: float) -> Estimate:
    pairs = zip(groups, found.phases[target], strict=True)
    told = {"groups": [{"group": group, "value": one.value} for group, one in pairs], "t": None}
    test = contrast_estimate(found, target, "ttest", told, level, spent=1)
    if test.status is not Status.VALUE or not test.se or test.value is None:
        return test
    return replace(test, more={**test.more, "t": test.value / test.se})
