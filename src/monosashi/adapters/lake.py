"""The lake on disk: Delta tables of Parquet files, transactional, versioned, safe against a kill.

DuckDB finds out what is new and writes one Parquet file, which is flushed; then one entry of the Delta
log names it, and only from there on does anybody see it (see `delta_log`). A kill leaves at most a Parquet
file that no entry names and an entry without a number, which no reader opens.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError

from monosashi import errors
from monosashi.adapters.arrow import arrow_table
from monosashi.adapters.batch import Batch
from monosashi.adapters.delta_log import (
    LOG,
    WRITER,
    Added,
    Taken,
    appending,
    names,
    rewriting,
    said,
    types_of,
    write_entry,
)
from monosashi.adapters.erased import Erased
from monosashi.adapters.flush import flush_file, flush_folder, flush_folders
from monosashi.adapters.rewritten import Change, Made, Snapshot, write_rows
from monosashi.errors import Problem
from monosashi.gather.findings import shown
from monosashi.keep.digest import digest
from monosashi.keep.table import Columns, ColumnType, Receipt, Source
from monosashi.keep.tables import checked_table

_ATTEMPTS, _PAUSE = 30, 0.05  # seconds; two imports at once: one commits, the other reads again
_UNREADABLE = re.compile(r"%[0-9A-Fa-f]{2}|[\\\x00-\x1f]")  # paths that deltalake takes for others
_PERHAPS_MOVED = (errors.LAKE_DAMAGED, errors.LAKE_UNWRITABLE)
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class DeltaLake:
    """`keep.table.Lake` in a folder: one Delta table in each folder ``volumes``, ``responses/resident``."""

    root: Path

    def tables(self) -> Sequence[str]:
        logs = (*self.root.glob(f"*/{LOG}"), *self.root.glob(f"*/*/{LOG}"))
        return sorted(log.parent.relative_to(self.root).as_posix() for log in logs if any(log.glob("*.json")))

    def source(self, table: str, version: int | None = None) -> Source | None:
        delta = self._open(table)
        if delta is None:
            return None
        if version is not None and version != delta.version():
            _go_to(delta, version, table)
            self._check_there(table, version, delta)
        return Source(table, self._files(table, delta), delta.version(), columns=types_of(delta))

    def commits(self, table: str) -> list[dict[str, Any]]:
        """What every append said about itself, newest first, with the version that it made."""
        delta = self._open(table)
        versions = range(delta.version(), -1, -1) if delta else ()
        told = ((version, said(self._folder(table), version)) for version in versions)
        return [{"version": version, **commit} for version, commit in told if commit is not None]

    def compare(
        self, table: str, columns: Columns, *, key: Sequence[str], derived: Sequence[str] = ()
    ) -> None:
        """Raises what `append` would raise about these rows; nothing is stored."""
        self._check_place(table)
        brought = Batch(arrow_table(columns), key, derived)
        brought.check()
        delta, people = self._open(table), Erased(self.root)
        brought.forget(people.digests(), people.digest)
        stored = types_of(delta) if delta else {}
        _agree(stored, columns.types)
        with _readable(table):
            brought.compare(self._files(table, delta) if delta else (), stored)

    def append(
        self,
        table: str,
        columns: Columns,
        *,
        key: Sequence[str],
        commit: Mapping[str, str],
        derived: Sequence[str] = (),
    ) -> Receipt:
        """All or nothing, flushed before it returns; see `keep.table.Lake`.

        Two appends at once: the second finds its version taken, reads again and skips what the first has
        stored. `commit` stands in the log of the table.
        """
        self._check_place(table)
        brought = Batch(arrow_table(columns), key, derived)
        brought.check()
        sha256 = commit.get("sha256") or digest(columns)
        people, erased = Erased(self.root), 0
        for attempt in range(_ATTEMPTS):
            try:
                erased += brought.forget(people.digests(), people.digest)
                version, added = self._append(table, brought, columns.types, commit)
            except Taken:
                time.sleep(_PAUSE * (attempt + 1) / 2)
                continue
            return Receipt(table, version, added, len(columns) - added - erased, sha256, erased)
        raise errors.LAKE_BUSY(table=table)

    def rewrite(
        self, table: str, change: Callable[[Snapshot], Change | None], about: Mapping[str, Any]
    ) -> Made | None:
        """A new version in which files take the place of others; None where `change` finds nothing to do.

        As atomic and as flushed as an append. Who comes second looks at the table again and asks `change`
        once more.
        """
        for attempt in range(_ATTEMPTS):
            delta = self._open(table)
            if delta is None:
                return None
            seen = Snapshot(self._folder(table), delta.version(), self._files(table, delta), types_of(delta))
            with suppress(Taken), _unmoved(self, table, seen.version):
                with _readable(table):
                    asked = change(seen)
                return self._rewrite(table, delta, seen, asked, about) if asked else None
            time.sleep(_PAUSE * (attempt + 1) / 2)
        raise errors.LAKE_BUSY(table=table)

    def _rewrite(
        self, table: str, delta: DeltaTable, seen: Snapshot, change: Change, about: Mapping[str, Any]
    ) -> Made:
        version, added = seen.version + 1, list[Added]()
        with _writable(table), _none_left(added, seen.folder, version):
            for rows in change.rows:
                file = seen.folder / f"{version:08}-{uuid4().hex}.parquet"
                added.append(Added(file, 0, rows.tags))
                added[-1] = Added(file, write_rows(file, rows.select, seen.types), rows.tags)
                flush_file(file)
            flush_folder(seen.folder)
            actions = rewriting(delta, map(Path, change.removed), added, about)
            write_entry(seen.folder, version, actions)
        return Made(version, len(change.removed), sum(one.rows for one in added))

    def _append(
        self, table: str, brought: Batch, types: Mapping[str, ColumnType], commit: Mapping[str, str]
    ) -> tuple[int, int]:
        """(version, rows added) of one attempt. Raises Taken when somebody else was first."""
        delta, folder = self._open(table), self._folder(table)
        stored = types_of(delta) if delta else {}
        _agree(stored, types)
        with _unmoved(self, table, delta.version() if delta else None), _readable(table):
            brought.compare(self._files(table, delta) if delta else (), stored)
        with _writable(table):
            if delta and not brought.new:
                flush_folder(folder / LOG)  # the entry may come from a process killed before it did so
                return delta.version(), 0
            version = delta.version() + 1 if delta else 0
            file = folder / f"{version:08}-{uuid4().hex}.parquet"
            with _nothing_left(self.root, file, version):
                brought.write(file, {**types, **stored})
                flush_file(file)
                flush_folders(folder, up_to=self.root.absolute())
                write_entry(folder, version, appending(delta, file, brought.new, types, commit))
        return version, brought.new

    def _check_there(self, table: str, version: int, delta: DeltaTable) -> None:
        """Files of an earlier version may have been taken away, and the log says by whom."""
        gone = {Path(file).name for file in self._files(table, delta) if not Path(file).is_file()}
        if gone:
            folder = self._folder(table)
            latest = DeltaTable(folder).version()
            for later in range(version + 1, latest + 1):
                about = said(folder, later) or {}
                if about.get("action") == "erase":
                    raise errors.LAKE_VERSION_ERASED(where=table, table=table, version=version, by=later)
            raise errors.LAKE_VERSION_VACUUMED(where=table, table=table, version=version)

    def _check_place(self, table: str) -> None:
        """A table lies in no other table, and where it can be found again."""
        folder = self._folder(table)
        if _UNREADABLE.search(str(folder)):
            raise errors.LAKE_FOLDER(folder=shown(str(self.root), 200))
        if (folder.parent / LOG).exists() or next(folder.glob(f"*/{LOG}"), None):
            raise errors.LAKE_TABLE_NAME(name=table)

    def _folder(self, table: str) -> Path:
        return self.root.absolute() / checked_table(table)

    def _files(self, table: str, delta: DeltaTable) -> tuple[str, ...]:
        """In the order in which they were committed: their names begin with the version."""
        folder = self._folder(table)
        return tuple(sorted(str(folder / uri.rpartition("/")[2]) for uri in delta.file_uris()))

    def _open(self, table: str) -> DeltaTable | None:
        folder = self._folder(table)
        with _readable(table):
            try:
                delta = DeltaTable(folder)
            except TableNotFoundError:
                _check_absent(folder)
                return None
            _check_entries(folder, delta)
        return delta


@contextmanager
def _unmoved(lake: DeltaLake, table: str, version: int | None) -> Iterator[None]:
    """A file that cannot be read may have been replaced meanwhile; then the table is looked at again."""
    try:
        yield
    except Problem as problem:
        now = lake.source(table) if problem.kind in _PERHAPS_MOVED else None
        if now is not None and now.version != version:
            raise Taken from problem
        raise


@contextmanager
def _none_left(added: Sequence[Added], folder: Path, version: int) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for one in added:
            if not names(folder, version, one.file):
                one.file.unlink(missing_ok=True)
        raise


def _check_absent(folder: Path) -> None:
    """A log that vanished is not a table that has yet to be made."""
    if any(not file.name.startswith(f"{0:08}-") for file in folder.glob("*.parquet")):
        raise OSError(f"no {LOG}")


def _check_entries(folder: Path, delta: DeltaTable) -> None:
    """An entry without content would be read as one that added nothing."""
    empty = [made.name for made in (folder / LOG).glob("*.json") if not made.stat().st_size]
    if empty:
        raise OSError(f"{empty[0]} is empty")
    if delta.protocol().min_writer_version > WRITER:
        raise OSError(f"writer version {delta.protocol().min_writer_version}")


@contextmanager
def _readable(table: str) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise errors.IMPORT_STOPPED(
            where=table, reason_ja="メモリー不足", reason_en="out of memory"
        ) from error
    except (DeltaError, duckdb.Error, OSError) as error:
        raise errors.LAKE_DAMAGED(where=table, table=table, detail=_first_line(error)) from error


@contextmanager
def _writable(table: str) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise errors.LAKE_UNWRITABLE(where=table, detail=_first_line(error)) from error


@contextmanager
def _nothing_left(root: Path, file: Path, version: int) -> Iterator[None]:
    """Makes the folders of a table. After a failure neither they nor the file are there."""
    log = file.parent / LOG
    lacking = [folder for folder in (log, *log.parents) if not folder.exists()]
    log.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if not names(file.parent, version, file):
            file.unlink(missing_ok=True)
            _remove_empty(folder for folder in lacking if folder.is_relative_to(root.absolute()))
        raise


def _go_to(delta: DeltaTable, version: int, table: str) -> None:
    latest = delta.version()
    if not 0 <= version <= latest:
        raise errors.LAKE_VERSION(where=table, table=table, version=version, latest=latest)
    try:
        delta.load_as_version(version)
    except DeltaError as error:
        raise errors.LAKE_DAMAGED(where=table, table=table, detail=_first_line(error)) from error


def _agree(stored: Mapping[str, ColumnType], brought: Mapping[str, ColumnType]) -> None:
    """A column keeps its type. Whole numbers may join decimal ones."""
    for name, kind in brought.items():
        was = stored.get(name, kind)
        if was != kind and (was, kind) != ("number", "integer"):
            raise errors.LAKE_COLUMN_TYPE(where=name, column=name, stored=was, brought=kind)


def _remove_empty(folders: Iterable[Path]) -> None:
    """From the inside out; one that somebody else has filled meanwhile stays."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _first_line(error: BaseException) -> str:
    lines = _COLORS.sub("", str(error)).splitlines() or [type(error).__name__]
    return shown(lines[0], 300)
