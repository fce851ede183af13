"""One count of one unit, in one of the five states, and what counts add up to.

A unit is what is counted: a procedure, a service, a municipality. A count holds two numbers, a and b: a part
and the whole it is a part of (`share`), a numerator and a denominator (`per`), or a quantity alone (`sum`).
A missing count is never 0, and a 0 is never missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from monosashi.measure.cells import Key
from monosashi.measure.estimate import Status

NO_MOMENT = 0  # the place of a figure that speaks of one moment only


class Count(NamedTuple):
    """What is known of one unit at one moment. a and b mean something only where the status is `value`."""

    status: Status
    a: float = 0.0
    b: float = 0.0


class Place(NamedTuple):
    """Which unit, and which of the moments of the span: April is compared with April."""

    unit: Key
    moment: int = NO_MOMENT


Counts = Mapping[Place, Count]
SILENT = Count(Status.NOT_COLLECTED)


def is_there(count: Count, *, ratio: bool) -> bool:
    """A count that a figure can be made of; of a whole of 0 there is no share."""
    return count.status is Status.VALUE and (not ratio or count.b > 0)


def figure(counts: Iterable[Count], *, ratio: bool) -> float | None:
    """Σa / Σb over the units that have a count, or Σa; None where there is nothing to add up or divide by.

    A ratio of sums is weighted by volume: large units count for as much as they are. The plain mean of the
    units' ratios is another figure.
    """
    known = [count for count in counts if count.status is Status.VALUE]
    if not known:
        return None
    a = math.fsum(count.a for count in known)
    if not ratio:
        return a
    b = math.fsum(count.b for count in known)
    return a / b if b else None


def volume(count: Count, *, ratio: bool) -> float:
    """How much a unit weighs in the figure: its whole, or its quantity."""
    return count.b if ratio else count.a


_WEAKEST_FIRST = (
    Status.NOT_COLLECTED,
    Status.SUPPRESSED,
    Status.UNRELIABLE,
    Status.VALUE,
    Status.NOT_APPLICABLE,
)


def weakest(states: Iterable[Status]) -> Status:
    """The state of something that has several: missing if any part is; not applicable if every part is."""
    found = set(states)
    return next((state for state in _WEAKEST_FIRST if state in found), Status.NOT_COLLECTED)


def states_of_units(counts: Counts) -> dict[Key, Status]:
    """Each unit once, with the weakest state of its moments."""
    found: dict[Key, set[Status]] = {}
    for place, count in counts.items():
        found.setdefault(place.unit, set()).add(count.status)
    return {unit: weakest(states) for unit, states in found.items()}
