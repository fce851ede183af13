"""Erasing one respondent: every row, in every file of every table, old versions and leftovers included.

First the person is put among the erased, so that no import brings the rows back. Then each table gets a
version without them, and only then the files that hold them are removed; at the end everything in the lake
is read once more. Killed in between, the same command goes on where it stopped.
"""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from monosashi import errors
from monosashi.adapters.batch import PERSON, literal, quoted
from monosashi.adapters.delta_log import LOG
from monosashi.adapters.erased import Erased
from monosashi.adapters.flush import flush_file, flush_folder
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import about, entries
from monosashi.adapters.rewritten import Change, Rows, Snapshot, columns_of, from_files, query

TELLING = 8  # bytes; a shorter id occurs in other bytes by chance, and is looked for in cells only
_LINKS = "links"
_PARQUET = ".parquet"


@dataclass(frozen=True)
class Found:
    """Where somebody's rows are: how many in a file, and whether the latest version names it."""

    table: str
    file: str
    rows: int
    live: bool


def found(lake: DeltaLake, id: str) -> list[Found]:
    """Every file of the lake that holds rows of a person, of earlier versions too; nothing is changed."""
    places = []
    for table in lake.tables():
        source = lake.source(table)
        live = {Path(uri).name for uri in source.uris} if source else set()
        for file in sorted((lake.root / table).glob(f"*{_PARQUET}")):
            if rows := _rows(file, _checked(id)):
                places.append(Found(table, file.name, rows, file.name in live))
    return places


def erase(lake: DeltaLake, id: str) -> dict[str, Any]:
    """Erases a person and proves it; `erase-not-proven` names what still holds the id."""
    digest = Erased(lake.root).add(_checked(id))
    tables = [done for table in lake.tables() if (done := _erase_from(lake, table, id, digest))]
    left, files = [], 0
    for files, path in enumerate(_files(lake.root), start=1):  # noqa: B007  (how many were read is told)
        if _holds(path, id):
            left.append(errors.ERASE_LEFT.found(file=path.relative_to(lake.root).as_posix()))
    if left:
        raise errors.ERASE_NOT_PROVEN(findings=left, count=len(left))
    rebuild = [table for table in lake.tables() if table.startswith("cells/")] if tables else []
    proof = {"files_read": files, "bytes_compared": len(id.encode()) >= TELLING, "found": 0}
    return {"person": digest, "tables": tables, "made_from_them": rebuild, "proof": proof}


def _checked(id: str) -> str:
    if not id.strip():
        raise errors.ERASE_ID()
    return id


def _erase_from(lake: DeltaLake, table: str, id: str, digest: str) -> dict[str, Any] | None:
    folder = lake.root.absolute() / table
    rows = sum(place.rows for place in found(lake, id) if place.table == table and place.live)
    stale = [file for file in folder.glob(f"*{_PARQUET}") if _holds(file, id)]
    if not rows and not stale and not _log_tells(folder, id):
        return None

    def change(seen: Snapshot) -> Change:
        held = tuple(file for file in seen.files if _rows(Path(file), id))
        return Change(held, tuple(_without(Path(file), id) for file in held))

    made = lake.rewrite(table, change, {"action": "erase", "person": digest, "rows": rows})
    removed = _remove_files(lake, table, id)
    _clean_log(folder, id)
    version = made.version if made else None
    return {"table": table, "version": version, "rows": rows, "files_removed": removed}


def _without(file: Path, id: str) -> Rows:
    """The rows of others, without links to the person; which import brought them stays known."""
    held = columns_of([file])
    cells = [f"replace({_LINKS}, {literal(id)}, '') AS {_LINKS}" if c == _LINKS else quoted(c) for c in held]
    keep = f" WHERE {PERSON}::VARCHAR IS DISTINCT FROM {literal(id)}" if PERSON in held else ""
    origin = origin_of(file)
    return Rows(f"SELECT {', '.join(cells)} FROM {from_files([file])}{keep}", origin)


def origin_of(file: Path) -> dict[str, str]:
    """The tags that keep known which import brought the rows of a file."""
    said = dict[int, bool]()
    for version, action in entries(file.parent):
        if "commitInfo" in action:
            said[version] = "action" in about(action)
        if action.get("add", {}).get("path") == file.name:
            tags = action["add"].get("tags") or {}
            origin = tags.get("appended") or (None if said.get(version) else str(version))
            return {"appended": origin} if origin else {}
    return {}


def _rows(file: Path, id: str) -> int:
    """Rows whose person it is, or that are linked to it; 0 where the file cannot be read."""
    try:
        held = columns_of([file])
        tests = [f"{PERSON}::VARCHAR = {literal(id)}"] if PERSON in held else []
        if _LINKS in held and len(id.encode()) >= TELLING:
            tests.append(f"contains({_LINKS}::VARCHAR, {literal(id)})")
        where = " OR ".join(tests)
        return int(query(f"SELECT count(*) FROM {from_files([file])} WHERE {where}")[0][0]) if tests else 0
    except duckdb.Error:
        return 0


def _remove_files(lake: DeltaLake, table: str, id: str) -> int:
    """Files that no version from now on names: those that hold the person, and those a kill left in part."""
    folder = lake.root.absolute() / table
    source = lake.source(table)
    live = {Path(uri).name for uri in source.uris} if source else set()
    gone = [file for file in folder.glob(f"*{_PARQUET}") if file.name not in live and _holds(file, id)]
    for file in gone:
        file.unlink(missing_ok=True)
    flush_folder(folder)
    return len(gone)


def _log_tells(folder: Path, id: str) -> bool:
    return any(_holds(path, id) for path in (folder / LOG).iterdir() if path.is_file())


def _clean_log(folder: Path, id: str) -> None:
    """Other programs note the least and the greatest value of a file, which may be the person's id."""
    for path in [path for path in (folder / LOG).iterdir() if path.is_file() and _holds(path, id)]:
        if path.suffix != ".json":
            (folder / LOG / "_last_checkpoint").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            continue
        actions = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for add in (action["add"] for action in actions if "add" in action):
            add["stats"] = json.dumps({"numRecords": json.loads(add.get("stats") or "{}").get("numRecords")})
        staged = path.with_name(f".{path.stem}-{uuid4().hex}")
        staged.write_text("".join(f"{json.dumps(action)}\n" for action in actions), encoding="utf-8")
        flush_file(staged)
        staged.replace(path)
    flush_folder(folder / LOG)


def _files(root: Path) -> Iterator[Path]:
    yield from (path for path in sorted(root.rglob("*")) if path.is_file())


def _holds(path: Path, id: str) -> bool:
    """Whether the bytes of a file tell the id, or a cell of it does; a Parquet file in part may."""
    telling = len(id.encode()) >= TELLING
    content = path.read_bytes()
    escaped = json.dumps(json.dumps(id)[1:-1])[1:-1].encode()  # text in JSON, within JSON
    if telling and any(said in content for said in (id.encode(), json.dumps(id)[1:-1].encode(), escaped)):
        return True
    if path.suffix == ".json" and path.parent.name == LOG:
        return id in _bounds(content)
    return path.suffix == _PARQUET and _cells_tell(path, id, telling=telling)


def _bounds(content: bytes) -> set[Any]:
    adds = (json.loads(line).get("add") for line in content.decode("utf-8").splitlines())
    stats = [json.loads(add.get("stats") or "{}") for add in adds if add]
    sides = (stat.get(side) or {} for stat in stats for side in ("minValues", "maxValues"))
    return {value for side in sides for value in side.values() if isinstance(value, str)}


def _cells_tell(path: Path, id: str, *, telling: bool) -> bool:
    try:
        held = query(f"DESCRIBE SELECT * FROM {from_files([path])}")
        texts = [row[0] for row in held if telling or row[0] == PERSON]
        test = "contains({}::VARCHAR, {})" if telling else "{}::VARCHAR = {}"
        where = " OR ".join(test.format(quoted(name), literal(id)) for name in texts)
        return bool(texts) and bool(query(f"SELECT 1 FROM {from_files([path])} WHERE {where} LIMIT 1"))
    except duckdb.Error:
        return True
