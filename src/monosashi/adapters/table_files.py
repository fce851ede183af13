"""Tables as files: what can be read, whether it is sound, and where a row physically stands."""

from __future__ import annotations

import atexit
import codecs
import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from monosashi import errors
from monosashi.adapters.confined import confined
from monosashi.adapters.opened_file import kind_of, open_file
from monosashi.adapters.text_files import load_bytes
from monosashi.errors import Finding, Problem
from monosashi.gather.mapping import FileFormat
from monosashi.gather.rows import Rows
from monosashi.keep.table import Source

_NO_TEXT = (errors.ENCODING_UNSURE, errors.NUL_CHARACTER, errors.TABLE_UNUSABLE)
HEAD = 1 << 16
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


def load_table(path: Path, said: str, *, sheet: str | None = None) -> TableFile:
    """Opens the file a request names. What it is, its content says (`opened_file`).

    Text in UTF-8 and Parquet are read where they lie, whatever their size. Anything else (workbooks, SPSS,
    Stata, JSON lines, text in another encoding) is read within the limits of an import, in a process of its
    own, and becomes a CSV file of this process with the same rows, whose `lines` say where each stands.
    """
    try:
        return _opened(path, said, sheet)
    except OSError as error:  # no right to read it, or a name that no file can have
        detail = error.strerror or type(error).__name__
        raise errors.FILE_UNREADABLE(where=said, detail=detail) from None


def _opened(path: Path, said: str, sheet: str | None) -> TableFile:
    if not path.is_file():
        raise errors.FILE_MISSING(where=said)
    with path.open("rb") as stream:
        kind = kind_of(head := stream.read(HEAD))
    if kind == "parquet" and sheet is None:
        return TableFile(said, _digest(path, said, text=False), Source(said, (str(path.resolve()),)))
    form = FORMATS.get(path.suffix.lower(), "")
    if kind == "text" and sheet is None and form in SEPARATORS and not _is_other(head):
        try:
            digest = _digest(path, said, text=True)
        except Problem as problem:
            return _in_another_encoding(path, said, problem)
        names = dict.fromkeys(header(path, form, said), "text")
        return TableFile(said, digest, Source(said, (str(path.resolve()),), format=form, columns=names))  # type: ignore[arg-type]
    return _converted(path, said, sheet)


def _is_other(head: bytes) -> bool:
    """What begins like JSON lines or markup, or with the byte order mark of UTF-16."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or begins.startswith((b"{", b"[", b"<"))


def _in_another_encoding(path: Path, said: str, problem: Problem) -> TableFile:
    """Where that is certain; otherwise the file is no UTF-8, at the byte that says so."""
    try:
        return _converted(path, said, None)
    except Problem as other:
        raise (problem if other.kind in _NO_TEXT else other) from None


def _converted(path: Path, said: str, sheet: str | None) -> TableFile:
    content = load_bytes(path)
    try:
        rows = confined(open_file, content, FileFormat(sheet=sheet), None, said).rows
    except Problem as problem:
        if problem.kind != errors.IMPORT_REFUSED:
            raise
        count = problem.details["count"]
        raise errors.TABLE_UNUSABLE(where=said, findings=problem.findings, count=count) from None
    source = Source(
        said,
        (str(_written(rows)),),
        format="csv",
        columns=dict.fromkeys(rows.header, "text"),
        lines=rows.lines,
    )
    return TableFile(said, hashlib.sha256(content).hexdigest(), source)


@cache
def _folder() -> Path:
    """Of this process, gone with it."""
    folder = TemporaryDirectory(prefix="monosashi-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _written(rows: Rows) -> Path:
    """The rows as a CSV file; what the file declares missing is empty."""
    columns = []
    for name, cells in zip(rows.header, rows.columns, strict=True):
        missing = rows.declared_missing(name)
        columns.append([("" if cell in missing else cell) for cell in cells] if missing else cells)
    with NamedTemporaryFile(
        "w", dir=_folder(), suffix=".csv", delete=False, encoding="utf-8", newline=""
    ) as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(rows.header)
        writer.writerows(zip(*columns, strict=True))
    return Path(stream.name)


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
