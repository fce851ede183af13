"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) → the rows of an import, cells as texts of the values they store.

Formulas are never calculated: what counts is the result that is stored, and in XLSX a formula without one,
or with an error, is named by its cell. (XLS, XLSB and ODS readers give such cells as empty, which the
evidence says.) Macros, links and pictures are not looked at.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from monosashi import errors
from monosashi.adapters.cell_text import cell_text
from monosashi.adapters.container import Container
from monosashi.adapters.workbook_parts import Faults, cell_faults, epoch_of, part_of
from monosashi.define.text import Text
from monosashi.errors import Finding, Problem
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import FileFormat
from monosashi.gather.opened import Opened
from monosashi.gather.rows import Marks, Rows, check_header, check_size, laid_out

_KEPT = 10**15  # whole numbers from here on have more digits than a spreadsheet keeps
_PANIC = "PanicException"  # what the reader raises where it stumbles; no Exception, and of no module
_SURE = date(1900, 3, 1)
Grid = list[list[Any]]


def open_workbook(
    content: bytes, kind: str, container: Container | None, form: FileFormat, where: str
) -> Opened:
    """The sheet that the mapping names, or the only visible one with content."""
    sheet, grid = _read(content, form.sheet, where)
    cut = _cut(grid, form, where)
    letters = tuple(map(letter, cut.places))
    marks = Marks(sheet=sheet.name, letters=letters, epoch=epoch_of(container), workbook=True)
    faults = cell_faults(container, part_of(container, sheet.name)) if container else {}
    certain = kind == "ods" or marks.epoch == 1904  # ODS writes days as days, not as numbers
    return Opened(_rows(cut, marks, faults, certain, where), kind, _evidence(kind, sheet.name))


def _read(content: bytes, asked: str | None, where: str) -> tuple[CalamineSheet, Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = _sheet(book, asked, where)
        height, width = sheet.end or (-1, -1)
        check_size(height + 1, width + 1, where)
        return sheet, sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise errors.FILE_ENCRYPTED(where=where) from None
    except Problem:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        raise errors.TABLE_DAMAGED(where=where, detail=shown(str(error), 100)) from None


def _evidence(kind: str, sheet: str) -> Text:
    form, name = kind.upper(), shown(sheet)
    ja, en = f"中身が {form}、シート「{name}」", f"the content is {form}, sheet {name!r}"
    if kind == "xlsx":
        return Text(ja=ja, en=en)
    return Text(
        ja=f"{ja}（この形式では、計算のエラーのセルは空として読まれます）",
        en=f"{en} (in this format cells with an error are read as empty)",
    )


# ---- which sheet ---------------------------------------------------------------------------------------


def _sheet(book: CalamineWorkbook, asked: str | None, where: str) -> CalamineSheet:
    kept = [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
        and (one.visible == SheetVisibleEnum.Visible or one.name == asked)
    ]
    if asked is not None:
        if asked not in kept:
            raise errors.SHEET_UNKNOWN(where=where, sheet=shown(asked), sheets=_listed(kept))
        return book.get_sheet_by_name(asked)
    if len(kept) == 1:
        return book.get_sheet_by_name(kept[0])
    filled = [sheet for name in kept if (sheet := book.get_sheet_by_name(name)).height]
    if not filled:
        raise errors.TABLE_EMPTY(where=where)
    if len(filled) > 1:
        raise errors.SHEET_UNSURE(where=where, sheets=_listed([sheet.name for sheet in filled]))
    return filled[0]


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(shown(name) for name in names[:20])
    return few + (" …" if len(names) > 20 else "") or "—"


# ---- its cells -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cut:
    """The table in a sheet: `top` is the row of its header and `places` its columns, both from 0."""

    top: int
    header: Sequence[str]
    columns: Sequence[Sequence[Any]]
    places: Sequence[int]
    lines: Sequence[int]
    blank: int


def _cut(grid: Grid, form: FileFormat, where: str) -> _Cut:
    """Without rows and columns in which nothing stands."""
    top = _header_at(grid, form.header_row, where)
    records = grid[top + 1 : form.last_row]
    filled = [at for at, cells in enumerate(records) if any(cell != "" for cell in cells)]
    by_column = enumerate(zip(grid[top], *(records[at] for at in filled), strict=True))
    kept = [(at, cells) for at, cells in by_column if any(cell != "" for cell in cells)]
    return _Cut(
        top,
        [cell_text(cells[0]).strip() for _, cells in kept],
        [cells[1:] for _, cells in kept],
        [at for at, _ in kept],
        array("q", (at + top + 2 for at in filled)),
        len(records) - len(filled),
    )


def _header_at(grid: Grid, asked: int | None, where: str) -> int:
    if asked is None:
        for at, cells in enumerate(grid):
            if any(cell != "" for cell in cells):
                return at
        raise errors.TABLE_EMPTY(where=where)
    if asked > len(grid) or not any(cell != "" for cell in grid[asked - 1]):
        raise errors.HEADER_ROW(where=where, row=asked)
    return asked - 1


def _rows(cut: _Cut, marks: Marks, faults: Faults, certain: bool, where: str) -> Rows:
    findings = Findings()
    check_header(cut.header, cut.top + 1, findings)
    for name, cells in zip(cut.header, cut.columns, strict=True):
        findings.rows(_uncertain(cells, certain), partial(_doubt, cells, name, cut.lines))
    findings.extend(_told(faults, cut, marks.letters))
    if findings.count:
        index = {name: at for at, name in enumerate(cut.header)}
        places = Rows(tuple(cut.header), (), cut.lines, index=index, marks=marks)
        raise findings.at(places.placed).problem(where)
    texts = [_texts(cells) for cells in cut.columns]
    return laid_out(cut.header, texts, cut.lines, where=where, blank=cut.blank, marks=marks)


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    return cells if all(type(cell) is str for cell in cells) else [cell_text(cell) for cell in cells]


def _uncertain(cells: Sequence[Any], certain: bool) -> list[int]:
    """Numbers that may have lost digits, and days that are not the same in every program."""
    kinds = {type(cell) for cell in cells}
    wrong: list[int] = []
    if float in kinds or int in kinds:
        wrong += [at for at, cell in enumerate(cells) if type(cell) in {float, int} and abs(cell) >= _KEPT]
    if not certain and kinds & {date, datetime}:
        wrong += [at for at, cell in enumerate(cells) if isinstance(cell, date) and _as_day(cell) < _SURE]
    return wrong


def _doubt(cells: Sequence[Any], name: str, lines: Sequence[int], at: int) -> Finding:
    kind = errors.DAY_UNCERTAIN if isinstance(cells[at], date) else errors.DIGITS_LOST
    return kind.found(row=lines[at], column=shown(name), value=cell_text(cells[at]))


def _as_day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _told(faults: Faults, cut: _Cut, letters: Sequence[str]) -> list[Finding]:
    """What was found in the cells themselves, where they lie in the table."""
    columns = {letter: shown(name) for letter, name in zip(letters, cut.header, strict=True)}
    rows = set(cut.lines) if faults else set()
    found = []
    for place, fault in faults.items():
        name = place.rstrip("0123456789")
        row = int(place[len(name) :])
        if row in rows and name in columns:
            found.append(fault(row=row, column=columns[name]))
    return found


def letter(at: int) -> str:
    """How a spreadsheet calls a column, from 0: A, …, Z, AA, …"""
    name, left = "", at + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
