"""Event logs opened for `monosashi log`: XES, every form of a table, and the lake's `events`."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from monosashi import errors
from monosashi.adapters.confined import confined
from monosashi.adapters.duckdb_table import DuckDBTable, open_rows, open_table
from monosashi.adapters.event_log import DuckDBEventLog
from monosashi.adapters.home import Home
from monosashi.adapters.lake_tables import is_lake, lake_table
from monosashi.adapters.opened_file import kind_of
from monosashi.adapters.table_files import HEAD, load_table
from monosashi.adapters.text_files import load_bytes
from monosashi.adapters.xes import read_xes
from monosashi.measure.log.request import LogRequest

XES = (".xes", ".xes.gz")


def _is_xes(path: Path) -> bool:
    """By its content; a damaged one by the ending of its name."""
    with path.open("rb") as stream:
        return kind_of(stream.read(HEAD)) == "xes" or path.name.lower().endswith(XES)


@dataclass(frozen=True)
class OpenedLog:
    log: DuckDBEventLog
    sha256: str
    version: int | None  # of a table of the lake


def open_log(path: Path, request: LogRequest) -> OpenedLog:
    """Opens the log a request names. Nothing later than the request's `as_of`, or now, has happened."""
    latest = time.time_ns() // 1000 if request.as_of is None else request.as_of
    version: int | None = None
    if is_lake(request.log):
        found = lake_table(request.log, Home.of_environment())
        table, sha256, version = open_table(found.source), found.sha256, found.source.version
    else:
        table, sha256 = _opened(path, request.log, request.sheet)
    return OpenedLog(DuckDBEventLog(table, request, latest), sha256, version)


def _opened(path: Path, said: str, sheet: str | None) -> tuple[DuckDBTable, str]:
    if path.is_file() and _is_xes(path):
        content = load_bytes(path)
        columns = confined(read_xes, content, said)
        return open_rows(columns), hashlib.sha256(content).hexdigest()
    file = load_table(path, said, sheet=sheet)
    try:
        return open_table(file.source), file.sha256
    except duckdb.Error as error:
        raise errors.TABLE_DAMAGED(where=said, detail=str(error).splitlines()[0]) from None
