"""Procedure logs: a few thousand cases from application to decision, with corrections on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import numpy as np

from monosashi.demo.dice import Array, chosen, dice, ids
from monosashi.demo.services import procedures
from monosashi.keep.table import Columns, ColumnType

CASES = 3000
_SAMPLED = 12  # procedures whose systems send events
_START = np.datetime64("2024-04-01T00:00:00")  # UTC
_SPAN = 2 * 365 * 24 * 3600  # seconds in which cases are opened
_ACTIVITIES = (  # activity, side, mean days after the one before
    ("submitted", "applicant", 0.0),
    ("received", "office", 0.6),
    ("correction_requested", "office", 2.5),
    ("corrected", "applicant", 4.0),
    ("examined", "office", 5.0),
    ("decided", "office", 2.0),
    ("notified", "office", 0.7),
)
_CORRECTION = slice(2, 4)
_TYPES: Mapping[str, ColumnType] = {
    **dict.fromkeys(("case_id", "procedure", "channel", "activity", "side"), "text"),
    "occurred_at": "timestamp",
}


def table(seed: int) -> Columns:
    """The columns of `events`: one row per event, times in UTC."""
    rng = dice(seed, "events")
    sampled = [procedure.code for procedure in procedures()[:: len(procedures()) // _SAMPLED]]
    online = rng.random(CASES) < 0.55
    at, happened = _times(rng, online), _happened(rng, online)
    case, step = np.nonzero(happened)
    procedure = chosen(rng, sampled, CASES)
    other = np.where(rng.random(CASES) < 0.7, "counter", "post")
    channel = np.where(online, "online", other).astype(object)
    return Columns(
        {
            "case_id": np.array(ids("synthetic-case", CASES), dtype=object)[case].tolist(),
            "procedure": procedure[case].tolist(),
            "channel": channel[case].tolist(),
            "activity": np.array([name for name, _, _ in _ACTIVITIES], dtype=object)[step].tolist(),
            "side": np.array([side for _, side, _ in _ACTIVITIES], dtype=object)[step].tolist(),
            "occurred_at": [moment.replace(tzinfo=UTC) for moment in at[case, step].tolist()],
        },
        _TYPES,
    )


def _times(rng: np.random.Generator, online: Array) -> Array:
    """When each activity of each case took place; online cases move faster."""
    pace = np.where(online, 0.55, 1.0)[:, None]
    days = rng.gamma(1.6, 1 / 1.6, (CASES, len(_ACTIVITIES))) * [mean for _, _, mean in _ACTIVITIES] * pace
    opened = rng.integers(0, _SPAN, CASES)
    seconds = opened[:, None] + np.cumsum(days * 86400, axis=1).astype(int)
    times: Array = _START + seconds.astype("timedelta64[s]")
    return times


def _happened(rng: np.random.Generator, online: Array) -> Array:
    """Which activities took place: some need a correction, a few are still open."""
    happened = np.ones((CASES, len(_ACTIVITIES)), dtype=bool)
    happened[rng.random(CASES) >= np.where(online, 0.12, 0.27), _CORRECTION] = False
    still_open = rng.random(CASES) < 0.06
    happened[still_open, 4:] = False
    return happened
