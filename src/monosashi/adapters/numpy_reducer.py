"""Numpy groups and adds: the same cells as `engine`, for small tables and for many questions at once.

The columns are read once, through DuckDB, and stay as arrays (`numpy_columns`); a question then costs a few
passes over them and no statement over the rows. Sums agree with DuckDB's but for the order of adding, which
is that of the rows here. Questions may be asked side by side: arrays are read without a lock, whatever is
found out once about a table is found out under its lock. Whoever asks has the table checked by `faults`
before: a weight that is no number adds nothing in either reducer, but which null becomes which NaN is not
promised.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import RLock

import numpy as np

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.engine_values import columns_of, drawn
from monosashi.adapters.numpy_coding import places_of
from monosashi.adapters.numpy_columns import Columns, Missing, columns_in
from monosashi.adapters.numpy_groups import Groups, Whole, narrow
from monosashi.adapters.numpy_rows import (
    Place,
    Rows,
    count,
    design_weights,
    grouped_or_none,
    keyed,
    patterns_of,
    places,
    rows_of,
    sample_of,
    split_of,
    weighed_rows,
)
from monosashi.errors import Finding
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import (
    Answers,
    Cells,
    Crossing,
    Floats,
    Ints,
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


class NumpyReducer:
    """`measure.reducer.Reducer` on arrays. Files are opened, and faults described, by a `DuckDBReducer`."""

    def __init__(self, engine: DuckDBReducer | None = None) -> None:
        self._engine = engine or DuckDBReducer()
        self._opening = RLock()
        self.at_once = os.cpu_count() or 1

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
        rows = np.bincount(codes[columns.where(sample.only)], minlength=len(answered))
        rows = np.where(answered & ~found.lacks, rows, 0)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.sum(np.where(rows > 0, found.value, 0.0) * rows) / max(int(rows.sum()), 1)
        return float(mean) if np.isfinite(mean) else 0.0

    def strata(self, sample: Sample) -> Strata:
        return sample_of(self._ready(sample), sample).strata

    def cells(self, question: Question) -> Cells:
        sample = question.sample
        columns = self._asked(question)
        split = split_of(columns, sample, question.by, question.where)
        rows, groups = split.rows, split.cells
        answers = _reading(columns, question.reading, sample.missing, rows.place)
        by_psu = sample.design.psu is not None
        w = rows.w if answers.answered is None else rows.w * answers.answered
        wa = w * answers.a
        wb = w if answers.b is None else w * answers.b
        a = groups.sum(wa)
        n = groups.count(answers.answered)
        return Cells(
            split.layout,
            a=a,
            b=split.weight if wb is rows.w else groups.sum(wb),
            q=a if answers.zero_or_one else groups.sum(wa * answers.a),
            n=n,
            n_missing=groups.count() - n,
            moments=None if by_psu else _moments(groups, w, wa, wb),
            products=_products(groups, answers, w, wa) if question.reading.b else None,
        )

    def profiles(self, survey: Survey) -> Profiles:
        sample = survey.sample
        columns = self._ready(
            sample,
            by=[*survey.by, *(term.item for term in survey.terms if isinstance(term, Levels))],
            asked=[column for term in survey.terms for column in columns_of(term)],
            where=survey.where,
        )
        rows = rows_of(columns, sample, survey.by, survey.where)
        by_psu = sample.design.psu is not None
        values = [_values(columns, term, sample.missing, rows) for term in survey.terms]
        ranks = [rows.domain, rows.unit if by_psu else rows.stratum]  # units are numbered stratum by stratum
        ranks += [*([] if rows.pattern is None else [rows.pattern]), *(rank for rank, _, _ in values)]
        groups = grouped_or_none(ranks, rows.size)
        of_groups = [value[rank[groups.row]] for rank, value, _ in values]
        return Profiles(
            by=survey.by,
            domains=rows.domains,
            levels=tuple(known for _, _, known in values),
            domain=groups.first(rows.domain),
            stratum=groups.first(rows.stratum),
            unit=groups.first(rows.unit) if by_psu else None,
            pattern=None if rows.pattern is None else groups.first(rows.pattern),
            values=np.stack(of_groups, axis=1) if of_groups else np.empty((len(groups), 0)),
            weight=groups.sum(rows.w),
            weight_squared=groups.sum(rows.w * rows.w),
            design_weight=groups.sum(rows.d),
            n=groups.count(),
        )

    def answers(self, survey: Survey) -> Answers:
        (term,) = survey.terms
        columns = self._ready(survey.sample, by=survey.by, asked=columns_of(term), where=survey.where)
        rows = rows_of(columns, survey.sample, survey.by, survey.where)
        rank, values, _ = _values(columns, term, survey.sample.missing, rows)
        value = values[rank]
        there = np.flatnonzero(~np.isnan(value) & (rows.w > 0))
        order = there[np.lexsort((value[there], rows.domain[there]))]
        return Answers(rows.domains, rows.domain[order].astype(np.int64), value[order], rows.w[order])

    def regressors(self, question: Question) -> Regressors:
        columns = self._asked(question)
        rows = rows_of(columns, question.sample, question.by, question.where)
        answers = _reading(columns, question.reading, question.sample.missing, rows.place)
        pattern = patterns_of(columns, question.sample)[rows.place]
        groups = grouped_or_none([rows.domain, pattern], rows.size)
        there = np.ones(rows.size) if answers.answered is None else answers.answered.astype(np.float64)
        b = there if answers.b is None else answers.b
        sums = (groups.sum(values) for values in (rows.d * answers.a, rows.d * b, answers.a, b))
        return Regressors(groups.first(rows.domain), groups.first(pattern), *sums)

    def patterns(self, sample: Sample, columns: tuple[str, ...]) -> Patterns:
        loaded = self._ready(sample, by=columns)
        place = places(loaded.where(sample.only))
        groups, keys = keyed(loaded, columns, sample.missing, place)
        d = design_weights(loaded, sample)[place]
        low, high = np.full(len(groups), np.inf), np.full(len(groups), -np.inf)
        np.minimum.at(low, groups.of_row, d)
        np.maximum.at(high, groups.of_row, d)
        return Patterns(columns, keys, groups.count(), groups.sum(d), groups.sum(d * d), low, high)

    def weights(self, sample: Sample) -> Weights:
        columns = self._ready(sample)
        pattern = patterns_of(columns, sample)
        place = places(columns.where(sample.only) & (pattern >= 0))
        size = count(place, columns.rows)
        rank, known = places_of(design_weights(columns, sample)[place])
        groups = grouped_or_none([pattern[place], rank], size)
        weight = known[groups.first(rank)].astype(np.float64, copy=False)
        return Weights(groups.first(pattern[place]), weight, groups.count())

    def weights_of_rows(self, sample: Sample) -> Floats:
        columns = self._ready(sample)
        w, inside = weighed_rows(columns, sample)
        return np.where(inside, w, np.nan)

    def crossing(self, sample: Sample) -> Crossing:
        columns = self._ready(sample)
        key = ("numpy crossing", sample.weighting, *drawn(sample))
        return columns.table.once(key, lambda: _crossing(columns, sample))

    def totals(self, tally: Tally) -> Totals:
        asked = [*tally.by, *tally.unit, *(c.column for c in (*tally.only, *tally.part))]
        asked += [name for name in (tally.quantity, tally.status) if name]
        columns = self._needed(tally.source, asked)
        columns.table.settle(tally.by, tally.missing)
        inside = columns.where(tally.only)
        for name in tally.by:
            inside &= columns.filled(name, tally.missing)
        place = np.flatnonzero(inside)
        quantity, there = _quantity(columns, tally, place)
        groups, keys = keyed(columns, tally.by, tally.missing, place)
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
        with self._opening:
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
        with self._opening:
            columns = columns_in(self._engine.prepared(sample, by, asked, where))
        design, margins = sample.design, sample.weighting.patterns.columns if sample.weighting else ()
        grouped = [*design.stratum, *([design.psu] if design.psu else []), *margins]
        conditions = [condition.column for condition in (*sample.only, *where)]
        columns.load([*grouped, *by, *asked, *conditions])
        return columns


@dataclass(frozen=True, eq=False)
class _Answers:
    """a and b of the rows, 0 where a row did not answer.

    answered is None where every row did, b where it is 1 for every answering row; zero_or_one says that a
    is nothing else, hence its own square.
    """

    a: Floats
    b: Floats | None
    answered: Marks | None
    zero_or_one: bool


def _reading(columns: Columns, reading: Reading, missing: Missing, place: Place) -> _Answers:
    a, answered, zero_or_one = _term(columns, reading.a, missing, place)
    if reading.b is None:
        return _Answers(a, None, answered, zero_or_one)
    b, also, _ = _term(columns, reading.b, missing, place)
    both = _and(answered, also)
    if both is None:
        return _Answers(a, b, None, zero_or_one)
    return _Answers(np.where(both, a, 0.0), np.where(both, b, 0.0), both, zero_or_one)


def _term(columns: Columns, term: Term, missing: Missing, place: Place) -> tuple[Floats, Marks | None, bool]:
    if isinstance(term, Gap):
        (first, one, _), (second, two, _) = (
            _term(columns, part, missing, place) for part in (term.first, term.second)
        )
        both = _and(one, two)
        return first - second if both is None else np.where(both, first - second, 0.0), both, False
    found, codes = columns.term(term, missing), columns.codes(term.item)[place]
    value = np.where(found.lacks, 0.0, found.value)
    answered = (~found.lacks)[codes]
    return value[codes], None if answered.all() else answered, bool(np.isin(value, (0.0, 1.0)).all())


def _and(one: Marks | None, two: Marks | None) -> Marks | None:
    if one is None or two is None:
        return two if one is None else one
    return one & two


def _moments(groups: Groups, w: Floats, wa: Floats, wb: Floats) -> Moments:
    return Moments(*map(groups.sum, (wa * wa, wa * wb, wb * wb, w * wa, w * wb)))


def _products(groups: Groups, answers: _Answers, w: Floats, wa: Floats) -> Products:
    assert answers.b is not None
    return Products(*map(groups.sum, (w, wa * answers.b, w * answers.b * answers.b)))


def _crossing(columns: Columns, sample: Sample) -> Crossing:
    rows = rows_of(columns, sample, (), ())
    assert rows.pattern is not None
    unit = rows.unit if sample.design.psu else rows.stratum
    groups = grouped_or_none([unit, rows.pattern], rows.size)
    sums = groups.sum(rows.w), groups.sum(rows.w * rows.w)
    return Crossing(groups.first(unit), groups.first(rows.pattern), *sums, stratum=groups.first(rows.stratum))


def _values(
    columns: Columns, term: Favourable | Number | Levels, missing: Missing, rows: Rows
) -> tuple[Whole, Floats, tuple[Value, ...]]:
    """(the rank of each row, the value of each rank, levels): NaN, rank 0, where rows lack it."""
    codes = columns.codes(term.item)[rows.place]
    if isinstance(term, Levels):
        key = columns.level(term, missing)
        rank = key.rank[codes]
        occurs = np.bincount(rank, minlength=len(key.names)) > 0
        occurs[0] = False
        value = np.where(occurs, np.cumsum(occurs) - 1.0, np.nan)
        return rank, value, tuple(key.names[one] for one in np.flatnonzero(occurs))
    found = columns.term(term, missing)
    known, place = np.unique(found.value[~found.lacks], return_inverse=True)
    ranks = np.zeros(len(found.value), dtype=narrow(len(known) + 1))
    ranks[~found.lacks] = place + 1
    return ranks[codes], np.concatenate([[np.nan], known]), ()


def _quantity(columns: Columns, tally: Tally, place: Ints) -> tuple[Floats, Marks]:
    """(the quantity of each row, whether it has one)."""
    value, there = np.ones(len(place)), np.ones(len(place), dtype=bool)
    if tally.quantity:
        found, codes = columns.quantity(tally.quantity), columns.codes(tally.quantity)[place]
        value, there = found.value[codes], ~found.lacks[codes]
        if tally.missing:
            there = there & ~columns.among(tally.quantity, tally.missing)[place]
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
    units: list[Whole] = [columns.codes(name)[place] for name in tally.unit]
    spans = grouped_or_none([groups.of_row, *units], len(place))
    return (spans.count(lacking) == 0)[spans.of_row], lacking


def _fails(columns: Columns, check: Check, missing: Missing) -> Marks:
    if check.expects != "positive":
        return columns.fails(check, missing)
    size = columns.numbers(check.column)
    return ~((size >= SMALLEST) & (size <= LARGEST))
