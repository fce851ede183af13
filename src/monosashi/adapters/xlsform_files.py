"""Questionnaires in spreadsheets: XLSX, XLS and ODS are read, XLSX is written."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from monosashi import errors
from monosashi.adapters.cell_text import cell_text
from monosashi.adapters.confined import confined
from monosashi.adapters.container import Container, opened_container
from monosashi.adapters.opened_file import kind_of
from monosashi.adapters.text_files import load_bytes
from monosashi.adapters.workbook_parts import cell_faults, part_of
from monosashi.define.questionnaire.form import Questionnaire
from monosashi.errors import Finding, Problem
from monosashi.gather.findings import shown
from monosashi.gather.limits import CELL_CHARACTERS, FORM_BYTES, FORM_COLUMNS, FORM_ROWS, LISTED
from monosashi.gather.xlsform import headings
from monosashi.gather.xlsform.reader import Reading, read_xlsform
from monosashi.gather.xlsform.sheets import Grid
from monosashi.gather.xlsform.writer import written

_OURS = {*headings.SURVEY, *headings.SURVEY_SAID, *headings.CHOICES, *headings.SETTINGS_SAID}
_OURS &= {"purpose", "item", "scale", "wording_version", "exclusive", "missing", "other", "about", "thanks"}
_ROW = re.compile(r"\[row : (\d+)\]\s*")
_PANIC = "PanicException"  # what the reader raises where it stumbles; no Exception, and of no module
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - one day for all, so that equal questionnaires are equal files


def load_xlsform(path: Path) -> Reading:
    """The questionnaire in a file, read in a process of its own. Raises `xlsform-refused` and others."""
    content = load_bytes(path, limit=FORM_BYTES)
    return confined(read_workbook, shown(path.name, 200), content)


def read_workbook(where: str, content: bytes) -> Reading:
    """The questionnaire in the bytes of a workbook, which other programs must be able to read as well."""
    grids = _grids(where, content)
    reading = read_xlsform(where, grids)
    if finding := _objection(grids):
        raise errors.XLSFORM_REFUSED(where, [finding], count=1, listed=1)
    return reading


def save_xlsform(path: Path, questionnaire: Questionnaire) -> None:
    """Writes the questionnaire. The file appears whole or not at all; an earlier one is replaced."""
    content = workbook(questionnaire)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".xlsform-") as folder:
            beside = Path(folder) / "form.xlsx"
            beside.write_bytes(content)
            os.replace(beside, path)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise errors.FILE_UNWRITABLE(where=shown(str(path), 200), detail=detail) from None


def workbook(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as XLSX that reads back as the same. `xlsform-cell-long` where a text is too long."""
    grids = written(questionnaire)
    for name, grid in grids.items():
        _check_lengths(name, grid)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": questionnaire.title.ja, "created": _MADE})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, grid in grids.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, max(len(grid[0]) - 1, 0), 24)
        for number, cells in enumerate(grid):
            for index, cell in enumerate(cells):
                if cell:
                    sheet.write_string(number, index, cell, wrapped if number else bold)
    book.close()
    return stream.getvalue()


def _check_lengths(name: str, grid: Sequence[Sequence[str]]) -> None:
    for cells in grid:
        for column, cell in zip(grid[0], cells, strict=True):
            if len(cell) > CELL_CHARACTERS:
                raise errors.XLSFORM_CELL_LONG(
                    sheet=name, column=column, length=len(cell), limit=CELL_CHARACTERS
                )


def _grids(where: str, content: bytes) -> dict[str, Grid]:
    """Every sheet as texts. A cell whose formula has no result is refused: it would be read as empty."""
    kind = kind_of(content)
    if kind not in ("zip", "xls"):
        raise errors.XLSFORM_FILE(where, problem=kind)
    container = opened_container(content, where) if kind == "zip" else None
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        grids = {name: _grid(where, book, name) for name in book.sheet_names}
    except Problem:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        raise errors.XLSFORM_FILE(where, problem=shown(str(error), 200)) from None
    if faults := list(_faults(container, list(grids))):
        raise errors.XLSFORM_REFUSED(
            where, faults[:LISTED], count=len(faults), listed=min(len(faults), LISTED)
        )
    return grids


def _grid(where: str, book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    height, width = sheet.end or (-1, -1)
    if height >= FORM_ROWS or width >= FORM_COLUMNS:
        size = {"rows": height + 1, "columns": width + 1}
        limits = {"limit_rows": FORM_ROWS, "limit_columns": FORM_COLUMNS}
        details: dict[str, Any] = {"sheet": shown(name), **size, **limits}
        raise errors.XLSFORM_TOO_LARGE(where, **details)
    return [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _faults(container: Container | None, sheets: Sequence[str]) -> Iterator[Finding]:
    """Cells of XLSX whose formula ends in an error, or was never calculated."""
    for name in sheets if container else ():
        assert container is not None
        for place, fault in cell_faults(container, part_of(container, name)).items():
            letters = place.rstrip("0123456789")
            yield fault(file=shown(name), row=int(place[len(letters) :]), column=letters)


# ---- what other programs say ----------------------------------------------------------------------


def _objection(grids: Mapping[str, Grid]) -> Finding | None:
    """What pyxform, which makes XForms for others, has against a form without our own columns."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    named = {name.strip().lower(): grid for name, grid in grids.items()}
    form: dict[str, object] = {}
    for name in ("survey", "choices", "settings"):
        if grid := named.get(name):
            ours = {*_OURS, "form_title::"} if name == "settings" else _OURS
            form[name], form[f"{name}_header"] = _records(grid, ours)
    try:
        convert(form, validate=False)
    except PyXFormError as error:
        said = str(error)
        row = _ROW.search(said)
        problem = shown(_ROW.sub("", said), 300)
        return errors.XLSFORM_OTHER_PROGRAMS.found(
            file="survey", row=int(row[1]) if row else None, problem=problem
        )
    return None


def _records(grid: Grid, ours: Collection[str]) -> tuple[list[dict[str, str]], list[dict[str, None]]]:
    kept = [
        (index, heading.strip())
        for index, heading in enumerate(grid[0])
        if heading.strip() and not _is_in(heading.strip().lower(), ours)
    ]
    rows = [
        {heading: row[index].strip() for index, heading in kept if index < len(row) and row[index].strip()}
        for row in grid[1:]
    ]
    return rows, [{heading: None for _, heading in kept}]


def _is_in(heading: str, ours: Collection[str]) -> bool:
    """Whether a column is one of ours; ``form_title::`` stands for that field in any language."""
    name, separated, _ = heading.partition("::")
    return name.strip() in ours or f"{name.strip()}{separated}" in ours
