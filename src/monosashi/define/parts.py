"""Everything the files of a guideline say, each concept with its place, before it becomes one guideline."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.fit import Placed
from monosashi.define.guideline import (
    Fact,
    Header,
    Indicator,
    Item,
    Milestone,
    Model,
    Policy,
    Principle,
    Scale,
    Survey,
)
from monosashi.define.text import Text


class PlannedInitiative(Model):
    """One entry of roadmap/initiatives.yaml: an initiative before its milestones are known."""

    id: str
    principle: int
    number: int
    title: Text
    department: Text
    also: tuple[Text, ...] = ()
    note: Text | None = None


class PlannedMilestone(Milestone):
    """One row of roadmap/milestones.csv."""

    initiative: str


@dataclass(frozen=True)
class Parts:
    header: Placed[Header] | None
    principles: list[Placed[Principle]]
    indicators: list[Placed[Indicator]]
    items: list[Placed[Item]]
    scales: list[Placed[Scale]]
    surveys: list[Placed[Survey]]
    facts: list[Placed[Fact]]
    initiatives: list[Placed[PlannedInitiative]]
    milestones: list[Placed[PlannedMilestone]]
    policy: Placed[Policy] | None
