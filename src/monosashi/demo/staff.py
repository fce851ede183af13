"""The staff survey: everybody with a mail address is invited, about a quarter answers, three yearly waves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from monosashi.demo.dice import Array, dice, ids, shares
from monosashi.demo.services import bureaus
from monosashi.keep.table import Columns, ColumnType

INVITED = {"FY2023": 52310, "FY2024": 53187, "FY2025": 54046}
ANSWERED = {"FY2023": 12902, "FY2024": 13655, "FY2025": 14780}

_LADDER = {  # 1 unknown, 2 name known, 3 can explain, 4 acted on it
    "FY2023": (0.44, 0.30, 0.17, 0.09),
    "FY2024": (0.37, 0.31, 0.20, 0.12),
    "FY2025": (0.31, 0.31, 0.22, 0.16),
}
_SATISFIED = {"FY2023": 0.29, "FY2024": 0.35, "FY2025": 0.42}
_ITEMS = {
    "environment": 0.0,
    "office_network": 0.06,
    "outside_network": -0.05,
    "terminal": 0.02,
    "devices": -0.03,
}
_PRINCIPLES = tuple(f"principle_{number}" for number in range(1, 11))
_NO_ANSWER = 9
_TYPES: Mapping[str, ColumnType] = {
    **dict.fromkeys(("response_id", "period", "mode", "language", "bureau"), "text"),
    "bureau_staff": "integer",
    "weight": "integer",
    **dict.fromkeys((*_ITEMS, "awareness", *_PRINCIPLES), "integer"),
}


def invited(period: str) -> dict[str, int]:
    """People invited in each bureau; together `INVITED`."""
    listed = bureaus()
    counts = shares(INVITED[period], [bureau.staff for bureau in listed])
    return {bureau.code: int(count) for bureau, count in zip(listed, counts, strict=True)}


def wave(seed: int, period: str) -> Columns:
    """One wave with the columns of `responses/staff`. The order of the rows says nothing about anybody."""
    rng = dice(seed, "staff", period)
    staff = invited(period)
    codes, sizes = list(staff), np.array(list(staff.values()))
    counts = _answered(rng, sizes, ANSWERED[period])
    bureau = rng.permutation(np.repeat(np.arange(len(codes)), counts))
    size = bureau.size
    mood = dice(seed, "staff", "mood").normal(0, 0.09, len(codes))[
        bureau
    ]  # what sets a bureau apart, all years
    awareness = _awareness(rng, period, mood)
    data = {
        "response_id": ids(f"synthetic-staff-{period}", size),
        "period": [period] * size,
        "mode": ["synthetic"] * size,
        "language": ["ja"] * size,
        "bureau": np.array(codes, dtype=object)[bureau].tolist(),
        "bureau_staff": sizes[bureau].tolist(),
        "weight": [1] * size,
        **_satisfaction(rng, period, mood),
        "awareness": awareness.tolist(),
        **_ladders(rng, awareness),
    }
    return Columns(data, _TYPES)


def _answered(rng: np.random.Generator, sizes: Array, total: int) -> Array:
    """Bureaus answer with different zeal; nobody answers twice."""
    zeal = rng.uniform(0.7, 1.4, sizes.size)
    zeal[sizes < 150] = 0.55  # small bureaus: some of their figures will be too small to show
    return shares(total, sizes * zeal)


def _awareness(rng: np.random.Generator, period: str, mood: Array) -> Array:
    cuts = ndtri(np.cumsum(_LADDER[period])[:-1])
    step = 1 + (rng.normal(size=mood.size)[:, None] + 2 * mood[:, None] > cuts).sum(axis=1)
    return np.where(rng.random(mood.size) < 0.015, _NO_ANSWER, step)


def _satisfaction(rng: np.random.Generator, period: str, mood: Array) -> dict[str, list[int]]:
    latent = rng.normal(size=mood.size)
    return {
        item: _item(rng, latent, _SATISFIED[period] + shift + mood).tolist() for item, shift in _ITEMS.items()
    }


def _item(rng: np.random.Generator, latent: Array, favourable: Array) -> Array:
    score = 0.7 * latent + np.sqrt(1 - 0.7**2) * rng.normal(size=latent.size)
    p = np.clip(favourable, 0.05, 0.95)
    above = np.stack([p * 0.2, p, p + (1 - p) * 0.42, p + (1 - p) * 0.78])
    answers = 1 + (score >= ndtri(1 - above)).sum(axis=0)
    return np.where(rng.random(latent.size) < 0.02, 9, answers)


def _ladders(rng: np.random.Generator, awareness: Array) -> dict[str, list[int]]:
    """How far a person has come with each principle: more of them known the higher on the whole ladder,
    and none further than that. Whoever answers one question and passes over the next gives 9."""
    chance = np.select([awareness == 2, awareness == 3, awareness == 4], [0.22, 0.55, 0.74], 0.04)
    highest = np.where(awareness == _NO_ANSWER, 2, np.maximum(awareness, 2))
    ease = np.linspace(1.25, 0.75, len(_PRINCIPLES))
    return {
        name: _rungs(rng, np.clip(chance * part, 0, 1), highest).tolist()
        for name, part in zip(_PRINCIPLES, ease, strict=True)
    }


def _rungs(rng: np.random.Generator, chance: Array, highest: Array) -> Array:
    """1 for who does not know it, else a rung from 2 up to the highest; 9 for no answer."""
    known = rng.random(chance.size) < chance
    rung = np.where(known, rng.integers(2, highest + 1), 1)
    return np.where(rng.random(chance.size) < 0.01, _NO_ANSWER, rung)
