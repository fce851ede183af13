"""24 months of applications by channel for 400 procedures, some of which nobody counts yet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from monosashi.demo.dice import Array, dice, with_missing
from monosashi.demo.services import procedures
from monosashi.keep.table import Columns, ColumnType

CHANNELS = ("online", "counter", "post", "other")
MONTHS = tuple(f"{2024 + (3 + n) // 12}-{(3 + n) % 12 + 1:02}" for n in range(24))  # 2024-04 to 2026-03

_NEVER_COUNTED = 0.09  # share of procedures whose applications nobody counts
_COUNTED_LATER = 0.07  # counted from the second year on
_SILENT_SINCE = 0.03  # counted in the first year only
_NOT_ONLINE = 0.28  # cannot be applied for online: the channel does not apply
_SEASON = np.array([1.5, 1.1, 1.0, 0.95, 0.85, 0.95, 1.0, 0.95, 0.9, 0.85, 0.95, 1.35])  # from April
_TYPES: Mapping[str, ColumnType] = {
    **dict.fromkeys(("subject", "measure", "period", "channel", "status"), "text"),
    "quantity": "integer",
    "organization": "text",
    "service": "text",
}


def table(seed: int) -> Columns:
    """400 procedures × 24 months × 4 channels with the columns of `volumes`."""
    rng = dice(seed, "volumes")
    listed = procedures()
    count, offline = len(listed), rng.random(len(listed)) < _NOT_ONLINE
    offline[::20] = False  # every bureau has something online
    shape = (count, len(MONTHS), len(CHANNELS))
    quantity = rng.poisson(_expected(rng, count, offline))
    missing = np.broadcast_to(_uncounted(rng, count)[:, :, None], shape)
    absent = np.zeros(shape, dtype=bool)
    absent[offline, :, 0] = True
    status = np.select([absent, missing], ["not_applicable", "not_collected"], "value").astype(object)
    procedure, month, channel = (axis.ravel() for axis in np.indices(shape))
    return Columns(
        {
            "subject": _named([p.code for p in listed], procedure),
            "measure": ["applications"] * quantity.size,
            "period": _named(MONTHS, month),
            "channel": _named(CHANNELS, channel),
            "status": status.ravel().tolist(),
            "quantity": with_missing(quantity.ravel(), (status != "value").ravel()),
            "organization": _named([p.bureau for p in listed], procedure),
            "service": _named([p.service for p in listed], procedure),
        },
        _TYPES,
    )


def _expected(rng: np.random.Generator, count: int, offline: Array) -> Array:
    """Mean applications by procedure, month and channel; the online share grows month by month."""
    size = rng.lognormal(4.6, 1.4, count)
    start, growth = rng.uniform(0.12, 0.45, count), rng.uniform(0.002, 0.014, count)
    online = np.clip(start[:, None] + growth[:, None] * np.arange(len(MONTHS)), 0, 0.92)
    online[offline] = 0
    rest = rng.dirichlet((6, 3, 0.6), count)
    monthly = size[:, None] * np.tile(_SEASON, 2)
    others = (1 - online)[:, :, None] * rest[:, None, :]
    expected: Array = monthly[:, :, None] * np.concatenate([online[:, :, None], others], axis=2)
    return expected


def _uncounted(rng: np.random.Generator, count: int) -> Array:
    draw = rng.random(count)
    never = draw < _NEVER_COUNTED
    later = (draw >= _NEVER_COUNTED) & (draw < _NEVER_COUNTED + _COUNTED_LATER)
    counted = 1 - _SILENT_SINCE  # the last of the draw, so that whoever was counted before still is
    first_year = np.arange(len(MONTHS)) < 12
    return never[:, None] | (later[:, None] & first_year) | ((draw > counted)[:, None] & ~first_year)


def _named(names: tuple[str, ...] | list[str], index: Array) -> list[str]:
    return np.array(names, dtype=object)[index].tolist()  # type: ignore[no-any-return]
