"""One version of a Delta table: an entry of its log, on the disk before anybody can see it.

deltalake 1.6.6 reads the tables but does not write them. It flushes nothing (seen with strace), needs two
commits to add rows with a new column, and fails after the commit where its checkpoint finds no room. The
entries are lines of JSON (https://github.com/delta-io/delta/blob/master/PROTOCOL.md, writer version 2).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from deltalake import DeltaTable
from deltalake.schema import Field, PrimitiveType, Schema

from monosashi import __version__
from monosashi.adapters.flush import flush_file, flush_folder
from monosashi.keep.table import ColumnType

LOG = "_delta_log"
WRITER = 2
_TO_DELTA: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}
_FROM_DELTA = {delta: kind for kind, delta in _TO_DELTA.items()}
# for other programs that write here: every version stays readable
_FOREVER = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
Action = dict[str, Any]


@dataclass(frozen=True)
class Added:
    """A file that a version puts in the place of others."""

    file: Path
    rows: int
    tags: Mapping[str, str] = field(default_factory=dict)


class Taken(Exception):  # noqa: N818 - not an error: another process was first
    """The version has been made by somebody else."""


def entry(folder: Path, version: int) -> Path:
    return folder / LOG / f"{version:020}.json"


def write_entry(folder: Path, version: int, actions: Iterable[Action]) -> None:
    """Written and flushed under a name of its own, then linked to its number, which only one can have."""
    staged = folder / LOG / f".{version}-{uuid4().hex}"
    try:
        staged.write_text("".join(f"{json.dumps(action)}\n" for action in actions), encoding="utf-8")
        flush_file(staged)
        os.link(staged, entry(folder, version))
    except FileExistsError:
        raise Taken from None
    finally:
        staged.unlink(missing_ok=True)
    flush_folder(folder / LOG)


def names(folder: Path, version: int, file: Path) -> bool:
    """Whether a version names a file. Such a file is part of the table, whatever failed afterwards."""
    made = entry(folder, version)
    return made.is_file() and file.name in made.read_text("utf-8")


def said(folder: Path, version: int) -> Mapping[str, str] | None:
    """What an append said about itself; None for entries of other programs, or cleaned away by one."""
    made = entry(folder, version)
    lines = made.read_text("utf-8").splitlines() if made.is_file() else ()
    infos = (json.loads(line).get("commitInfo") for line in lines)
    return next((info["monosashi"] for info in infos if info and "monosashi" in info), None)


def actions_of(folder: Path, version: int) -> list[Action]:
    """What an entry says, line by line."""
    return [json.loads(line) for line in entry(folder, version).read_text("utf-8").splitlines()]


def rewriting(
    delta: DeltaTable, removed: Iterable[Path], added: Iterable[Added], about: Mapping[str, Any]
) -> list[Action]:
    """The actions of a version that puts files in the place of others.

    Where `about` says ``compact`` the rows stay the same, and ``dataChange`` is false, as the protocol asks.
    """
    now = int(time.time() * 1000)
    changes = about["action"] != "compact"
    gone = [
        {"remove": {"path": file.name, "deletionTimestamp": now, "dataChange": changes}} for file in removed
    ]
    come = [_addition(one.file, one.rows, now, changes=changes, tags=one.tags) for one in added]
    return [_information(now, about, "OPTIMIZE" if not changes else "DELETE"), *gone, *come]


def appending(
    delta: DeltaTable | None,
    file: Path,
    rows: int,
    types: Mapping[str, ColumnType],
    commit: Mapping[str, str],
) -> list[Action]:
    """The actions of one append: all its rows, and the columns that came with it, in one version."""
    now = int(time.time() * 1000)
    stored = types_of(delta) if delta else {}
    actions = [_information(now, commit)]
    if delta is None:
        actions += [_protocol(), _metadata(types, id=uuid4().hex, createdTime=now, configuration=_FOREVER)]
    elif not set(types) <= set(stored):
        actions.append(_metadata({**stored, **types, **stored}, **_as_before(delta)))
    return [*actions, _addition(file, rows, now)]


def types_of(delta: DeltaTable) -> dict[str, ColumnType]:
    return {field.name: _FROM_DELTA.get(_plain(field), "text") for field in delta.schema().fields}


def _plain(field: Field) -> str:
    return field.type.type if isinstance(field.type, PrimitiveType) else "string"


def _information(now: int, commit: Mapping[str, Any], operation: str = "WRITE") -> Action:
    how = {"mode": "Append", "partitionBy": "[]"} if operation == "WRITE" else {}
    return {
        "commitInfo": {
            "timestamp": now,
            "operation": operation,
            "operationParameters": how,
            "engineInfo": f"monosashi {__version__}",
            "monosashi": dict(commit),
        }
    }


def _protocol() -> Action:
    return {"protocol": {"minReaderVersion": 1, "minWriterVersion": WRITER}}


def _metadata(types: Mapping[str, ColumnType], **about: Any) -> Action:
    schema = Schema([Field(name, PrimitiveType(_TO_DELTA[kind])) for name, kind in types.items()])
    return {
        "metaData": {
            **about,
            "format": {"provider": "parquet", "options": {}},
            "schemaString": schema.to_json(),
            "partitionColumns": [],
        }
    }


def _as_before(delta: DeltaTable) -> dict[str, Any]:
    """What stays when a column comes."""
    was = delta.metadata()
    about = {"id": was.id, "createdTime": was.created_time, "configuration": dict(was.configuration)}
    named = {"name": was.name, "description": was.description}
    return {**about, **{name: said for name, said in named.items() if said is not None}}


def _addition(
    file: Path, rows: int, now: int, *, changes: bool = True, tags: Mapping[str, str] | None = None
) -> Action:
    """With the digest of the file, which `lake_check` compares."""
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "add": {
            "path": file.name,
            "partitionValues": {},
            "size": file.stat().st_size,
            "modificationTime": now,
            "dataChange": changes,
            "stats": json.dumps({"numRecords": rows}),
            "tags": {**(tags or {}), "sha256": sha256},
        }
    }
