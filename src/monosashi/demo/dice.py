"""Chance that is the same every time: one stream of numbers for each named part of the city."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def dice(seed: int, *name: object) -> np.random.Generator:
    """A generator that depends on the seed and the name alone, so that parts can be made in any order."""
    words = zlib.crc32("/".join(map(str, name)).encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, words])))


def chosen(
    rng: np.random.Generator, values: Sequence[object], size: int, p: Sequence[float] | None = None
) -> Array:
    """`size` of the values, as an array of Python strings."""
    weights = None if p is None else np.asarray(p) / np.sum(p)
    drawn: Array = np.array(values, dtype=object)[rng.choice(len(values), size, p=weights)]
    return drawn


def shares(total: int, weights: Sequence[float] | Array) -> Array:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    exact = np.asarray(weights, dtype=float) / np.sum(weights) * total
    whole: Array = np.floor(exact).astype(int)
    missing = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole


def ids(prefix: str, size: int) -> list[str]:
    return [f"{prefix}-{number:06d}" for number in range(1, size + 1)]


def with_missing(values: Array, missing: Array) -> list[Any]:
    """A list with None where `missing` holds."""
    cells = values.astype(object)
    cells[missing] = None
    return cells.tolist()  # type: ignore[no-any-return]
