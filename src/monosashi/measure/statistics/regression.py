"""`regression`: how an outcome goes with several answers at once.

    linear:    y = x'β + e,           Σ w·x(y − x'β) = 0
    logistic:  P(y = 1) = μ(x'β),     Σ w·x(y − μ) = 0,  μ(η) = 1/(1 + e^−η)

over complete cases, with x = (1, the items). The influence of a row is u = A⁻¹x(y − μ), A = Σ w·v·xx',
v = 1 (linear) or μ(1 − μ) (logistic); the covariance of the coefficients is that of Σ w·u. Degrees of
freedom: those of the domain, plus 1, less the number of coefficients. `svyglm` in R's ``survey`` does the
same. References: Binder (1983), Int. Stat. Review 51, 279–292; on separation, Albert and Anderson (1984),
Biometrika 71, 1–10, and Konis (2007), whose linear program finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from scipy import optimize, special

from monosashi import errors
from monosashi.measure import influence
from monosashi.measure import interval as intervals
from monosashi.measure.asked import Asked, Given, Path
from monosashi.measure.cells import Floats, Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.reducer import Check, Condition, Favourable, Number, Reducer, Sample, Survey
from monosashi.measure.statistics import importance
from monosashi.measure.statistics.complete import (
    Complete,
    Standardized,
    complete_cases,
    refused,
    standardized,
)

Family = Literal["linear", "logistic"]
INTERCEPT = "(intercept)"
ROUNDS = 100  # of Newton's method; it takes some ten
SETTLED = 1e-12  # relative change of the coefficients
SUSPECT = 12.0  # |x'β| from which separation is looked for: a chance of some 6 in a million


class RegressionAsked(Asked):
    statistic: Literal["regression"]
    outcome: str
    on: Annotated[tuple[str, ...], Field(min_length=1)]
    family: Family = "linear"
    favourable: tuple[Value, ...] = ()

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("outcome",), self.outcome
        yield from ((("on", place), name) for place, name in enumerate(self.on))
        yield from super().columns()

    def checks(self) -> list[Check]:
        found = answer_checks(self.outcome, self.missing, self.favourable)
        return found + [check for name in self.on for check in answer_checks(name, self.missing, ())]

    def codes(self) -> tuple[Value, ...]:
        return self.favourable

    def answered(self, given: Given) -> Sequence[Estimate]:
        return regression_of(
            given.reducer,
            given.sample,
            self.outcome,
            self.on,
            family=self.family,
            favourable=self.favourable,
            missing=self.missing,
            by=self.by,
            where=self.conditions,
            level=self.level_in(given),
        )


def regression_of(
    reducer: Reducer,
    sample: Sample,
    outcome: str,
    on: tuple[str, ...],
    *,
    family: Family = "linear",
    favourable: tuple[Value, ...] = (),
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Sequence[Estimate]:
    """One estimate for each coefficient of each domain, the intercept first.

    `more` holds its ``term``, ``p`` (two-sided, of β = 0) and ``covariance``, its row of the covariance
    matrix. With `favourable` the outcome is 1 for these codes, else 0; the logistic family needs them.
    Raises FAVOURABLE_NEEDED, and without `by` COLUMNS_COLLINEAR, COLUMNS_CONSTANT, OUTCOME_SEPARATED or
    TOO_FEW_ANSWERS; with `by` a domain that has no answer is one ``not_applicable`` estimate.
    """
    if family == "logistic" and not favourable:
        raise errors.FAVOURABLE_NEEDED()
    y = Favourable(outcome, favourable, missing) if favourable else Number(outcome, missing)
    terms = (*(Number(name, missing) for name in on), y)
    found = complete_cases(reducer, Survey(sample, terms, by, where), level)
    fits: list[_Fit | Estimate] = [_attempt(found, d, (*on, outcome), family) for d in found.domains]
    u = np.zeros((len(found.member), len(on) + 1))
    for d, fit in enumerate(fits):
        if isinstance(fit, _Fit):
            u[found.places(d)] = fit.influence
    spread = influence.covariance_of(found.profiles, u, found.member, sample, reducer)
    listed: list[Estimate] = []
    for d, fit in enumerate(fits):
        one = _estimates(found, d, fit, on, spread.covariance[d]) if isinstance(fit, _Fit) else [fit]
        listed += one
    return listed


@dataclass(frozen=True, eq=False)
class _Fit:
    """coefficients β, shape (p + 1,); influence A⁻¹x(y − μ) of a row of each group, shape (groups, p + 1)."""

    coefficients: Floats
    influence: Floats


def _attempt(found: Complete, d: int, names: tuple[str, ...], family: Family) -> _Fit | Estimate:
    if not found.n[d]:
        return found.estimate("regression", d)
    try:
        return _fit(found, d, names, family)
    except errors.Problem as problem:
        return refused("regression", found, d, problem)


def _fit(found: Complete, d: int, names: tuple[str, ...], family: Family) -> _Fit:
    places, name = found.places(d), found.name(d)
    values, weight = found.profiles.values[places], found.profiles.weight[places]
    if found.n[d] <= len(names):
        raise errors.TOO_FEW_ANSWERS(n=int(found.n[d]), needed=len(names) + 1, domain=name)
    scaled, y = standardized(values[:, :-1], weight), values[:, -1]
    _check(scaled, y, names, name)
    x = np.hstack([np.ones((len(y), 1)), scaled.z])
    beta = _least_squares(x, y, weight) if family == "linear" else _logistic(x, y, weight)
    if family == "logistic" and (beta is None or np.abs(x @ beta).max() > SUSPECT):
        apart = _separating(x, y)
        if apart or beta is None:
            columns = ", ".join(names[j - 1] for j in apart if j) or ", ".join(names[:-1])
            raise errors.OUTCOME_SEPARATED(columns=columns, domain=name)
    assert beta is not None
    mean, spread = _moments(x @ beta, family)
    a = x.T @ (x * (weight * spread)[:, None])
    u = np.linalg.solve(a, (x * (y - mean)[:, None]).T).T
    return _unscaled(beta, np.asarray(u, dtype=np.float64), scaled)


def _moments(eta: Floats, family: Family) -> tuple[Floats, Floats]:
    """(μ, v) of x'β."""
    if family == "linear":
        return eta, np.ones(len(eta))
    mean = special.expit(eta)
    return mean, mean * special.expit(-eta)


def _check(scaled: Standardized, y: Floats, names: tuple[str, ...], domain: str) -> None:
    constant = [name for name, scale in zip(names, scaled.scale, strict=False) if not scale]
    if np.all(y == y[0]):
        constant.append(names[-1])
    if constant:
        raise errors.COLUMNS_CONSTANT(columns=", ".join(constant), domain=domain)
    r = scaled.z.T @ (scaled.z * scaled.weight[:, None]) / scaled.weight.sum()
    alike = importance.collinear(r)
    if alike:
        raise errors.COLUMNS_COLLINEAR(columns=", ".join(names[j] for j in alike), domain=domain)


def _least_squares(x: Floats, y: Floats, weight: Floats) -> Floats:
    """β from the rows themselves, which keeps twice the digits of X'WX."""
    root = np.sqrt(weight)
    center = weight @ y / weight.sum()
    beta = np.linalg.lstsq(x * root[:, None], (y - center) * root, rcond=None)[0]
    beta[0] += center
    return np.asarray(beta, dtype=np.float64)


def _logistic(x: Floats, y: Floats, weight: Floats) -> Floats | None:
    """β by Newton's method with halved steps (iteratively reweighted least squares); None without an end."""
    beta = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        mean, spread = _moments(x @ beta, "logistic")
        a = x.T @ (x * (weight * spread)[:, None])
        if not np.linalg.cond(a) < 1e14:
            return None
        newton = np.asarray(np.linalg.solve(a, x.T @ (weight * (y - mean))), dtype=np.float64)
        step = _shortened(x, y, weight, beta, newton)
        beta = beta + step
        if np.abs(step).max() <= SETTLED * max(1.0, np.abs(beta).max()):
            return beta
    return None


def _shortened(x: Floats, y: Floats, weight: Floats, beta: Floats, step: Floats) -> Floats:
    """The step, halved until the likelihood does not fall."""
    before = _likelihood(x @ beta, y, weight)
    for _ in range(30):
        if _likelihood(x @ (beta + step), y, weight) >= before - 1e-12 * abs(before):
            break
        step = step / 2
    return step


def _likelihood(eta: Floats, y: Floats, weight: Floats) -> float:
    return float(weight @ (y * special.log_expit(eta) + (1 - y) * special.log_expit(-eta)))


def _separating(x: Floats, y: Floats) -> list[int]:
    """The columns of a γ with (2y − 1)·x'γ ≥ 0 everywhere and not always 0; none where there is no such γ."""
    signed = np.unique(x * (2 * y - 1)[:, None], axis=0)
    found = optimize.linprog(
        -signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs"
    )
    if found.x is None or -found.fun < 1e-7 * len(signed):
        return []
    return [int(j) for j in np.flatnonzero(np.abs(found.x) > 1e-7)]


def _unscaled(beta: Floats, u: Floats, scaled: Standardized) -> _Fit:
    """From standardized columns back to those of the table: β_j/s_j, and β_0 − Σ β_j c_j/s_j."""
    turn = np.eye(len(beta))
    turn[0, 1:] = -scaled.center / scaled.scale
    turn[range(1, len(beta)), range(1, len(beta))] = 1 / scaled.scale
    return _Fit(turn @ beta, u @ turn.T)


def _estimates(
    found: Complete, d: int, fit: _Fit, on: tuple[str, ...], covariance: Floats
) -> Sequence[Estimate]:
    v = np.maximum(covariance.diagonal(), 0.0)
    df = max(int(found.df[d]) - len(on), 0)
    lower, upper = intervals.t(fit.coefficients, v, np.full(len(v), float(df)), found.level)
    told = found.estimate("regression", d)
    settled = df >= 1
    return [
        replace(
            told,
            status=Status.VALUE if settled else Status.UNRELIABLE,
            value=float(fit.coefficients[j]),
            se=float(np.sqrt(v[j])) if np.isfinite(v[j]) else None,
            interval=Interval(float(lower[j]), float(upper[j])) if np.isfinite(lower[j]) else None,
            interval_method="t" if np.isfinite(lower[j]) else None,
            df=df,
            reason=None if settled else "few_degrees_of_freedom",
            more={
                "term": term,
                "p": _p_value(float(fit.coefficients[j]), float(v[j]), df),
                "covariance": [float(c) if np.isfinite(c) else None for c in covariance[j]],
            },
        )
        for j, term in enumerate((INTERCEPT, *on))
    ]


def _p_value(value: float, v: float, df: int) -> float | None:
    """Two-sided p of 0, from t = value/se on df degrees of freedom."""
    if df < 1 or not v > 0:
        return None
    return float(2 * special.stdtr(df, -abs(value) / np.sqrt(v)))
