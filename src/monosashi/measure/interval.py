"""Confidence intervals, over many domains at once.

Every function takes arrays of one entry per domain (value p, variance v, n, df), the level, and returns
(lower, upper); NaN where df is 0, for an interval cannot be had from nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import special

from monosashi.measure.cells import Floats

Limits = tuple[Floats, Floats]
EDGE = 1e-12  # a share closer than this to 0 or 1 is 0 or 1: the rest is the rounding of sums


def t_quantile(df: Floats, probability: float) -> Floats:
    """Quantile of Student's t; NaN where df < 1, normal where df is infinite."""
    known, place = np.unique(df, return_inverse=True)  # thousands of domains have few different df
    usable = np.where(known >= 1, known, np.nan)
    finite = special.stdtrit(usable, probability)
    found = np.where(np.isinf(usable), special.ndtri(probability), finite)
    return np.asarray(found[place].reshape(np.shape(df)), dtype=np.float64)


def two_sided(level: float) -> float:
    return 1 - (1 - level) / 2


def at_edge(p: Floats) -> NDArray[np.bool_]:
    return (p < EDGE) | (p > 1 - EDGE)


def degrees_of_freedom_ratio(n: Floats, df: Floats, level: float) -> Floats:
    """(t(n−1) / t(df))²: what few PSUs cost in effective answers (Korn and Graubard 1998)."""
    q = two_sided(level)
    return (t_quantile(n - 1, q) / t_quantile(df, q)) ** 2


def effective_n(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Floats:
    """n_eff = p(1−p)/v · (t(n−1)/t(df))², truncated at n; at shares of 0 and 1, p(1−p)/v is n.

    The NCHS macro's rule (Parker et al. 2017, Vital Health Stat 2(175)).
    """
    settled = at_edge(p) | (v <= EDGE**2)
    raw = np.where(settled, n, p * (1 - p) / np.where(settled, 1.0, v))
    return np.minimum(n, raw * degrees_of_freedom_ratio(n, df, level))


def clopper_pearson(p: Floats, n: Floats, level: float) -> Limits:
    """The exact interval of np successes among n (Clopper and Pearson 1934); n need not be whole."""
    q = two_sided(level)
    lower = np.where(p <= 0, 0.0, special.betaincinv(np.maximum(n * p, EDGE), n * (1 - p) + 1, 1 - q))
    upper = np.where(p >= 1, 1.0, special.betaincinv(n * p + 1, np.maximum(n * (1 - p), EDGE), q))
    return np.where(np.isnan(n), np.nan, lower), np.where(np.isnan(n), np.nan, upper)


def korn_graubard(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """Clopper–Pearson with the effective n, defined at shares of 0 and 1. Korn and Graubard 1998."""
    return clopper_pearson(snapped(p), effective_n(p, v, n, df, level), level)


def beta(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """Korn–Graubard without the truncation at n (R: ``svyciprop(method="beta")``)."""
    return clopper_pearson(p, p * (1 - p) / v * degrees_of_freedom_ratio(n, df, level), level)


def wilson(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """Wilson's score interval with the effective n, not truncated; at 0 and 1 the effective n is n."""
    edge = at_edge(p)
    raw = np.where(edge, n, p * (1 - p) / np.where(edge, 1.0, v))
    m = raw * degrees_of_freedom_ratio(n, df, level)
    z = t_quantile(df, two_sided(level))
    p = snapped(p)
    center, half = p + z**2 / (2 * m), z * np.sqrt(p * (1 - p) / m + z**2 / (4 * m**2))
    lower, upper = (center - half) / (1 + z**2 / m), (center + half) / (1 + z**2 / m)
    return np.where(p == 0, 0.0, lower), np.where(p == 1, 1.0, upper)


def wald(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """p ∓ t(df)·se, which may leave [0, 1] (R: ``method="mean"``)."""
    return t(p, v, df, level)


def logit(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """logit(p) ∓ t(df)·se/(p(1−p)), taken back to shares (R: ``method="logit"``)."""
    half = t_quantile(df, two_sided(level)) * np.sqrt(v) / (p * (1 - p))
    return special.expit(special.logit(p) - half), special.expit(special.logit(p) + half)


def asin(p: Floats, v: Floats, n: Floats, df: Floats, level: float) -> Limits:
    """arcsin√p ∓ t(df)·se/(2√(p(1−p))), taken back to shares (R: ``method="asin"``)."""
    half = t_quantile(df, two_sided(level)) * np.sqrt(v) / (2 * np.sqrt(p * (1 - p)))
    middle = np.arcsin(np.sqrt(p))
    return np.sin(np.maximum(middle - half, 0.0)) ** 2, np.sin(np.minimum(middle + half, np.pi / 2)) ** 2


def t(value: Floats, v: Floats, df: Floats, level: float) -> Limits:
    """value ∓ t(df)·se, for means and for differences."""
    half = t_quantile(df, two_sided(level)) * np.sqrt(v)
    return value - half, value + half


def snapped(p: Floats) -> Floats:
    """Shares that are 0 or 1 but for the rounding of sums become exactly that."""
    return np.where(at_edge(p), np.round(p), p)


SHARE_METHODS: dict[str, Callable[[Floats, Floats, Floats, Floats, float], Limits]] = {
    "korn_graubard": korn_graubard,
    "wilson": wilson,
    "logit": logit,
    "beta": beta,
    "asin": asin,
    "wald": wald,
}
# Methods that still mean something at a share of 0 or 1; the others give way to Korn–Graubard there.
HONEST_AT_EDGE = frozenset({"korn_graubard", "wilson"})
