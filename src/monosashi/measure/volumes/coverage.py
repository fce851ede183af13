"""How far counts reach: units with a count of those expected, and how much of the volume they hold."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monosashi.measure.cells import Key
from monosashi.measure.estimate import Status
from monosashi.measure.volumes.counts import SILENT, Counts, Place, states_of_units, volume


@dataclass(frozen=True)
class UnitCoverage:
    """How many units are in which of the five states.

    known_volume is the share of the last known volume that units with a count hold: a unit without a count
    stands with the last one it had. None where no volume is known.
    """

    states: Mapping[Status, int]
    known_volume: float | None

    @property
    def expected(self) -> int:
        """All units but those to which the count does not apply."""
        return sum(self.states.values()) - self.states[Status.NOT_APPLICABLE]

    @property
    def counted(self) -> int:
        return self.states[Status.VALUE]

    @property
    def share(self) -> float | None:
        return self.counted / self.expected if self.expected else None


def coverage_of_units(
    counts: Counts, units: Collection[Key], last_known: Mapping[Place, float], *, ratio: bool
) -> UnitCoverage:
    """The coverage of counts among all `units` that are ever heard of.

    A unit without any row is ``not_collected``: it is silent, which is neither 0 nor not applicable.
    last_known holds the volume that a place had when it last had one.
    """
    known = states_of_units(counts)
    states = Counter(known.get(unit, Status.NOT_COLLECTED) for unit in {*units, *known})
    return UnitCoverage(
        {state: states[state] for state in Status}, _known_volume(counts, last_known, ratio=ratio)
    )


def _known_volume(counts: Counts, last_known: Mapping[Place, float], *, ratio: bool) -> float | None:
    held, all_of_it = [], []
    for place in {*counts, *last_known}:
        count = counts.get(place, SILENT)
        if count.status is Status.VALUE:
            held.append(volume(count, ratio=ratio))
            all_of_it.append(held[-1])
        elif count.status is not Status.NOT_APPLICABLE:
            all_of_it.append(last_known.get(place, 0.0))
    whole = math.fsum(all_of_it)
    return math.fsum(held) / whole if whole else None
