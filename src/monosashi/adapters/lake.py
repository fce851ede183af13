"""The lake on disk: Delta tables of Parquet files, transactional, versioned, safe against a kill.

DuckDB finds out what is new and writes one Parquet file, which is flushed; then one commit of the Delta
log names it, and only from there on does anybody see it. deltalake itself flushes nothing (seen with
strace at 1.6.6), so the files, the log entry and their folders are flushed here before `append` returns.
A kill leaves at most a Parquet file that no commit names, which no reader opens.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
from deltalake import CommitProperties, DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.schema import Field, PrimitiveType, Schema
from deltalake.transaction import AddAction, create_table_with_add_actions

from monosashi import errors
from monosashi.adapters.arrow import arrow_table
from monosashi.adapters.batch import Batch
from monosashi.adapters.flush import flush_file, flush_files, flush_folder, flush_folders
from monosashi.keep.digest import digest
from monosashi.keep.table import Columns, ColumnType, Receipt, Source
from monosashi.keep.tables import checked_table

_TO_DELTA: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}
_FROM_DELTA = {delta: kind for kind, delta in _TO_DELTA.items()}
_LOG = "_delta_log"
_ATTEMPTS, _PAUSE = 30, 0.05  # seconds; two imports at once: one commits, the other reads again
# every version stays readable: deltalake would drop log entries of more than 30 days
_FOREVER = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}


@dataclass(frozen=True)
class DeltaLake:
    """`keep.table.Lake` in a folder: one Delta table in each folder ``volumes``, ``responses/resident``."""

    root: Path

    def tables(self) -> Sequence[str]:
        logs = (*self.root.glob(f"*/{_LOG}"), *self.root.glob(f"*/*/{_LOG}"))
        return sorted(log.parent.relative_to(self.root).as_posix() for log in logs if any(log.glob("*.json")))

    def source(self, table: str, version: int | None = None) -> Source | None:
        delta = self._open(table)
        if delta is None:
            return None
        if version is not None and version != delta.version():
            _go_to(delta, version, table)
        return Source(table, _files(delta), delta.version(), columns=_types(delta))

    def commits(self, table: str) -> list[dict[str, Any]]:
        """What every append said about itself, newest first, with the version that it made."""
        delta = self._open(table)
        entries = delta.history() if delta else []
        return [{"version": each["version"], **each["monosashi"]} for each in entries if "monosashi" in each]

    def append(
        self, table: str, columns: Columns, *, key: Sequence[str], commit: Mapping[str, str]
    ) -> Receipt:
        """All or nothing, flushed before it returns; see `keep.table.Lake`.

        Two appends at once: the second notices that its snapshot is no longer the newest, reads again
        and skips what the first has stored. `commit` stands in the history of the table.
        """
        folder = self._folder(table)
        brought = Batch(arrow_table(columns), key)
        brought.check()
        sha256 = commit.get("sha256") or digest(columns)
        for attempt in range(_ATTEMPTS):
            delta = self._open(table)
            try:
                version, added = self._append(folder, delta, brought, columns.types, dict(commit))
            except DeltaError as error:
                if not self._moved_on(table, delta):
                    raise errors.LAKE_UNWRITABLE(where=table, detail=_first_line(error)) from error
                time.sleep(_PAUSE * (attempt + 1) / 2)
                continue
            except (OSError, duckdb.IOException) as error:
                raise errors.LAKE_UNWRITABLE(where=table, detail=_first_line(error)) from error
            return Receipt(table, version, added, len(columns) - added, sha256)
        raise errors.LAKE_BUSY(table=table)

    def _append(
        self,
        folder: Path,
        delta: DeltaTable | None,
        brought: Batch,
        types: Mapping[str, ColumnType],
        commit: dict[str, str],
    ) -> tuple[int, int]:
        """(version, rows added) of one attempt. Raises DeltaError when somebody else committed first."""
        stored = _types(delta) if delta else {}
        _agree(stored, types)
        brought.compare(_files(delta) if delta else (), stored)
        if delta and not brought.new:
            _flush_all(delta, folder)
            return delta.version(), 0
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{delta.version() + 1 if delta else 0:08}-{uuid4().hex}.parquet"
        try:
            brought.write(file, {**types, **stored})
            flush_file(file)
            flush_folders(folder, up_to=self.root)
            version = _commit(folder, delta, file, rows=brought.new, types=types, commit=commit)
        except BaseException:
            file.unlink(missing_ok=True)  # no commit names it
            raise
        _flush_commit(folder, version)
        return version, brought.new

    def _moved_on(self, table: str, before: DeltaTable | None) -> bool:
        now = self._open(table)
        return now is not None and (before is None or now.version() != before.version())

    def _folder(self, table: str) -> Path:
        """A table lies in no other table."""
        folder = self.root / checked_table(table)
        if (folder.parent / _LOG).exists() or next(folder.glob(f"*/{_LOG}"), None):
            raise errors.LAKE_TABLE_NAME(name=table)
        return folder

    def _open(self, table: str) -> DeltaTable | None:
        try:
            return DeltaTable(self.root / checked_table(table))
        except TableNotFoundError:
            return None
        except DeltaError as error:
            raise errors.LAKE_DAMAGED(where=table, table=table, detail=_first_line(error)) from error


def _go_to(delta: DeltaTable, version: int, table: str) -> None:
    latest = delta.version()
    if not 0 <= version <= latest:
        raise errors.LAKE_VERSION(where=table, table=table, version=version, latest=latest)
    try:
        delta.load_as_version(version)
    except DeltaError as error:
        raise errors.LAKE_DAMAGED(where=table, table=table, detail=_first_line(error)) from error


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _files(delta: DeltaTable) -> tuple[str, ...]:
    """In the order in which they were committed: their names begin with the version."""
    return tuple(sorted(delta.file_uris()))


def _types(delta: DeltaTable) -> dict[str, ColumnType]:
    return {field.name: _FROM_DELTA.get(_delta_type(field), "text") for field in delta.schema().fields}


def _delta_type(field: Field) -> str:
    return field.type.type if isinstance(field.type, PrimitiveType) else "string"


def _fields(types: Mapping[str, ColumnType]) -> list[Field]:
    return [Field(name, PrimitiveType(_TO_DELTA[kind])) for name, kind in types.items()]


def _agree(stored: Mapping[str, ColumnType], brought: Mapping[str, ColumnType]) -> None:
    """A column keeps its type. Whole numbers may join decimal ones."""
    for name, kind in brought.items():
        was = stored.get(name, kind)
        if was != kind and (was, kind) != ("number", "integer"):
            raise errors.LAKE_COLUMN_TYPE(where=name, column=name, stored=was, brought=kind)


def _commit(
    folder: Path,
    delta: DeltaTable | None,
    file: Path,
    *,
    rows: int,
    types: Mapping[str, ColumnType],
    commit: dict[str, str],
) -> int:
    """The version that the commit made. No retries: another commit since the snapshot is a conflict."""
    properties = CommitProperties(custom_metadata={"monosashi": commit}, max_commit_retries=0)
    size = file.stat().st_size
    stats = json.dumps({"numRecords": rows})
    add = AddAction(file.name, size, {}, int(time.time() * 1000), True, stats)
    if delta is None:
        create_table_with_add_actions(
            str(folder),
            Schema(_fields(types)),
            [add],
            configuration=_FOREVER,
            commit_properties=properties,
        )
        return 0
    version = delta.version()
    arriving = {name: kind for name, kind in types.items() if name not in _types(delta)}
    if arriving:
        version += 1
        delta.alter.add_columns(_fields(arriving), commit_properties=CommitProperties(max_commit_retries=0))
        delta.load_as_version(version)  # not the newest: what others commit from here on is a conflict
    version += 1
    delta.create_write_transaction([add], "append", delta.schema(), commit_properties=properties)
    return version


def _flush_commit(folder: Path, version: int) -> None:
    """The log entries of the commit: two where columns were added first."""
    entries = (folder / _LOG / f"{number:020}.json" for number in (version - 1, version) if number >= 0)
    flush_files(entry for entry in entries if entry.exists())
    flush_folder(folder / _LOG)
    flush_folder(folder)


def _flush_all(delta: DeltaTable, folder: Path) -> None:
    """Rows found already there may come from a process that was killed before it flushed them."""
    flush_files(_path(uri) for uri in _files(delta))
    flush_files((folder / _LOG).glob("*.json"))
    flush_folder(folder / _LOG)
    flush_folder(folder)


def _path(uri: str) -> Path:
    return Path(uri.removeprefix("file://"))
