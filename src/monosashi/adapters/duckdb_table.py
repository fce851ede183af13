"""A source opened in DuckDB: one hardened in-memory connection, and the table `t` of its rows.

Hardened before it reads anything: only the files of the source may be opened, no extension is fetched or
loaded, no setting can be changed, times are JST.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import duckdb
import numpy as np
from sqlglot import exp

from monosashi import errors
from monosashi.adapters import engine_sql as sql
from monosashi.adapters import table_files
from monosashi.adapters.sql_parts import both, select, string
from monosashi.define.fit import nearest
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import Value

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys([*_INTEGERS, *(f"U{name}" for name in _INTEGERS)], "integer"),
    **dict.fromkeys(["FLOAT", "DOUBLE", "DECIMAL"], "number"),
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_BATCH = 10_000
Arrays = dict[str, np.ndarray[Any, Any]]
Found = TypeVar("Found")


@dataclass(eq=False)
class DuckDBTable:
    """The rows of a source as table `t` with columns c0, c1, …; `columns` knows them by their names."""

    connection: duckdb.DuckDBPyConnection
    columns: dict[str, sql.Column]
    untyped: bool  # a text file: numbers are told by their look
    _settled: set[str] = field(default_factory=set)
    _kept: dict[Hashable, str] = field(default_factory=dict)
    _found: dict[Hashable, Any] = field(default_factory=dict)
    _made: int = 0

    def need(self, names: Iterable[str]) -> None:
        """Refuses names that the table does not have, with the nearest that it has."""
        for name in names:
            if name not in self.columns:
                raise errors.COLUMN_UNKNOWN(column=name, nearest=nearest(name, self.columns))

    def settle(self, names: Iterable[str], missing: Sequence[Value]) -> None:
        """Finds out which text columns that rows are grouped by hold nothing but numbers."""
        for name in names:
            if not self.untyped or name in self._settled:
                continue
            column = self.columns[name]
            word = exp.Not(this=sql.looks_like_number(column))
            other = both([sql.present(column, missing), word])
            numeric = self.run(select("1", rows="t", where=other, limit=1)).fetchone() is None
            self.columns[name] = replace(column, numeric=numeric, mixed=not numeric)
            self._settled.add(name)

    def run(self, statement: exp.Expression) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(statement.sql(dialect="duckdb", copy=False))

    def arrays(self, statement: exp.Expression) -> Arrays:
        """The columns of the result as arrays; NULL in a column of numbers is NaN."""
        found = self.run(statement).fetchnumpy()
        return {name: _filled(column) for name, column in found.items()}

    def keep(self, statement: exp.Expression, key: Hashable = None) -> str:
        """A temporary table of the result; with a key, made once and found again."""
        if key is not None and key in self._kept:
            return self._kept[key]
        self._made += 1
        name = f"kept{self._made}"
        self.run(
            exp.Create(
                this=exp.to_table(name), kind="TABLE", expression=statement, properties=_TEMPORARY.copy()
            )
        )
        if key is not None:
            self._kept[key] = name
        return name

    def once(self, key: Hashable, ask: Callable[[], Found]) -> Found:
        """What was found out about the whole sample, asked once however many questions need it."""
        if key not in self._found:
            self._found[key] = ask()
        found: Found = self._found[key]
        return found

    def drop(self, name: str) -> None:
        self.connection.execute(f"DROP TABLE {name}")


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
    connection = _hardened(paths)
    try:
        if source.format == "parquet":
            return _parquet(connection, paths)
        return _separated(connection, source, Path(paths[0]))
    except duckdb.Error as error:
        raise errors.TABLE_DAMAGED(where=source.name, detail=str(error).splitlines()[0]) from None


def _path(uri: str) -> str:
    parts = urlsplit(uri)
    return unquote(parts.path) if parts.scheme == "file" else uri


def _hardened(paths: list[str]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
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
