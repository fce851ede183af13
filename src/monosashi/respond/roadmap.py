"""Planned against actual: where each initiative of the roadmap stands in every fiscal half."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from monosashi.define.guideline import Initiative, Milestone
from monosashi.define.period import Period, fiscal_year
from monosashi.publish.edition import Progress

State = Literal["planned", "under_way", "done", "late", "not_collected"]


@dataclass(frozen=True)
class Step:
    """A record of what happened to a milestone; milestones of an initiative count from 1."""

    initiative: str
    milestone: int
    outcome: Literal["started", "done"]
    on: date


def step_of(link: str, outcome: str, on: date) -> Step | None:
    """Reads a practice of kind ``milestone`` by its link ``<initiative>#<number>``; None if it is not one."""
    initiative, _, number = link.rpartition("#")
    if not initiative or not number.isdigit() or outcome not in ("started", "done"):
        return None
    return Step(initiative, int(number), "done" if outcome == "done" else "started", on)


def progress(initiatives: Iterable[Initiative], steps: Iterable[Step], *, on: date) -> list[Progress]:
    """One row per initiative and half, as known on a day. Halves that a milestone overran are added as late.

    An initiative nobody reported about is `not_collected`, which is not the same as nothing done.
    """
    recorded = list(steps)
    return [
        row
        for initiative in initiatives
        for row in _of(initiative, [step for step in recorded if step.initiative == initiative.id], on)
    ]


def _of(initiative: Initiative, steps: Sequence[Step], on: date) -> Iterator[Progress]:
    plans = [
        _Plan.of(milestone, [step for step in steps if step.milestone == number])
        for number, milestone in enumerate(initiative.milestones, start=1)
    ]
    for half in sorted({half for plan in plans for half in plan.halves(on)}):
        here = [plan for plan in plans if half in plan.halves(on)]
        states = [plan.state(half, on) for plan in here]
        begun = half.start <= on
        yield Progress(
            initiative=initiative.id,
            half=half.name,
            state="not_collected" if begun and not steps else _together(states),
            note_ja="／".join(plan.milestone.text.ja for plan in here),
            note_en=" / ".join(plan.milestone.text.en for plan in here),
        )


@dataclass(frozen=True)
class _Plan:
    milestone: Milestone
    started: date | None
    done: date | None

    @classmethod
    def of(cls, milestone: Milestone, steps: Sequence[Step]) -> _Plan:
        done = min((step.on for step in steps if step.outcome == "done"), default=None)
        return cls(milestone, min((step.on for step in steps), default=None), done)

    def halves(self, on: date) -> list[Period]:
        """From the planned start to the planned end, and on until it was done or the day is reached."""
        planned = _halves(Period.named(self.milestone.start), Period.named(self.milestone.end))
        over = min(self.done or on, on)
        if self.started is None or over < planned[-1].end:
            return planned
        return _halves(planned[0], _half_of(over))

    def state(self, half: Period, on: date) -> State:
        """As it stood at the end of the half, or on the day if the half is not over."""
        at, end = min(half.last_day, on), Period.named(self.milestone.end)
        if self.done is not None and self.done <= at:
            return "done"
        if half.start > on:
            return "planned"
        if end.end <= on and end.start <= half.start:
            return "late"
        if self.started is not None and self.started <= at:
            return "under_way"
        return "late" if half.end <= on else "planned"  # nothing begun in a whole half


def _together(states: Sequence[State]) -> State:
    if "late" in states:
        return "late"
    if len(set(states)) == 1:
        return states[0]
    return "under_way"


def _half_of(day: date) -> Period:
    return Period.named(f"{fiscal_year(day)}H{1 if 4 <= day.month < 10 else 2}")


def _halves(first: Period, last: Period) -> list[Period]:
    halves = [first]
    while halves[-1].end < last.end:
        halves.append(_half_of(halves[-1].end))
    return halves
