"""A commitment: what will be done by when, and which figure it is meant to move from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from monosashi.define.text import Text
from monosashi.publish.edition import Change

Answer = Literal["moved", "not_distinguishable", "moved_the_other_way", "not_due", "not_measured"]


@dataclass(frozen=True)
class Commitment:
    """`before` and `after` are levels of the indicator in its own unit (0.41 → 0.46)."""

    id: str
    will_do: Text
    due: date
    owner: str  # the organization that answers for it
    indicator: str
    measure: str
    domain: Mapping[str, str]
    before: float
    after: float


def answer(commitment: Commitment, change: Change | None, *, on: date) -> Answer:
    """What the next edition says about a commitment. A size alone never counts; only a tested change does.

    `change` is the edition's change of the commitment's figure, None where there is none.
    """
    if on < commitment.due:
        return "not_due"
    if change is None or change.verdict == "not_comparable":
        return "not_measured"
    if not _about(commitment, change):
        raise ValueError(f"the change of {change.indicator} does not answer commitment {commitment.id}")
    if change.verdict == "not_distinguishable":
        return "not_distinguishable"
    wanted = "up" if commitment.after > commitment.before else "down"
    return "moved" if change.verdict == wanted else "moved_the_other_way"


def _about(commitment: Commitment, change: Change) -> bool:
    named = (commitment.indicator, commitment.measure, dict(commitment.domain))
    return named == (change.indicator, change.measure, dict(change.domain))
