"""The time of each case from one moment to another, and what is known of cases that are not there yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monosashi.measure.log.asked import SpanAsked
from monosashi.measure.log.cases import NEVER, Cases, Flags, Floats, Ints, Point, happened
from monosashi.measure.log.clocks import Clock

CENSORED_ENDS = ("closed", "activity")  # what an open case may still reach


@dataclass(frozen=True)
class Spans:
    """One place a case. `lasted` is in the unit asked for; of an open case, how long it has lasted so far.

    `unit` is how many microseconds it has, which may differ from case to case: see `clocks`.

    A span that ends before it starts is `impossible` and neither finished nor open.
    """

    start: Ints
    end: Ints
    lasted: Floats
    finished: Flags
    open: Flags
    impossible: Flags
    clock: Clock
    unit: Ints


def spans(cases: Cases, asked: SpanAsked, clock: Clock) -> Spans:
    start, end = cases.points[asked.from_.point], cases.points[asked.to.point]
    started, ended = happened(start), happened(end)
    impossible = started & ended & (end < start)
    finished = started & ended & ~impossible
    until = _until(cases, start)
    may_end = asked.to.point.moment in CENSORED_ENDS
    still = started & ~ended & (until >= start) & may_end
    stop = np.where(still, until, end)
    lasted = np.full(cases.count, np.nan)
    told, unit = np.flatnonzero(finished | still), clock.unit(asked.unit)
    lasted[told] = clock.between(start[told], stop[told], told) / unit[told]
    return Spans(start, stop, lasted, finished, still, impossible, clock, unit)


def _until(cases: Cases, start: Ints) -> Ints:
    """Up to when each case has been seen: until it was closed, else until the log ends."""
    closed = cases.points.get(Point("closed"))
    if closed is None:
        return np.full(cases.count, cases.until, dtype=np.int64)
    return np.where((closed != NEVER) & (closed >= start), closed, cases.until)
