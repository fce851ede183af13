"""What the synthetic city asks its people: which questionnaires of the guideline are open, and to whom."""

from __future__ import annotations

from dataclasses import dataclass

PERIOD = "FY2026"


@dataclass(frozen=True)
class Fielding:
    """A survey with one open wave. `basis` is a word of the glossary."""

    code: str
    questionnaire: str
    basis: str
    population: str


def fieldings() -> tuple[Fielding, ...]:
    return (
        Fielding("review", "review", "opt_in", ""),
        Fielding("resident", "resident", "opt_in", "tokyo"),
    )
