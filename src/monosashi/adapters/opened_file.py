"""Any file of a table → its rows. What it is, its content says; the ending of its name decides nothing.

Runs in a confined process: what is opened is a stranger's.
"""

from __future__ import annotations

import zlib

from monosashi import errors
from monosashi.define.text import Text
from monosashi.gather.mapping import FileFormat
from monosashi.gather.opened import Opened, open_text
from monosashi.gather.rows import check_size, laid_out

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STATA_OLD = {105, 108, 110, 111, 113, 114, 115}
_XES_HEAD = 4_000  # bytes in which a log of events has said what it is


def kind_of(content: bytes) -> str:
    """zip, xls, parquet, sav, dta, xes or text, by the first bytes."""
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_COMPOUND):
        return "xls"
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if content.startswith(b"<stata_dta>") or _is_old_stata(content):
        return "dta"
    return "xes" if _is_xes(content) else "text"


def _is_old_stata(content: bytes) -> bool:
    """Release, byte order, and the 1 that stands for a file of data."""
    return len(content) > 3 and content[0] in _STATA_OLD and content[1] in {1, 2} and content[2] == 1


def _is_xes(content: bytes) -> bool:
    head = content[:_XES_HEAD]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(content[: 1 << 16], _XES_HEAD)
        except zlib.error:
            return False
    return b"<log" in head and (head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"))


def open_file(content: bytes, form: FileFormat, encoding: str | None, where: str) -> Opened:
    """Raises a Problem that says what the file is, where it is no table or not a sound one."""
    kind = kind_of(content)
    if kind == "text":
        return open_text(content, form, encoding, where)
    if kind == "parquet":
        from monosashi.adapters.parquet_file import open_parquet

        return open_parquet(content, form, where)
    if kind in {"sav", "dta"}:
        from monosashi.adapters.statistics_file import open_statistics

        return open_statistics(content, kind, form, encoding, where)
    if kind == "xes":
        return _open_xes(content, form, where)
    return _open_workbook(content, kind, form, where)


def _open_workbook(content: bytes, kind: str, form: FileFormat, where: str) -> Opened:
    from monosashi.adapters.container import opened_container
    from monosashi.adapters.workbook import open_workbook

    if kind == "zip":
        container = opened_container(content, where)
        return open_workbook(content, container.kind, container, form, where)
    if _named(content, "EncryptedPackage"):
        raise errors.FILE_ENCRYPTED(where=where)
    if not (_named(content, "Workbook") or _named(content, "Book")):
        raise errors.FILE_NOT_TEXT(where=where, kind="Microsoft Office (97-2003)")
    return open_workbook(content, "xls", None, form, where)


def _named(content: bytes, stream: str) -> bool:
    """Whether a compound file has a stream of this name."""
    return (stream + "\0").encode("utf-16-le") in content


def _open_xes(content: bytes, form: FileFormat, where: str) -> Opened:
    """The events of a log in their order; the number of the event is its line."""
    from monosashi.adapters.xes import read_xes

    if form.sheet is not None:
        raise errors.SHEET_UNKNOWN(where=where, sheet=form.sheet, sheets="—")
    if form.header_row is not None:
        raise errors.HEADER_ROW(where=where, row=form.header_row)
    columns = {name: [cell or "" for cell in cells] for name, cells in read_xes(content, where).items()}
    count = len(next(iter(columns.values()), ()))
    check_size(count, len(columns), where)
    last = min(count, form.last_row or count)
    cut = [cells[:last] for cells in columns.values()]
    rows = laid_out([*columns], cut, range(1, last + 1), where=where)
    return Opened(rows, "xes", Text(ja="中身が XES", en="the content is XES"))
