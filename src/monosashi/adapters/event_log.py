"""An event log opened in DuckDB and reduced to one row a case. The statistics are `measure.log`'s."""

# ruff: noqa: S608 - every name in these statements is the house's own; see event_sql
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from monosashi.adapters import event_sql as sql
from monosashi.adapters.duckdb_table import Arrays, DuckDBTable
from monosashi.define.document import number
from monosashi.measure.cells import Value
from monosashi.measure.log.cases import NEVER, Attribute, Cases, Gaps, Ints, Need, Reason
from monosashi.measure.log.moments import offset_of
from monosashi.measure.log.request import LogRequest

REASONS: tuple[Reason, ...] = ("no_case", "no_timestamp", "unparsable", "future")


@dataclass(frozen=True)
class DuckDBEventLog:
    """`measure.log.cases.EventLog`. latest is the last moment, in microseconds, that is not the future."""

    table: DuckDBTable
    request: LogRequest
    latest: int

    @property
    def columns(self) -> Sequence[str]:
        return tuple(self.table.columns)

    def reduced(self, need: Need) -> Cases:
        """Attributes are first taken as if a case's events agreed on them, which is much faster."""
        found = self._reduced(need, careful=False)
        if any(one.varying for one in found.attributes.values()):
            return self._reduced(need, careful=True)
        return found

    def _reduced(self, need: Need, *, careful: bool) -> Cases:
        ordered = careful or need.paths or need.gaps or bool(self.request.deduplicate)
        self._events(self._reading(need, numbered=ordered), stored=ordered or self.table.untyped)
        counted, until = self._counted()
        levels = {name: self._levels(f"x{i}") for i, name in enumerate(need.attributes)}
        found = self._by_case(need, careful=careful)
        events = counted.get(None, 0)
        return Cases(
            count=len(found["events"]),
            points={one: _times(found[f"p{i}"]) for i, one in enumerate(need.points)},
            attributes={name: _attribute(found, i, levels[name]) for i, name in enumerate(need.attributes)},
            repeats={one: _ints(found[f"r{i}"], 0) for i, one in enumerate(need.repeats)},
            rows=sum(counted.values()),
            events=events,
            repeated_rows=counted.get("repeated", 0),
            quarantined={reason: counted[reason] for reason in REASONS if reason in counted},
            path=_ints(found["path"], -1) if need.paths else None,
            paths=[tuple(path) for (path,) in self._all("SELECT path FROM paths ORDER BY place")]
            if need.paths
            else (),
            gaps=self._gaps() if need.gaps else None,
            until=until,
        )

    def _reading(self, need: Need, *, numbered: bool) -> sql.Reading:
        kinds = {name: kind for name, kind, *_ in self._all("DESCRIBE t")}
        cells = {name: sql.Cell(one.ref, kinds[one.ref]) for name, one in self.table.columns.items()}
        request = self.request
        return sql.Reading(
            roles={role: cells[name] for role, name in request.columns.items()},
            attributes=tuple(cells[request.column(name)] for name in need.attributes),
            deduplicate=tuple(cells[request.column(name)] for name in request.deduplicate),
            offset=offset_of(request.offset) or 0,
            latest=self.latest,
            numbered=numbered,
        )

    def _events(self, reading: sql.Reading, *, stored: bool) -> None:
        """The events as `e`: a table where they are read more than once at some cost, otherwise a view."""
        self._run("DROP VIEW IF EXISTS e" if not self._is_table("e") else "DROP TABLE e")
        self._run(f"CREATE TEMP {'TABLE' if stored else 'VIEW'} e AS {reading.events()}")

    def _is_table(self, name: str) -> bool:
        found = self._all(f"SELECT 1 FROM duckdb_tables() WHERE table_name = {sql.quoted(name)}")
        return bool(found)

    def _counted(self) -> tuple[dict[str | None, int], int]:
        """Rows by their reason to be left out, and the last thing that the log knows of.

        That is an event, or the closing of a case; or whatever moment was asked for.
        """
        closed = (
            f"max(t_closed) FILTER (t_closed <= {self.latest})"
            if "closed" in self.request.columns
            else "NULL"
        )
        rows = self._all(f"SELECT reason, count(*), greatest(max(t_at), {closed}) FROM e GROUP BY reason")
        counted = {reason: count for reason, count, _ in rows}
        last = next((at for reason, _, at in rows if reason is None), NEVER)
        return counted, self.request.as_of if self.request.as_of is not None else last

    def _levels(self, column: str) -> tuple[Value, ...]:
        """Makes a type of the values of a column, so that a row holds a number instead of a text."""
        self._run(f"DROP TYPE IF EXISTS {column}_values")
        values = f"SELECT DISTINCT {column} FROM e WHERE {column} IS NOT NULL ORDER BY 1"
        words = [word for (word,) in self._all(values)]
        listed = ", ".join(map(sql.quoted, words))
        self._run(f"CREATE TEMP TYPE {column}_values AS ENUM ({listed})")
        numbers = [number(word) for word in words]
        return tuple(words if any(isinstance(one, str) for one in numbers) else numbers)

    def _by_case(self, need: Need, *, careful: bool) -> Arrays:
        asked = sql.by_case(need, self.latest, careful=careful)
        if not (need.paths or need.gaps):
            return self._arrays(asked)
        numbered = f"SELECT *, row_number() OVER () - 1 AS place FROM ({asked})"
        self._run(f"CREATE OR REPLACE TEMP TABLE cases AS {numbered}")
        if not need.paths:
            return self._arrays("SELECT * EXCLUDE (c) FROM cases ORDER BY place")
        frequent = "row_number() OVER (ORDER BY count(*) DESC, path) - 1 AS place"
        self._run(f"CREATE OR REPLACE TEMP TABLE paths AS SELECT path, {frequent} FROM cases GROUP BY path")
        return self._arrays(
            "SELECT cases.* EXCLUDE (c, path), paths.place AS path FROM cases "
            "JOIN paths ON cases.path IS NOT DISTINCT FROM paths.path ORDER BY cases.place"
        )

    def _gaps(self) -> Gaps:
        roles = self.request.columns
        sides = self._levels("side") if "side" in roles else ()
        found = self._arrays(sql.gaps(side="side" in roles, started="started" in roles))
        return Gaps(
            case=_ints(found["place"], -1),
            start=_times(found["start"]),
            handled=_times(found["handled"]),
            end=_times(found["stop"]),
            side=_ints(found["side"], -1),
            sides=tuple(str(one) for one in sides),
            timed="started" in roles,
        )

    def _run(self, statement: str) -> None:
        with self.table.lock:
            self.table.connection.execute(statement)

    def _all(self, statement: str) -> list[tuple[Any, ...]]:
        with self.table.lock:
            return self.table.connection.execute(statement).fetchall()

    def _arrays(self, statement: str) -> Arrays:
        with self.table.lock:
            found: Arrays = self.table.connection.execute(statement).fetchnumpy()
        return found


def _times(cells: Any) -> Ints:
    return _ints(cells, NEVER)


def _ints(cells: Any, absent: int) -> Ints:
    if np.ma.isMaskedArray(cells):
        return np.asarray(np.ma.filled(cells.astype(np.int64), absent))
    return np.asarray(cells, dtype=np.int64)


def _attribute(found: Arrays, place: int, values: tuple[Value, ...]) -> Attribute:
    varying = np.ma.filled(found[f"v{place}"], False)
    return Attribute(_ints(found[f"a{place}"], -1), values, int(np.count_nonzero(varying)))
