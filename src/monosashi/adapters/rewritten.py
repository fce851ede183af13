"""What a rewriting version is made of: the table as it was seen, the files that go, the rows that come."""

# ruff: noqa: S608 - every name and text in a statement goes through quoted and literal

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from monosashi.adapters.batch import SQL, literal, quoted
from monosashi.keep.table import ColumnType


@dataclass(frozen=True)
class Snapshot:
    """A table at its latest version."""

    folder: Path
    version: int
    files: tuple[str, ...]
    types: Mapping[str, ColumnType]


@dataclass(frozen=True)
class Rows:
    """The rows of one new file, as a SELECT; `tags` stand beside the file in the log."""

    select: str
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    removed: tuple[str, ...]
    rows: tuple[Rows, ...]


@dataclass(frozen=True)
class Made:
    """The version that was made, how many files it took away, and how many rows it wrote."""

    version: int
    removed: int
    rows: int


def query(statement: str) -> list[Any]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.execute(statement).fetchall()


def from_files(files: Iterable[str | Path]) -> str:
    """A relation of SQL, in the order of the files."""
    return f"read_parquet([{', '.join(map(literal, files))}], union_by_name = true)"


def columns_of(files: Iterable[str | Path]) -> list[str]:
    return [row[0] for row in query(f"DESCRIBE SELECT * FROM {from_files(files)}")]


def write_rows(file: Path, select: str, types: Mapping[str, ColumnType]) -> int:
    """One Parquet file with the types of the table; returns the number of its rows."""
    names = [row[0] for row in query(f"DESCRIBE {select}")]
    cells = ", ".join(
        f"{quoted(n)}::{SQL[types[n]]} AS {quoted(n)}" if n in types else quoted(n) for n in names
    )
    copy = f"COPY (SELECT {cells} FROM ({select})) TO {literal(file)} (FORMAT parquet, COMPRESSION zstd)"
    return int(query(copy)[0][0])
