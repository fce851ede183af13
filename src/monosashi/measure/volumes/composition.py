"""Did the figure change, or only who is in it? The change on all units beside that on the units in both.

R₁ and R₂ are the figures of all units with a count in each period; r₁ and r₂ those of the units that are in
both. For a ratio R = ΣA/ΣB with w_i = b_i/Σb and r_i = a_i/b_i among the units in both:

    R₂ − R₁ = within + shift + left + joined
    within  = Σ ½(w_i1 + w_i2)(r_i2 − r_i1)     each unit's own change
    shift   = Σ ½(r_i1 + r_i2)(w_i2 − w_i1)     volume that moved between units that stayed
    left    = r₁ − R₁                           = s·(r₁ − figure of those that left), s their share of ΣB₁
    joined  = R₂ − r₂                           = s·(figure of those that joined − r₂), s their share of ΣB₂

within + shift = r₂ − r₁ exactly (Kitagawa 1955, J. Amer. Statist. Assoc. 50); left and joined as Melitz and
Polanec 2015, RAND J. Econ. 46(2). For a sum: within = Σ(a_i2 − a_i1) of those in both, left = −Σa₁ of those
that left, joined = Σa₂ of those that joined, shift = 0. The parts add up to the change, but for the last bits
of a double.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monosashi.measure.cells import Key
from monosashi.measure.estimate import Status
from monosashi.measure.volumes.counts import SILENT, Count, Counts, Place, figure, is_there

_NOISE = 1e-12  # a difference of sums that the order of adding explains


@dataclass(frozen=True)
class Pair:
    """A figure in two periods. `relative` changes are growth, (to − from)/from."""

    before: float | None
    after: float | None
    relative: bool = False

    @property
    def change(self) -> float | None:
        if self.before is None or self.after is None:
            return None
        if not self.relative:
            return self.after - self.before
        return (self.after - self.before) / self.before if self.before else None


@dataclass(frozen=True)
class Parts:
    """What a change on all units is made of, in its own unit."""

    within: float
    shift: float
    left: float
    joined: float

    @property
    def total(self) -> float:
        return math.fsum((self.within, self.shift, self.left, self.joined))


@dataclass(frozen=True)
class Movement:
    """How many units there were, stayed, left and joined.

    silent are those of `left` that have no count any more; the others report 0 and so have no ratio.
    partial are units in both of which some moments have no partner.
    """

    before: int
    after: int
    both: int
    left: int
    joined: int
    silent: int
    partial: int


@dataclass(frozen=True)
class Composition:
    """The change on all units and on those in both periods. `mixed` says that they tell different stories.

    by_sign: one rises while the other falls. tolerance is the difference between the two changes from which
    on they are called different.
    """

    everyone: Pair
    both: Pair
    units: Movement
    parts: Parts | None
    tolerance: float

    @property
    def by_sign(self) -> bool:
        one, other = self.everyone.change, self.both.change
        return one is not None and other is not None and one * other < 0 and abs(one - other) > _NOISE

    @property
    def mixed(self) -> bool:
        one, other = self.everyone.change, self.both.change
        if one is None:
            return False
        if other is None:  # nobody is in both: nothing is compared but the mix
            return bool(self.units.left or self.units.joined)
        return self.by_sign or abs(one - other) > self.tolerance


def composition_of(
    before: Counts, after: Counts, *, ratio: bool, tolerance: float, relative: bool = False
) -> Composition:
    """Compares two periods, place by place; a place that only one of them has left or joined."""
    old = {place: count for place, count in before.items() if is_there(count, ratio=ratio)}
    new = {place: count for place, count in after.items() if is_there(count, ratio=ratio)}
    both = sorted(old.keys() & new.keys(), key=repr)
    pairs = [(old[place], new[place]) for place in both]
    everyone = Pair(figure(before.values(), ratio=ratio), figure(after.values(), ratio=ratio), relative)
    was, became = (figure(side, ratio=ratio) for side in _sides(pairs))
    stayed = Pair(was, became, relative)
    return Composition(
        everyone=everyone,
        both=stayed,
        units=_movement(old, new, after),
        parts=_parts(everyone, stayed, pairs, ratio=ratio),
        tolerance=tolerance,
    )


def _sides(pairs: Sequence[tuple[Count, Count]]) -> tuple[list[Count], list[Count]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def _parts(everyone: Pair, both: Pair, pairs: Sequence[tuple[Count, Count]], *, ratio: bool) -> Parts | None:
    if everyone.before is None or everyone.after is None or both.before is None or both.after is None:
        return None
    within, shift = _kitagawa(pairs) if ratio else (both.after - both.before, 0.0)
    scale = everyone.before if everyone.relative else 1.0
    if scale == 0:
        return None
    left, joined = both.before - everyone.before, everyone.after - both.after
    return Parts(within / scale, shift / scale, left / scale, joined / scale)


def _kitagawa(pairs: Sequence[tuple[Count, Count]]) -> tuple[float, float]:
    whole_before, whole_after = (math.fsum(count.b for count in side) for side in _sides(pairs))
    terms = [
        (one.b / whole_before, other.b / whole_after, one.a / one.b, other.a / other.b)
        for one, other in pairs
    ]
    within = math.fsum((w1 + w2) / 2 * (r2 - r1) for w1, w2, r1, r2 in terms)
    return within, math.fsum((r1 + r2) / 2 * (w2 - w1) for w1, w2, r1, r2 in terms)


def _movement(old: Counts, new: Counts, after: Counts) -> Movement:
    """Counted by unit: one that keeps a single moment has stayed, in part."""
    shared = _units(old.keys() & new.keys())
    had, has = _units(old), _units(new)
    speaking = _units(place for place, count in after.items() if count.status is Status.VALUE)
    return Movement(
        before=len(had),
        after=len(has),
        both=len(shared),
        left=len(had - shared),
        joined=len(has - shared),
        silent=len(had - shared - speaking),
        partial=len(shared & _units(old.keys() ^ new.keys())),
    )


def _units(places: Iterable[Place]) -> set[Key]:
    return {place.unit for place in places}


__all__ = ["SILENT", "Composition", "Movement", "Pair", "Parts", "composition_of"]
