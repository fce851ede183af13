"""`linear` and `logit`: weights nearest to the design weights, by Newton's method on the patterns.

    w_p = d_p·g_p,   g_p = F(x_p'λ),   Σ_p d_p F(x_p'λ) x_p = T

    linear            F(u) = 1 + u
    linear, bounded   F(u) = min(max(1 + u, L), U)
    logit             F(u) = (L(U−1) + U(1−L)e^{Au}) / (U−1 + (1−L)e^{Au}),  A = (U−L)/((U−1)(1−L))

with d_p the design weights of a pattern together, x_p its categories (1 or 0) and T their totals. λ
minimizes the convex φ(λ) = Σ_p d_p ∫F − T'λ, so that a step that does not lower φ is halved. These are the
weights of R's ``calibrate(calfun = "linear" | "logit", bounds = …)``.
Reference: Deville and Särndal (1992), JASA 87, 376–382; the bounded cases are their methods 6 and 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import optimize, sparse
from scipy.special import expit

from monosashi.measure.cells import Floats
from monosashi.measure.weighting.margins import Margin, worst

STEPS = 200
HALVINGS = 40
FLOORS = (0.1, 0.01, 0.001)  # lower bounds to fall back on: nobody counts less than a thousandth
EXACT = 1e-14  # relative error of a total that ends the search
Bounds = tuple[float, float]


class Distance(Protocol):
    """How g follows from u = x'λ. Every method takes and gives shape (patterns,)."""

    def g(self, u: Floats) -> Floats: ...

    def slope(self, u: Floats) -> Floats:
        """dF/du."""
        ...

    def integral(self, u: Floats) -> Floats:
        """∫F du from 0."""
        ...

    def start(self, g: float) -> float:
        """A u with F(u) near g, where the slope is above 0."""
        ...


@dataclass(frozen=True)
class Linear:
    """F(u) = 1 + u, kept within [lower, upper]."""

    lower: float = -np.inf
    upper: float = np.inf

    def g(self, u: Floats) -> Floats:
        return np.clip(1 + u, self.lower, self.upper)

    def slope(self, u: Floats) -> Floats:
        return ((1 + u > self.lower) & (1 + u < self.upper)).astype(np.float64)

    def integral(self, u: Floats) -> Floats:
        inside = self.g(u) - 1
        return np.asarray(inside + inside**2 / 2 + (u - inside) * self.g(u))

    def start(self, g: float) -> float:
        return float(np.clip(g, *_well_inside(self.lower, self.upper))) - 1


@dataclass(frozen=True)
class Logit:
    """F runs from lower to upper without reaching them; F(0) = 1."""

    lower: float
    upper: float

    @property
    def _a(self) -> float:
        return (self.upper - self.lower) / ((self.upper - 1) * (1 - self.lower))

    def _share(self, u: Floats) -> Floats:
        """(g − L)/(U − L)."""
        return np.asarray(expit(self._a * u + np.log((1 - self.lower) / (self.upper - 1))))

    def g(self, u: Floats) -> Floats:
        return self.lower + (self.upper - self.lower) * self._share(u)

    def slope(self, u: Floats) -> Floats:
        share = self._share(u)
        return np.asarray((self.upper - self.lower) * self._a * share * (1 - share))

    def integral(self, u: Floats) -> Floats:
        shifted = np.log((1 - self.lower) / (self.upper - 1))
        grown = np.logaddexp(0, self._a * u + shifted) - np.logaddexp(0, shifted)
        return np.asarray(self.lower * u + (self.upper - self.lower) / self._a * grown)

    def start(self, g: float) -> float:
        inside = float(np.clip(g, *_well_inside(self.lower, self.upper)))
        share = (inside - self.lower) / (self.upper - self.lower)
        shifted = float(np.log((1 - self.lower) / (self.upper - 1)))
        return float(np.log(share / (1 - share)) - shifted) / self._a


def fitted(weight: Floats, margins: list[Margin], distance: Distance) -> tuple[Floats, int]:
    """(the calibrated weight of each pattern, steps taken). Whether the margins are met is for the caller."""
    population = float(margins[0].totals.sum())
    d = weight / population
    x = np.hstack([margin.members for margin in margins])
    totals = np.concatenate([margin.totals for margin in margins]) / population
    lam = np.zeros(x.shape[1])
    lam[: len(margins[0].totals)] = distance.start(float(1 / d.sum()))
    g = distance.g(x @ lam)
    for step in range(STEPS):
        if worst(weight * g, margins)[0] <= EXACT:
            return weight * g, step
        move = _newton(d, x, totals, distance, x @ lam)
        better = _halved(d, x, totals, distance, lam, move)
        if better is None:
            return weight * g, step
        lam, g = better, distance.g(x @ better)
    return weight * g, STEPS


def _newton(d: Floats, x: Floats, totals: Floats, distance: Distance, u: Floats) -> Floats:
    slope = d * distance.slope(u)
    if not slope.any():  # every pattern sits at a bound: a step along the gradient
        slope = d
    gap = totals - x.T @ (d * distance.g(u))
    return np.asarray(np.linalg.lstsq(x.T @ (x * slope[:, None]), gap, rcond=None)[0])


def _halved(  # noqa: PLR0917
    d: Floats, x: Floats, totals: Floats, distance: Distance, lam: Floats, move: Floats
) -> Floats | None:
    """The longest of the halved steps that lowers φ, or brings the totals nearer; None where none does."""

    def height(at: Floats) -> float:
        return float(d @ distance.integral(x @ at) - totals @ at)

    def gap(at: Floats) -> float:
        return float(np.abs(totals - x.T @ (d * distance.g(x @ at))).max())

    here, apart = height(lam), gap(lam)
    for halving in range(HALVINGS):
        there = lam + move * 0.5**halving
        if not np.isfinite(there).all():
            return None
        if height(there) < here - 1e-12 * abs(here) or gap(there) < apart:
            return there
    return None


def _well_inside(lower: float, upper: float) -> Bounds:
    if not np.isfinite(lower) or not np.isfinite(upper):
        return lower, upper
    room = (upper - lower) / 20
    return lower + room, upper - room


def reachable(weight: Floats, margins: list[Margin]) -> bool:
    """Whether any weights that are above 0, and not just so, meet the margins (linear program)."""
    x, totals = _shares(weight, margins)
    nothing, least = np.zeros(len(weight)), FLOORS[-1]
    return bool(optimize.linprog(nothing, A_eq=x.T, b_eq=totals, bounds=(least, None)).success)


def nearest_bounds(weight: Floats, margins: list[Margin], bounds: Bounds) -> Bounds:
    """The bounds nearest to those asked for within which the margins can be met, if they are `reachable`.

    Both are moved in proportion, L_t = c − t(c − L) and U_t = c + t(U − c) around their middle c, by the
    smallest t of a linear program; where L_t falls below the first of `FLOORS`, the smallest upper bound
    for the first of them that will do.
    """
    x, totals = _shares(weight, margins)
    middle, half = (bounds[0] + bounds[1]) / 2, (bounds[1] - bounds[0]) / 2
    wide = _smallest(x, totals, middle, half)
    if middle - wide * half >= FLOORS[0]:
        return middle - wide * half, middle + wide * half
    upper = [(least, _smallest(x, totals, 0.0, 1.0, least=least)) for least in FLOORS]
    return next((found for found in upper if np.isfinite(found[1])), upper[-1])


def least_limit(rows: Floats, margins: list[Margin]) -> float:
    """The smallest largest weight with which so many rows of each pattern can meet the margins."""
    x, totals = _shares(rows, margins)
    return _smallest(x, totals, 0.0, 1.0)


def _smallest(x: Floats, totals: Floats, middle: float, half: float, *, least: float = 0.0) -> float:
    """The smallest t for which some g ≥ least meets the totals within middle ± t·half (middle 0: below t)."""
    patterns = x.shape[0]
    eye, ones = sparse.eye(patterns), np.full((patterns, 1), -half)
    above = sparse.hstack([eye, ones])
    limits = sparse.vstack([above, sparse.hstack([-eye, ones])]) if middle else above
    edge = np.repeat([middle, -middle], patterns)[: limits.shape[0]]
    equal = sparse.csr_matrix(np.hstack([x.T, np.zeros((x.shape[1], 1))]))
    cost, limited = np.append(np.zeros(patterns), 1.0), [(least, None)] * patterns + [(0, None)]
    found = optimize.linprog(cost, A_ub=limits.tocsr(), b_ub=edge, A_eq=equal, b_eq=totals, bounds=limited)
    return float(found.x[-1]) if found.success else float("nan")


def _shares(weight: Floats, margins: list[Margin]) -> tuple[Floats, Floats]:
    """(d_p·x_p, totals), both as shares of their own sum where that changes nothing but the scale of g."""
    population = float(margins[0].totals.sum())
    x = np.hstack([margin.members for margin in margins]) * (weight / population)[:, None]
    return x, np.concatenate([margin.totals for margin in margins]) / population
