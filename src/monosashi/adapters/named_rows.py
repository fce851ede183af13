"""The rows a request names: of a file of any form beside it, or of a table of the lake. Cells are texts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from monosashi.adapters.batch import quoted
from monosashi.adapters.confined import confined
from monosashi.adapters.home import Home
from monosashi.adapters.lake_tables import is_lake, lake_table
from monosashi.adapters.opened_file import open_file
from monosashi.adapters.rewritten import columns_of, from_files, query
from monosashi.adapters.text_files import load_bytes
from monosashi.gather.mapping import FileFormat
from monosashi.gather.rows import Rows, laid_out


@dataclass(frozen=True)
class NamedRows:
    """`version` is that of a table of the lake, None for a file."""

    rows: Rows
    sha256: str
    version: int | None = None


def rows_named(request: Path, said: str, *, sheet: str | None, encoding: str | None) -> NamedRows:
    """`said` is what the request at a path calls its table. A file is opened in a confined process."""
    if is_lake(said):
        return _of_lake(said)
    content = load_bytes(request.parent / said)
    opened = confined(open_file, content, FileFormat(sheet=sheet), encoding, said)
    return NamedRows(opened.rows, sha256(content).hexdigest())


def _of_lake(said: str) -> NamedRows:
    table = lake_table(said, Home.of_environment())
    names = columns_of(table.source.uris)
    cells = ", ".join(f"coalesce({quoted(name)}::VARCHAR, '')" for name in names)
    read = query(f"SELECT {cells} FROM {from_files(table.source.uris)}")  # noqa: S608 - names are quoted
    columns = zip(*read, strict=True) if read else ()
    rows = laid_out(names, columns, range(1, len(read) + 1), where=said)
    return NamedRows(rows, table.sha256, table.source.version)
