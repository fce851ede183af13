"""Is the lake what was written? Every entry, every file, its size, its digest, its rows and its columns."""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from monosashi import errors
from monosashi.adapters.delta_log import LOG, Action
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import about, entries
from monosashi.adapters.rewritten import from_files, query
from monosashi.errors import Finding, Problem
from monosashi.keep.table import ColumnType, Source

_KINDS: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP WITH TIME ZONE",
}


@dataclass
class Examined:
    """One table. `unrecorded` files were written without a digest; `unnamed` ones a kill may have left."""

    table: str
    versions: int = 0
    files: int = 0
    rows: int = 0
    unrecorded: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "findings": [finding.as_json() for finding in self.findings]}


def examine(lake: DeltaLake, *, report: Callable[[str], None]) -> list[Examined]:
    return [_examined(lake, table, report) for table in lake.tables()]


def _examined(lake: DeltaLake, table: str, report: Callable[[str], None]) -> Examined:
    report(f"lake: {table} …")
    seen, folder = Examined(table), lake.root.absolute() / table
    try:
        seen.findings += _missing_entries(folder)
        log = list(entries(folder))
        source = lake.source(table)
    except Problem as problem:
        seen.findings.append(Finding(problem.kind, file=table, details=problem.details))
        return seen
    except (ValueError, OSError) as error:
        seen.findings.append(errors.LAKE_DAMAGED.found(file=table, table=table, detail=str(error)))
        return seen
    if source is not None:
        _look_at_files(seen, folder, source, log)
    return seen


def _missing_entries(folder: Path) -> Iterator[Finding]:
    there = {int(made.stem) for made in (folder / LOG).glob("*.json")}
    for version in sorted(set(range(max(there) + 1)) - there):
        yield errors.LAKE_ENTRY_MISSING.found(file=folder.name, version=version)


def _look_at_files(seen: Examined, folder: Path, source: Source, log: list[tuple[int, Action]]) -> None:
    added = {action["add"]["path"]: action["add"] for _, action in log if "add" in action}
    live = {Path(uri).name for uri in source.uris}
    seen.versions, seen.files = (source.version or 0) + 1, len(live)
    for name, add in added.items():
        if (folder / name).is_file():
            seen.findings += _differences(seen, folder / name, add, source, live=name in live)
        elif name in live:
            seen.findings.append(errors.LAKE_FILE_MISSING.found(file=seen.table, name=name))
    for name in _erased(log):
        if (folder / name).is_file():
            seen.findings.append(errors.LAKE_ERASURE_UNFINISHED.found(file=seen.table, name=name))
    seen.unnamed = sorted(file.name for file in folder.glob("*.parquet") if file.name not in added)


def _erased(log: list[tuple[int, Action]]) -> Iterator[str]:
    erasures = {version for version, action in log if about(action).get("action") == "erase"}
    yield from (
        action["remove"]["path"] for version, action in log if version in erasures and "remove" in action
    )


def _differences(seen: Examined, file: Path, add: Action, source: Source, *, live: bool) -> Iterator[Finding]:
    """What differs first: size, digest, then rows and columns."""
    recorded = (add.get("tags") or {}).get("sha256")
    if recorded is None:
        seen.unrecorded.append(file.name)
    differs = _bytes_differ(file, add["size"], recorded) or _rows_differ(seen, file, add, source, live=live)
    if differs:
        yield errors.LAKE_FILE_CHANGED.found(file=seen.table, name=file.name, what=differs)


def _bytes_differ(file: Path, size: int, recorded: str | None) -> str:
    if file.stat().st_size != size:
        return f"{file.stat().st_size} / {size} bytes"
    with file.open("rb") as content:
        same = recorded in (None, hashlib.file_digest(content, "sha256").hexdigest())
    return "" if same else "sha256"


def _rows_differ(seen: Examined, file: Path, add: Action, source: Source, *, live: bool) -> str:
    try:
        rows = query(f"SELECT count(*) FROM {from_files([file])}")[0][0]
        columns = {row[0]: row[1] for row in query(f"DESCRIBE SELECT * FROM {from_files([file])}")}
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    seen.rows += rows if live else 0
    told = json.loads(add.get("stats") or "{}").get("numRecords", rows)
    if told != rows:
        return f"{rows} / {told} rows"
    known = {name: _KINDS[kind] for name, kind in source.columns.items()}
    other = sorted(name for name, kind in columns.items() if known.get(name) != kind)
    return ", ".join(f"{name}: {columns[name]} / {known.get(name, '—')}" for name in other)
