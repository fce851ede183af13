"""Keeping the lake in order: few files instead of many, a log that opens fast, what is over cleared, undo."""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from deltalake import DeltaTable

from monosashi import errors
from monosashi.adapters.batch import quoted
from monosashi.adapters.delta_log import LOG, Action, actions_of
from monosashi.adapters.flush import flush_file, flush_folder
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.rewritten import Change, Made, Rows, Snapshot, columns_of, from_files

DAY = 86_400.0  # seconds
_CHECKPOINT = "_last_checkpoint"


def compact(lake: DeltaLake, table: str) -> Made | None:
    """All rows in one file, by a version that changes none of them; None where there is one file already.

    The old files stay for earlier versions, until `vacuum`. An append at the same time is not lost: whoever
    comes second reads again.
    """

    def change(seen: Snapshot) -> Change | None:
        if len(seen.files) < 2:
            return None
        return Change(seen.files, (Rows(f"SELECT * FROM {from_files(seen.files)}"),))

    return lake.rewrite(known_table(lake, table), change, {"action": "compact"})


def checkpoint(lake: DeltaLake, table: str) -> int:
    """The log up to now as one file of the protocol, so that opening does not read every entry.

    It is written in a folder beside, by deltalake, flushed, and then moved to its place; the entries stay.
    One of the same version is written anew: a kill may have left it without the file that points to it.
    """
    folder = lake.root.absolute() / known_table(lake, table)
    latest = source.version or 0 if (source := lake.source(table)) else 0
    beside = folder / f".checkpoint-{uuid4().hex}"
    try:
        (beside / LOG).mkdir(parents=True)
        for made in (folder / LOG).iterdir():
            if not made.name.startswith((".", _CHECKPOINT, f"{latest:020}.checkpoint")):
                os.link(made, beside / LOG / made.name)
        delta = DeltaTable(beside)
        delta.create_checkpoint()
        written = sorted((beside / LOG).glob(f"{delta.version():020}.checkpoint*.parquet"))
        for file in (*written, beside / LOG / _CHECKPOINT):
            flush_file(file)
            file.replace(folder / LOG / file.name)
            flush_folder(folder / LOG)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return delta.version()


def vacuum(lake: DeltaLake, table: str, *, days: float, now: float | None = None) -> list[str]:
    """Removes files that no version names since `days`; returns their names.

    A file without any name in the log may belong to an append under way: it has at least one day.
    """
    folder = lake.root.absolute() / known_table(lake, table)
    at = time.time() if now is None else now
    source = lake.source(table)
    live = {Path(file).name for file in source.uris} if source else set()
    removed = {
        action["remove"]["path"]: action["remove"]["deletionTimestamp"] / 1000
        for _, action in entries(folder)
        if "remove" in action
    }
    gone = []
    for file in sorted(folder.glob("*.parquet")):
        over = removed.get(file.name, file.stat().st_mtime + DAY)
        if file.name not in live and over <= at - days * DAY:
            file.unlink()
            gone.append(file.name)
    flush_folder(folder)
    return gone


def undo(lake: DeltaLake, table: str, version: int, *, editions: Mapping[str, int]) -> Made | None:
    """Takes the rows of one append out again, by a new version; None where that was done already.

    `editions` says on which version of the table each edition was built; one that is built on this version
    or a later one keeps it.
    """
    folder = lake.root.absolute() / known_table(lake, table)
    source = lake.source(table)
    latest = source.version if source and source.version is not None else 0
    if not 0 <= version <= latest:
        raise errors.LAKE_VERSION(where=table, table=table, version=version, latest=latest)
    brought = _file_of_append(folder, table, version)
    if _undone(folder, version):
        return None
    for edition, built_on in sorted(editions.items()):
        if built_on >= version:
            raise errors.LAKE_UNDO_FROZEN(where=table, table=table, version=version, edition=edition)

    def change(seen: Snapshot) -> Change | None:
        return None if _undone(folder, version) else _without(seen, brought, table, version)

    return lake.rewrite(table, change, {"action": "undo", "undone": version})


def _undone(folder: Path, version: int) -> bool:
    return any(about(action).get("undone") == version for _, action in entries(folder))


def _file_of_append(folder: Path, table: str, version: int) -> str:
    actions = actions_of(folder, version)
    files: list[str] = [action["add"]["path"] for action in actions if "add" in action]
    if len(files) != 1 or any("action" in about(action) for action in actions):
        raise errors.LAKE_UNDO_NOT_IMPORT(where=table, table=table, version=version)
    return files[0]


def _without(seen: Snapshot, brought: str, table: str, version: int) -> Change:
    """The file itself or its rewritten self goes; after compaction its rows are looked for in the others."""
    theirs = {brought} | {
        action["add"]["path"]
        for _, action in entries(seen.folder)
        if "add" in action and action["add"].get("tags", {}).get("appended") == str(version)
    }
    live = tuple(file for file in seen.files if Path(file).name in theirs)
    if live:
        nothing = () if len(live) < len(seen.files) else (Rows(f"SELECT * FROM {from_files(live)} LIMIT 0"),)
        return Change(live, nothing)
    there = [seen.folder / name for name in sorted(theirs, reverse=True) if (seen.folder / name).is_file()]
    if not there:
        raise errors.LAKE_UNDO_GONE(where=table, table=table, version=version)
    held, mine = columns_of(seen.files), set(columns_of(there[:1]))
    same = " AND ".join(
        f"t.{quoted(name)} IS NOT DISTINCT FROM {'b.' + quoted(name) if name in mine else 'NULL'}"
        for name in held
    )
    rows = f"SELECT t.* FROM {from_files(seen.files)} AS t ANTI JOIN {from_files(there[:1])} AS b ON {same}"
    return Change(seen.files, (Rows(rows),))


def entries(folder: Path) -> Iterator[tuple[int, Action]]:
    """(version, action) of every entry of the log, in its order."""
    for made in sorted((folder / LOG).glob("*.json")):
        version = int(made.stem)
        yield from ((version, action) for action in actions_of(folder, version))


def about(action: Action) -> Action:
    """What an entry of this program says about itself."""
    told: Action = action.get("commitInfo", {}).get("monosashi", {})
    return told


def known_table(lake: DeltaLake, table: str) -> str:
    known = lake.tables()
    if table not in known:
        raise errors.LAKE_TABLE_UNKNOWN(table=table, known=", ".join(known) or "—")
    return table
