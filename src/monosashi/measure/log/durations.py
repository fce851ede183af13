"""`duration`: how long cases take, by domain, with open cases beside it; and whose time it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from monosashi.measure.log.asked import DurationAsked
from monosashi.measure.log.cases import Cases, Floats, Gaps, Split
from monosashi.measure.log.quantiles import means, quantiles
from monosashi.measure.log.spans import Spans
from monosashi.measure.log.survival import censored_median, matters


def durations(cases: Cases, asked: DurationAsked, found: Spans, split: Split) -> Iterator[dict[str, Any]]:
    """Median, the quantiles asked for, and mean of the finished cases of each domain.

    `censored_median` counts open cases too (`survival`); None where fewer than half can be said to finish.
    """
    groups, at = len(split.domains), (0.5, *asked.at)
    inside = found.finished & (split.group >= 0)
    group, lasted = split.group[inside], found.lasted[inside]
    points, mean = quantiles(lasted, group, groups, at), means(lasted, group, groups)
    censored = _censored(found, split, points[0])
    n, n_open, impossible = (split.counts(one) for one in (found.finished, found.open, found.impossible))
    parts = parts_of(cases.gaps, found, split) if cases.gaps else [{}] * groups
    for one in range(groups):
        median = _number(points[0, one])
        yield {
            "value": median,
            **({"values": _values(asked, points[1:, one])} if asked.at else {}),
            "mean": _number(mean[one]),
            "n": int(n[one]),
            "n_open": int(n_open[one]),
            "censored_median": censored[one],
            **parts[one],
            "quarantined": _counted("end_before_start", impossible[one]),
            "flags": list(_flags(median, censored[one], int(n_open[one]))),
        }


def _values(asked: DurationAsked, points: Floats) -> list[dict[str, float | None]]:
    return [{"at": p, "value": _number(value)} for p, value in zip(asked.at, points, strict=True)]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _counted(reason: str, count: int) -> dict[str, int]:
    return {reason: int(count)} if count else {}


def _flags(median: float | None, censored: float | None, n_open: int) -> Iterator[str]:
    if n_open and matters(median, censored):
        yield "censoring_matters"
    if n_open and censored is None:
        yield "censored_median_not_reached"


def _censored(found: Spans, split: Split, closed: Floats) -> list[float | None]:
    """The plain median where no case is open: the two are the same."""
    medians = [_number(median) for median in closed]
    n_open = split.counts(found.open)
    if n_open.any():
        for one, some in enumerate(split.members(found.finished | found.open)):
            if n_open[one]:
                medians[one] = censored_median(found.lasted[some], found.finished[some])
    return medians


def parts_of(gaps: Gaps, found: Spans, split: Split) -> list[dict[str, Any]]:
    """Whose time it was, and how much of it was handling.

    The time before an event belongs to the side that the event is of: the one who was being waited for.
    Handling is from when the work on an event started to when it ended, works side by side counted once;
    the rest is waiting time. Shares are of the time of all finished cases; what lies before the first event
    or after the last is nobody's (`unattributed`).
    """
    counted = found.finished[gaps.case] & (split.group[gaps.case] >= 0)
    case, side = gaps.case[counted], gaps.side[counted]
    group = split.group[case]
    low, high = found.start[case], found.end[case]
    start, begun, end = (np.clip(t[counted], low, high) for t in (gaps.start, gaps.handled, gaps.end))
    groups, sides = len(split.domains), len(gaps.sides)
    unit = found.unit[case]
    taken = found.clock.between(start, end, case) / unit
    owned = side >= 0
    place = (group * sides + side)[owned]
    by_side = np.bincount(place, taken[owned], minlength=groups * sides).reshape(groups, sides)
    handling = np.bincount(group, found.clock.between(begun, end, case) / unit, minlength=groups)
    inside = found.finished & (split.group >= 0)
    total = np.bincount(split.group[inside], found.lasted[inside], minlength=groups)
    return [
        _part(gaps, by_side[i], handling[i], total[i], n) for i, n in enumerate(split.counts(found.finished))
    ]


def _part(gaps: Gaps, by_side: Floats, handling: float, total: float, n: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if gaps.sides and total > 0:
        shares = {name: float(time / total) for name, time in zip(gaps.sides, by_side, strict=True)}
        found["sides"] = shares
        found["unattributed"] = max(0.0, 1.0 - sum(shares.values()))
    if gaps.timed and n:
        found["handling_mean"] = float(handling / n)
        found["waiting_mean"] = float((total - handling) / n)
    return found
