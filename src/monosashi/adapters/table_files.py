"""Tables as files: what can be read, whether it is sound, and where a row physically stands."""

from __future__ import annotations

import codecs
import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monosashi import errors
from monosashi.errors import Finding
from monosashi.keep.table import Source

FORMATS = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet"}
SEPARATORS = {"csv": ",", "tsv": "\t"}
CHUNK = 1 << 20
csv.field_size_limit(sys.maxsize)


@dataclass(frozen=True)
class TableFile:
    """A table file that may be read: its path as the request wrote it, its sha256 and its source."""

    path: str
    sha256: str
    source: Source


def load_table(path: Path, said: str) -> TableFile:
    """Opens the file a request names. Text must be UTF-8 (with or without BOM) to its last byte."""
    try:
        return _opened(path, said)
    except OSError as error:  # no right to read it, or a name that no file can have
        detail = error.strerror or type(error).__name__
        raise errors.FILE_UNREADABLE(where=said, detail=detail) from None


def _opened(path: Path, said: str) -> TableFile:
    if not path.is_file():
        raise errors.FILE_MISSING(where=said)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise errors.TABLE_FORMAT(where=said, suffix=path.suffix or "?")
    digest = _digest(path, said, text=form != "parquet")
    names = dict.fromkeys(header(path, form, said), "text") if form != "parquet" else {}
    return TableFile(said, digest, Source(said, (str(path.resolve()),), format=form, columns=names))  # type: ignore[arg-type]


def _digest(path: Path, said: str, *, text: bool) -> str:
    """sha256 of the file; on the way, every byte of a text file is decoded."""
    digest, decoder, done = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            if text:
                _decode(decoder, chunk, done, said, final=False)
            done += len(chunk)
    if text:
        _decode(decoder, b"", done, said, final=True)
    return digest.hexdigest()


def _decode(decoder: codecs.IncrementalDecoder, chunk: bytes, done: int, said: str, *, final: bool) -> None:
    held = len(decoder.getstate()[0])  # bytes of a character that the chunk before began
    try:
        clean = b"\0" not in chunk
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        raise errors.TABLE_ENCODING(where=said, position=done - held + error.start + 1) from None
    if not clean:
        raise errors.TABLE_ENCODING(where=said, position=done + chunk.index(b"\0") + 1)


def records(path: Path, form: str) -> Iterator[tuple[int, list[str]]]:
    """(physical line from 1, cells) of every record, header included; blank lines are no records."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=SEPARATORS[form], strict=True)
        line = 1
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1


def header(path: Path, form: str, said: str) -> list[str]:
    try:
        _, names = next(records(path, form))
    except StopIteration:
        raise errors.TABLE_EMPTY(where=said) from None
    except csv.Error as error:
        raise errors.TABLE_DAMAGED(where=said, detail=str(error)) from None
    names = [name.strip() for name in names]
    wrong = [name or "—" for i, name in enumerate(names) if not name or name in names[:i]]
    if wrong:
        raise errors.TABLE_HEADER(where=said, names=", ".join(wrong))
    return names


def ragged(path: Path, form: str, said: str) -> list[Finding]:
    """Rows whose number of cells is not the header's; a Problem where even records cannot be told apart."""
    findings: list[Finding] = []
    width = 0
    try:
        for line, cells in records(path, form):
            width = width or len(cells)
            if len(cells) != width:
                findings.append(errors.ROW_RAGGED.found(row=line, found=len(cells), expected=width))
    except csv.Error as error:
        raise errors.TABLE_DAMAGED(where=said, detail=str(error)) from None
    return findings


def physical_lines(path: Path, form: str, wanted: Sequence[int]) -> dict[int, int]:
    """The physical line of data records numbered from 0."""
    numbers, last = set(wanted), max(wanted, default=-1)
    found: dict[int, int] = {}
    for number, (line, _) in enumerate(records(path, form), start=-1):
        if number in numbers:
            found[number] = line
        if number >= last:
            break
    return found
