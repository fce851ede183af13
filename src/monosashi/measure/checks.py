"""Conditions as people write them, and what the cells of design and answers must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monosashi.measure.cells import Value
from monosashi.measure.design import Design
from monosashi.measure.reducer import Among, Check, Condition


def conditions(where: Mapping[str, Any]) -> tuple[Condition, ...]:
    """``{wave: 1, city: [tokyo, seoul]}`` as conditions; a list means any of them."""
    return tuple(
        Among(column, tuple(value) if isinstance(value, (list, tuple)) else (value,))
        for column, value in where.items()
    )


def design_checks(design: Design) -> list[Check]:
    """What the design columns must hold in every row of the sample."""
    checks = [Check(column, "positive") for column in (design.weight, design.fpc) if column]
    return checks + [Check(column, "present") for column in (*design.stratum, design.psu) if column]


def answer_checks(item: str, missing: tuple[Value, ...], favourable: tuple[Value, ...]) -> list[Check]:
    """Answers must be numbers unless the favourable ones are words or yes and no."""
    if any(isinstance(code, (str, bool)) for code in favourable):
        return []
    return [Check(item, "number", missing)]
