"""The resident survey: six cities, 500 answers each, three yearly waves, seven age bands.

Every person has one latent satisfaction; each item adds its own part to it, so that items go together
as they do in life. Levels are invented, in the neighborhood of what such surveys find.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri  # the quantile of the normal distribution

from monosashi.demo.dice import Array, dice, ids, shares
from monosashi.keep.table import Columns, ColumnType

CITIES = ("tokyo", "new_york", "london", "paris", "singapore", "seoul")
AGE_BANDS = ("10s", "20s", "30s", "40s", "50s", "60s", "70s")
PERIODS = ("FY2023", "FY2024", "FY2025")
PER_CITY = 500

# favourable share of the overall item by city, one figure per wave
_LEVEL = {
    "tokyo": (0.30, 0.34, 0.41),
    "new_york": (0.62, 0.61, 0.63),
    "london": (0.65, 0.66, 0.66),
    "paris": (0.57, 0.58, 0.58),
    "singapore": (0.73, 0.75, 0.76),
    "seoul": (0.64, 0.67, 0.69),
}
# shift of each item against the overall one, in the same units; Tokyo gains most in finding things
_ITEMS = {
    "overall": (0.0, 0.0, 0.0),
    "findability": (0.02, 0.03, 0.06),
    "usability": (0.01, 0.01, 0.02),
    "time_reasonable": (-0.03, -0.02, -0.01),
    "updates": (-0.06, -0.06, -0.05),
    "two_way": (-0.08, -0.06, -0.05),
}
_AGE_SHIFT = np.array([-0.02, 0.03, 0.04, 0.02, 0.0, -0.03, -0.05])
_POPULATION = np.array([0.09, 0.14, 0.15, 0.17, 0.18, 0.14, 0.13])  # share of each age band
_LANGUAGE = {"tokyo": "ja", "paris": "fr", "seoul": "ko"}
_DO_NOT_KNOW = 0.04
_TYPES: Mapping[str, ColumnType] = {
    **dict.fromkeys(
        ("response_id", "wave", "period", "mode", "language", "city", "age_band", "sex", "stratum"), "text"
    ),
    "weight": "number",
    **dict.fromkeys((*_ITEMS, "recommend"), "integer"),
    "used_online": "boolean",
}


def wave(seed: int, period: str) -> Columns:
    """One wave of 3,000 answers with the columns of `responses/resident`."""
    rng = dice(seed, "residents", period)
    parts = [_city(rng, city, PERIODS.index(period)) for city in CITIES]
    data = {name: np.concatenate([part[name] for part in parts]).tolist() for name in parts[0]}
    size = len(data["city"])
    data |= {
        "response_id": ids(f"synthetic-resident-{period}", size),
        "wave": [period.removeprefix("FY")] * size,
        "period": [period] * size,
        "mode": ["synthetic"] * size,
    }
    return Columns({name: data[name] for name in _TYPES}, _TYPES)


def _city(rng: np.random.Generator, city: str, number: int) -> dict[str, Array]:
    bands = np.repeat(np.arange(len(AGE_BANDS)), shares(PER_CITY, np.ones(len(AGE_BANDS))))
    latent = rng.normal(size=PER_CITY)
    level = _LEVEL[city][number] + _AGE_SHIFT[bands]
    items = {item: _answers(rng, latent, level + shift[number]) for item, shift in _ITEMS.items()}
    return {
        "language": np.full(PER_CITY, _LANGUAGE.get(city, "en"), dtype=object),
        "city": np.full(PER_CITY, city, dtype=object),
        "age_band": np.array(AGE_BANDS, dtype=object)[bands],
        "sex": _sex(rng, city),
        "stratum": np.full(PER_CITY, city, dtype=object),
        "weight": np.round(_POPULATION[bands] * PER_CITY / np.bincount(bands)[bands], 6),
        **items,
        "recommend": np.clip(np.round(5.4 + 2.1 * latent + rng.normal(0, 1.2, PER_CITY)), 0, 10).astype(int),
        "used_online": rng.random(PER_CITY) < np.clip(level + 0.12, 0.05, 0.95),
    }


def _sex(rng: np.random.Generator, city: str) -> Array:
    """Half and half; in two cities the panel also offered a third answer, which a handful gave."""
    sex = np.array(["female", "male"], dtype=object)[np.arange(PER_CITY) % 2]
    rng.shuffle(sex)
    if city in ("new_york", "london"):
        sex[rng.choice(PER_CITY, 4, replace=False)] = "other"
    return sex


def _answers(rng: np.random.Generator, latent: Array, favourable: Array) -> Array:
    """Answers 5 to 1 cut from a normal score so that `favourable` of the people give 4 or 5; 9 don't know."""
    score = 0.75 * latent + np.sqrt(1 - 0.75**2) * rng.normal(size=latent.size)
    p = np.clip(favourable, 0.02, 0.97)
    rest = 1 - p
    above = np.stack([p * 0.24, p, p + rest * 0.48, p + rest * 0.82])  # shares of 5, 4+, 3+, 2+
    answers = 1 + (score >= ndtri(1 - above)).sum(axis=0)
    return np.where(rng.random(latent.size) < _DO_NOT_KNOW, 9, answers)
