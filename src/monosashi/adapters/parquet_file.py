"""Parquet → the rows of an import: every cell as a text, numbers in their shortest exact form."""

from __future__ import annotations

import tempfile

import duckdb

from monosashi import errors
from monosashi.adapters.duckdb_table import DuckDBTable, open_table
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import FileFormat
from monosashi.gather.opened import Opened
from monosashi.gather.rows import Rows, check_header, check_size, laid_out
from monosashi.keep.table import Source

_EVIDENCE = Text(ja="中身が Parquet", en="the content is Parquet")


def open_parquet(content: bytes, form: FileFormat, where: str) -> Opened:
    """`lines` are the numbers of the rows. Nothing is an empty cell."""
    if form.sheet is not None:
        raise errors.SHEET_UNKNOWN(where=where, sheet=form.sheet, sheets="—")
    if form.header_row is not None:
        raise errors.HEADER_ROW(where=where, row=form.header_row)
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(content)
        file.flush()
        table = _opened(file.name, where)
        try:
            return Opened(_rows(table, form, where), "parquet", _EVIDENCE)
        except duckdb.Error as error:
            raise _damaged(str(error), file.name, where) from None
        finally:
            table.close()


def _opened(path: str, where: str) -> DuckDBTable:
    try:
        return open_table(Source(where, (path,)))
    except Problem as problem:
        raise _damaged(problem.details.get("detail", ""), path, where) from None


def _damaged(said: str, path: str, where: str) -> Problem:
    """Without the name of the file that DuckDB read, which means nothing to anybody."""
    detail = (said.splitlines() or [""])[0].replace(path, where)
    return errors.TABLE_DAMAGED(where=where, detail=shown(detail, 100))


def _rows(table: DuckDBTable, form: FileFormat, where: str) -> Rows:
    names = [*table.columns]
    count = table.connection.execute("SELECT count(*) FROM t").fetchall()[0][0]
    findings = Findings()
    check_header(names, 1, findings)
    if findings.count:
        raise findings.problem(where)
    check_size(count, len(names), where)
    texts = ", ".join(_text(column.ref, column.kind) for column in table.columns.values())
    read = table.connection.execute(f"SELECT {texts} FROM t").fetchnumpy()  # noqa: S608 - our own names
    last = min(count, form.last_row or count)
    columns = [cells.tolist()[:last] for cells in read.values()]
    return laid_out(names, columns, range(1, last + 1), where=where)


def _text(ref: str, kind: str) -> str:
    text = f"CAST({ref} AS VARCHAR)"
    if kind == "number":  # 5 is 5 in every format
        text = rf"regexp_replace({text}, '\.0$', '')"
    return f"coalesce({text}, '') AS {ref}"
