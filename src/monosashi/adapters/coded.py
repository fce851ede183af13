"""Decisions of coders, stored beside the comments they are about."""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from monosashi.adapters.batch import literal, quoted
from monosashi.adapters.erasure import origin_of
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.rewritten import Change, Made, Rows, Snapshot, columns_of, from_files, query
from monosashi.gather.comments.coding import Coding, with_coding
from monosashi.keep.comments import TABLE

Key = tuple[str, str]


def store_codings(lake: DeltaLake, codings: Sequence[Coding]) -> Made | None:
    """A new version of the table comments; None where none of the comments is there.

    Decisions of others stay, and so does what an import brought. Two at once: the second looks again.
    """
    decided: dict[Key, list[Coding]] = {}
    for one in codings:
        decided.setdefault((one.response_id, one.item), []).append(one)

    def change(seen: Snapshot) -> Change | None:
        found = {Path(file): _cells(file, decided) for file in seen.files} if decided else {}
        held = [file for file, cells in found.items() if cells]
        rows = tuple(Rows(_rewritten(file, found[file]), origin_of(file)) for file in held)
        return Change(tuple(map(str, held)), rows) if held else None

    return lake.rewrite(TABLE, change, {"action": "code", "comments": len(decided)})


def _cells(file: str, decided: dict[Key, list[Coding]]) -> dict[Key, str]:
    """The new cells of the comments in a file that somebody decided about."""
    codes = "codes" if "codes" in columns_of([file]) else "NULL"
    wanted = ", ".join(f"({literal(id)}, {literal(item)})" for id, item in decided)
    held = (
        f"SELECT response_id, item, {codes} FROM {from_files([file])} WHERE (response_id, item) IN ({wanted})"
    )
    cells: dict[Key, str] = {}
    for id, item, cell in query(held):
        for coding in decided[id, item]:
            cell = with_coding(cell, coding)  # noqa: PLW2901 - one decision after the other
        cells[id, item] = cell
    return cells


def _rewritten(file: Path, cells: dict[Key, str]) -> str:
    """All rows of a file, in their order, some with new codes."""
    held = columns_of([file])
    old = "t.codes" if "codes" in held else "NULL"
    kept = [f"t.{quoted(name)}" for name in held if name != "codes"]
    values = ", ".join(
        f"({literal(id)}, {literal(item)}, {literal(cell)})" for (id, item), cell in cells.items()
    )
    return (
        f"SELECT {', '.join(kept)}, coalesce(d.cell, {old}) AS codes FROM {from_files([file])} AS t "
        f"LEFT JOIN (VALUES {values}) AS d(id, item, cell) ON t.response_id = d.id AND t.item = d.item"
    )
