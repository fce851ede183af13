"""JSON lines → rows: one object a line, its names the columns, its numbers the digits as written."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Sequence
from typing import Any, NoReturn

from monosashi import errors
from monosashi.gather import limits
from monosashi.gather.findings import Findings, shown
from monosashi.gather.rows import Rows, check_header, laid_out

_NEWLINE = re.compile(r"\r\n|\r|\n")
_WHOLE = re.compile(r"\.0+$")
_LONE = re.compile("[\ud800-\udfff\0]")  # halves of characters, and NUL: neither can be stored


def read_json_lines(text: str, *, last_row: int | None = None, where: str = "") -> Rows:
    """The columns are the names in the order in which they first occur; a name a line lacks is empty there.

    Raises `import-refused` with every line that is no object, and every value that is a list or an object.
    """
    findings = Findings()
    columns: dict[str, list[str]] = {}
    lines: array[int] = array("q")
    blank = 0
    for line, written in enumerate(_NEWLINE.split(text)[:last_row], start=1):
        if not written.strip():
            blank += 1
            continue
        found = _object(written, line, findings)
        _add(found, columns, len(lines), line, findings)
        lines.append(line)
        if len(lines) > limits.ROWS or len(columns) > limits.COLUMNS:
            findings.add(_too_many(line, len(columns)))
            break
    check_header([*columns], 1, findings)
    if findings.count:
        raise findings.problem(where)
    for cells in columns.values():
        cells.extend([""] * (len(lines) - len(cells)))
    trailing = 1 if text.endswith(("\n", "\r")) and last_row is None else 0
    return laid_out([*columns], columns.values(), lines, where=where, blank=max(0, blank - trailing))


def _too_many(line: int, columns: int) -> errors.Finding:
    if columns > limits.COLUMNS:
        return errors.COLUMNS_TOO_MANY.found(row=line, count=columns, limit=limits.COLUMNS)
    return errors.ROWS_TOO_MANY.found(row=line, limit=limits.ROWS)


def _object(written: str, line: int, findings: Findings) -> list[tuple[str, Any]]:
    """The names and values of one line, in its order, none where it is no object."""
    try:
        pairs = _DECODER.decode(written)
    except (ValueError, RecursionError) as error:
        findings.add(errors.JSON_LINE.found(row=line, detail=shown(str(error).partition(": line")[0], 80)))
        return []
    if not isinstance(pairs, _Pairs):
        findings.add(errors.JSON_LINE.found(row=line, detail=type(pairs).__name__))
        return []
    return pairs


class _Pairs(list[tuple[str, Any]]):
    """An object as it is written: a name that stands twice is there twice."""


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _digits(number: str) -> str:
    """5.0 is the number 5; any other stays as it is written."""
    return _WHOLE.sub("", number)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_float=_digits, parse_int=str, parse_constant=_refuse, strict=True
)


def _add(
    pairs: Sequence[tuple[str, Any]],
    columns: dict[str, list[str]],
    row: int,
    line: int,
    findings: Findings,
) -> None:
    for name, value in pairs:
        cells = columns.setdefault(name, [])
        if len(cells) > row:
            findings.add(errors.JSON_NAME_TWICE.found(row=line, column=shown(name)))
            continue
        cell = _cell(value)
        if cell is None or _LONE.search(cell) or _LONE.search(name):
            findings.add(errors.JSON_VALUE.found(row=line, column=shown(name)))
            cell = ""
        cells.extend([""] * (row - len(cells)))
        cells.append(cell)


def _cell(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else None
