"""Parquet → the rows of an import: every cell as text, for the same conversation as any other file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial

import duckdb

from monosashi import errors
from monosashi.adapters.duckdb_table import hardened
from monosashi.errors import Finding
from monosashi.gather import limits
from monosashi.gather.csv_rows import Rows
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import MappingFile
from monosashi.gather.register.read import Reading, read_register_rows

SIGNATURE = b"PAR1"


def parquet_rows(path: str, *, where: str) -> Rows:
    """Cells as DuckDB writes them (a number in its shortest exact form); nothing is an empty cell.

    `lines` are numbers of rows, counted from 1. Raises `table-damaged` where it is no sound Parquet file, and
    `import-refused` beyond the limits of an import.
    """
    with hardened([path]) as connection:
        try:
            return _read(connection, path, where)
        except duckdb.Error as error:
            said = str(error).strip().splitlines()[0]
            raise errors.TABLE_DAMAGED(where=where, detail=shown(said, 200)) from None


def read_parquet(kind: str, path: str, mapping: MappingFile, *, where: str) -> Reading:
    """The entries of a Parquet file for the register; for a child process, which opens the file itself."""
    return read_register_rows(kind, parquet_rows(path, where=where), mapping)


def _read(connection: duckdb.DuckDBPyConnection, path: str, where: str) -> Rows:
    table = connection.read_parquet(path)
    names, count = table.columns, table.count("*").fetchall()[0][0]
    _check(names, count, where)
    texts = ", ".join(f"coalesce(CAST({_quoted(name)} AS VARCHAR), '')" for name in names)
    cells = table.project(texts).fetchnumpy().values()  # by column, which is faster than row by row
    columns = tuple(column.tolist() for column in cells)
    index = {name: at for at, name in enumerate(names)}
    found = Rows(tuple(names), columns, array("q", range(1, count + 1)), "comma", 0, index)
    _check_cells(found, where)
    return found


def _check(names: list[str], count: int, where: str) -> None:
    if not count:
        raise errors.TABLE_EMPTY(where=where)
    findings = Findings()
    if len(names) > limits.COLUMNS:
        findings.add(errors.COLUMNS_TOO_MANY.found(count=len(names), limit=limits.COLUMNS))
    if count > limits.ROWS:
        findings.add(errors.ROWS_TOO_MANY.found(limit=limits.ROWS))
    if findings.count:
        raise findings.problem(where)


def _check_cells(rows: Rows, where: str) -> None:
    """No database keeps a NUL in a text, and no cell may be larger than those of a text file."""
    findings = Findings()
    for name, cells in zip(rows.header, rows.columns, strict=True):
        wrong = {cell for cell in set(cells) if "\0" in cell or _is_large(cell)}
        places = [number for number, cell in enumerate(cells, start=1) if cell in wrong] if wrong else []
        findings.rows(places, partial(_wrong, cells, name))
    if findings.count:
        raise findings.problem(where)


def _wrong(cells: Sequence[str], name: str, number: int) -> Finding:
    if "\0" in cells[number - 1]:
        return errors.NUL_CHARACTER.found(row=number, column=shown(name))
    return errors.CELL_TOO_LARGE.found(row=number, column=shown(name), limit=limits.CELL_BYTES)


def _is_large(cell: str) -> bool:
    return len(cell) * 4 > limits.CELL_BYTES and len(cell.encode()) > limits.CELL_BYTES


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
