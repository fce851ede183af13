"""Fresh in-memory DuckDB connections. To open one takes some 10 ms, so the next is opened in advance."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import duckdb

_opener = ThreadPoolExecutor(1, thread_name_prefix="duckdb")
_spare: list[Future[duckdb.DuckDBPyConnection]] = []


def fresh() -> duckdb.DuckDBPyConnection:
    """A connection that nobody has used, to a database of its own."""
    try:
        opened = _spare.pop()  # one caller gets it, whoever is first
    except IndexError:
        opened = _opener.submit(_open)
    found = opened.result()
    _spare.append(_opener.submit(_open))
    return found


def _open() -> duckdb.DuckDBPyConnection:
    """Without DuckDB's bar of progress, which would stand amid the JSON on standard output."""
    opened = duckdb.connect(":memory:")
    opened.execute("SET enable_progress_bar = false")
    return opened
