"""`per`: one quantity for each of another, Σa / Σb: cost per transaction, share of eligible people reached.

A ratio of two sums over the units that have both, so that large units count for as much as they are. A unit
that lacks one of the two is left out of both, and counted (Cochran 1977, ch. 6, at a census: no variance).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from monosashi.define.guideline import Model
from monosashi.measure.asked import Given, Names, Path, Where
from monosashi.measure.volumes.asked import VolumeAsked
from monosashi.measure.volumes.reading import Quantity, Recipe


class QuantityAsked(Model):
    quantity: str
    where: Where = Field(default_factory=dict)

    @property
    def read(self) -> Quantity:
        return Quantity(self.quantity, self.where)


class PerAsked(VolumeAsked):
    ratio: ClassVar[bool] = True
    statistic: Literal["per"]
    numerator: QuantityAsked
    denominator: QuantityAsked
    unit: Names = Field(min_length=1)

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        yield ("numerator", "quantity"), self.numerator.read
        yield ("denominator", "quantity"), self.denominator.read

    def recipe(self, given: Given) -> Recipe:
        return self.recipe_of(given, a=self.numerator.read, b=self.denominator.read)
