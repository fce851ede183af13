"""Agreement of two coders beyond chance: Cohen's kappa with its interval.

    κ = (p_o − p_e) / (1 − p_e),   p_o = Σ_i p_ii,   p_e = Σ_i p_i. p_.i

of the shares p_ij of comments that the first coder puts into i and the second into j (Cohen 1960,
Educational and Psychological Measurement 20, 37–46). Large-sample variance (Fleiss, Cohen and Everitt 1969,
Psychological Bulletin 72, 323–327):

    V(κ) = { Σ_i p_ii [(1 − p_e) − (p_i. + p_.i)(1 − p_o)]² + (1 − p_o)² Σ_{i≠j} p_ij (p_.i + p_j.)²
             − (p_o p_e − 2 p_e + p_o)² } / { n (1 − p_e)⁴ }

A comment may have several themes, so each theme is judged on its own: coded or not, a table of two by two.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from monosashi.measure.cells import Floats
from monosashi.measure.estimate import Interval
from monosashi.measure.interval import two_sided


@dataclass(frozen=True)
class Kappa:
    """value from −1 to 1; None where both coders use one and the same category throughout (`one_category`).

    observed is p_o. Flags: ``few_comments`` (n < 30), for the interval is made for large samples and then too
    narrow; ``perfect`` (p_o is 1) and ``one_coder_constant`` (one coder uses one category throughout), of
    which the formula makes a standard error of 0: there is no interval then, for nothing varied.
    """

    value: float | None
    se: float | None
    interval: Interval | None
    observed: float | None
    n: int
    flags: tuple[str, ...] = ()


LARGE = 30  # comments from which the large-sample interval may be believed


def kappa(counts: Floats, level: float = 0.95) -> Kappa:
    """Of a square table: counts[i, j] comments are i to the first coder and j to the second."""
    n = int(counts.sum())
    if n == 0:
        return Kappa(None, None, None, None, 0)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float(np.trace(p)), float(rows @ columns)
    marks = {
        "few_comments": n < LARGE,
        "perfect": observed == 1,
        "one_category": expected >= 1,
        "one_coder_constant": expected < 1 and max(rows.max(), columns.max()) == 1,
    }
    flags = tuple(name for name, holds in marks.items() if holds)
    if expected >= 1:
        return Kappa(None, None, None, observed, n, flags)
    value = (observed - expected) / (1 - expected)
    if marks["perfect"] or marks["one_coder_constant"]:
        return Kappa(value, None, None, observed, n, flags)
    se = sqrt(_variance(p, rows, columns, observed, expected) / n)
    half = float(special.ndtri(two_sided(level))) * se
    return Kappa(value, se, Interval(max(-1.0, value - half), min(1.0, value + half)), observed, n, flags)


def _variance(p: Floats, rows: Floats, columns: Floats, observed: float, expected: float) -> float:
    """n·V(κ)."""
    diagonal = np.diag(p)
    agreeing = float(diagonal @ ((1 - expected) - (rows + columns) * (1 - observed)) ** 2)
    margins = (columns[:, None] + rows[None, :]) ** 2
    apart = float((p * margins).sum() - diagonal @ np.diag(margins)) * (1 - observed) ** 2
    middle = (observed * expected - 2 * expected + observed) ** 2
    return max(0.0, agreeing + apart - middle) / (1 - expected) ** 4


Codes = Sequence[AbstractSet[str]]  # the themes that a coder gives each comment, in the order of comments


def agreement(first: Codes, second: Codes, themes: Sequence[str], level: float = 0.95) -> dict[str, Kappa]:
    """Kappa of each theme. Both lists are of the same comments in the same order."""
    return {theme: kappa(_two_by_two(first, second, theme), level) for theme in themes}


def _two_by_two(first: Codes, second: Codes, theme: str) -> Floats:
    counts = np.zeros((2, 2))
    for one, other in zip(first, second, strict=True):
        counts[int(theme in one), int(theme in other)] += 1
    return counts


def agreement_of_one(first: Sequence[str], second: Sequence[str], level: float = 0.95) -> Kappa:
    """Kappa where each comment has exactly one category, such as its polarity."""
    names = sorted({*first, *second})
    counts = np.zeros((len(names), len(names)))
    for one, other in zip(first, second, strict=True):
        counts[names.index(one), names.index(other)] += 1
    return kappa(counts, level)
