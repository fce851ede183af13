"""What an edition measures: every measure of the guideline, and the tables they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monosashi.define.guideline import Guideline, Indicator, Measure
from monosashi.keep.table import Source

Sources = Mapping[str, Source | None]


def measured(guideline: Guideline) -> Iterator[tuple[Indicator, Measure]]:
    """Every measure of every indicator, in the order of the guideline."""
    for indicator in sorted(guideline.indicators, key=lambda one: one.order):
        for measure in indicator.measures:
            yield indicator, measure
