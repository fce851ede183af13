"""The columns of an opened table as arrays: every cell a place in the list of the column's different values.

`numpy_coding` reads them and `numpy_values` knows what texts and numbers mean. Of other columns (yes and no,
days, times in JST, numbers of single precision) every different value is put to DuckDB, with the very
expressions of `engine_sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from sqlglot import exp

from monosashi.adapters import engine_sql as sql
from monosashi.adapters.duckdb_table import Arrays, DuckDBTable
from monosashi.adapters.engine_faults import wrong_cell
from monosashi.adapters.engine_values import values_of
from monosashi.adapters.numpy_coding import Coded, Codes, coded
from monosashi.adapters.numpy_values import Found, Keyed, OneColumn
from monosashi.adapters.sql_parts import named, nested, select
from monosashi.measure.cells import Floats, Marks, Value
from monosashi.measure.reducer import Among, Check, Condition, Levels

KEPT_LATELY = 4
Missing = tuple[Value, ...]
Kept = TypeVar("Kept")


class Columns:
    """The columns of one table, each loaded when a question first needs it."""

    def __init__(self, table: DuckDBTable) -> None:
        self.table = table
        found = table.connection.execute("SELECT count(*) FROM t").fetchone()
        self.rows = int(found[0]) if found else 0
        self._coded: dict[str, Coded] = {}
        self._known: dict[Hashable, Any] = {}
        self._lately: dict[Hashable, Any] = {}

    def lately(self, key: Hashable, ask: Callable[[], Kept]) -> Kept:
        """What was asked lately, as long as the rows are: of `KEPT_LATELY` the longest known gives way."""
        with self.table.lock:
            if key not in self._lately:
                while len(self._lately) >= KEPT_LATELY:
                    self._lately.pop(next(iter(self._lately)))
                self._lately[key] = ask()
            found: Kept = self._lately[key]
        return found

    def load(self, names: Iterable[str]) -> None:
        """Reads the columns that are not there yet, in one pass."""
        with self.table.lock:
            wanted = {name: self.table.columns[name] for name in names if name not in self._coded}
            if wanted:
                self._coded |= coded(self.table, wanted)

    def codes(self, name: str) -> Codes:
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
        found, column = self._column(name), self.table.columns[name]
        if found.different is not None:
            return found.different.among(values)[found.codes]
        return self._marks(name, repr(values), lambda: sql.among(column, values))

    def fails(self, check: Check, missing: Missing) -> Marks:
        found, column = self._column(check.column), self.table.columns[check.column]
        if found.different is not None:
            failing = found.different.fails(check, missing)
            return failing[found.codes] if failing.any() else np.zeros(self.rows, dtype=bool)
        return self._marks(check.column, repr((check, missing)), lambda: wrong_cell(check, column, missing))

    def key(self, name: str, missing: Missing) -> Keyed:
        column, different = self.table.columns[name], self._column(name).different

        def ask() -> Keyed:
            if different is not None:
                return different.key(column, missing)
            return self._keyed(name, sql.key(column, missing))

        return self._once(("key", name, column, repr(missing)), ask)

    def filled(self, name: str, missing: Missing) -> Marks:
        """The rows whose cell says something to group by."""
        found: Marks = (self.key(name, missing).rank > 0)[self.codes(name)]
        return found

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
        found, columns = self._column(name), self.table.columns
        if found.different is None:
            return self._marks(name, repr(condition), lambda: sql.holds(condition, columns))
        if isinstance(condition, Among):
            return found.different.among(condition.values, codes=True)[found.codes]
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
        with self.table.lock:
            if key not in self._known:
                self._known[key] = ask()
            found: Kept = self._known[key]
        return found

    def _column(self, name: str) -> Coded:
        if name not in self._coded:
            self.load([name])
        return self._coded[name]


def columns_in(table: DuckDBTable) -> Columns:
    """The columns of a table, kept as long as it is open."""
    return table.once(("columns",), lambda: Columns(table))
