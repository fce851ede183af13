"""A source opened in DuckDB: one hardened in-memory connection, and the table `t` of its rows.

Hardened before it reads anything: only the files of the source may be opened, no extension is fetched or
loaded, no setting can be changed, times are JST.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import duckdb
import numpy as np
from sqlglot import exp

from monosashi import errors
from monosashi.adapters import engine_sql as sql
from monosashi.adapters import table_files
from monosashi.adapters.connections import fresh
from monosashi.adapters.opened_table import Arrays, OpenedTable, Row
from monosashi.adapters.sql_parts import select, string
from monosashi.keep.table import ColumnType, Source

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys([*_INTEGERS, *(f"U{name}" for name in _INTEGERS)], "integer"),
    **dict.fromkeys(["FLOAT", "DOUBLE", "DECIMAL"], "number"),
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_BATCH = 10_000
__all__ = ["Arrays", "DuckDBTable", "open_rows", "open_table"]


class DuckDBTable(OpenedTable):
    """`t` is a view of Parquet files, or a table read from a text file, in a connection of its own.

    A connection holds one result at a time: a statement is run and its result fetched under the lock.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, columns: dict[str, sql.Column], *, untyped: bool
    ) -> None:
        super().__init__(columns, untyped=untyped)
        self.connection = connection

    def all(self, statement: exp.Expression) -> list[Row]:
        with self.lock:
            return self.run(statement).fetchall()

    def first(self, statement: exp.Expression) -> Row | None:
        with self.lock:
            return self.run(statement).fetchone()

    def arrays(self, statement: exp.Expression) -> Arrays:
        return {name: _filled(column) for name, column in self.masked(statement).items()}

    def masked(self, statement: exp.Expression) -> Arrays:
        """As `arrays`, as DuckDB hands them over: NULL is masked."""
        with self.lock:
            return self.run(statement).fetchnumpy()

    def numbered(self) -> exp.Select:
        return select("*", "row_number() OVER () - 1 AS record", rows="t")

    def store(self, name: str, statement: exp.Expression) -> None:
        made = exp.to_table(name)
        with self.lock:
            self.run(exp.Create(this=made, kind="TABLE", expression=statement, properties=_TEMPORARY.copy()))

    def drop(self, name: str) -> None:
        with self.lock:
            self.connection.execute(f"DROP TABLE {name}")

    def close(self) -> None:
        self.connection.close()

    def run(self, statement: exp.Expression) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(statement.sql(dialect="duckdb", copy=False))


_TEMPORARY = exp.Properties(expressions=[exp.TemporaryProperty()])


def _filled(column: Any) -> np.ndarray[Any, Any]:
    """NULL is NaN among floating-point numbers and None elsewhere, never a number that stands for it."""
    if not np.ma.isMaskedArray(column):
        return np.asarray(column)
    if column.dtype.kind == "f":
        return np.asarray(column.filled(np.nan))
    absent = np.ma.getmaskarray(column)
    if column.dtype.kind != "O" and not absent.any():
        return np.asarray(column.data)
    cells = np.array(column.data, dtype=object)
    cells[absent] = None
    return cells


def open_table(source: Source) -> DuckDBTable:
    """Opens every file of a source. A file that cannot be read is a Problem that names it."""
    paths = [_path(uri) for uri in source.uris]
    connection = hardened(paths)
    try:
        if source.format == "parquet":
            return _parquet(connection, paths)
        return _separated(connection, source, Path(paths[0]))
    except duckdb.Error as error:
        raise errors.TABLE_DAMAGED(where=source.name, detail=str(error).splitlines()[0]) from None


def open_rows(columns: Mapping[str, Sequence[str | None]]) -> DuckDBTable:
    """Texts already read, as the table `t` of a connection that can open no file at all."""
    connection = hardened([])
    refs = [f"c{i}" for i in range(len(columns))]
    connection.execute(f"CREATE TEMP TABLE t ({', '.join(f'{ref} VARCHAR' for ref in refs)})")
    unnested = ", ".join(f"unnest(${i + 1}::VARCHAR[])" for i in range(len(refs)))
    rows = len(next(iter(columns.values()), ()))
    for start in range(0, rows, _BATCH):
        batch = [list(column[start : start + _BATCH]) for column in columns.values()]
        connection.execute(f"INSERT INTO t SELECT {unnested}", batch)
    found = {name: sql.Column(ref, "text") for ref, name in zip(refs, columns, strict=True)}
    return DuckDBTable(connection, found, untyped=True)


def _path(uri: str) -> str:
    parts = urlsplit(uri)
    return unquote(parts.path) if parts.scheme == "file" else uri


def hardened(paths: list[str]) -> duckdb.DuckDBPyConnection:
    connection = fresh()
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute(f"SET allowed_paths = {_texts(paths)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _texts(values: Iterable[str]) -> str:
    """A list of text literals, quoted by sqlglot."""
    return "[" + ", ".join(string(value).sql(dialect="duckdb") for value in values) + "]"


def _parquet(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> DuckDBTable:
    read = f"read_parquet({_texts(paths)}, union_by_name = true)"
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()  # noqa: S608 - quoted above
    refs = [f"c{i}" for i in range(len(described))]
    cells = ", ".join(_cell(ref, row[1]) for ref, row in zip(refs, described, strict=True))
    connection.execute(f"CREATE TEMP VIEW t AS SELECT {cells} FROM {read} AS source({', '.join(refs)})")  # noqa: S608 - as above
    columns = {row[0]: sql.Column(ref, _type(row[1])) for ref, row in zip(refs, described, strict=True)}
    return DuckDBTable(connection, columns, untyped=False)


def _cell(ref: str, kind: str) -> str:
    """A column as it is; lists, times, identifiers and other strangers as texts."""
    stranger = _type(kind) == "text" and kind != "VARCHAR"
    return f"CAST({ref} AS VARCHAR) AS {ref}" if stranger else ref


def _type(name: str) -> ColumnType:
    if name.startswith("TIMESTAMP"):
        return "timestamp"
    return _TYPES.get(name.partition("(")[0], "text")


def _separated(connection: duckdb.DuckDBPyConnection, source: Source, path: Path) -> DuckDBTable:
    """CSV and TSV as all text. What DuckDB's reader refuses is read record by record, or found faulty.

    So is a table of one column, where DuckDB takes a blank line for a row.
    """
    names = list(source.columns) or table_files.header(path, source.format, source.name)
    refs = [f"c{i}" for i in range(len(names))]
    if len(refs) == 1 or not _taken(connection, path, source.format, refs):
        findings = table_files.ragged(path, source.format, source.name)
        if findings:
            raise errors.TABLE_UNUSABLE(where=source.name, findings=findings, count=len(findings))
        _insert(connection, path, source.format, refs)
    columns = {name: sql.Column(ref, "text") for ref, name in zip(refs, names, strict=True)}
    return DuckDBTable(connection, columns, untyped=True)


def _taken(connection: duckdb.DuckDBPyConnection, path: Path, form: str, refs: list[str]) -> bool:
    """Whether DuckDB's reader took the file."""
    try:
        connection.execute(f"CREATE TEMP TABLE t AS SELECT * FROM {_read_csv(path, form, refs)}")  # noqa: S608 - paths are quoted
    except duckdb.Error:
        return False
    return True


def _read_csv(path: Path, form: str, refs: list[str]) -> str:
    types = ", ".join(f"'{ref}': 'VARCHAR'" for ref in refs)
    separator = string(table_files.SEPARATORS[form]).sql(dialect="duckdb")
    return (
        f"read_csv({string(path).sql(dialect='duckdb')}, columns = {{{types}}}, auto_detect = false, "
        f"header = true, delim = {separator}, quote = '\"', escape = '\"', max_line_size = 67108864)"
    )


def _insert(connection: duckdb.DuckDBPyConnection, path: Path, form: str, refs: list[str]) -> None:
    """Sound records with line ends that DuckDB's reader does not take, brought in batches."""
    connection.execute(f"CREATE TEMP TABLE t ({', '.join(f'{ref} VARCHAR' for ref in refs)})")
    unnested = ", ".join(f"unnest(${i + 1}::VARCHAR[])" for i in range(len(refs)))
    batch: list[list[str]] = []
    for number, (_, cells) in enumerate(table_files.records(path, form)):
        if number:
            batch.append(cells)
        if len(batch) == _BATCH:
            connection.execute(
                f"INSERT INTO t SELECT {unnested}", [list(column) for column in zip(*batch, strict=True)]
            )
            batch = []
    if batch:
        connection.execute(
            f"INSERT INTO t SELECT {unnested}", [list(column) for column in zip(*batch, strict=True)]
        )
