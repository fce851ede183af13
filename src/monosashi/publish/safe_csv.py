"""CSV that a spreadsheet cannot run, and that comes back as it went.

UTF-8, comma, quotes where needed, LF. A text that a spreadsheet would read as a formula gets an apostrophe
in front (so does a text that begins with one, which makes reading back exact); numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_GUARD = "'"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", _GUARD)
_QUOTED = (",", '"', "\r", "\n")
Cell = str | int | float | None


def write(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    return b"".join(map(line, (header, *rows)))


def line(row: Sequence[Cell]) -> bytes:
    """One row; for what is sent line by line."""
    return (",".join(_quoted(cell(value)) for value in row) + "\n").encode()


def read(content: bytes) -> tuple[list[str], list[Mapping[str, str]]]:
    """The header and the rows. Raises ValueError for bytes that are no UTF-8 or rows of uneven length."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    if not lines:
        return [], []
    header = [unguarded(name) for name in lines[0]]
    rows = [dict(zip(header, map(unguarded, line), strict=True)) for line in lines[1:]]
    return header, rows  # type: ignore[return-value]


def cell(value: Cell) -> str:
    """`repr` of a float is its shortest exact form, so a number survives the way there and back."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    return str(value) if isinstance(value, int) else guarded(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in _QUOTED) else text


def guarded(text: str) -> str:
    return _GUARD + text if text.startswith(_DANGEROUS) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith(_GUARD) else text
