"""SPSS SAV and Stata DTA → the rows of an import: codes as cells, labels and missing values as declared.

A value that SPSS declares missing stands as it is; the extended missing values of Stata stand as `.a` to
`.z`; what is simply missing is an empty cell. A number is written in its shortest exact form, so that 5 is 5.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pyreadstat

from monosashi import errors
from monosashi.adapters.cell_text import cell_text
from monosashi.define.text import Text
from monosashi.gather.encoding import codec_of
from monosashi.gather.findings import Findings, shown
from monosashi.gather.mapping import FileFormat
from monosashi.gather.opened import Opened
from monosashi.gather.rows import Marks, Rows, check_header, check_size, laid_out

_READ = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}
_ICONV = {"cp932": "CP932", "euc_jp": "EUC-JP", "cp949": "CP949", "cp1252": "WINDOWS-1252", "utf-8": "UTF-8"}


def open_statistics(content: bytes, kind: str, form: FileFormat, encoding: str | None, where: str) -> Opened:
    """`encoding` is for old files that do not say theirs."""
    if form.sheet is not None:
        raise errors.SHEET_UNKNOWN(where=where, sheet=form.sheet, sheets="—")
    if form.header_row is not None:
        raise errors.HEADER_ROW(where=where, row=form.header_row)
    named = encoding or form.encoding
    codec = _ICONV.get(codec_of(named)) if named else None
    _, about = _read(content, kind, codec, where, metadataonly=True)
    check_size(about.number_rows or 0, len(about.column_names), where)
    data, about = _read(content, kind, codec, where)
    rows = _rows(data, about, form, where)
    ja, en = f"中身が {kind.upper()}", f"the content is {kind.upper()}"
    said = (about.file_encoding or "").lower() or None
    return Opened(rows, kind, Text(ja=ja, en=en), said)


def _read(content: bytes, kind: str, codec: str | None, where: str, **more: Any) -> tuple[Any, Any]:
    try:
        return _READ[kind](
            io.BytesIO(content), encoding=codec, user_missing=True, output_format="dict", **more
        )
    except UnicodeDecodeError:
        raise errors.ENCODING_UNSURE(where=where, samples="—", known=", ".join(_ICONV.values())) from None
    except Exception as error:  # pyreadstat raises classes of its own, and plain ones for values out of range
        if "encoding" in str(error) or "convert" in str(error):
            known = ", ".join(sorted(_ICONV.values())).lower()
            raise errors.ENCODING_UNSURE(where=where, samples="—", known=known) from None
        raise errors.TABLE_DAMAGED(where=where, detail=shown(str(error), 100)) from None


def _rows(data: Mapping[str, Any], about: Any, form: FileFormat, where: str) -> Rows:
    names = [*about.column_names]
    findings = Findings()
    check_header(names, 1, findings)
    if findings.count:
        raise findings.problem(where)
    extended = {name: set(codes) for name, codes in (about.missing_user_values or {}).items()}
    columns = [_cells(data[name], extended.get(name, set())) for name in names]
    count = len(columns[0]) if columns else 0
    last = min(count, form.last_row or count)
    marks = Marks(
        labels={
            name: {_text(code, extended.get(name, set())): label for code, label in labels.items()}
            for name, labels in about.variable_value_labels.items()
        },
        missing=_missing(about, dict(zip(names, columns, strict=True)), extended),
        epoch=None,
    )
    cut = [cells[:last] for cells in columns]
    return laid_out(names, cut, range(1, last + 1), where=where, marks=marks)


def _missing(
    about: Any, columns: Mapping[str, Sequence[str]], extended: Mapping[str, set[str]]
) -> dict[str, frozenset[str]]:
    """The cells of each column that are declared missing: single values, ranges, and Stata's letters."""
    found = {name: {f".{letter}" for letter in letters} for name, letters in extended.items()}
    for name, ranges in (about.missing_ranges or {}).items():
        known = set(columns.get(name, ()))
        found.setdefault(name, set()).update(cell for cell in known if _declared(cell, ranges))
    return {name: frozenset(cells) for name, cells in found.items()}


def _declared(cell: str, ranges: Sequence[Mapping[str, Any]]) -> bool:
    for span in ranges:
        low, high = span["lo"], span["hi"]
        if isinstance(low, str):
            if low.rstrip() <= cell <= high.rstrip():
                return True
            continue
        try:
            if low <= float(cell) <= high:
                return True
        except ValueError:
            continue
    return False


def _cells(values: Any, extended: set[str]) -> list[str]:
    known: dict[Any, str] = {}
    found = []
    for value in values.tolist() if hasattr(values, "tolist") else values:
        text = known.get(value)
        if text is None:
            text = _text(value, extended)
            if len(known) < 100_000:
                known[value] = text
        found.append(text)
    return found


def _text(value: Any, extended: set[str]) -> str:
    return f".{value}" if value in extended else cell_text(value)
