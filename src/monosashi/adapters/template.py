"""A template as a workbook: a header that says what to fill in, and cells that refuse anything else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from monosashi.gather.template import TemplateColumn

ROWS = 5_000  # that are prepared; more can be filled in, unchecked until they are imported
_LISTS = "選択肢"
_FIRST, _LAST = date(1900, 3, 1), date(9999, 12, 31)
_FORMATS = {"text": "@", "date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm:ss"}


def template_workbook(columns: Sequence[TemplateColumn], sheet: str) -> bytes:
    """One sheet to fill in; the lists that cells are chosen from stand on a hidden one."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(sheet)
    lists = book.add_worksheet(_LISTS)
    lists.hide()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    page.set_row(0, 60)
    page.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        style = book.add_format({"num_format": _FORMATS.get(column.type, "General")})
        page.set_column(at, at, 22, style)
        page.write_string(0, at, column.header, head)
        page.write_comment(0, at, f"{column.form.ja}\n{column.title.en}: {column.form.en}")
        lists.write_column(0, at, column.choices)
        page.data_validation(1, at, ROWS, at, _validation(column, at))
    book.close()
    return stream.getvalue()


def _validation(column: TemplateColumn, at: int) -> dict[str, Any]:
    form = column.form
    return {
        **_rule(column, at),
        "ignore_blank": True,
        "input_title": column.field[:32],
        "input_message": f"{form.ja}\n{form.en}"[:255],
        "error_title": column.field[:32],
        "error_message": f"{form.ja}\n{form.en}"[:255],
    }


def _rule(column: TemplateColumn, at: int) -> dict[str, Any]:
    letter = xl_col_to_name(at)
    if column.choices:
        return {"validate": "list", "source": f"={_LISTS}!${letter}$1:${letter}${len(column.choices)}"}
    if column.unique:
        return {"validate": "custom", "value": f"=COUNTIF(${letter}$2:${letter}${ROWS + 1},{letter}2)=1"}
    if column.type in {"date", "timestamp"}:
        return {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
    if column.type in {"integer", "number"}:
        kind = "integer" if column.type == "integer" else "decimal"
        low, high = column.range or (None, None)
        bounds = (-1e15 if low is None else low, 1e15 if high is None else high)
        return {"validate": kind, "criteria": "between", "minimum": bounds[0], "maximum": bounds[1]}
    return {"validate": "length", "criteria": "<=", "value": 32_767}
