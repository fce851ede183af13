"""Rows on their way into a table, in DuckDB: are they sound, which are new, which contradict stored ones."""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from arro3.core import Table

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.keep.table import ColumnType

PERSON = "response_id"  # the column that says whose row it is
LISTED = 1000  # findings gathered; the total is always counted
SQL = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMPTZ",
}


def quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def literal(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


class Batch:
    """The rows of one append. `new` is how many of them are not stored yet, once `compare` has run."""

    def __init__(self, table: Table, key: Sequence[str], derived: Sequence[str] = ()) -> None:
        self.key, self.derived = tuple(key), frozenset(derived)
        self.columns: list[str] = table.column_names
        for column in self.key:
            if column not in self.columns:
                raise errors.LAKE_COLUMNS(where=column, detail=f"key {column!r}")
        self.new = 0
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.register("arrow", table)
        self._run('CREATE TEMP TABLE brought AS SELECT *, row_number() OVER () - 1 AS " row" FROM arrow')

    def check(self) -> None:
        """Keys are there and occur once, numbers are finite; else `lake-rows-invalid` with every finding."""
        rules = [(errors.LAKE_KEY_MISSING, column, f"{quoted(column)} IS NULL") for column in self.key]
        rules += [
            (errors.LAKE_NOT_FINITE, column, f"NOT isfinite({quoted(column)})")
            for column, kind, *_ in self._rows("DESCRIBE brought")
            if kind == "DOUBLE"
        ]
        findings: list[Finding] = []
        count = 0
        for kind, column, test in rules:
            wrong = f"FROM brought WHERE {test}"
            count += self._one(f"SELECT count(*) {wrong}")
            listed = self._rows(f'SELECT " row" {wrong} ORDER BY " row" LIMIT {LISTED}')
            findings += [kind.found(column=column, index=row) for (row,) in listed]
        count += self._twice(findings)
        if findings:
            raise errors.LAKE_ROWS_INVALID(findings=findings, count=count)

    def _twice(self, findings: list[Finding]) -> int:
        """How many rows repeat a key. Where a part of it is missing, that has been found already."""
        keys = ", ".join(map(quoted, self.key))
        there = " AND ".join(f"{quoted(column)} IS NOT NULL" for column in self.key)
        numbered = f'row_number() OVER (PARTITION BY {keys} ORDER BY " row") > 1 AS again'
        again = f"FROM (SELECT *, {numbered} FROM brought WHERE {there}) AS b WHERE again"
        listed = f'SELECT " row", {self._key_text("b")} {again} ORDER BY " row" LIMIT {LISTED}'
        column = ", ".join(self.key)
        findings += [
            errors.LAKE_KEY_TWICE.found(column=column, key=shown(key, 200), index=row)
            for row, key in self._rows(listed)
        ]
        return self._one(f"SELECT count(*) {again}")

    def forget(self, erased: Container[str] | None, known_by: Callable[[str], str]) -> int:
        """Leaves out the rows of people who were erased, and says how many those are."""
        if not erased or PERSON not in self.columns:
            return 0
        ids = [row[0] for row in self._rows(f"SELECT DISTINCT {PERSON}::VARCHAR FROM brought")]
        gone = [(id,) for id in ids if known_by(id) in erased]
        self._run("CREATE OR REPLACE TEMP TABLE gone (id VARCHAR)")
        if not gone:
            return 0
        self._connection.executemany("INSERT INTO gone VALUES (?)", gone)
        before = self._one("SELECT count(*) FROM brought")
        self._run(f"DELETE FROM brought WHERE {PERSON}::VARCHAR IN (SELECT id FROM gone)")
        return before - self._one("SELECT count(*) FROM brought")

    def compare(self, files: Sequence[str], stored: Mapping[str, ColumnType]) -> None:
        """Against the rows of one snapshot. Same key and other content is `lake-conflict` with every row."""
        self._run('CREATE OR REPLACE TEMP TABLE known (" row" BIGINT)')
        if files:
            self._compare(files, stored)
        self.new = self._one("SELECT (SELECT count(*) FROM brought) - (SELECT count(*) FROM known)")

    def _compare(self, files: Sequence[str], stored: Mapping[str, ColumnType]) -> None:
        there = f"read_parquet([{', '.join(map(literal, files))}], union_by_name = true)"
        held = {row[0] for row in self._rows(f"DESCRIBE SELECT * FROM {there}")}
        on = " AND ".join(f"b.{quoted(column)} = t.{quoted(column)}" for column in self.key)
        self._run(
            'CREATE OR REPLACE TEMP TABLE met AS SELECT b." row", t.* '
            f"FROM brought AS b JOIN {there} AS t ON {on}"
        )
        differing = {
            column: f"{_side('b', column, self.columns)} IS DISTINCT FROM {_side('t', column, held)}"
            for column in dict.fromkeys([*self.columns, *stored])
            if column not in self.key
            and column not in self.derived
            and (column in self.columns or column in held)
        }
        self._refuse(differing)
        self._run('INSERT INTO known SELECT " row" FROM met')

    def _refuse(self, differing: Mapping[str, str]) -> None:
        if not differing:
            return
        names = ", ".join(
            f"CASE WHEN {test} THEN {literal(column)} END" for column, test in differing.items()
        )
        joined = 'FROM met AS t JOIN brought AS b USING (" row") WHERE ' + " OR ".join(differing.values())
        count = self._one(f"SELECT count(*) {joined}")
        if not count:
            return
        select = f"""SELECT b." row", {self._key_text("b")}, concat_ws(', ', {names}) {joined}"""
        findings = [
            errors.LAKE_ROW_DIFFERS.found(key=shown(key, 200), columns=columns, index=row)
            for row, key, columns in self._rows(f'{select} ORDER BY b." row" LIMIT {LISTED}')
        ]
        raise errors.LAKE_CONFLICT(findings=findings, count=count)

    def write(self, file: Path, types: Mapping[str, ColumnType]) -> None:
        """The new rows as one Parquet file, in the order in which they were brought."""
        cells = ", ".join(f"{quoted(name)}::{SQL[types[name]]} AS {quoted(name)}" for name in self.columns)
        new = f'SELECT {cells} FROM brought ANTI JOIN known USING (" row") ORDER BY " row"'
        self._run(f"COPY ({new}) TO {literal(file)} (FORMAT parquet, COMPRESSION zstd)")

    def _key_text(self, alias: str) -> str:
        parts = ", ".join(f"{alias}.{quoted(column)}::VARCHAR" for column in self.key)
        return f"concat_ws(' / ', {parts})"

    def _run(self, statement: str) -> None:
        self._connection.execute(statement)

    def _rows(self, statement: str) -> list[Any]:
        return self._connection.execute(statement).fetchall()

    def _one(self, statement: str) -> int:
        found = self._rows(statement)
        return int(found[0][0])


def _side(alias: str, column: str, there: Iterable[str]) -> str:
    return f"{alias}.{quoted(column)}" if column in there else "NULL"
