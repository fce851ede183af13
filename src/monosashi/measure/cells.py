"""Cells: what one pass over the rows leaves behind, and all that the formulas ever see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Value = str | int | float | bool
Key = tuple[Value, ...]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Strata:
    """The strata of the whole sample, in the order of their keys. Every array has one entry per stratum.

    n_psu is n_h, the number of PSUs drawn; rows their rows. fpc_lower and fpc_upper are the smallest and
    largest value of the fpc column: equal in a sound file, NaN where the design has none.
    """

    keys: tuple[Key, ...]
    n_psu: Ints
    rows: Ints
    fpc_lower: Floats
    fpc_upper: Floats

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, eq=False)
class Moments:
    """Second moments of the rows of a cell, for samples in which every row is its own PSU.

    aa = Σ(w·a)², ab = Σ(w·a)(w·b), bb = Σ(w·b)²; wa = Σw²·a and wb = Σw²·b serve the calibrated variance.
    """

    aa: Floats
    ab: Floats
    bb: Floats
    wa: Floats
    wb: Floats


@dataclass(frozen=True, eq=False)
class Products:
    """Further sums of the rows of a cell, for ratios: w = Σw, ab = Σw·a·b and bb = Σw·b²."""

    w: Floats
    ab: Floats
    bb: Floats


class Runs(NamedTuple):
    """Runs of cells with the same domain and stratum: the first cell of each, its domain and stratum."""

    first: Ints
    domain: Ints
    stratum: Ints


@dataclass(frozen=True, eq=False)
class Layout:
    """Which cells there are: per (domain, stratum, PSU), or per (domain, stratum[, pattern]) where rows are
    the PSUs. Shared by all questions that split the same rows alike.

    domain and stratum index `domains` and the sample's `Strata`; unit numbers the PSUs of the whole sample
    (None: rows are PSUs); pattern numbers the calibration patterns. Every array has one entry per cell.
    """

    by: tuple[str, ...]
    domains: tuple[Key, ...]
    domain: Ints
    stratum: Ints
    unit: Ints | None = None
    pattern: Ints | None = None

    @cached_property
    def runs(self) -> Runs | None:
        """None where the cells are not in the order of their domains and strata."""
        if not len(self.domain):
            return None
        domain, stratum = np.diff(self.domain), np.diff(self.stratum)
        if (domain < 0).any() or ((domain == 0) & (stratum < 0)).any():
            return None
        first = np.flatnonzero(np.concatenate([[True], (domain != 0) | (stratum != 0)]))
        return Runs(first, self.domain[first], self.stratum[first])

    @cached_property
    def starts(self) -> Ints | None:
        """The first cell of each domain; None where the cells are in no order or a domain has none."""
        if self.runs is None:
            return None
        found = np.searchsorted(self.domain, np.arange(len(self.domains) + 1))
        return found[:-1] if (np.diff(found) > 0).all() else None


class Sums(NamedTuple):
    """The sums of `Cells` per domain: shape (domains,) each."""

    a: Floats
    b: Floats
    q: Floats
    n: Floats
    n_missing: Floats


@dataclass(frozen=True, eq=False)
class Cells:
    """Sums of the rows of each cell of a layout.

    a = Σw·a, b = Σw·b and q = Σw·a² over answering rows; n counts them, n_missing the rows without answer.
    `moments` holds what samples need whose rows are PSUs. All arrays have one entry per cell; sums add up
    over batches of rows.
    """

    layout: Layout
    a: Floats
    b: Floats
    q: Floats
    n: Ints
    n_missing: Ints
    moments: Moments | None = None
    products: Products | None = None  # where b is a term of its own

    @property
    def by(self) -> tuple[str, ...]:
        return self.layout.by

    @property
    def domains(self) -> tuple[Key, ...]:
        return self.layout.domains

    @property
    def domain(self) -> Ints:
        return self.layout.domain

    @property
    def stratum(self) -> Ints:
        return self.layout.stratum

    @property
    def unit(self) -> Ints | None:
        return self.layout.unit

    @property
    def pattern(self) -> Ints | None:
        return self.layout.pattern

    @cached_property
    def sums(self) -> Sums:
        a = self.per_domain(self.a)
        q = a if self.q is self.a else self.per_domain(self.q)
        return Sums(a, self.per_domain(self.b), q, self.per_domain(self.n), self.per_domain(self.n_missing))

    def per_domain(self, values: Floats | Ints) -> Floats:
        """Adds the values of the cells of each domain: shape (domains,)."""
        starts = self.layout.starts
        if starts is None:
            return added(self.domain, values, len(self.domains))
        return np.add.reduceat(values, starts).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class Profiles:
    """Rows that are equal in everything that counts, together. Every array has one entry per group.

    values has one column per term, NaN where the rows lack it; a column of `Levels` holds places in
    `levels` (an empty tuple for other terms). weight = Σw, weight_squared = Σw², design_weight = Σd,
    n the rows. unit is None where rows are PSUs, pattern where nothing is calibrated.
    """

    by: tuple[str, ...]
    domains: tuple[Key, ...]
    levels: tuple[tuple[Value, ...], ...]
    domain: Ints
    stratum: Ints
    unit: Ints | None
    pattern: Ints | None
    values: Floats
    weight: Floats
    weight_squared: Floats
    design_weight: Floats
    n: Ints


@dataclass(frozen=True, eq=False)
class Answers:
    """Single answers with their weights, in the order of domain, value and row; weights of 0 left out."""

    domains: tuple[Key, ...]
    domain: Ints
    value: Floats
    weight: Floats


@dataclass(frozen=True, eq=False)
class Patterns:
    """The crossings of the calibration variables that occur in the sample, in the order of their keys.

    weight = Σd, weight_squared = Σd², lightest and heaviest the extreme design weights; rows their number.
    """

    columns: tuple[str, ...]
    keys: tuple[Key, ...]
    rows: Ints
    weight: Floats
    weight_squared: Floats
    lightest: Floats
    heaviest: Floats


@dataclass(frozen=True, eq=False)
class Weights:
    """The design weights that occur: one entry for each different weight of a pattern, n rows have it.

    Ordered by pattern, then by weight.
    """

    pattern: Ints
    weight: Floats
    n: Ints


@dataclass(frozen=True, eq=False)
class Pieces:
    """Trimmed weights as a function of the design weight: w = slope·d + shift for above < d ≤ up_to.

    The pieces of a pattern follow one another without a gap, the first from 0, the last to infinity.
    """

    pattern: Ints
    above: Floats
    up_to: Floats
    slope: Floats
    shift: Floats


@dataclass(frozen=True, eq=False)
class Crossing:
    """Where calibration meets the design: entries (group, pattern), group = PSU, or stratum without PSUs.

    weight = Σw and weight_squared = Σw² with the calibrated weights, over the whole sample.
    """

    group: Ints
    pattern: Ints
    weight: Floats
    weight_squared: Floats
    stratum: Ints  # of each entry


@dataclass(frozen=True, eq=False)
class Regressors:
    """Per (domain, pattern): Σd·a and Σd·b with the design weights, and the same without weights.

    With the patterns' categories they give X'Du of every domain, hence the regression that calibrated
    variance takes its residuals from.
    """

    domain: Ints
    pattern: Ints
    a: Floats
    b: Floats
    plain_a: Floats
    plain_b: Floats


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums of counts per domain: total over the rows asked for, part over those of the numerator.

    rows counts the rows that were added up, left_out those whose unit lacks a value.
    """

    by: tuple[str, ...]
    domains: tuple[Key, ...]
    total: Floats
    part: Floats
    rows: Ints
    left_out: Ints


def added(group: NDArray[np.integer[Any]], values: Floats | Ints | Marks, size: int) -> Floats:
    """Σ of the values of each group, as doubles: shape (size,)."""
    return np.asarray(np.bincount(group, weights=values, minlength=size), dtype=np.float64)


def same(value: object) -> object:
    """What two keys are compared by: numbers as numbers (``"1"`` and ``1.0`` are one), the rest as it is.

    Text with a leading zero is a code, not a number: ``"01101"`` stays itself. Yes and no are the words
    ``true`` and ``false``, never the numbers that Python takes them for.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value).strip()
    if text.lstrip("+-")[:1].isdigit() and not (
        text.lstrip("+-").startswith("0") and text.lstrip("+-")[1:2].isdigit()
    ):
        try:
            return float(text)
        except ValueError:
            return text
    return text
