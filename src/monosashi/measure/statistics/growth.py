"""`growth`: how much more than before, (Σ₂ − Σ₁)/Σ₁. 0.1 is a tenth more, −0.1 a tenth less.

Beside it stands the growth of the units that have a count in both periods (`volumes.composition`): a sum
falls when units stop reporting, and nothing has become less. From 0 there is no growth to speak of:
``not_applicable`` (``nothing_to_grow_from``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field

from monosashi.measure.asked import Given, Names, Path, Where
from monosashi.measure.estimate import Estimate
from monosashi.measure.volumes.asked import VolumeAsked
from monosashi.measure.volumes.compared import compared
from monosashi.measure.volumes.reading import Quantity, Recipe


class GrowthAsked(VolumeAsked):
    statistic: Literal["growth"]
    quantity: str
    unit: Names = Field(min_length=1)
    start: Where = Field(alias="from", min_length=1)
    end: Where = Field(alias="to", min_length=1)

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        yield ("quantity",), Quantity(self.quantity, {})

    def spans(self) -> tuple[Where, ...]:
        return self.start, self.end

    def recipe(self, given: Given) -> Recipe:
        return self.recipe_of(given, a=Quantity(self.quantity, {}))

    def answered(self, given: Given) -> Sequence[Estimate]:
        return compared(self, given, self.start, self.end, statistic="growth", relative=True)
