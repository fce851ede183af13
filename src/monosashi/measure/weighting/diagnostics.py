"""What weighting did to the respondents: who counts how much, in numbers (`weighting_words` says them).

    kish_deff = n·Σw²/(Σw)²,   n_effective = n/kish_deff = (Σw)²/Σw²

Reference: Kish (1965), Survey Sampling, 11.7; Kish (1992), Journal of Official Statistics 8, 183–200.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from monosashi.measure.cells import Floats, Ints
from monosashi.measure.weighting.trimming import KEPT, in_order, middle_of

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
TEN = 10


@dataclass(frozen=True)
class Course:
    """What the fit itself tells: method, rounds, largest relative error of a margin, limit of the weights.

    independent: the margins were crossed as if their variables were independent.
    """

    method: str
    rounds: int
    error: float
    independent: bool = False
    limit: float | None = None


@dataclass(frozen=True)
class Diagnostics:
    """How the calibration went.

    max_margin_error is relative; kish_deff and n_effective as above. smallest_g, largest_g and g_quantiles
    (of the respondents) tell what it did to a weight; smallest_weight, median_weight and largest_weight say
    who counts least and most, heaviest_percent and heaviest_ten what share of the total weight the heaviest
    1 % (rounded up) and the ten heaviest respondents hold; total is Σw. limit is the largest weight allowed
    and at_limit how many respondents have it, where weights were trimmed.
    """

    converged: bool
    max_margin_error: float
    kish_deff: float
    n_effective: float
    rounds: int
    smallest_g: float
    largest_g: float
    smallest_weight: float
    largest_weight: float
    total: float
    method: str
    n: int
    g_quantiles: Mapping[float, float]
    median_weight: float
    heaviest_percent: float
    heaviest_ten: float
    limit: float | None = None
    at_limit: int = 0
    independent: bool = False


def diagnosed(n: Ints, after: Floats, g: Floats, n_of_g: Ints, course: Course) -> Diagnostics:
    """From the weights of groups of n rows each, shape (groups,), and the g-weights of n_of_g rows each."""
    rows, total = int(n.sum()), float((n * after).sum())
    kish = rows * float((n * after**2).sum()) / total**2
    each = np.repeat(after, n)
    middle, heavy, ten = middle_of(rows), max(rows - ceil(rows / 100), 0), max(rows - TEN, 0)
    each.partition(sorted({*middle, heavy, ten}))
    at_limit = 0 if course.limit is None else int(n[after >= course.limit * (1 - KEPT)].sum())
    return Diagnostics(
        converged=True,
        max_margin_error=course.error,
        kish_deff=kish,
        n_effective=rows / kish,
        rounds=course.rounds,
        smallest_g=float(g.min()),
        largest_g=float(g.max()),
        smallest_weight=float(after.min()),
        largest_weight=float(after.max()),
        total=total,
        method=course.method,
        n=rows,
        g_quantiles=_quantiles(g, n_of_g),
        median_weight=float(each[middle].mean()),
        heaviest_percent=float(each[heavy:].sum()) / total,
        heaviest_ten=float(each[ten:].sum()) / total,
        limit=course.limit,
        at_limit=at_limit,
        independent=course.independent,
    )


def _quantiles(values: Floats, n: Ints) -> dict[float, float]:
    """For each share p of `QUANTILES` the smallest value that p of the rows do not exceed."""
    rows = int(n.sum())
    places = [max(ceil(p * rows * (1 - 1e-12)) - 1, 0) for p in QUANTILES]
    return dict(zip(QUANTILES, in_order(values, n, places).tolist(), strict=True))
