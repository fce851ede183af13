"""Progress on the roadmap of the guideline: most on time, some late, a few that nobody reports about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from monosashi.define.guideline import Initiative, Milestone
from monosashi.define.period import Period
from monosashi.demo.dice import dice, ids
from monosashi.demo.practices import TYPES
from monosashi.keep.table import Columns

_SILENT = 0.08  # share of initiatives without any record
_ON_TIME, _LATE = 0.8, 0.14  # share of milestones; the rest is not finished
LAST_DAY = date(2026, 3, 31)


def table(seed: int, initiatives: Iterable[tuple[int, Initiative]]) -> Columns:
    """Practices of kind `milestone` for (principle, initiative) pairs; the link names the milestone."""
    rows = [
        (principle, f"{initiative.id}#{number}", outcome, day)
        for principle, initiative in initiatives
        for rng in [dice(seed, "roadmap", initiative.id)]
        if rng.random() >= _SILENT
        for number, milestone in enumerate(initiative.milestones, start=1)
        for outcome, day in _happened(rng, milestone)
        if day <= LAST_DAY
    ]
    size = len(rows)
    data: dict[str, Sequence[object]] = {
        "practice_id": ids("synthetic-milestone", size),
        "kind": ["milestone"] * size,
        "organization": ["digital"] * size,
        "service": [None] * size,
        "principle": [principle for principle, _, _, _ in rows],
        "occurred_at": [day for _, _, _, day in rows],
        "quantity": [None] * size,
        "minutes": [None] * size,
        "outcome": [outcome for _, _, outcome, _ in rows],
        "links": [link for _, link, _, _ in rows],
    }
    return Columns(data, TYPES)


def _happened(rng: np.random.Generator, milestone: Milestone) -> list[tuple[str, date]]:
    start, end = Period.named(milestone.start), Period.named(milestone.end)
    started = start.start + timedelta(days=int(rng.integers(5, 60)))
    luck = rng.random()
    if luck >= _ON_TIME + _LATE:
        return [("started", started)]
    after = 0 if luck < _ON_TIME else int(rng.integers(60, 240))
    done = end.last_day - timedelta(days=int(rng.integers(0, 40))) + timedelta(days=after)
    return [("started", started), ("done", done)]
