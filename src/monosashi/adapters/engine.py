"""The engine groups and adds; every formula stays in `measure`. One text of SQL serves every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
from sqlglot import exp

from monosashi.adapters import engine_sql as sql
from monosashi.adapters.duckdb_table import DuckDBTable, open_table
from monosashi.adapters.engine_faults import FAULTS, findings, wrong_cell
from monosashi.adapters.engine_values import columns_of, drawn, keys_of, leveled
from monosashi.adapters.opened_table import Arrays, OpenedTable
from monosashi.adapters.sql_parts import both, either, named, nested, number, select, string, typed, when
from monosashi.errors import Finding
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import (
    Answers,
    Cells,
    Crossing,
    Floats,
    Ints,
    Key,
    Layout,
    Moments,
    Patterns,
    Pieces,
    Products,
    Profiles,
    Regressors,
    Strata,
    Totals,
    Value,
    Weights,
)
from monosashi.measure.reducer import (
    Check,
    Condition,
    Levels,
    Question,
    Sample,
    Survey,
    Tally,
    Weighting,
    items_of,
)

KEPT_OPEN = 8  # sources whose connection is kept

_SUMS = ["sum(w * a) AS a", "sum(w * b) AS b", "sum(w * a * a) AS q"]
_MOMENTS = [
    "sum((w * a) * (w * a)) AS aa",
    "sum((w * a) * (w * b)) AS ab",
    "sum((w * b) * (w * b)) AS bb",
    "sum(w * w * a) AS wa",
    "sum(w * w * b) AS wb",
]
_PRODUCTS = ["sum(w) FILTER (WHERE a IS NOT NULL) AS w", "sum(w * a * b) AS wab", "sum(w * b * b) AS wbb"]
_COUNTS = ["count(a) AS n", "count(*) - count(a) AS n_missing"]


Opened = TypeVar("Opened", bound=OpenedTable)


class SqlReducer(Generic[Opened]):
    """`measure.reducer.Reducer` in SQL, on whatever engine `open_source` opens a source in.

    One question after the other: the engine itself uses every processor.
    """

    at_once = 1

    def __init__(self, open_source: Callable[[Source], Opened]) -> None:
        self._open_source = open_source
        self._tables: dict[tuple[object, ...], Opened] = {}

    def columns(self, source: Source) -> Mapping[str, ColumnType]:
        return {name: column.kind for name, column in self.opened(source).columns.items()}

    def rows(self, source: Source, only: Sequence[Condition] = ()) -> int:
        table = self.opened(source)
        table.need(condition.column for condition in only)
        asked = select("count(*)", rows="t", where=sql.where(only, table.columns))
        found = table.first(asked)
        return int(found[0]) if found else 0

    def faults(self, sample: Sample, checks: Sequence[Check]) -> list[Finding]:
        table = self.opened(sample.source)
        table.need([*(check.column for check in checks), *(condition.column for condition in sample.only)])
        wrong = [wrong_cell(check, table.columns[check.column], sample.missing) for check in checks]
        where = both([sql.where(sample.only, table.columns), exp.paren(either(wrong))])
        if table.first(select("1", rows="t", where=where.copy(), limit=1)) is None:
            return []
        cells = [
            named(f"x{i}", typed(table.columns[check.column].raw, "TEXT")) for i, check in enumerate(checks)
        ]
        flags = [named(f"y{i}", exp.paren(test)) for i, test in enumerate(wrong)]
        listed = select(
            "record",
            *cells,
            *flags,
            rows=nested(table.numbered(), "t"),
            where=where,
            order=["record"],
            limit=FAULTS,
        )
        return findings(table.all(listed), checks, sample.source)

    def pivot(self, sample: Sample, item: str, missing: tuple[Value, ...]) -> float:
        table = self.opened(sample.source)
        table.need([item, *(condition.column for condition in sample.only)])
        column = table.columns[item]
        value = when(sql.present(column, (*sample.missing, *missing)), sql.as_number(column))
        asked = select(exp.Avg(this=value), rows="t", where=sql.where(sample.only, table.columns))
        found = table.first(asked)
        return float(found[0]) if found and found[0] is not None and np.isfinite(found[0]) else 0.0

    def strata(self, sample: Sample) -> Strata:
        table = self._ready(sample)
        return table.once(("strata", *drawn(sample)), lambda: self._strata(table, sample))

    def _strata(self, table: OpenedTable, sample: Sample) -> Strata:
        keys = _names("h", sample.design.stratum)
        psus = "count(DISTINCT j)" if sample.design.psu else "count(*)"
        sums = [f"{psus} AS n_psu", "count(*) AS n", "min(f) AS low", "max(f) AS high"]
        found = _grouped(table, sql.rows("t", sample, table.columns, {}), keys, sums)
        low, high = (found[name].astype(np.float64) for name in ("low", "high"))
        return Strata(keys_of(found, keys), _ints(found["n_psu"]), _ints(found["n"]), low, high)

    def cells(self, question: Question) -> Cells:
        sample = question.sample
        table = self._ready(sample, question)
        by_psu = sample.design.psu is not None
        patterned = sample.weighting is not None and not by_psu
        groups = ["stratum", *(["unit"] if by_psu else []), *(["pattern"] if patterned else [])]
        ratio = question.reading.b is not None
        wanted = [*_SUMS, *([] if by_psu else _MOMENTS), *(_PRODUCTS if ratio else [])]
        sums = [*map(_or_zero, wanted), *_COUNTS]
        domains, found = self._by_domain(table, question, groups, sums)
        layout = Layout(
            by=question.by,
            domains=domains,
            domain=_ints(found["domain"]),
            stratum=_ints(found["stratum"]),
            unit=_ints(found["unit"]) if by_psu else None,
            pattern=_ints(found["pattern"]) if patterned else None,
        )
        return Cells(
            layout,
            a=found["a"],
            b=found["b"],
            q=found["q"],
            n=_ints(found["n"]),
            n_missing=_ints(found["n_missing"]),
            moments=None if by_psu else Moments(*(found[name] for name in ("aa", "ab", "bb", "wa", "wb"))),
            products=Products(found["w"], found["wab"], found["wbb"]) if ratio else None,
        )

    def profiles(self, survey: Survey) -> Profiles:
        sample = survey.sample
        columns = [column for term in survey.terms for column in columns_of(term)]
        levels = [term.item for term in survey.terms if isinstance(term, Levels)]
        table = self.prepared(sample, [*survey.by, *levels], columns, survey.where)
        values = _names("v", survey.terms)
        groups = [
            "stratum",
            *(["unit"] if sample.design.psu else []),
            *(["pattern"] if sample.weighting else []),
            *values,
        ]
        sums = ["sum(w) AS w", "sum(w * w) AS ww", "sum(d) AS wd", "count(*) AS n"]
        rows = _placed(table, sql.survey_rows("t", survey, table.columns), sample)
        domains, found = _gathered(table, rows, survey.by, groups, sums)
        return _profiles(survey, domains, found)

    def answers(self, survey: Survey) -> Answers:
        (term,) = survey.terms
        table = self.prepared(survey.sample, survey.by, columns_of(term), survey.where)
        rows = sql.survey_rows(nested(table.numbered(), "t"), survey, table.columns, exp.column("record"))
        there = both([exp.Not(this=exp.Is(this=exp.column("v0"), expression=exp.Null())), _positive("w")])
        keys = _names("k", survey.by)
        placed = nested(_placed(table, rows, survey.sample), "r")
        found = table.arrays(
            select(*keys, "v0", "w", rows=placed, where=there, order=[*keys, "v0", "record"])
        )
        domains = self.profiles(survey).domains
        place = {key: number for number, key in enumerate(domains)}
        of_rows = keys_of(found, keys) if keys else ((),) * len(found["v0"])
        domain = np.array([place[key] for key in of_rows], dtype=np.int64)
        return Answers(domains, domain, found["v0"].astype(np.float64), found["w"].astype(np.float64))

    def regressors(self, question: Question) -> Regressors:
        table = self._ready(question.sample, question)
        sums = ["sum(d * a) AS da", "sum(d * b) AS db", "sum(a) AS plain_a", "sum(b) AS plain_b"]
        _, found = self._by_domain(table, question, ["pattern"], list(map(_or_zero, sums)))
        values = (found[name] for name in ("da", "db", "plain_a", "plain_b"))
        return Regressors(_ints(found["domain"]), _ints(found["pattern"]), *values)

    def patterns(self, sample: Sample, columns: tuple[str, ...]) -> Patterns:
        table = self._ready(sample)
        table.need(columns)
        table.settle(columns, sample.missing)
        keys = {f"m{i}": sql.key(table.columns[name], sample.missing) for i, name in enumerate(columns)}
        sums = ["count(*) AS n", "sum(d) AS w", "sum(d * d) AS ww", "min(d) AS low", "max(d) AS high"]
        found = _grouped(table, sql.rows("t", sample, table.columns, keys), list(keys), sums)
        values = (found[name] for name in ("w", "ww", "low", "high"))
        return Patterns(columns, keys_of(found, list(keys)), _ints(found["n"]), *values)

    def weights(self, sample: Sample) -> Weights:
        table = self._ready(sample)
        rows = sql.rows("t", sample, table.columns, sql.pattern_keys(sample, table.columns))
        names = _names("m", sample.weighting.patterns.columns if sample.weighting else ())
        placed = select("p.pattern", "r.d", rows=nested(rows, "r"))
        placed.join(_patterns(table, sample, whole=True), on=_same("p", names), copy=False)
        found = _grouped(table, placed, ["pattern", "d"], ["count(*) AS n"])
        return Weights(_ints(found["pattern"]), found["d"].astype(np.float64), _ints(found["n"]))

    def weights_of_rows(self, sample: Sample) -> Floats:
        table = self._ready(sample)
        more = {**sql.pattern_keys(sample, table.columns), "record": exp.column("record")}
        rows = sql.rows(nested(table.numbered(), "t"), sample, table.columns, more)
        weighed = select("record", "w", rows=nested(_placed(table, rows, sample), "x"))
        found = table.arrays(weighed)
        weights = np.full(self.rows(sample.source), np.nan)
        weights[found["record"].astype(np.int64)] = found["w"].astype(np.float64)
        return weights

    def crossing(self, sample: Sample) -> Crossing:
        table = self._ready(sample)
        key = ("crossing", sample.weighting, *drawn(sample))
        return table.once(key, lambda: self._crossing(table, sample))

    def _crossing(self, table: OpenedTable, sample: Sample) -> Crossing:
        patterns = sql.pattern_keys(sample, table.columns)
        rows = _placed(table, sql.rows("t", sample, table.columns, patterns), sample)
        group = "unit" if sample.design.psu else "stratum"
        sums = ["min(stratum) AS h", "sum(w) AS w", "sum(w * w) AS ww"]
        found = _grouped(table, rows, [group, "pattern"], sums)
        return Crossing(
            _ints(found[group]), _ints(found["pattern"]), found["w"], found["ww"], _ints(found["h"])
        )

    def totals(self, tally: Tally) -> Totals:
        table = self.opened(tally.source)
        asked = [*tally.by, *tally.unit, *(c.column for c in (*tally.only, *tally.part))]
        table.need([*asked, *(name for name in (tally.quantity, tally.status) if name)])
        table.settle(tally.by, tally.missing)
        keys = _names("k", tally.by)
        found = _grouped(
            table, _judged(sql.tally_rows("t", tally, table.columns), keys, tally), keys, _TALLIES
        )
        total, part = (found[name].astype(np.float64) for name in ("total", "part"))
        return Totals(
            tally.by, keys_of(found, keys), total, part, _ints(found["n"]), _ints(found["left_out"])
        )

    def opened(self, source: Source) -> Opened:
        """The table of a source, opened once; the longest unasked of `KEPT_OPEN` gives way."""
        key = (source.uris, source.version, source.format)
        if key not in self._tables:
            while len(self._tables) >= KEPT_OPEN:
                self._tables.pop(next(iter(self._tables))).close()
            self._tables[key] = self._open_source(source)
        return self._tables[key]

    def _ready(self, sample: Sample, question: Question | None = None) -> Opened:
        if question is None:
            return self.prepared(sample, (), (), ())
        asked = [*items_of(question.reading.a), *items_of(question.reading.b)]
        return self.prepared(sample, question.by, asked, question.where)

    def prepared(
        self, sample: Sample, by: Sequence[str], asked: Sequence[str], where: Sequence[Condition]
    ) -> Opened:
        """The opened table, its columns known to be there and the grouping ones told numbers from words."""
        table, design = self.opened(sample.source), sample.design
        margins = sample.weighting.patterns.columns if sample.weighting else ()
        grouped = [*design.stratum, *([design.psu] if design.psu else []), *margins, *by]
        conditions = [condition.column for condition in (*sample.only, *where)]
        table.need([*grouped, *design.columns, *asked, *conditions])
        table.settle(grouped, sample.missing)
        return table

    def _by_domain(
        self, table: OpenedTable, question: Question, groups: list[str], sums: list[str]
    ) -> tuple[tuple[Key, ...], Arrays]:
        rows = _placed(table, sql.question_rows("t", question, table.columns), question.sample)
        return _gathered(table, rows, question.by, groups, sums)


class DuckDBReducer(SqlReducer[DuckDBTable]):
    """DuckDB: Parquet files of the lake, or one CSV, TSV or Parquet file."""

    def __init__(self) -> None:
        super().__init__(open_table)


def _gathered(
    table: OpenedTable, rows: exp.Select, by: Sequence[str], groups: list[str], sums: list[str]
) -> tuple[tuple[Key, ...], Arrays]:
    """(keys of the domains in order, sums per domain and group with the number of the domain)."""
    keys = _names("k", by)
    kept = table.keep(select(*keys, *groups, *sums, rows=nested(rows, "r"), group=[*keys, *groups]))
    names = [*groups, *(one.rpartition(" AS ")[2] for one in sums)]
    if not keys:
        found = table.arrays(select("0 AS domain", *names, rows=kept, order=groups))
        table.drop(kept)
        return keys_of({}, keys), found
    different = nested(select(*keys, rows=kept, distinct=True), "x")
    number = f"row_number() OVER (ORDER BY {', '.join(keys)}) - 1 AS domain"
    domains = table.keep(select(*keys, number, rows=different))
    numbered = select("domain", *names, rows=exp.to_table(kept, alias="r"), order=["domain", *groups])
    numbered.join(exp.to_table(domains, alias="s"), on=_same("s", keys), copy=False)
    found = table.arrays(numbered)
    listed = table.arrays(select(*keys, rows=domains, order=["domain"]))
    table.drop(domains)
    table.drop(kept)
    return keys_of(listed, keys), found


def _profiles(survey: Survey, domains: tuple[Key, ...], found: Arrays) -> Profiles:
    columns, levels = [], []
    for name, term in zip(_names("v", survey.terms), survey.terms, strict=True):
        column, known = leveled(found[name]) if isinstance(term, Levels) else (found[name], ())
        columns.append(column.astype(np.float64))
        levels.append(known)
    sample, rows = survey.sample, len(found["n"])
    return Profiles(
        by=survey.by,
        domains=domains,
        levels=tuple(levels),
        domain=_ints(found["domain"]),
        stratum=_ints(found["stratum"]),
        unit=_ints(found["unit"]) if sample.design.psu else None,
        pattern=_ints(found["pattern"]) if sample.weighting else None,
        values=np.stack(columns, axis=1) if columns else np.empty((rows, 0)),
        weight=found["w"],
        weight_squared=found["ww"],
        design_weight=found["wd"],
        n=_ints(found["n"]),
    )


_TALLIES = [
    "coalesce(sum(q) FILTER (WHERE whole), 0) AS total",
    "coalesce(sum(q) FILTER (WHERE whole AND part), 0) AS part",
    "count(q) FILTER (WHERE whole) AS n",
    "count(*) FILTER (WHERE lacking) AS left_out",
]


def _judged(rows: exp.Select, keys: list[str], tally: Tally) -> exp.Select:
    """Marks the rows that lack a value, and those whose whole unit has all of its values."""
    units = _names("u", tally.unit)
    lacking = select("*", "(q IS NULL AND NOT away) AS lacking", rows=nested(rows, "r"))
    span = f"bool_or(lacking) OVER (PARTITION BY {', '.join([*keys, *units])})" if units else "lacking"
    return select("*", f"NOT {span} AS whole", rows=nested(lacking, "s"))


def _grouped(table: OpenedTable, rows: exp.Select, keys: list[str], sums: list[str]) -> Arrays:
    return table.arrays(select(*keys, *sums, rows=nested(rows, "r"), group=keys, order=keys))


def _placed(table: OpenedTable, rows: exp.Select, sample: Sample) -> exp.Select:
    """Rows with the numbers of their stratum, PSU and pattern, and the weight w = d·g."""
    joined = [*_names("h", sample.design.stratum), *(["j"] if sample.design.psu else [])]
    more = ["s.stratum", "s.unit"] if joined else ["0 AS stratum"]
    more += ["p.pattern", _weight(sample.weighting)] if sample.weighting else ["r.d AS w"]
    statement = select("r.*", *more, rows=nested(rows, "r"))
    if joined:
        statement.join(_units(table, sample), on=_same("s", joined), copy=False)
    if sample.weighting:
        names = _names("m", sample.weighting.patterns.columns)
        within = " AND r.d > p.above AND r.d <= p.up_to" if sample.weighting.pieces else ""
        statement.join(_patterns(table, sample), on=_same("p", names) + within, copy=False)
    return statement


def _weight(weighting: Weighting) -> str:
    return "r.d * p.slope + p.shift AS w" if weighting.pieces else "r.d * p.g AS w"


def _same(other: str, names: list[str]) -> str:
    return " AND ".join(f"r.{name} = {other}.{name}" for name in names)


def _units(table: OpenedTable, sample: Sample) -> exp.Table:
    """PSUs of the whole sample (strata, where rows are PSUs), numbered stratum by stratum."""
    design = sample.design
    keys = _names("h", design.stratum)
    joined = [*keys, *(["j"] if design.psu else [])]
    rows = nested(sql.rows("t", sample, table.columns, {}), "r")
    different = select(*joined, rows=rows, distinct=True)
    stratum = f"dense_rank() OVER (ORDER BY {', '.join(keys)}) - 1" if keys else "0"
    unit = f"row_number() OVER (ORDER BY {', '.join(joined)}) - 1"
    numbered = select(*joined, f"{stratum} AS stratum", f"{unit} AS unit", rows=nested(different, "x"))
    return exp.to_table(table.keep(numbered, ("units", *drawn(sample))), alias="s")


def _patterns(table: OpenedTable, sample: Sample, *, whole: bool = False) -> exp.Table:
    """The calibration patterns with their g-weights, or the pieces of them, as a small table to join with."""
    weighting = sample.weighting
    assert weighting is not None
    patterns, pieces = weighting.patterns, None if whole else weighting.pieces
    more = ["pattern", "g"] if pieces is None else ["pattern", "above", "up_to", "slope", "shift"]
    places = range(len(patterns.keys))
    tuples = zip(places, weighting.g.tolist(), strict=True) if pieces is None else _of_pieces(pieces)
    rows = exp.values(
        [tuple(_literal(cell) for cell in (*patterns.keys[row[0]], *row)) for row in tuples],
        alias="v",
        columns=[*_names("m", patterns.columns), *more],
    )
    return exp.to_table(table.keep(select("*", rows=rows), (weighting, whole)), alias="p")


def _of_pieces(pieces: Pieces) -> Iterator[tuple[int, float, float, float, float]]:
    up_to = np.minimum(pieces.up_to, np.finfo(np.float64).max)
    columns = (pieces.pattern, pieces.above, up_to, pieces.slope, pieces.shift)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _literal(value: Value) -> exp.Expression:
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    return number(value) if isinstance(value, (int, float)) else string(value)


def _names(letter: str, columns: Sequence[object]) -> list[str]:
    return [f"{letter}{i}" for i in range(len(columns))]


def _or_zero(total: str) -> str:
    """``sum(x) AS s`` with 0 for a cell in which no row answered."""
    value, _, name = total.rpartition(" AS ")
    return f"coalesce({value}, 0) AS {name}"


def _positive(name: str) -> exp.Expression:
    return exp.GT(this=exp.column(name), expression=exp.Literal.number(0))


def _ints(values: np.ndarray[Any, Any]) -> Ints:
    return values.astype(np.int64)
