"""Small lakes: rows in, rows out, and what lies in the folder. As a script, it starts what can be killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb

from monosashi.adapters.lake import DeltaLake
from monosashi.keep.table import Columns

TABLE, KEY = "volumes", ("id",)


def batch(*ids, **more):
    """Rows with an id and a number; `more` are columns as (type, cells)."""
    data = {"id": list(ids), "x": [float(len(id)) for id in ids], **{n: c for n, (_, c) in more.items()}}
    return Columns(data, {"id": "text", "x": "number", **{name: kind for name, (kind, _) in more.items()}})


def append(lake, *ids, table=TABLE, **more):
    return lake.append(table, batch(*ids, **more), key=KEY, commit={"source": "test"})


def ids(lake, version=None, table=TABLE):
    """Every id, as often as it is there."""
    return sorted(id for (id,) in rows(lake, "id", version, table))


def rows(lake, columns="*", version=None, table=TABLE):
    source = lake.source(table, version)
    if source is None:
        return []
    files = ", ".join("'" + uri.replace("'", "''") + "'" for uri in source.uris)
    return duckdb.sql(
        f"SELECT {columns} FROM read_parquet([{files}], union_by_name = true) ORDER BY id"
    ).fetchall()


def content(root: Path):
    """Every file and folder with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def append_without_end(root: Path, first: int, size: int) -> None:
    """Says its process, then the number of each batch after it was acknowledged."""
    print(os.getpid(), flush=True)
    lake, number = DeltaLake(root), first
    while True:
        column = {f"c{number % 7}": ("integer", [number] * size)}
        append(lake, *(f"batch-{number}-{row}" for row in range(size)), **column)
        print(number, flush=True)
        number += 1


def start_processes(root: Path, size: int) -> None:
    """One for each line of standard input, which says its first batch; and a word when it has ended."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            append_without_end(root, int(line), size)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    start_processes(Path(sys.argv[1]), int(sys.argv[2]))
