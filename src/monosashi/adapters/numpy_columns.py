"""The columns of an opened table as arrays: every cell a place in the list of the column's different values.

Texts and numbers are read as they are and sorted out in `numpy_values`. Of other columns (yes and no, days,
times in JST, numbers of single precision) every different value is put to DuckDB, with the very expressions
of `engine_sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from sqlglot import exp

from monosashi.adapters import engine_sql as sql
from monosashi.adapters import numpy_values
from monosashi.adapters.duckdb_table import Arrays, DuckDBTable
from monosashi.adapters.engine_faults import wrong_cell
from monosashi.adapters.engine_values import values_of
from monosashi.adapters.numpy_values import Different, Found, Keyed, OneColumn
from monosashi.adapters.sql_parts import named, nested, select, typed
from monosashi.measure.cells import Floats, Ints, Marks, Value
from monosashi.measure.reducer import Among, Check, Condition, Levels

Missing = tuple[Value, ...]
Kept = TypeVar("Kept")
_LAST = 2**62  # the place of NULL, after every other


@dataclass(frozen=True, eq=False)
class _Coded:
    """The place of each row's cell among the different values (−1: NULL), and either what they are or the
    table of them."""

    codes: Ints
    different: Different | None = None
    values: str = ""


class Columns:
    """The columns of one table, each loaded when a question first needs it."""

    def __init__(self, table: DuckDBTable) -> None:
        self.table = table
        found = table.connection.execute("SELECT count(*) FROM t").fetchone()
        self.rows = int(found[0]) if found else 0
        self._coded: dict[str, _Coded] = {}
        self._known: dict[Hashable, Any] = {}

    def load(self, names: Iterable[str]) -> None:
        """Reads the columns that are not there yet, in one pass."""
        wanted = {name: self.table.columns[name] for name in names if name not in self._coded}
        plain = [name for name, column in wanted.items() if column.kind in ("text", "integer", "number")]
        if plain:
            cells = self.table.run(select(*(wanted[name].raw for name in plain), rows="t")).fetchnumpy()
            self._coded |= _sorted_out(
                self.table, {name: (wanted[name], cells[wanted[name].ref]) for name in plain}
            )
        for name, column in wanted.items():
            if name not in self._coded:
                self._coded[name] = _told_by_text(self.table, column)

    def codes(self, name: str) -> Ints:
        return self._column(name).codes

    def numbers(self, name: str) -> Floats:
        """The cells as doubles, NaN where they are none: for weights, which seldom repeat."""
        return self._once(("numbers", name), lambda: self._numbers(name))

    def term(self, term: OneColumn, missing: Missing) -> Found:
        """What each different value of the term's column adds."""
        columns, different = self.table.columns, self._column(term.item).different

        def ask() -> Found:
            if different is not None:
                return different.term(term, missing)
            return self._found(term.item, sql.term(term, columns, missing))

        return self._once(("term", repr(term), repr(missing)), ask)

    def quantity(self, name: str) -> Found:
        different = self._column(name).different
        if different is not None:
            return different.quantity()
        return self._once(
            ("quantity", name), lambda: self._found(name, sql.as_number(self.table.columns[name]))
        )

    def where(self, conditions: Sequence[Condition]) -> Marks:
        """The rows for which every condition holds."""
        found = np.ones(self.rows, dtype=bool)
        for one in conditions:
            found &= self._holds(one)
        return found

    def among(self, name: str, values: Sequence[Value]) -> Marks:
        coded, column = self._column(name), self.table.columns[name]
        if coded.different is not None:
            return coded.different.among(values)[coded.codes]
        return self._marks(name, repr(values), lambda: sql.among(column, values))

    def fails(self, check: Check, missing: Missing) -> Marks:
        coded, column = self._column(check.column), self.table.columns[check.column]
        if coded.different is not None:
            return coded.different.fails(check, missing)[coded.codes]
        return self._marks(check.column, repr((check, missing)), lambda: wrong_cell(check, column, missing))

    def key(self, name: str, missing: Missing) -> Keyed:
        column, different = self.table.columns[name], self._column(name).different

        def ask() -> Keyed:
            if different is not None:
                return different.key(column, missing)
            return self._keyed(name, sql.key(column, missing))

        return self._once(("key", name, column, repr(missing)), ask)

    def level(self, term: Levels, missing: Missing) -> Keyed:
        """The answers apart: as numbers where the column holds numbers, otherwise as words."""
        columns, column = self.table.columns, self.table.columns[term.item]
        different = self._column(term.item).different

        def ask() -> Keyed:
            if different is not None:
                return different.level(column, (*missing, *term.missing))
            return self._keyed(term.item, sql.level(term, columns, missing))

        return self._once(("level", repr(term), repr(missing), column), ask)

    def _holds(self, condition: Condition) -> Marks:
        name = condition.column
        coded, columns = self._column(name), self.table.columns
        if coded.different is None:
            return self._marks(name, repr(condition), lambda: sql.holds(condition, columns))
        if isinstance(condition, Among):
            return coded.different.among(condition.values, codes=True)[coded.codes]
        within = select(named("x", sql.holds(condition, columns)), rows="t")
        return self._once(("holds", repr(condition)), lambda: self.table.arrays(within)["x"].astype(bool))

    def _found(self, name: str, number: exp.Expression) -> Found:
        found = self._of_values(name, number, "x", "x IS NULL AS lacks")
        return Found(found["x"].astype(np.float64), found["lacks"].astype(bool))

    def _keyed(self, name: str, key: exp.Expression) -> Keyed:
        found = self._of_values(name, key, "x", "dense_rank() OVER (ORDER BY x) - 1 AS rank")
        rank = found["rank"].astype(np.int64)
        _, first = np.unique(rank, return_index=True)
        return Keyed(rank, values_of(found["x"][first]))

    def _marks(self, name: str, key: str, test: Callable[[], exp.Expression]) -> Marks:
        def ask() -> Marks:
            found: Marks = self._of_values(name, exp.paren(test(), copy=False), "x")["x"].astype(bool)
            return found

        return self._once(("marks", name, key), ask)[self.codes(name)]

    def _of_values(self, name: str, expression: exp.Expression, *wanted: str) -> Arrays:
        """x = the expression for each different value of a column, the last for NULL."""
        inner = select(named("x", expression), "place", rows=self._column(name).values)
        return self.table.arrays(select(*wanted, rows=nested(inner, "v"), order=["place"]))

    def _numbers(self, name: str) -> Floats:
        number = named("x", sql.as_number(self.table.columns[name]))
        return np.asarray(self.table.arrays(select(number, rows="t"))["x"], dtype=np.float64)

    def _once(self, key: Hashable, ask: Callable[[], Kept]) -> Kept:
        if key not in self._known:
            self._known[key] = ask()
        found: Kept = self._known[key]
        return found

    def _column(self, name: str) -> _Coded:
        if name not in self._coded:
            self.load([name])
        return self._coded[name]


def columns_in(table: DuckDBTable) -> Columns:
    """The columns of a table, kept as long as it is open."""
    return table.once(("columns",), lambda: Columns(table))


def _sorted_out(
    table: DuckDBTable, cells: dict[str, tuple[sql.Column, np.ndarray[Any, Any]]]
) -> dict[str, _Coded]:
    """Texts and numbers as places; what no double or 64-bit integer holds exactly is left to DuckDB."""
    found: dict[str, _Coded] = {}
    texts: dict[str, tuple[Ints, list[str]]] = {}
    for name, (column, column_cells) in cells.items():
        if column.kind == "text":
            texts[name] = _placed(column_cells)
        elif _exact(column, column_cells):
            found[name] = _ranked(column_cells)
    every = list(dict.fromkeys(text for _, known in texts.values() for text in known))
    meant = _meant(table, every) if texts else {}
    place = {text: number for number, text in enumerate(every)}
    for name, (codes, known) in texts.items():
        found[name] = _Coded(codes, _of_texts(meant, [place[text] for text in known], known))
    return found


def _exact(column: sql.Column, cells: np.ndarray[Any, Any]) -> bool:
    return cells.dtype.kind == "i" or (column.kind == "number" and cells.dtype == np.float64)


def _ranked(cells: np.ndarray[Any, Any]) -> _Coded:
    there = ~np.ma.getmaskarray(cells)
    known, place = np.unique(np.ma.getdata(cells)[there], return_inverse=True)
    codes = np.full(len(cells), -1, dtype=np.int64)
    codes[there] = place
    return _Coded(codes, numpy_values.of_numbers(known))


def _placed(cells: np.ndarray[Any, Any]) -> tuple[Ints, list[str]]:
    """(the place of each text, the different texts by code point)."""
    texts = np.ma.getdata(cells).tolist()
    if np.ma.isMaskedArray(cells):
        texts = [
            None if nothing else text for text, nothing in zip(texts, np.ma.getmaskarray(cells), strict=True)
        ]
    known = sorted({text for text in texts if text is not None})
    places = {None: -1, **{text: place for place, text in enumerate(known)}}
    return np.array([places[text] for text in texts], dtype=np.int64), known


def _meant(table: DuckDBTable, texts: list[str]) -> Arrays:
    """What each text means as a cell, by the expressions of `engine_sql`."""
    column = sql.Column("v", "text", mixed=True)
    lower = exp.Lower(this=column.raw)
    meanings = {
        "number": sql.as_number(column),
        "lacks": exp.Is(this=sql.as_number(column), expression=exp.Null()),
        "blank": sql.empty(column, ()),
        "looks": sql.looks_like_number(column),
        "yes": exp.EQ(this=lower, expression=exp.Literal.string("true")),
        "no": exp.EQ(this=lower.copy(), expression=exp.Literal.string("false")),
        "plain": sql.key(column, ()),
    }
    wanted = ", ".join(f"{meaning.sql(dialect='duckdb')} AS {name}" for name, meaning in meanings.items())
    rows = "(SELECT unnest($1::VARCHAR[]) AS v, unnest($2::BIGINT[]) AS place)"
    statement = f"SELECT {wanted} FROM {rows} ORDER BY place"  # noqa: S608 - expressions of a fixed column
    found = table.connection.execute(statement, [texts, list(range(len(texts)))]).fetchnumpy()
    return {
        name: np.asarray(np.ma.filled(cells, np.nan)) if name == "number" else np.ma.getdata(cells)
        for name, cells in found.items()
    }


def _of_texts(meant: Arrays, places: list[int], known: list[str]) -> Different:
    def marks(name: str, of_null: bool) -> Marks:
        return np.concatenate([meant[name][places].astype(bool), [of_null]])

    return Different(
        number=np.concatenate([meant["number"][places].astype(np.float64), [np.nan]]),
        lacks=marks("lacks", True),
        blank=marks("blank", True),
        looks=marks("looks", False),
        yes=marks("yes", False),
        no=marks("no", False),
        texts=tuple(known),
        plain=tuple(text or "" for text in meant["plain"][places].tolist()),
    )


def _told_by_text(table: DuckDBTable, column: sql.Column) -> _Coded:
    """An enumeration of the texts of a column numbers the rows; whatever differs, differs as text."""
    text = typed(column.raw, "TEXT")
    values, texts = _values(table, column, text), f"texts_of_{column.ref}"
    last = exp.NEQ(this=exp.column("place"), expression=exp.Literal.number(_LAST))
    known = select(named("x", text.copy()), rows=values, where=last).order_by("place", copy=False)
    table.connection.execute(f"CREATE TEMP TYPE {texts} AS ENUM ({known.sql(dialect='duckdb')})")
    place = f"coalesce(CAST(enum_code(CAST(CAST({column.ref} AS VARCHAR) AS {texts})) AS BIGINT), -1)"
    codes = table.connection.execute(f"SELECT {place} AS place FROM t").fetchnumpy()  # noqa: S608 - c0, c1, …
    return _Coded(np.asarray(codes["place"], dtype=np.int64), values=values)


def _values(table: DuckDBTable, column: sql.Column, told_by: exp.Expression) -> str:
    """The different values of a column with their places in order, and NULL in the last place."""
    there = exp.Not(this=exp.Is(this=column.raw, expression=exp.Null()))
    one = named(column.ref, exp.AnyValue(this=column.raw))
    different = select(one, named("told", told_by), rows="t", where=there).group_by("told", copy=False)
    place = "row_number() OVER (ORDER BY told) - 1 AS place"
    numbered = select(column.ref, place, rows=nested(different, "d"))
    nothing = exp.Select().select(exp.Null(), exp.Literal.number(_LAST))
    return table.keep(exp.union(numbered, nothing, distinct=False, copy=False))
