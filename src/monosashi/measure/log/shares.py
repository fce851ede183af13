"""Shares of cases: finished, on time, within a limit, with a property. Counts of all cases, no sample."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from monosashi.measure.cells import same
from monosashi.measure.log.asked import CompletionAsked, LogShareAsked, WithinAsked
from monosashi.measure.log.cases import Cases, Flags, Floats, Point, Split, happened
from monosashi.measure.log.spans import Spans


def completion(cases: Cases, asked: CompletionAsked, split: Split) -> Iterator[dict[str, Any]]:
    """Cases that reached an end / all cases. An end is a column that is filled, or any of some activities."""
    points = asked.points()
    if points:
        ended = np.logical_or.reduce([happened(cases.points[one]) for one in points])
    else:
        assert isinstance(asked.end, str)
        ended = cases.attributes[asked.end].codes >= 0
    yield from _shares(split, ended, np.ones(cases.count, dtype=bool))


def on_time(cases: Cases, split: Split) -> Iterator[dict[str, Any]]:
    """Cases closed at or before their due date / closed cases that have one.

    An open case past its due date is late whatever comes: `open_late` counts them, and `value_with_open`
    counts them as late.
    """
    closed, due = cases.points[Point("closed")], cases.points[Point("due")]
    has_due = happened(due)
    done = happened(closed) & has_due
    late = ~happened(closed) & has_due & (due < cases.until)
    yield from _with_open(split, done & (closed <= due), done, late)


def within(cases: Cases, asked: WithinAsked, found: Spans, split: Split) -> Iterator[dict[str, Any]]:
    """Cases that took at most the limit / finished cases (that have a limit of their own, where it varies).

    At most: a limit of 3 hours holds at exactly 3:00:00.
    """
    yield from within_limits(limits(cases, asked.limit), found, split)


def within_limits(limit: Floats, found: Spans, split: Split) -> Iterator[dict[str, Any]]:
    """As `within`, each case with a limit of its own (NaN: none)."""
    done = found.finished & ~np.isnan(limit)
    late = found.open & (found.lasted > limit)
    shares = _with_open(split, done & (found.lasted <= limit), done, late)
    impossible = split.counts(found.impossible)
    for one, count in zip(shares, impossible, strict=True):
        yield one | {"quarantined": {"end_before_start": int(count)} if count else {}}


def limits(cases: Cases, limit: float | str) -> Floats:
    """One limit for all, or the standard of each case; NaN where a case has none that is a number."""
    if not isinstance(limit, str):
        return np.full(cases.count, float(limit))
    attribute = cases.attributes[limit]
    numbers = [same(value) for value in attribute.values]
    standards = [value if isinstance(value, float) else np.nan for value in numbers]
    return np.array([*standards, np.nan], dtype=np.float64)[attribute.codes]


def share(cases: Cases, asked: LogShareAsked, split: Split) -> Iterator[dict[str, Any]]:
    """Cases with one of the favourable values / cases with any value; `n_missing` have none."""
    attribute = cases.attributes[asked.of]
    wanted = {same(value) for value in asked.favourable}
    good = np.array([same(value) in wanted for value in attribute.values] + [False])
    known = attribute.codes >= 0
    missing = split.counts(~known)
    for one, n_missing in zip(_shares(split, good[attribute.codes], known), missing, strict=True):
        flags = ["attribute_varies"] if attribute.varying else []
        yield one | {"n_missing": int(n_missing), "flags": flags}


def _shares(split: Split, meets: Flags, among: Flags) -> Iterator[dict[str, Any]]:
    """NULL, never 0, where no case can be judged."""
    met, n = split.counts(meets & among), split.counts(among)
    for one in range(len(split.domains)):
        value = float(met[one] / n[one]) if n[one] else None
        yield {"value": value, "count": int(met[one]), "n": int(n[one])}


def _with_open(split: Split, meets: Flags, among: Flags, late: Flags) -> Iterator[dict[str, Any]]:
    open_late = split.counts(late)
    for one, late_here in zip(_shares(split, meets, among), open_late, strict=True):
        judged = one["n"] + int(late_here)
        with_open = one["count"] / judged if judged else None
        flags = ["open_late"] if late_here else []
        yield one | {"open_late": int(late_here), "value_with_open": with_open, "flags": flags}
