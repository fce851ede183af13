"""A source opened in an engine: what the reductions ask of it, whichever engine it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from threading import RLock
from typing import Any, TypeVar

import numpy as np
from sqlglot import exp

from monosashi import errors
from monosashi.adapters import engine_sql as sql
from monosashi.adapters.sql_parts import both, select
from monosashi.define.fit import nearest
from monosashi.measure.cells import Value

Arrays = dict[str, np.ndarray[Any, Any]]
Row = tuple[Any, ...]
Found = TypeVar("Found")


class OpenedTable(ABC):
    """The rows of a source as table `t` with columns c0, c1, …; `columns` knows them by their names.

    `untyped` is a text file, in which numbers are told by their look.
    """

    def __init__(self, columns: dict[str, sql.Column], *, untyped: bool) -> None:
        self.columns, self.untyped = columns, untyped
        self._settled: set[str] = set()
        self._kept: dict[Hashable, str] = {}
        self._found: dict[Hashable, Any] = {}
        self._made = 0
        self.lock = RLock()  # of what is found out once

    @abstractmethod
    def all(self, statement: exp.Expression) -> list[Row]:
        """The rows of the result."""

    def first(self, statement: exp.Expression) -> Row | None:
        """The first row of the result, None where it has none."""
        return next(iter(self.all(statement)), None)

    @abstractmethod
    def arrays(self, statement: exp.Expression) -> Arrays:
        """The columns of the result as arrays; NULL in a column of numbers is NaN."""

    @abstractmethod
    def numbered(self) -> exp.Select:
        """The rows of `t` with `record`, their place in the source from 0."""

    @abstractmethod
    def store(self, name: str, statement: exp.Expression) -> None:
        """Keeps the result under a name, until it is dropped or the table is closed."""

    @abstractmethod
    def drop(self, name: str) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def need(self, names: Iterable[str]) -> None:
        """Refuses names that the table does not have, with the nearest that it has."""
        for name in names:
            if name not in self.columns:
                raise errors.COLUMN_UNKNOWN(column=name, nearest=nearest(name, self.columns))

    def settle(self, names: Iterable[str], missing: Sequence[Value]) -> None:
        """Finds out which text columns that rows are grouped by hold nothing but numbers."""
        with self.lock:
            for name in names:
                if self.untyped and name not in self._settled:
                    self._settle(name, missing)

    def _settle(self, name: str, missing: Sequence[Value]) -> None:
        column = self.columns[name]
        word = exp.Not(this=sql.looks_like_number(column))
        other = both([sql.present(column, missing), word])
        numeric = self.first(select("1", rows="t", where=other, limit=1)) is None
        self.columns[name] = replace(column, numeric=numeric, mixed=not numeric)
        self._settled.add(name)

    def keep(self, statement: exp.Expression, key: Hashable = None) -> str:
        """The name of a stored result; with a key, made once and found again."""
        with self.lock:
            if key is not None and key in self._kept:
                return self._kept[key]
            self._made += 1
            name = f"kept{self._made}"
            self.store(name, statement)
            if key is not None:
                self._kept[key] = name
            return name

    def once(self, key: Hashable, ask: Callable[[], Found]) -> Found:
        """What was found out about the whole sample, asked once however many questions need it."""
        with self.lock:
            if key not in self._found:
                self._found[key] = ask()
            found: Found = self._found[key]
        return found
