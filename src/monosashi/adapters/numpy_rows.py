"""The rows of a sample and of a question as arrays: who is in them, in which domain, stratum and PSU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monosashi.adapters.engine_values import drawn
from monosashi.adapters.numpy_columns import Columns, Missing
from monosashi.adapters.numpy_groups import Groups, Whole, grouped
from monosashi.adapters.numpy_weights import pattern_places, weighed
from monosashi.measure.cells import Floats, Ints, Key, Layout, Marks, Strata
from monosashi.measure.reducer import Condition, Sample

Place = Ints | slice  # the places of rows in the table, or a slice of all of them, which copies nothing
NONE = Groups(np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Drawn:
    """The strata and PSUs of the rows of a table; unit numbers PSUs stratum by stratum."""

    d: Floats
    stratum: Whole
    unit: Whole
    strata: Strata


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of a question: their places in the table, domains, design and weights.

    pattern is None where nothing is calibrated.
    """

    size: int
    place: Place
    domain: Whole
    domains: tuple[Key, ...]
    stratum: Whole
    unit: Whole
    pattern: Whole | None
    d: Floats
    w: Floats


@dataclass(frozen=True, eq=False)
class Split:
    """Rows in their cells: of a domain and PSU, or of a domain, stratum and pattern where rows are PSUs."""

    rows: Rows
    cells: Groups
    layout: Layout

    @cached_property
    def weight(self) -> Floats:
        """Σw of each cell."""
        return self.cells.sum(self.rows.w)


def places(marks: Marks) -> Place:
    return slice(None) if marks.all() else np.flatnonzero(marks)


def count(place: Place, rows: int) -> int:
    return rows if isinstance(place, slice) else len(place)


def grouped_or_none(ranks: Sequence[Whole], rows: int) -> Groups:
    """Groups of rows, none where there is no row."""
    return grouped(ranks, rows) if rows else NONE


def sample_of(columns: Columns, sample: Sample) -> Drawn:
    return columns.table.once(("numpy drawn", *drawn(sample)), lambda: _drawn(columns, sample))


def rows_of(columns: Columns, sample: Sample, by: Sequence[str], where: Sequence[Condition]) -> Rows:
    """The rows in the domains of a question, weighted. A row whose `by` cell is empty is in none."""
    of_sample, (w, inside) = sample_of(columns, sample), weighed_rows(columns, sample)
    pattern = _patterns(columns, sample)
    inside = inside & columns.where(where) if where else inside
    for name in by:
        inside = inside & columns.filled(name, sample.missing)
    place = places(inside)
    size = count(place, columns.rows)
    groups, keys = keyed(columns, by, sample.missing, place)
    return Rows(
        size,
        place,
        groups.of_row,
        keys,
        stratum=of_sample.stratum[place],
        unit=of_sample.unit[place],
        pattern=None if pattern is None else pattern[place],
        d=of_sample.d[place],
        w=w[place],
    )


def weighed_rows(columns: Columns, sample: Sample) -> tuple[Floats, Marks]:
    """(the weight of each row of the table, which rows count: design cells there, and weighted)."""
    w, found = weighed(design_weights(columns, sample), _patterns(columns, sample), sample.weighting)
    inside = placed(columns, sample)
    return w, inside if found is None else inside & found


def design_weights(columns: Columns, sample: Sample) -> Floats:
    weight = sample.design.weight
    return columns.numbers(weight) if weight else np.ones(columns.rows)


def placed(columns: Columns, sample: Sample) -> Marks:
    """The rows of a sample whose design cells are all there."""
    design, found = sample.design, columns.where(sample.only)
    for name in [*design.stratum, *([design.psu] if design.psu else [])]:
        found &= columns.filled(name, sample.missing)
    return found


def split_of(columns: Columns, sample: Sample, by: Sequence[str], where: Sequence[Condition]) -> Split:
    """As `rows_of`, with the cells; kept for the next questions that split the rows alike."""
    key = (*drawn(sample), sample.weighting, tuple(by), repr(where))
    return columns.lately(key, lambda: _split(rows_of(columns, sample, by, where), sample, tuple(by)))


def _split(rows: Rows, sample: Sample, by: tuple[str, ...]) -> Split:
    by_psu = sample.design.psu is not None
    pattern = None if by_psu else rows.pattern
    if by_psu:
        ranks = [rows.domain, rows.unit]  # units are numbered stratum by stratum
    else:
        ranks = [rows.domain, rows.stratum, *([] if pattern is None else [pattern])]
    cells = grouped_or_none(ranks, rows.size)
    layout = Layout(
        by=by,
        domains=rows.domains,
        domain=cells.first(rows.domain),
        stratum=cells.first(rows.stratum),
        unit=cells.first(rows.unit) if by_psu else None,
        pattern=None if pattern is None else cells.first(pattern),
    )
    return Split(rows, cells, layout)


def keyed(
    columns: Columns, names: Sequence[str], missing: Missing, place: Place
) -> tuple[Groups, tuple[Key, ...]]:
    """(rows with equal keys together, the keys in order). Without names one key, even without rows."""
    size = count(place, columns.rows)
    if names and not size:
        return NONE, ()
    if isinstance(place, slice):
        settled = tuple(columns.table.columns[name] for name in names)
        key = ("keyed", tuple(names), settled, repr(missing))
        return columns.lately(key, lambda: _keyed(columns, names, missing, place))
    return _keyed(columns, names, missing, place)


def _keyed(
    columns: Columns, names: Sequence[str], missing: Missing, place: Place
) -> tuple[Groups, tuple[Key, ...]]:
    size = count(place, columns.rows)
    keys = [columns.key(name, missing) for name in names]
    ranks = [key.rank[columns.codes(name)[place]] for key, name in zip(keys, names, strict=True)]
    groups = grouped(ranks, size)
    if not names:
        return groups, ((),)
    of_groups = [
        [key.names[rank] for rank in groups.first(ranked)] for key, ranked in zip(keys, ranks, strict=True)
    ]
    return groups, tuple(zip(*of_groups, strict=True))


def _drawn(columns: Columns, sample: Sample) -> Drawn:
    place = places(columns.where(sample.only))
    of_strata, keys = keyed(columns, sample.design.stratum, sample.missing, place)
    of_units = _units(columns, sample, place, of_strata)
    strata = _strata(columns, sample, place, of_strata, of_units, keys)
    stratum, unit = (_in_table(groups, place, columns.rows) for groups in (of_strata, of_units))
    return Drawn(design_weights(columns, sample), stratum, unit, strata)


def _units(columns: Columns, sample: Sample, place: Place, strata: Groups) -> Groups:
    """PSUs within their strata; the strata, where rows are PSUs."""
    psu, size = sample.design.psu, count(place, columns.rows)
    if psu is None or not size:
        return strata
    return grouped([strata.of_row, columns.key(psu, sample.missing).rank[columns.codes(psu)[place]]], size)


def _in_table(groups: Groups, place: Place, rows: int) -> Whole:
    """The group of each row of the table, 0 of rows that are not in the sample."""
    if isinstance(place, slice):
        return groups.of_row
    found = np.zeros(rows, dtype=groups.of_row.dtype)
    found[place] = groups.of_row
    return found


def _strata(  # noqa: PLR0917 - what is known of the strata once the rows are grouped
    columns: Columns, sample: Sample, place: Place, strata: Groups, units: Groups, keys: tuple[Key, ...]
) -> Strata:
    design = sample.design
    n_psu = rows = strata.count()
    if design.psu and count(place, columns.rows):
        rank = columns.key(design.psu, sample.missing).rank[columns.codes(design.psu)[place]]
        there = units.first(rank) > 0
        n_psu = np.bincount(units.first(strata.of_row)[there], minlength=len(strata)).astype(np.int64)
    low, high = np.full(len(strata), np.nan), np.full(len(strata), np.nan)
    if design.fpc:
        size = columns.numbers(design.fpc)[place]
        np.fmin.at(low, strata.of_row, size)
        np.fmax.at(high, strata.of_row, size)
    return Strata(keys, n_psu, rows, low, high)


def patterns_of(columns: Columns, sample: Sample) -> Ints:
    """The calibration pattern of each row, −1 where it has none."""
    found = _patterns(columns, sample)
    assert found is not None
    return found


def _patterns(columns: Columns, sample: Sample) -> Ints | None:
    weighting = sample.weighting
    if weighting is None:
        return None
    key = ("numpy patterns", weighting, repr(sample.missing))
    return columns.table.once(key, lambda: _pattern_of_rows(columns, sample))


def _pattern_of_rows(columns: Columns, sample: Sample) -> Ints:
    assert sample.weighting is not None
    patterns = sample.weighting.patterns
    groups, keys = keyed(columns, patterns.columns, sample.missing, slice(None))
    found = pattern_places(patterns, keys)[groups.of_row]
    for name in patterns.columns:
        filled = columns.filled(name, sample.missing)
        if not filled.all():
            found[~filled] = -1
    return found
