"""Quotas: a crossing of variables, in whole numbers whose margins add up.

Every variable after the first is crossed in turn with what is there already. A cell, the total of a value
within each value of the first variable, and the total of a value over everything are each the exact number
rounded down or up; rows keep their sums, and so do totals. This is controlled rounding (Cox 1987) as a flow:
its constraints form two nested families, so whole numbers exist, and among them those are taken that keep
most of the remainders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from monosashi.measure.cells import Floats, Ints, Value
from monosashi.measure.planning.allocation import whole

Margin = Mapping[Value, float]


@dataclass(frozen=True)
class Quotas:
    """cells: the values of every variable, and n."""

    variables: tuple[str, ...]
    cells: tuple[tuple[tuple[Value, ...], int], ...]

    def margin(self, variable: str) -> dict[Value, int]:
        place = self.variables.index(variable)
        found: dict[Value, int] = {}
        for values, n in self.cells:
            found[values[place]] = found.get(values[place], 0) + n
        return found


def first_margin(n: int, margin: Margin) -> dict[Value, int]:
    """n divided among the values of one variable by largest remainders."""
    counts = whole(np.array(list(margin.values()), dtype=np.float64), n)
    return dict(zip(margin, counts.tolist(), strict=True))


def crossing(first: tuple[str, Mapping[Value, int]], others: Mapping[str, Margin]) -> Quotas:
    """`first` (variable, n of each value) crossed with the margins of the others, as if independent."""
    variable, counts = first
    keys: list[tuple[Value, ...]] = [(value,) for value in counts]
    cells, groups = np.array(list(counts.values()), dtype=np.int64), np.arange(len(counts))
    for margin in others.values():
        shares = np.array(list(margin.values()), dtype=np.float64)
        cells = crossed(cells, groups, shares / shares.sum()).ravel()
        keys = [(*key, value) for key in keys for value in margin]
        groups = np.repeat(groups, len(margin))
    found = tuple(zip(keys, cells.tolist(), strict=True))
    return Quotas((variable, *others), found)


def crossed(rows: Ints, groups: Ints, shares: Floats) -> Ints:
    """Whole cells of shape (rows, shares) with those row sums; totals as the module says."""
    exact = np.outer(rows, shares)
    totals = whole(shares, int(rows.sum())).astype(np.float64)
    for wanted in (totals, None):  # the largest remainders of the totals, else any rounding of them
        found = _rounded(exact, groups, wanted)
        if found is not None:
            return found
    raise AssertionError("two nested families of constraints always have a whole solution")


def _rounded(exact: Floats, groups: Ints, totals: Floats | None) -> Ints | None:
    from scipy import optimize, sparse  # here: half a second that only quotas need

    floors = np.floor(exact + 1e-9)
    rest = np.maximum(exact - floors, 0.0)
    n, k = exact.shape
    one, column = sparse.identity(k, format="csr"), np.ones((1, k))
    by_group = sparse.csr_matrix((np.ones(n), (groups, np.arange(n))), shape=(groups.max() + 1, n))
    rows, parts = sparse.kron(sparse.identity(n), column), sparse.kron(by_group, one)
    sums = np.round(rest.sum(axis=1))
    if totals is None:
        low, high = _bounds(rest.sum(axis=0))
    else:
        low = high = totals - floors.sum(axis=0)
    low_part, high_part = _bounds(by_group @ rest)
    constraints: list[Any] = [
        optimize.LinearConstraint(rows, sums, sums),
        optimize.LinearConstraint(parts, low_part.ravel(), high_part.ravel()),
        optimize.LinearConstraint(sparse.kron(np.ones((1, n)), one), low, high),
    ]
    upper = (rest.ravel() > 1e-9).astype(float)
    found = optimize.milp(
        -rest.ravel(), integrality=np.ones(n * k), bounds=optimize.Bounds(0, upper), constraints=constraints
    )
    return (floors + np.round(found.x).reshape(n, k)).astype(np.int64) if found.success else None


def _bounds(values: Floats) -> tuple[Floats, Floats]:
    return np.floor(values + 1e-9), np.ceil(values - 1e-9)


def listed(quotas: Quotas) -> list[dict[str, Any]]:
    return [{**dict(zip(quotas.variables, values, strict=True)), "n": n} for values, n in quotas.cells]
