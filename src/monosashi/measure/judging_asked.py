"""How a request wants its figures judged: rules of reliability, and families of comparisons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from monosashi import errors
from monosashi.define.document import Document
from monosashi.define.fit import nearest
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Decimal
from monosashi.measure.reliability import Reliability

Count = Annotated[int, Field(ge=0, strict=True)]


class ReliabilityAsked(Model):
    """Below these a value is ``unreliable``; what is left out is not asked for."""

    minimum_n: Count = 0
    minimum_n_effective: Annotated[Decimal, Field(ge=0)] = 0.0
    maximum_interval_width: Annotated[Decimal, Field(gt=0)] = math.inf
    minimum_df: Count = 0

    @property
    def settled(self) -> Reliability:
        return Reliability(**self.model_dump())


class FamilyAsked(Model):
    """The estimates (by id) whose comparisons are read together, and the change that matters in practice."""

    of: Annotated[tuple[str, ...], Field(min_length=1)]
    adjust: Literal["benjamini_hochberg", "none"] = "benjamini_hochberg"
    threshold: Annotated[Decimal, Field(ge=0)] = 0.0
    power: Annotated[Decimal, Field(gt=0, lt=1)] = 0.8


def family_faults(
    families: Sequence[FamilyAsked], estimates: Sequence[Any], document: Document
) -> Iterable[Finding]:
    """Families that name an estimate which is not there."""
    known = [str(one["id"]) for one in estimates if isinstance(one, Mapping) and "id" in one]
    for i, family in enumerate(families):
        for place, name in enumerate(family.of):
            if name not in known:
                row = document.line(("families", i, "of", place))
                more: dict[str, Any] = {"id": name, "nearest": nearest(name, known)}
                yield errors.FAMILY_ID_UNKNOWN.found(file=document.file, row=row, **more)
