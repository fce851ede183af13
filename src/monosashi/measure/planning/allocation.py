"""How a number of answers is divided among domains, and how fractions become whole numbers.

Sizes a_h of a division of n: ``proportional`` W_h; ``equal`` 1; ``neyman`` W_h·σ_h·√deff_h (Neyman 1934);
``power`` W_h^q·σ_h/|θ_h| (Bankier 1988), between equal coefficients of variation (q = 0) and Neyman's
division (q = 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from monosashi.measure.cells import Floats, Ints
from monosashi.measure.planning.sizes import Circumstances

Allocation = Literal["proportional", "equal", "neyman", "power"]


def sizes(
    method: Allocation, weights: Sequence[float], of: Sequence[Circumstances], exponent: float
) -> Floats:
    """What n is divided in proportion to; the weights W_h are the parts of the population."""
    w = np.asarray(weights, dtype=np.float64)
    spread = np.array([(one.expected.variance * one.deff) ** 0.5 for one in of])
    if method == "proportional":
        return w
    if method == "equal":
        return np.ones(len(w))
    if method == "neyman":
        return np.asarray(w * spread)
    return np.asarray(w**exponent * spread / np.abs([one.expected.center for one in of]))


def divided(n: float, by: Floats, least: Floats, most: Floats) -> Floats:
    """n in proportion to `by`, each part from `least` to `most`: parts out of bounds stay at their bound.

    The common factor is found by bisection; if the bounds leave no room the parts are the bounds.
    """
    low, high = 0.0, 1.0
    while np.clip(by * high, least, most).sum() < n and high < 1e300:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if np.clip(by * middle, least, most).sum() < n else (low, middle)
    return np.asarray(np.clip(by * high, least, most))


def whole(parts: Floats, total: int) -> Ints:
    """Largest remainders: whole numbers that sum to `total`, each its part rounded down or up.

    The first of equal remainders goes up. The parts sum to `total` but for rounding.
    """
    scaled = parts * (total / parts.sum())
    floors = np.floor(scaled + 1e-9)
    rest = total - int(floors.sum())
    order = np.argsort(-(scaled - floors).round(9), kind="stable")
    floors[order[:rest]] += 1
    return np.asarray(floors, dtype=np.int64)
