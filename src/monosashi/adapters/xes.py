"""XES (IEEE 1849) as rows: one row an event, its attributes as columns, those of its trace as `case:…`.

The file is read as a stream and no document is built. A DTD is refused, so that no entity can be declared;
nothing is fetched. Runs in a confined process: what is read is a stranger's.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from monosashi import errors
from monosashi.gather.limits import CELL_BYTES, COLUMNS, ROWS

UNPACKED, RATIO = 200_000_000, 100
VALUES = {"string", "date", "int", "float", "boolean", "id"}
Columns = dict[str, list[str | None]]


class _Limited(io.RawIOBase):
    """A stream that ends with a Problem when more comes out of it than may."""

    def __init__(self, stream: IO[bytes], limit: int, said: str) -> None:
        self.stream, self.left, self.said = stream, limit, said

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self.stream.read(size if size >= 0 else 1 << 16)
        self.left -= len(found)
        if self.left < 0:
            raise errors.LOG_XES_TOO_LARGE(where=self.said, limit=f"{UNPACKED:,} bytes, ratio {RATIO}")
        return found


def read_xes(content: bytes, said: str) -> Columns:
    """The events of a log in the order of the file. Packed or not is told by the content, not the name."""
    packed = content[:2] == b"\x1f\x8b"
    raw = io.BytesIO(content)
    limit = min(UNPACKED, RATIO * len(content)) if packed else UNPACKED
    stream = _Limited(gzip.GzipFile(fileobj=raw) if packed else raw, limit, said)  # type: ignore[arg-type]
    rows = _Rows(said)
    try:
        for event in _events(stream):
            rows.add(event)
    except DefusedXmlException:
        raise errors.LOG_XES_DTD(where=said) from None
    except ParseError as error:
        row, column = error.position
        raise errors.LOG_XES_DAMAGED(where=said, row=row, column=column + 1, detail=str(error)) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise errors.TABLE_DAMAGED(where=said, detail=str(error)) from None
    if not rows.count:
        raise errors.TABLE_EMPTY(where=said)
    return rows.columns


class _Rows:
    """Columns that grow as attributes turn up; what came before has nothing in them."""

    def __init__(self, said: str) -> None:
        self.columns: Columns = {}
        self.count, self.said = 0, said

    def add(self, event: dict[str, str]) -> None:
        for name, value in event.items():
            if len(value) > CELL_BYTES // 4 and len(value.encode()) > CELL_BYTES:
                self._refuse(f"{CELL_BYTES:,} bytes a value")
            if name not in self.columns:
                self.columns[name] = [None] * self.count
            self.columns[name].append(value)
        self.count += 1
        for column in self.columns.values():
            if len(column) < self.count:
                column.append(None)
        if self.count > ROWS or len(self.columns) > COLUMNS:
            self._refuse(f"{ROWS:,} events, {COLUMNS} attributes")

    def _refuse(self, limit: str) -> None:
        raise errors.LOG_XES_TOO_LARGE(where=self.said, limit=limit)


def _events(stream: io.RawIOBase) -> Iterator[dict[str, str]]:
    path: list[str] = []
    trace: dict[str, str] = {}
    event: dict[str, str] = {}
    root: Element | None = None
    for happening, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if happening == "start":
            root = element if root is None else root
            path.append(name)
            trace, event = ({}, {}) if name == "trace" else (trace, {} if name == "event" else event)
            continue
        path.pop()
        if name in VALUES and path[-1:] == ["event"]:
            event[element.get("key") or ""] = element.get("value") or ""
        elif name in VALUES and path[-1:] == ["trace"]:
            trace[f"case:{element.get('key') or ''}"] = element.get("value") or ""
        elif name == "event":
            yield {**trace, **event}
        if name in ("event", "trace") and root is not None:
            element.clear()
            _forget(root)


def _forget(root: Element) -> None:
    """What was read is let go, so that memory does not grow with the file."""
    for child in root:
        child[:] = [one for one in child if one.tag.rpartition("}")[2] != "event" or len(one)]
    if len(root) > 1:
        del root[:-1]
