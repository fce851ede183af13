"""Whatever the counts: the parts add up, the order of units does not matter, and equal mixes are no mix."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monosashi.measure.estimate import Status
from monosashi.measure.volumes.composition import composition_of
from monosashi.measure.volumes.counts import Count, Counts, Place, figure, is_there
from monosashi.measure.volumes.coverage import coverage_of_units
from monosashi.measure.volumes.tree import ancestors, rolled_up

NAMES = "abcdefgh"
AMOUNT = st.one_of(st.just(0.0), st.integers(1, 10**9).map(float))
STATE = st.sampled_from([*[Status.VALUE] * 4, Status.NOT_COLLECTED, Status.NOT_APPLICABLE, None])


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    found = {}
    for name in NAMES:
        status = draw(STATE)
        if status is None:
            continue
        numbers = (draw(AMOUNT), draw(AMOUNT)) if status is Status.VALUE else (0.0, 0.0)
        found[Place((name,))] = Count(status, *numbers)
    return found


@given(counts(), counts(), st.booleans(), st.booleans())
def test_the_parts_add_up_to_the_change_on_all_units(
    before: Counts, after: Counts, ratio: bool, relative: bool
) -> None:
    found = composition_of(before, after, ratio=ratio, tolerance=0.01, relative=relative)
    assume(found.parts is not None)
    assert found.parts is not None
    assert found.everyone.change is not None
    sizes = [abs(x) for x in (found.parts.within, found.parts.shift, found.parts.left, found.parts.joined)]
    assert math.isclose(
        found.parts.total, found.everyone.change, rel_tol=1e-9, abs_tol=1e-12 * max(1, *sizes)
    )


@given(counts(), counts(), st.booleans())
def test_without_movement_there_is_no_mix(before: Counts, after: Counts, ratio: bool) -> None:
    """Where the same units can be compared throughout, both changes are one."""
    same = {
        place
        for place in before.keys() & after.keys()
        if is_there(before[place], ratio=ratio) and is_there(after[place], ratio=ratio)
    }
    old, new = ({place: side[place] for place in same} for side in (before, after))
    found = composition_of(old, new, ratio=ratio, tolerance=0)
    assert (found.everyone, found.mixed) == (found.both, False)
    assert (found.units.left, found.units.joined, found.units.both) == (0, 0, len(same))


@given(counts(), counts(), st.booleans())
def test_who_left_and_who_joined_are_told_apart(before: Counts, after: Counts, ratio: bool) -> None:
    there, back = (
        composition_of(one, other, ratio=ratio, tolerance=0.01).units
        for one, other in ((before, after), (after, before))
    )
    assert (there.left, there.joined, there.both) == (back.joined, back.left, back.both)
    assert there.before == there.both + there.left
    assert there.silent <= there.left


@given(counts(), st.dictionaries(st.sampled_from(NAMES), st.sampled_from("XYZ"), max_size=8))
def test_rolling_up_keeps_every_count_once(own: Counts, parents: dict[str, str]) -> None:
    """Each unit is an organization of its own; the roots hold everything, and nothing twice."""
    tree = {**parents, "X": "root", "Y": "root", "Z": "root"}
    nodes = {place.unit[0]: {place: count} for place, count in own.items()}
    found = rolled_up({str(name): one for name, one in nodes.items()}, tree)
    roots = [node for node in found if not ancestors(node, tree)]
    held = [count for root in roots for count in found[root].values()]
    assert sorted(held) == sorted(own.values())
    for node, inside in found.items():
        beneath = [
            c
            for name, one in nodes.items()
            if node in (name, *ancestors(str(name), tree))
            for c in one.values()
        ]
        assert figure(inside.values(), ratio=True) == pytest.approx(figure(beneath, ratio=True))


@given(counts(), st.booleans())
def test_the_states_of_coverage_add_up_to_all_units(found: Counts, ratio: bool) -> None:
    units = {(name,) for name in NAMES}
    coverage = coverage_of_units(found, units, {}, ratio=ratio)
    assert sum(coverage.states.values()) == len(NAMES)
    assert coverage.counted == sum(count.status is Status.VALUE for count in found.values())
    silent = len(NAMES) - len(found)
    assert coverage.states[Status.NOT_COLLECTED] >= silent
