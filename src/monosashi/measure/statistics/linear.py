"""The statistics that others are computed from: change, trend and the t test take any of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from monosashi.measure.statistics.gap import GapAsked
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.statistics.nps import NpsAsked
from monosashi.measure.statistics.proportion import ProportionAsked
from monosashi.measure.statistics.ratio import RatioAsked
from monosashi.measure.statistics.total import TotalAsked

Linear = ProportionAsked | MeanAsked | NpsAsked | TotalAsked | RatioAsked | GapAsked


def named(value: Any) -> Any:
    """A question inside another needs no id of its own."""
    return {"id": "of", **value} if isinstance(value, dict) else value


OfLinear = Annotated[Linear, Field(discriminator="statistic"), BeforeValidator(named)]
