"""Numpy groups and adds: the same cells as `engine`, for small tables and for many questions at once.

The columns are read once, through DuckDB, and stay as arrays (`numpy_columns`); a question then costs a few
passes over them and no statement over the rows. Sums agree with DuckDB's but for the order of adding, which
is that of the rows here. Whoever asks has the table checked by `faults` before: a weight that is no number
adds nothing in either reducer, but which null becomes which NaN is not promised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.engine_values import columns_of, drawn
from monosashi.adapters.numpy_columns import Columns, columns_in
from monosashi.adapters.numpy_groups import Groups, grouped
from monosashi.adapters.numpy_weights import pattern_places, weighed
from monosashi.errors import Finding
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import (
    Cells,
    Crossing,
    Floats,
    Ints,
    Key,
    Marks,
    Moments,
    Patterns,
    Products,
    Profiles,
    Regressors,
    Strata,
    Totals,
    Value,
    Weights,
)
from monosashi.measure.reducer import (
    LARGEST,
    SMALLEST,
    Check,
    Condition,
    Favourable,
    Gap,
    Levels,
    Number,
    Question,
    Reading,
    Sample,
    Survey,
    Tally,
    Term,
    items_of,
)

Missing = tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The rows of a sample: which they are, their design weights, strata and PSUs.

    placed marks those whose design cells are all there; unit numbers PSUs stratum by stratum.
    """

    inside: Marks
    placed: Marks
    d: Floats
    stratum: Ints
    unit: Ints
    strata: Strata


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows of a question: their places in the table, domains, design and weights."""

    place: Ints
    domain: Ints
    domains: tuple[Key, ...]
    stratum: Ints
    unit: Ints
    pattern: Ints
    d: Floats
    w: Floats


class NumpyReducer:
    """`measure.reducer.Reducer` on arrays. Files are opened, and faults described, by a `DuckDBReducer`."""

    def __init__(self, engine: DuckDBReducer | None = None) -> None:
        self._engine = engine or DuckDBReducer()

    def columns(self, source: Source) -> Mapping[str, ColumnType]:
        return self._engine.columns(source)

    def rows(self, source: Source, only: Sequence[Condition] = ()) -> int:
        columns = self._needed(source, [condition.column for condition in only])
        return int(columns.where(only).sum()) if only else columns.rows

    def faults(self, sample: Sample, checks: Sequence[Check]) -> list[Finding]:
        asked = [check.column for check in checks if check.expects != "positive"]
        columns = self._needed(sample.source, [*asked, *(condition.column for condition in sample.only)])
        columns.table.need(check.column for check in checks)
        inside = columns.where(sample.only)
        if any((_fails(columns, check, sample.missing) & inside).any() for check in checks):
            return self._engine.faults(sample, checks)
        return []

    def pivot(self, sample: Sample, item: str, missing: Missing) -> float:
        columns = self._needed(sample.source, [item, *(condition.column for condition in sample.only)])
        found, answered = columns.quantity(item), columns.key(item, (*sample.missing, *missing)).rank > 0
        codes = columns.codes(item)
        rows = np.bincount(codes[columns.where(sample.only)] % len(answered), minlength=len(answered))
        rows = np.where(answered & ~found.lacks, rows, 0)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.sum(np.where(rows > 0, found.value, 0.0) * rows) / max(int(rows.sum()), 1)
        return float(mean) if np.isfinite(mean) else 0.0

    def strata(self, sample: Sample) -> Strata:
        return self._drawn(self._ready(sample), sample).strata

    def cells(self, question: Question) -> Cells:
        sample = question.sample
        columns = self._asked(question)
        rows = self._of(columns, sample, question.by, question.where)
        a, b, answered = _reading(columns, question.reading, sample.missing, rows.place)
        by_psu, patterned = sample.design.psu is not None, sample.weighting is not None
        ranks = [rows.domain, rows.stratum]
        ranks += [rows.unit] if by_psu else [rows.pattern] if patterned else []
        groups = grouped(ranks, len(rows.place))
        groups = groups if len(rows.place) else _NONE
        w = np.where(answered, rows.w, 0.0)
        wa, wb = w * a, w * b
        return Cells(
            by=question.by,
            domains=rows.domains,
            domain=groups.first(rows.domain),
            stratum=groups.first(rows.stratum),
            unit=groups.first(rows.unit) if by_psu else None,
            a=groups.sum(wa),
            b=groups.sum(wb),
            q=groups.sum(wa * a),
            n=groups.count(answered),
            n_missing=groups.count(~answered),
            moments=None
            if by_psu
            else Moments(*map(groups.sum, (wa * wa, wa * wb, wb * wb, w * w * a, w * w * b))),
            pattern=groups.first(rows.pattern) if patterned and not by_psu else None,
            products=Products(*map(groups.sum, (w, wa * b, wb * b))) if question.reading.b else None,
        )

    def profiles(self, survey: Survey) -> Profiles:
        sample = survey.sample
        columns = self._ready(
            sample,
            by=[*survey.by, *(term.item for term in survey.terms if isinstance(term, Levels))],
            asked=[column for term in survey.terms for column in columns_of(term)],
            where=survey.where,
        )
        rows = self._of(columns, sample, survey.by, survey.where)
        by_psu, patterned = sample.design.psu is not None, sample.weighting is not None
        values = [_values(columns, term, sample.missing, rows.place) for term in survey.terms]
        ranks = [rows.domain, rows.stratum, *([rows.unit] if by_psu else [])]
        ranks += [*([rows.pattern] if patterned else []), *(rank for rank, _, _ in values)]
        groups = grouped(ranks, len(rows.place)) if len(rows.place) else _NONE
        of_groups = [value[groups.row] for _, value, _ in values]
        return Profiles(
            by=survey.by,
            domains=rows.domains,
            levels=tuple(known for _, _, known in values),
            domain=groups.first(rows.domain),
            stratum=groups.first(rows.stratum),
            unit=groups.first(rows.unit) if by_psu else None,
            pattern=groups.first(rows.pattern) if patterned else None,
            values=np.stack(of_groups, axis=1) if of_groups else np.empty((len(groups), 0)),
            weight=groups.sum(rows.w),
            weight_squared=groups.sum(rows.w * rows.w),
            design_weight=groups.sum(rows.d),
            n=groups.count(),
        )

    def regressors(self, question: Question) -> Regressors:
        columns = self._asked(question)
        rows = self._of(columns, question.sample, question.by, question.where)
        a, b, answered = _reading(columns, question.reading, question.sample.missing, rows.place)
        groups = grouped([rows.domain, rows.pattern], len(rows.place)) if len(rows.place) else _NONE
        sums = (groups.sum(values, answered) for values in (rows.d * a, rows.d * b, a, b))
        return Regressors(groups.first(rows.domain), groups.first(rows.pattern), *sums)

    def patterns(self, sample: Sample, columns: tuple[str, ...]) -> Patterns:
        loaded = self._ready(sample, by=columns)
        of_sample = self._drawn(loaded, sample)
        place = np.flatnonzero(of_sample.inside)
        groups, keys = _keyed(loaded, columns, sample.missing, place)
        d = of_sample.d[place]
        low, high = np.full(len(groups), np.inf), np.full(len(groups), -np.inf)
        np.minimum.at(low, groups.of_row, d)
        np.maximum.at(high, groups.of_row, d)
        return Patterns(columns, keys, groups.count(), groups.sum(d), groups.sum(d * d), low, high)

    def weights(self, sample: Sample) -> Weights:
        columns = self._ready(sample)
        of_sample = self._drawn(columns, sample)
        pattern = self._patterns(columns, sample)
        place = np.flatnonzero(of_sample.inside & (pattern >= 0))
        known, rank = np.unique(of_sample.d[place], return_inverse=True)
        groups = grouped([pattern[place], rank], len(place)) if len(place) else _NONE
        return Weights(groups.first(pattern[place]), known[groups.first(rank)], groups.count())

    def crossing(self, sample: Sample) -> Crossing:
        columns = self._ready(sample)
        key = ("numpy crossing", sample.weighting, *drawn(sample))
        return columns.table.once(key, lambda: self._crossing(columns, sample))

    def _crossing(self, columns: Columns, sample: Sample) -> Crossing:
        rows = self._of(columns, sample, (), ())
        unit = rows.unit if sample.design.psu else rows.stratum
        groups = grouped([unit, rows.pattern], len(rows.place)) if len(rows.place) else _NONE
        sums = groups.sum(rows.w), groups.sum(rows.w * rows.w)
        return Crossing(
            groups.first(unit), groups.first(rows.pattern), *sums, stratum=groups.first(rows.stratum)
        )

    def totals(self, tally: Tally) -> Totals:
        asked = [*tally.by, *tally.unit, *(c.column for c in (*tally.only, *tally.part))]
        asked += [name for name in (tally.quantity, tally.status) if name]
        columns = self._needed(tally.source, asked)
        columns.table.settle(tally.by, ())
        inside = columns.where(tally.only)
        for name in tally.by:
            inside &= columns.key(name, ()).rank[columns.codes(name)] > 0
        place = np.flatnonzero(inside)
        quantity, there = _quantity(columns, tally, place)
        groups, keys = _keyed(columns, tally.by, (), place)
        whole, lacking = _whole(columns, tally, place, groups, there)
        counted = whole & there
        part = columns.where(tally.part)[place]
        return Totals(
            tally.by,
            keys,
            groups.sum(quantity, counted),
            groups.sum(quantity, counted & part),
            groups.count(counted),
            groups.count(lacking),
        )

    def _needed(self, source: Source, names: Sequence[str]) -> Columns:
        table = self._engine.opened(source)
        table.need(names)
        columns = columns_in(table)
        columns.load(names)
        return columns

    def _asked(self, question: Question) -> Columns:
        terms = [*items_of(question.reading.a), *items_of(question.reading.b)]
        return self._ready(question.sample, by=question.by, asked=terms, where=question.where)

    def _ready(
        self,
        sample: Sample,
        *,
        by: Sequence[str] = (),
        asked: Sequence[str] = (),
        where: Sequence[Condition] = (),
    ) -> Columns:
        """The columns, known to be there; the grouping ones told numbers from words, as the engine does."""
        columns = columns_in(self._engine.prepared(sample, by, asked, where))
        columns.load([*by, *asked, *(condition.column for condition in where)])
        return columns

    def _drawn(self, columns: Columns, sample: Sample) -> _Drawn:
        return columns.table.once(("numpy drawn", *drawn(sample)), lambda: _drawn(columns, sample))

    def _patterns(self, columns: Columns, sample: Sample) -> Ints:
        """The calibration pattern of each row, −1 where it has none; 0 without calibration."""
        weighting = sample.weighting
        if weighting is None:
            return np.zeros(columns.rows, dtype=np.int64)
        key = ("numpy patterns", weighting, repr(sample.missing))
        return columns.table.once(key, lambda: _pattern_of_rows(columns, sample))

    def _of(self, columns: Columns, sample: Sample, by: Sequence[str], where: Sequence[Condition]) -> _Rows:
        of_sample, pattern = self._drawn(columns, sample), self._patterns(columns, sample)
        inside = of_sample.placed & (pattern >= 0)
        inside = inside & columns.where(where) if where else inside
        for name in by:
            inside = inside & (columns.key(name, sample.missing).rank[columns.codes(name)] > 0)
        w, found = weighed(of_sample.d, pattern, sample.weighting)
        place = np.flatnonzero(inside & found)
        groups, keys = _keyed(columns, by, sample.missing, place)
        return _Rows(
            place,
            groups.of_row,
            keys,
            stratum=of_sample.stratum[place],
            unit=of_sample.unit[place],
            pattern=pattern[place],
            d=of_sample.d[place],
            w=w[place],
        )


_NONE = Groups(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _keyed(
    columns: Columns, names: Sequence[str], missing: Missing, place: Ints
) -> tuple[Groups, tuple[Key, ...]]:
    """(rows with equal keys together, the keys in order). Without names one key, even without rows."""
    if names and not len(place):
        return _NONE, ()
    keyed = [columns.key(name, missing) for name in names]
    ranks = [key.rank[columns.codes(name)[place]] for key, name in zip(keyed, names, strict=True)]
    groups = grouped(ranks, len(place))
    if not names:
        return groups, ((),)
    of_groups = [
        [key.names[rank] for rank in groups.first(ranked)] for key, ranked in zip(keyed, ranks, strict=True)
    ]
    return groups, tuple(zip(*of_groups, strict=True))


def _drawn(columns: Columns, sample: Sample) -> _Drawn:
    design, missing = sample.design, sample.missing
    inside = columns.where(sample.only)
    place = np.flatnonzero(inside)
    d = columns.numbers(design.weight) if design.weight else np.ones(columns.rows)
    of_strata, keys = _keyed(columns, design.stratum, missing, place)
    joined = [*design.stratum, *([design.psu] if design.psu else [])]
    of_units, _ = _keyed(columns, joined, missing, place)
    placed = inside.copy()
    for name in joined:
        placed &= columns.key(name, missing).rank[columns.codes(name)] > 0
    stratum, unit = np.zeros(columns.rows, dtype=np.int64), np.zeros(columns.rows, dtype=np.int64)
    stratum[place], unit[place] = of_strata.of_row, of_units.of_row
    return _Drawn(
        inside, placed, d, stratum, unit, _strata(columns, sample, place, of_strata, of_units, keys)
    )


def _strata(  # noqa: PLR0917 - what is known of the strata once the rows are grouped
    columns: Columns, sample: Sample, place: Ints, strata: Groups, units: Groups, keys: tuple[Key, ...]
) -> Strata:
    design = sample.design
    rows = strata.count()
    n_psu = rows
    if design.psu:
        rank = columns.key(design.psu, sample.missing).rank[columns.codes(design.psu)[place]]
        there = units.first(rank) > 0 if len(place) else np.zeros(0, dtype=bool)
        of_units = units.first(strata.of_row) if len(place) else np.zeros(0, dtype=np.int64)
        n_psu = np.bincount(of_units[there], minlength=len(strata)).astype(np.int64)
    low, high = np.full(len(strata), np.nan), np.full(len(strata), np.nan)
    if design.fpc:
        size = columns.numbers(design.fpc)[place]
        np.fmin.at(low, strata.of_row, size)
        np.fmax.at(high, strata.of_row, size)
    return Strata(keys, n_psu, rows, low, high)


def _pattern_of_rows(columns: Columns, sample: Sample) -> Ints:
    assert sample.weighting is not None
    patterns = sample.weighting.patterns
    groups, keys = _keyed(columns, patterns.columns, sample.missing, np.arange(columns.rows))
    found = pattern_places(patterns, keys)[groups.of_row]
    for name in patterns.columns:
        found[columns.key(name, sample.missing).rank[columns.codes(name)] == 0] = -1
    return found


def _reading(
    columns: Columns, reading: Reading, missing: Missing, place: Ints
) -> tuple[Floats, Floats, Marks]:
    """(a, b, who answered) of the rows, 0 where a row did not answer."""
    a, answered = _term(columns, reading.a, missing, place)
    b = np.ones(len(place))
    if reading.b is not None:
        b, both = _term(columns, reading.b, missing, place)
        answered = answered & both
    return np.where(answered, a, 0.0), np.where(answered, b, 0.0), answered


def _term(columns: Columns, term: Term, missing: Missing, place: Ints) -> tuple[Floats, Marks]:
    if isinstance(term, Gap):
        (first, one), (second, two) = (
            _term(columns, part, missing, place) for part in (term.first, term.second)
        )
        return first - second, one & two
    found, codes = columns.term(term, missing), columns.codes(term.item)[place]
    return found.value[codes], ~found.lacks[codes]


def _values(
    columns: Columns, term: Favourable | Number | Levels, missing: Missing, place: Ints
) -> tuple[Ints, Floats, tuple[Value, ...]]:
    """(ranks, values, levels) of the rows: what they are grouped by, NaN where they lack it."""
    if isinstance(term, Levels):
        key = columns.level(term, missing)
        rank = key.rank[columns.codes(term.item)[place]]
        there = np.unique(rank[rank > 0])
        value = np.where(rank > 0, np.searchsorted(there, rank), np.nan)
        return rank, value, tuple(key.names[one] for one in there)
    found, codes = columns.term(term, missing), columns.codes(term.item)[place]
    rank = np.zeros(len(found.value), dtype=np.int64)
    rank[~found.lacks] = np.unique(found.value[~found.lacks], return_inverse=True)[1] + 1
    return rank[codes], np.where(found.lacks, np.nan, found.value)[codes], ()


def _quantity(columns: Columns, tally: Tally, place: Ints) -> tuple[Floats, Marks]:
    """(the quantity of each row, whether it has one)."""
    value, there = np.ones(len(place)), np.ones(len(place), dtype=bool)
    if tally.quantity:
        found, codes = columns.quantity(tally.quantity), columns.codes(tally.quantity)[place]
        value, there = found.value[codes], ~found.lacks[codes]
    if tally.status:
        there = there & columns.among(tally.status, ["value"])[place]
    return value, there


def _whole(columns: Columns, tally: Tally, place: Ints, groups: Groups, there: Marks) -> tuple[Marks, Marks]:
    """(rows whose whole unit has all of its values, rows that lack theirs)."""
    lacking = ~there
    if tally.status:
        lacking = lacking & ~columns.among(tally.status, ["not_applicable"])[place]
    if not tally.unit:
        return ~lacking, lacking
    units = [columns.codes(name)[place] + 1 for name in tally.unit]
    spans = grouped([groups.of_row, *units], len(place)) if len(place) else _NONE
    return (spans.count(lacking) == 0)[spans.of_row], lacking


def _fails(columns: Columns, check: Check, missing: Missing) -> Marks:
    if check.expects != "positive":
        return columns.fails(check, missing)
    size = columns.numbers(check.column)
    return ~((size >= SMALLEST) & (size <= LARGEST))
