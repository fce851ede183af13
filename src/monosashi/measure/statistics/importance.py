"""How much of R² each predictor accounts for, from the covariances of predictors and outcome alone.

The last row and column of every covariance matrix C, shape (…, p + 1, p + 1), belong to the outcome.

    R²(S) = c_S' C_SS⁻¹ c_S / c_yy                                       for a set S of predictors
    lmg_j = Σ_{S not holding j} |S|!(p−|S|−1)!/p! · {R²(S ∪ j) − R²(S)}  (the Shapley value of R²)

Johnson's relative weights take the orthogonal variables nearest to the predictors, Z = XR^{-1/2}, and give
their shares of R² back through Λ = R^{1/2}: ε_j = Σ_k Λ_jk² β_k², β = Λ⁻¹r. Both sum to R².
References: Lindeman, Merenda and Gold (1980), p. 119; Grömping (2007), The American Statistician 61,
139–147; Johnson (2000), Multivariate Behavioral Research 35, 1–19.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monosashi.measure.cells import Floats

Numbers = NDArray[Any]  # doubles, or complex numbers where a derivative is taken
EXACT_UP_TO = 15  # predictors: 2¹⁵ regressions
NOTHING = 1e-10  # an eigenvalue of a correlation matrix below it, or the rest of a column, is rounding


def r_squared_of_all(covariance: Numbers) -> Numbers:
    """R² of every set of predictors, shape (…, 2^p); bit j of the place says that predictor j is in the set.

    One predictor after the other is left out or swept out (Schur complement), for all sets at once.
    """
    p = covariance.shape[-1] - 1
    left = covariance[..., None, :, :]
    for j in range(p):
        pivot, column = left[..., :1, :1], left[..., 1:, :1]
        without = left[..., 1:, 1:]
        own = covariance[..., None, j, j][..., None, None]
        usable = pivot.real > NOTHING * own.real
        swept = without - column @ left[..., :1, 1:] / np.where(usable, pivot, 1.0) * usable
        left = np.concatenate([without, swept], axis=-3)
    return np.asarray(1 - left[..., 0, 0] / covariance[..., -1:, -1])


def lmg(covariance: Numbers) -> Numbers:
    """The Shapley share of every predictor in R², shape (…, p); the shares add up to R²."""
    p = covariance.shape[-1] - 1
    r2 = r_squared_of_all(covariance)
    size = np.array([place.bit_count() for place in range(2**p)])
    weight = np.array([math.factorial(s) * math.factorial(p - s - 1) / math.factorial(p) for s in range(p)])
    shares = []
    for j in range(p):
        halves = r2.reshape(*r2.shape[:-1], 2 ** (p - 1 - j), 2, 2**j)
        without = size.reshape(2 ** (p - 1 - j), 2, 2**j)[:, 0, :]
        shares.append(((halves[..., 1, :] - halves[..., 0, :]) * weight[without]).sum(axis=(-2, -1)))
    return np.stack(shares, axis=-1)


def relative_weights(covariance: Floats) -> Floats:
    """Johnson's relative weights, shape (…, p)."""
    r = correlation(covariance)
    values, vectors = np.linalg.eigh(r[..., :-1, :-1])
    root = np.sqrt(np.maximum(values, 0.0))
    inverse = np.where(values > NOTHING, 1 / np.where(root > 0, root, 1.0), 0.0)
    turned = np.swapaxes(vectors, -1, -2)
    beta = (vectors * inverse[..., None, :]) @ (turned @ r[..., :-1, -1:])
    loading = (vectors * root[..., None, :]) @ turned
    return np.asarray((loading**2 @ beta**2)[..., 0])


def importance(covariance: Floats) -> Floats:
    """LMG where it can be had exactly, relative weights for more predictors than that."""
    return lmg(covariance) if covariance.shape[-1] - 1 <= EXACT_UP_TO else relative_weights(covariance)


def correlation(covariance: Floats) -> Floats:
    deviation = np.sqrt(np.einsum("...kk->...k", covariance))
    deviation = np.where(deviation > 0, deviation, 1.0)
    return np.asarray(covariance / (deviation[..., :, None] * deviation[..., None, :]))


def partial(covariance: Floats) -> tuple[Floats, Floats]:
    """(standardized coefficients, variance inflation factors) of the regression on all predictors."""
    r = correlation(covariance)
    inverse = np.linalg.inv(r[:-1, :-1])
    return inverse @ r[:-1, -1], np.diag(inverse).copy()


def collinear(r: Floats) -> list[int]:
    """The columns of a correlation matrix that follow from each other; none where it is sound."""
    values, vectors = np.linalg.eigh(r)
    lost = vectors[:, values < NOTHING]
    return [int(j) for j in np.flatnonzero((np.abs(lost) > 1e-4).any(axis=1))]


def gradient(covariance: Floats) -> Floats:
    """The derivatives of (R², importance) by the covariances: shape (figures, rows, columns).

    Such that d = Σ_{k ≤ l} G_kl·dC_kl: the upper triangle holds the change with C_kl and C_lk together.
    Exact by complex numbers (Squire and Trapp 1998) for LMG, by central differences for relative weights.
    """
    q = len(covariance)
    found = np.zeros((q, q, q))
    for k in range(q):
        for m in range(k, q):
            step = np.zeros((q, q))
            step[k, m] = step[m, k] = 1.0
            found[1:, k, m] = _slope(covariance, step)
    found[0] = found[1:].sum(axis=0)
    return found


def _slope(covariance: Floats, step: Floats) -> Floats:
    if len(covariance) - 1 <= EXACT_UP_TO:
        tiny = 1e-100
        return np.asarray(lmg(covariance + 1j * tiny * step).imag / tiny)
    h = 1e-5
    return (relative_weights(covariance + h * step) - relative_weights(covariance - h * step)) / (2 * h)
