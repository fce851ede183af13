"""`reduction`: how much less than a locked baseline, 1 − Σ/B. 0.3 is three tenths less, −0.1 a tenth more.

B is written down once, with its period and the place that sets it, and never computed again: a baseline that
moves with the data proves nothing. Units without a count make a sum smaller, which is silence and no
reduction: then the figure is ``unreliable`` (``units_missing``), and `value_with_last_known` is what it
would be if each of them stood where it was last seen, with the volume that could be filled in that way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from monosashi.define.guideline import Model
from monosashi.measure.asked import Decimal, Given, Names, Path
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.volumes.asked import Snapshot, VolumeAsked, estimate_of
from monosashi.measure.volumes.counts import SILENT, figure
from monosashi.measure.volumes.reading import Quantity, Recipe


class BaselineAsked(Model):
    """units: how many units the baseline was counted in, where that is known."""

    value: Annotated[Decimal, Field(gt=0)]
    period: Annotated[str, Field(min_length=1)]
    reference: Annotated[str, Field(min_length=1)]
    units: Annotated[int, Field(ge=1, strict=True)] | None = None


class ReductionAsked(VolumeAsked):
    statistic: Literal["reduction"]
    quantity: str
    unit: Names = Field(min_length=1)
    baseline: BaselineAsked

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        yield ("quantity",), Quantity(self.quantity, {})

    def recipe(self, given: Given) -> Recipe:
        return self.recipe_of(given, a=Quantity(self.quantity, {}))

    def answered(self, given: Given) -> Sequence[Estimate]:
        return [reduced(found, self.baseline) for found in self.snapshots(given, {}).values()]


def reduced(found: Snapshot, baseline: BaselineAsked) -> Estimate:
    """The reduction of one domain since its baseline."""
    now = figure(found.counts.values(), ratio=False)
    value = None if now is None else 1 - now / baseline.value
    estimate = estimate_of("reduction", found, value, ratio=False)
    more = {"baseline": baseline.model_dump(), "sum": now, **estimate.more}
    if value is None or now is None:
        return replace(estimate, more=more)
    filled = _last_seen(found)
    more["value_with_last_known"] = 1 - (now + filled) / baseline.value
    fewer = baseline.units is not None and found.coverage.counted < baseline.units
    if not fewer and not estimate.n_missing:
        return replace(estimate, more=more)
    flags = (*estimate.flags, *(("fewer_units_than_baseline",) if fewer else ()))
    return replace(estimate, status=Status.UNRELIABLE, reason="units_missing", flags=flags, more=more)


def _last_seen(found: Snapshot) -> float:
    """Σ of what the places without a count had when they last had one."""
    missing = (
        known
        for place, known in found.known.items()
        if found.counts.get(place, SILENT).status not in (Status.VALUE, Status.NOT_APPLICABLE)
    )
    return math.fsum(missing)
