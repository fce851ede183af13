"""A log reduced to one row a case: what the engine hands over, and how cases fall into domains.

Times are whole microseconds since 1970-01-01T00:00Z, so that they are the same number in every engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from monosashi.measure.cells import Value, same

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
SMALL = 4_000_000  # crossings up to which a table of them all is faster than a sort
NEVER = np.iinfo(np.int64).min  # the time of what did not happen

Moment = Literal["first", "last", "opened", "closed", "due", "activity"]
Reason = Literal["no_case", "no_timestamp", "unparsable", "future", "end_before_start"]


class Point(NamedTuple):
    """A moment of a case. An activity that occurs more than once is met at its first or last occurrence."""

    moment: Moment
    activity: str = ""
    occurrence: Literal["first", "last"] = "first"


@dataclass(frozen=True)
class Need:
    """What the measures of one request need to know about each case."""

    points: tuple[Point, ...] = ()
    attributes: tuple[str, ...] = ()
    repeats: tuple[tuple[str, ...], ...] = ()  # of which activities; none: of all
    paths: bool = False
    gaps: bool = False


@dataclass(frozen=True)
class Attribute:
    """A property of cases. `codes` are places in `values`, −1 where a case has none.

    `varying` counts cases whose events disagree; the earliest filled one is taken.
    """

    codes: Ints
    values: tuple[Value, ...]
    varying: int = 0


@dataclass(frozen=True)
class Gaps:
    """The time before each event, from the event before it: whose it was, and when handling began.

    case is a place among the cases, side a place in `sides` (−1: not said). `timed` says that the log tells
    when handling began.
    """

    case: Ints
    start: Ints
    handled: Ints
    end: Ints
    side: Ints
    sides: tuple[str, ...]
    timed: bool


@dataclass(frozen=True)
class Cases:
    """One place a case in every array. `rows` counts the file's rows, `quarantined` those left out."""

    count: int
    points: Mapping[Point, Ints]
    attributes: Mapping[str, Attribute]
    repeats: Mapping[tuple[str, ...], Ints]
    rows: int
    events: int
    repeated_rows: int
    quarantined: Mapping[Reason, int]
    path: Ints | None = None  # place in `paths`
    paths: Sequence[tuple[str | None, ...]] = ()
    gaps: Gaps | None = None
    until: int = NEVER  # the moment up to which the log knows what happened


class EventLog(Protocol):
    """An event log that an engine has opened. Implemented in `adapters.event_log`."""

    @property
    def columns(self) -> Sequence[str]: ...

    def reduced(self, need: Need) -> Cases: ...


@dataclass(frozen=True)
class Split:
    """Cases by domain. `group` is a place in `domains`, −1 for cases outside all of them."""

    group: Ints
    domains: tuple[dict[str, Value], ...]
    flags: tuple[str, ...] = field(default=())

    def counts(self, among: Flags | None = None) -> Ints:
        inside = self.group >= 0 if among is None else among & (self.group >= 0)
        return np.bincount(self.group[inside], minlength=len(self.domains))

    def members(self, among: Flags | None = None) -> Iterator[Ints]:
        """The places of the cases of each domain, domain after domain."""
        inside = np.flatnonzero(self.group >= 0 if among is None else among & (self.group >= 0))
        order = inside[by_group(self.group[inside], len(self.domains))]
        edges = np.searchsorted(self.group[order], np.arange(len(self.domains) + 1))
        yield from (order[low:high] for low, high in pairwise(edges))


def by_group(group: Ints, groups: int) -> Ints:
    """Places in the order of their groups, as they came in each. numpy sorts small numbers by counting."""
    small = group.astype(np.uint16) if groups < 2**16 else group
    return np.argsort(small, kind="stable")


def split(cases: Cases, by: Sequence[str], where: Mapping[str, tuple[object, ...]]) -> Split:
    """The domains of `by` among the cases that meet every condition.

    A case without a value in `by` belongs to no domain. Conditions hold values as `cells.same` has them.
    """
    inside = np.ones(cases.count, dtype=bool)
    for name, wanted in where.items():
        attribute = cases.attributes[name]
        meets = np.array([same(value) in wanted for value in attribute.values] + [False])
        inside &= meets[attribute.codes]
    for name in by:
        inside &= cases.attributes[name].codes >= 0
    group, domains = _crossed(cases, by, inside)
    varying = any(cases.attributes[name].varying for name in (*by, *where))
    return Split(group, domains, ("attribute_varies",) if varying else ())


def _crossed(cases: Cases, by: Sequence[str], inside: Flags) -> tuple[Ints, tuple[dict[str, Value], ...]]:
    group = np.where(inside, np.int64(0), np.int64(-1))
    if not by:
        return group, ({},)
    code, size = np.zeros(cases.count, dtype=np.int64), 1
    for name in by:
        attribute = cases.attributes[name]
        code = code * max(len(attribute.values), 1) + attribute.codes
        size *= max(len(attribute.values), 1)
    found, group[inside] = _numbered(code[inside], size)
    return group, tuple(_domain(int(one), by, cases) for one in found)


def _numbered(code: Ints, size: int) -> tuple[Ints, Ints]:
    """The codes that occur, in their order, and each one's place among them; without sorting where it can."""
    if size > SMALL:
        return np.unique(code, return_inverse=True)
    found = np.flatnonzero(np.bincount(code, minlength=size))
    places = np.zeros(size, dtype=np.int64)
    places[found] = np.arange(found.size)
    return found, places[code]


def _domain(code: int, by: Sequence[str], cases: Cases) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name in reversed(by):
        values = cases.attributes[name].values
        code, place = divmod(code, len(values))
        found[name] = values[place]
    return {name: found[name] for name in by}


def happened(times: Ints) -> Flags:
    return np.asarray(times != NEVER)
