"""Everything the files of a guideline say, each concept with its place, before it becomes one guideline."""

from __future__ import annotations

from dataclasses import dataclass, field

from monosashi.define.fit import Placed
from monosashi.define.guideline import (
    CodeFrame,
    Fact,
    Header,
    Id,
    Indicator,
    Item,
    Milestone,
    Model,
    Outline,
    Policy,
    Population,
    Principle,
    Scale,
    Survey,
)
from monosashi.define.text import Text


class PlannedInitiative(Model):
    """One entry of roadmap/initiatives.yaml: an initiative before its milestones are known."""

    id: Id
    principle: int
    number: int
    title: Text
    department: Text
    also: tuple[Text, ...] = ()
    note: Text | None = None


class PlannedMilestone(Milestone):
    """One row of roadmap/milestones.csv."""

    initiative: str


@dataclass
class Names:
    """What can be pointed to, by the place where it stands (``items/``, ``scales.yaml``).

    A part whose other fields do not fit still has its name, so that nobody is blamed for pointing to it. A
    place is `unsure` where a file cannot be read or a name is missing: what is not there may stand in it.
    """

    known: dict[str, list[object]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def note(self, place: str, name: object, kind: type) -> None:
        if isinstance(name, kind):
            self.known.setdefault(place, []).append(name)
        else:
            self.unsure.add(place)

    def of(self, place: str) -> list[object]:
        return self.known.get(place, [])


@dataclass(frozen=True)
class Parts:
    header: Placed[Header] | None
    principles: list[Placed[Principle]]
    indicators: list[Placed[Indicator]]
    items: list[Placed[Item]]
    scales: list[Placed[Scale]]
    surveys: list[Placed[Survey]]
    populations: list[Placed[Population]]
    code_frames: list[Placed[CodeFrame]]
    questionnaires: list[Placed[Outline]]
    facts: list[Placed[Fact]]
    initiatives: list[Placed[PlannedInitiative]]
    milestones: list[Placed[PlannedMilestone]]
    policy: Placed[Policy] | None
    names: Names
