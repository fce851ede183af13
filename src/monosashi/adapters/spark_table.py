"""A source opened in Spark through Spark Connect: one session of its own, and the view `t` of its rows.

Spark reads the Parquet files where they lie, so that its machines must see the same paths. Rows of a text
file are sent: that is for small ones. Nothing of Spark is imported before a source is opened.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
from sqlglot import exp

from monosashi import errors
from monosashi.adapters import engine_sql as sql
from monosashi.adapters import table_files
from monosashi.adapters.opened_table import Arrays, OpenedTable, Row
from monosashi.adapters.spark_sql import readings, spark_text
from monosashi.adapters.sql_parts import named, select, string
from monosashi.keep.table import ColumnType, Source

PORT, PATIENCE = 15002, 10  # Spark Connect's own port; seconds until a machine counts as not there
_SETTINGS = {
    "spark.sql.session.timeZone": "Asia/Tokyo",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}
_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys(["tinyint", "smallint", "int", "bigint"], "integer"),
    **dict.fromkeys(["float", "double", "decimal"], "number"),
    **dict.fromkeys(["timestamp", "timestamp_ntz"], "timestamp"),
    "boolean": "boolean",
    "date": "date",
}


class SparkTable(OpenedTable):
    """`t` is a temporary view of a session; the rows of Parquet files know their file and place in it."""

    def __init__(self, session: Any, where: str, types: dict[str, str], *, untyped: bool) -> None:
        refs = {name: f"c{i}" for i, name in enumerate(types)}
        columns = {name: sql.Column(refs[name], _kind(kind)) for name, kind in types.items()}
        super().__init__(columns, untyped=untyped)
        self._session, self._where = session, where
        self._doubles = {refs[name] for name, kind in types.items() if kind == "double"}
        self._moments = {refs[name] for name, kind in types.items() if kind == "timestamp"}
        self._files: tuple[str, ...] = ()

    def view(self, frame: Any, types: dict[str, str], more: tuple[str, ...], files: tuple[str, ...]) -> None:
        """Makes `t` from a frame with the columns c0, c1, …; `more` are columns that `numbered` needs."""
        cells = [
            cell
            for column, kind in zip(self.columns.values(), types.values(), strict=True)
            for cell in readings(column.ref, column.kind, kind)
        ]
        frame.selectExpr(*cells, *more).createOrReplaceTempView("t")
        self._files = files

    def all(self, statement: exp.Expression) -> list[Row]:
        found = self._ask(statement)
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def arrays(self, statement: exp.Expression) -> Arrays:
        found = self._ask(statement)
        return {name: _array(found.column(name)) for name in found.column_names}

    def numbered(self) -> exp.Select:
        if not self._files:
            return select("*", rows="t")  # sent with the number of each row
        rows = [(string(name), exp.Literal.number(start)) for name, start in self._starts()]
        before = exp.values(rows, alias="b", columns=["name", "start"])
        record = named("record", exp.column("place", "f") + exp.column("start", "b"))
        joined = select("f.*", record, rows=exp.to_table("t", alias="f"))
        return joined.join(before, on="f.file = b.name", copy=False)

    def _starts(self) -> list[tuple[str, int]]:
        counted = self.all(select("file", "count(*) AS n", rows="t", group=["file"]))
        sizes = {unquote(urlsplit(name).path): (name, size) for name, size in counted}
        found, start = [], 0
        for path in self._files:
            name, size = sizes.get(path, ("", 0))  # a file without rows has no first one
            found += [(name, start)] if size else []
            start += size
        return found or [("", 0)]

    def store(self, name: str, statement: exp.Expression) -> None:
        """By way of this machine: what is kept has a row for each PSU or cell, and those are fetched anyway.

        A view alone would be computed again at each use, with sums that may differ in their last bits.
        """
        found = self._ask(statement)
        with _spoken_to(self._where):
            _sent_frame(self._session, found).createOrReplaceTempView(name)

    def drop(self, name: str) -> None:
        with _spoken_to(self._where):
            self._session.catalog.dropTempView(name)

    def close(self) -> None:
        self._session.stop()

    def _ask(self, statement: exp.Expression) -> Any:
        with _spoken_to(self._where):
            return self._session.sql(spark_text(statement, self._doubles, self._moments)).toArrow()


def _kind(type_name: str) -> ColumnType:
    return _TYPES.get(type_name.partition("(")[0], "text")


def _array(column: Any) -> np.ndarray[Any, Any]:
    """Numbers as numbers, NULL as NaN; texts and truths as Python's own values."""
    cells: np.ndarray[Any, Any] = column.to_numpy()
    return cells


def open_in_spark(source: Source, url: str) -> SparkTable:
    """Opens every file of a source at a Spark Connect server (`sc://host:port`)."""
    where = address(url)
    session = _session(url, where)
    if source.format == "parquet":
        return _parquet(session, where, source)
    return _sent(session, where, source)


def address(url: str) -> str:
    """host:port of the server. What else stands in the URL (a token) is not for messages."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port or PORT}"


def _session(url: str, where: str) -> Any:
    try:
        from pyspark.sql.connect.session import SparkSession
    except ImportError:
        raise errors.ENGINE_MISSING(where=where) from None
    host, _, port = where.rpartition(":")
    try:
        socket.create_connection((host, int(port)), PATIENCE).close()  # Spark's client tries for minutes
    except OSError as error:
        raise errors.ENGINE_FAILED(where=where, detail=error.strerror or str(error)) from None
    with _spoken_to(where):
        session = SparkSession.builder.remote(url).create()
        for name, value in _SETTINGS.items():
            session.conf.set(name, value)
    return session


@contextmanager
def _spoken_to(where: str) -> Iterator[None]:
    """What Spark refuses is a Problem with the first line of its reason."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise errors.ENGINE_FAILED(where=where, detail=_reason(error)) from None


def _reason(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _parquet(session: Any, where: str, source: Source) -> SparkTable:
    from pyspark.errors import PySparkException
    from pyspark.sql.connect import functions as f

    uris = [_uri(uri) for uri in source.uris]
    try:
        frame = session.read.option("mergeSchema", len(uris) > 1).parquet(*map(_literally, uris))
        types = dict(frame.dtypes)
    except PySparkException as error:
        raise errors.TABLE_DAMAGED(where=source.name, detail=_reason(error)) from None
    renamed = [f.col(_backticked(name)).alias(f"c{i}") for i, name in enumerate(types)]
    more = [f.col("_metadata.file_path").alias("file"), f.col("_metadata.row_index").alias("place")]
    table = SparkTable(session, where, types, untyped=False)
    with _spoken_to(where):
        table.view(
            frame.select(*renamed, *more), types, ("file", "place"), tuple(urlsplit(uri).path for uri in uris)
        )
    return table


def _uri(uri: str) -> str:
    """file:///path with the path as it is, the way Hadoop writes it; other addresses as they are."""
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return f"file://{unquote(parts.path)}"
    return uri if "://" in uri else f"file://{Path(uri).absolute()}"


def _literally(uri: str) -> str:
    """Without the meaning that Hadoop gives to signs in a path."""
    return "".join(f"\\{sign}" if sign in "{}[]*?\\" else sign for sign in uri)


def _backticked(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _sent(session: Any, where: str, source: Source) -> SparkTable:
    """CSV and TSV as all text, an empty cell as NULL, each row with its number."""
    path = Path(source.uris[0])
    findings = table_files.ragged(path, source.format, source.name)
    if findings:
        raise errors.TABLE_UNUSABLE(where=source.name, findings=findings, count=len(findings))
    names = list(source.columns) or table_files.header(path, source.format, source.name)
    types = dict.fromkeys(names, "string")
    table = SparkTable(session, where, types, untyped=True)
    with _spoken_to(where):
        table.view(_frame(session, path, source.format, len(names)), types, ("record",), ())
    return table


def _frame(session: Any, path: Path, form: str, width: int) -> Any:
    import pyarrow

    records = [[cell or None for cell in cells] for _, cells in table_files.records(path, form)][1:]
    texts = {f"c{i}": pyarrow.array([cells[i] for cells in records], pyarrow.string()) for i in range(width)}
    numbers = pyarrow.array(range(len(records)), pyarrow.int64())
    return _sent_frame(session, pyarrow.table({**texts, "record": numbers}))


def _sent_frame(session: Any, rows: Any) -> Any:
    """Rows of this machine in Spark. Its client takes no empty table: that is one row, and none of it."""
    import pyarrow

    if rows.num_rows:
        return session.createDataFrame(rows)
    nothing = {field.name: pyarrow.nulls(1, field.type) for field in rows.schema}
    return session.createDataFrame(pyarrow.table(nothing)).limit(0)
