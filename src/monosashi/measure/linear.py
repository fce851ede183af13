"""The statistics that others are computed from: change, trend and the t test take any of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from monosashi.measure.gap import GapAsked
from monosashi.measure.mean import MeanAsked
from monosashi.measure.nps import NpsAsked
from monosashi.measure.proportion import ProportionAsked
from monosashi.measure.ratio import RatioAsked
from monosashi.measure.total import TotalAsked

Linear = ProportionAsked | MeanAsked | NpsAsked | TotalAsked | RatioAsked | GapAsked


def _named(value: Any) -> Any:
    """A question inside another needs no id of its own."""
    return {"id": "of", **value} if isinstance(value, dict) else value


OfLinear = Annotated[Linear, Field(discriminator="statistic"), BeforeValidator(_named)]
