"""A lake without transactions: one Parquet file for each append. For tests of what reads a lake."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from monosashi.keep.table import Source

_SQL = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMPTZ",
}


class ParquetLake:
    def __init__(self, root: Path) -> None:
        self.root, self.files, self.types = root, {}, {}

    def tables(self):
        return sorted(self.files)

    def source(self, table, version=None):
        files = self.files.get(table)
        return Source(table, tuple(files), len(files) - 1, "parquet", self.types[table]) if files else None

    def append(self, table, columns, *, key, commit):
        files = self.files.setdefault(table, [])
        self.types[table] = columns.types
        path = self.root / table / f"{len(files)}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        plain = path.with_suffix(".csv")
        with plain.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns.data)
            writer.writerows(zip(*columns.data.values(), strict=True))
        types = {name: _SQL[kind] for name, kind in columns.types.items()}
        read = f"read_csv('{plain}', columns={types}, header=true, delim=',', quote='\"')"
        duckdb.sql(f"COPY (SELECT * FROM {read}) TO '{path}' (FORMAT parquet)")
        files.append(str(path))
