"""Files packed into one (XLSX, XLSB, ODS): what they are, and whether it is safe to unfold them.

Looked at before anything is unpacked (entries, declared sizes, ratio), and once more while every part is
unpacked: an entry that holds more than it declares fails its check sum. No part is written to disk, none
that is packed itself is opened, macros are never looked at, XML with a document type is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from monosashi import errors
from monosashi.gather import limits
from monosashi.gather.findings import shown

_CHUNK = 1 << 20
_DECLARES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_XML = (".xml", ".rels", ".vml")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint", "content.xml": "OpenDocument"}
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Container:
    """`kind` is xlsx, xlsb or ods; `names` are those of its parts."""

    kind: str
    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        return self.archive.read(name)


def opened_container(content: bytes, where: str) -> Container:
    """Raises `container-too-large`, `container-xml`, `file-encrypted`, `file-not-text` or `table-damaged`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        _check_sizes(entries, len(content), where)
        names = frozenset(entry.filename for entry in entries)
        if len(names) != len(entries):
            raise errors.TABLE_DAMAGED(where=where, detail="a part that is there twice")
        kind = _kind(archive, names, where)
        for entry in entries:
            _check_part(archive, entry, where)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise errors.TABLE_DAMAGED(where=where, detail=shown(str(error), 100)) from None
    return Container(kind, archive, names)


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int, where: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    most = max(limits.UNPACKED_SMALL, limits.UNPACKED_RATIO * packed)
    for what_ja, what_en, size, limit in (
        ("部品の数", "parts", len(entries), limits.ENTRIES),
        ("広げたバイト数", "bytes unpacked", unpacked, limits.UNPACKED_BYTES),
        (f"広げたバイト数、{limits.UNPACKED_RATIO}倍まで", "bytes unpacked, by ratio", unpacked, most),
    ):
        if size > limit:
            raise errors.CONTAINER_TOO_LARGE(
                where=where, what_ja=what_ja, what_en=what_en, size=size, limit=limit
            )
    if any(entry.flag_bits & 1 for entry in entries):
        raise errors.FILE_ENCRYPTED(where=where)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise errors.TABLE_DAMAGED(where=where, detail="packed in a way that spreadsheets do not use")


def _kind(archive: zipfile.ZipFile, names: frozenset[str], where: str) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "mimetype" in names and "content.xml" in names and archive.read("mimetype").startswith(_ODS):
        if b"manifest:encryption-data" in _manifest(archive, names):
            raise errors.FILE_ENCRYPTED(where=where)
        return "ods"
    kind = next((kind for name, kind in _OTHERS.items() if name in names), "ZIP")
    raise errors.FILE_NOT_TEXT(where=where, kind=kind)


def _manifest(archive: zipfile.ZipFile, names: frozenset[str]) -> bytes:
    return archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> None:
    """Reads a part to its end, so that its size and check sum are what it says."""
    is_xml = entry.filename.lower().endswith(_XML)
    for piece in _pieces(archive, entry):
        if is_xml and _DECLARES.search(piece):
            raise errors.CONTAINER_XML(where=where, part=shown(entry.filename))


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content, each piece with the end of the one before, so that no word is cut in two."""
    before = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            yield before + piece
            before = piece[-32:]
