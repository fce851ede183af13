"""`crosstable`: two answers crossed, and whether they go together.

Shares p_rc = Σ w·1[row r, column c]/Σ w over rows that have both answers, with Korn–Graubard intervals, and
Rao and Scott's second-order test of independence: Pearson's X² = n Σ (p − p_r p_c)²/(p_r p_c) is compared
with what clustering and weights make of it. With C an orthogonal basis of the contrasts of interaction,
D = diag(p) and V the covariance of the shares,

    Δ = (C'D⁻¹C/n)⁻¹ (C'D⁻¹VD⁻¹C),  F = X²/tr Δ,  ndf = (tr Δ)²/tr Δ²,  ddf = ndf·df

with df = PSUs less strata of the domain. R: ``svychisq(statistic="F")``. References: Rao and Scott (1984),
Annals of Statistics 12, 46–60; Thomas and Rao (1987), JASA 82, 630–636.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from scipy import special

from monosashi import errors
from monosashi.measure import influence
from monosashi.measure import interval as intervals
from monosashi.measure.asked import Asked, Given, Path
from monosashi.measure.cells import Floats, Ints, Value, added
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.reducer import Condition, Favourable, Levels, Reducer, Sample, Survey
from monosashi.measure.statistics.complete import Complete, complete_cases

MOST = 400  # cells: their covariance matrix has 160,000 entries
FAVOURABLE = ("other", "favourable")  # the rows where `favourable` codes are given


class CrosstableAsked(Asked):
    statistic: Literal["crosstable"]
    row: str
    column: str
    favourable: tuple[Value, ...] = ()

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield ("row",), self.row
        yield ("column",), self.column
        yield from super().columns()

    def codes(self) -> tuple[Value, ...]:
        return self.favourable

    def answered(self, given: Given) -> Sequence[Estimate]:
        return crosstable_of(
            given.reducer,
            given.sample,
            self.row,
            self.column,
            favourable=self.favourable,
            missing=self.missing,
            by=self.by,
            where=self.conditions,
            level=self.level_in(given),
        )


def crosstable_of(
    reducer: Reducer,
    sample: Sample,
    row: str,
    column: str,
    *,
    favourable: tuple[Value, ...] = (),
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Sequence[Estimate]:
    """The share of every cell of every domain; with `favourable`, the rows are these codes and the others.

    `more` holds ``row``, ``column`` and ``test``: ``F``, ``ndf``, ``ddf`` and ``p`` of independence, the same
    for all cells of a domain; None where one of the answers has a single value there or no variance is
    left. A domain without an answer is one ``not_collected`` estimate. Raises CROSSTABLE_TOO_WIDE.
    """
    first = Favourable(row, favourable, missing) if favourable else Levels(row, missing)
    found = complete_cases(reducer, Survey(sample, (first, Levels(column, missing)), by, where), level)
    tables = [_table(found, d, favourable) for d in found.domains]
    listed: list[Estimate] = []
    for d, table in enumerate(tables):
        listed += _estimates(found, table, sample, reducer) if table else [found.estimate("crosstable", d)]
    return listed


@dataclass(frozen=True, eq=False)
class _Table:
    """shares p of one domain, shape (rows·columns,), the last varying fastest; cell is that of each group."""

    domain: int
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    places: Ints
    cell: Ints
    shares: Floats
    n: Ints
    size: float


def _table(found: Complete, d: int, favourable: tuple[Value, ...]) -> _Table | None:
    places, profiles = found.places(d), found.profiles
    if not len(places):
        return None
    levels = [FAVOURABLE if favourable else profiles.levels[0], profiles.levels[1]]
    kept = [np.unique(profiles.values[places, j], return_inverse=True) for j in (0, 1)]
    rows, columns = (tuple(levels[j][int(code)] for code in kept[j][0]) for j in (0, 1))
    cells = len(rows) * len(columns)
    if cells > MOST:
        raise errors.CROSSTABLE_TOO_WIDE(cells=cells, most=MOST)
    cell = kept[0][1] * len(columns) + kept[1][1]
    weight = added(cell, profiles.weight[places], cells)
    n = added(cell, profiles.n[places], cells).astype(np.int64)
    return _Table(d, rows, columns, places, cell, weight / weight.sum(), n, float(weight.sum()))


def _covariance(found: Complete, table: _Table, sample: Sample, reducer: Reducer) -> Floats:
    """Of the shares: the influence of a row on the share of a cell is (1[in the cell] − p)/Σw."""
    u = np.zeros((len(found.member), len(table.shares)))
    inside = table.cell[:, None] == np.arange(len(table.shares))
    u[table.places] = (inside - table.shares) / table.size
    spread = influence.covariance_of(found.profiles, u, found.member, sample, reducer)
    return np.asarray(spread.covariance[table.domain])


def independence(
    shares: Floats, covariance: Floats, shape: tuple[int, int], n: int, df: int
) -> dict[str, float] | None:
    """F, ndf, ddf and p of independence, from the shares of the cells and their covariance."""
    rows, columns = shape
    if min(shape) < 2 or df < 1 or not np.isfinite(covariance).all():
        return None
    p = shares.reshape(shape)
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    pearson = n * float(((p - expected) ** 2 / expected).sum())
    contrasts: Floats = np.asarray(np.kron(_differences(rows), _differences(columns)), dtype=np.float64)
    basis = contrasts - _projected(contrasts, rows, columns)
    inverse = np.where(shares > 0, 1 / np.where(shares > 0, shares, 1.0), 0.0)
    scaled = basis * inverse[:, None]
    delta = np.linalg.lstsq(basis.T @ scaled / n, scaled.T @ covariance @ scaled, rcond=None)[0]
    trace, square = float(np.trace(delta)), float(np.trace(delta @ delta))
    if not trace > 1e-12 or not square > 0:
        return None
    ndf = trace**2 / square
    f, ddf = pearson / trace, ndf * df
    return {"F": f, "ndf": ndf, "ddf": ddf, "p": float(special.fdtrc(ndf, ddf, f))}


def _differences(size: int) -> Floats:
    """Each value but the first, as columns."""
    return np.eye(size, dtype=np.float64)[:, 1:]


def _projected(columns_of: Floats, rows: int, columns: int) -> Floats:
    """The part of each column that lies in the space of the main effects."""
    main = [np.ones((rows * columns, 1)), np.kron(np.eye(rows)[:, 1:], np.ones((columns, 1)))]
    main.append(np.kron(np.ones((rows, 1)), np.eye(columns)[:, 1:]))
    q, _ = np.linalg.qr(np.hstack(main))
    return np.asarray(q @ (q.T @ columns_of))


def _estimates(found: Complete, table: _Table, sample: Sample, reducer: Reducer) -> Sequence[Estimate]:
    d, p = table.domain, table.shares
    covariance = _covariance(found, table, sample, reducer)
    v = np.maximum(covariance.diagonal(), 0.0)
    n, df = int(found.n[d]), int(found.df[d])
    test = independence(p, covariance, (len(table.rows), len(table.columns)), n, df)
    many = np.full(len(p), float(n)), np.full(len(p), float(df))
    lower, upper = intervals.korn_graubard(p, v, *many, found.level)
    effective = intervals.effective_n(p, v, *many, found.level)
    crossing = [(row, column) for row in table.rows for column in table.columns]
    told = replace(found.estimate("crosstable", d), df=df)
    return [
        replace(
            told,
            **_figure(float(p[i]), float(v[i]), float(lower[i]), float(upper[i])),
            n_effective=float(effective[i]) if np.isfinite(effective[i]) else None,
            more={"row": row, "column": column, "n_cell": int(table.n[i]), "test": test},
        )
        for i, (row, column) in enumerate(crossing)
    ]


def _figure(value: float, v: float, lower: float, upper: float) -> dict[str, Any]:
    settled = bool(np.isfinite(lower))
    return {
        "status": Status.VALUE if settled else Status.UNRELIABLE,
        "value": value,
        "se": float(np.sqrt(v)) if np.isfinite(v) else None,
        "interval": Interval(lower, upper) if settled else None,
        "interval_method": "korn_graubard" if settled else None,
        "reason": None if settled else "few_degrees_of_freedom",
    }
