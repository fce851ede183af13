"""Which way cases went: variants, how far along a funnel they got, and what was done again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from monosashi.measure.log.asked import FunnelAsked, ReworkAsked, VariantsAsked
from monosashi.measure.log.cases import Cases, Point, Split, happened


def variants(cases: Cases, asked: VariantsAsked, split: Split) -> Iterator[dict[str, Any]]:
    """The number of different sequences of activities, and the most frequent of them.

    Activities stand in the order of their times; at equal times, in the order of the rows.
    """
    assert cases.path is not None
    for members in split.members():
        inside = cases.path[members]
        found, counts = np.unique(inside, return_counts=True)
        top = np.argsort(-counts, kind="stable")[: asked.top]
        listed = [
            {
                "activities": list(cases.paths[int(found[place])]),
                "n": int(counts[place]),
                "share": float(counts[place] / inside.size),
            }
            for place in top
        ]
        yield {"value": int(found.size) if inside.size else None, "n": int(inside.size), "variants": listed}


def funnel(cases: Cases, asked: FunnelAsked, split: Split) -> Iterator[dict[str, Any]]:
    """Cases that went through all steps in their order / cases that took the first.

    A step is reached where all before it were and it first happened no earlier than they did. `lost` of a
    step counts the cases that came no further: they gave up there, or are still on their way.
    """
    reached, before = np.ones(cases.count, dtype=bool), None
    counts = []
    for step in asked.steps:
        at = cases.points[Point("activity", step)]
        reached = reached & happened(at) & (True if before is None else at >= before)
        before = at
        counts.append(split.counts(reached))
    for one in range(len(split.domains)):
        n = [int(count[one]) for count in counts]
        steps = [
            {
                "activity": name,
                "n": here,
                "share": here / n[0] if n[0] else None,
                "lost": here - after,
                "lost_share": (here - after) / here if here else None,
            }
            for name, here, after in zip(asked.steps, n, [*n[1:], n[-1]], strict=True)
        ]
        yield {"value": n[-1] / n[0] if n[0] else None, "n": n[0], "steps": steps}


def rework(cases: Cases, asked: ReworkAsked, split: Split) -> Iterator[dict[str, Any]]:
    """Cases in which an activity was done again / all cases; `mean` is repetitions per case.

    An activity done k times in a case was repeated k − 1 times.
    """
    repeats = cases.repeats[asked.of]
    again, n = split.counts(repeats > 0), split.counts()
    inside = split.group >= 0
    total = np.bincount(split.group[inside], repeats[inside], minlength=len(split.domains))
    for one in range(len(split.domains)):
        some = bool(n[one])
        yield {
            "value": float(again[one] / n[one]) if some else None,
            "count": int(again[one]),
            "mean": float(total[one] / n[one]) if some else None,
            "n": int(n[one]),
        }
