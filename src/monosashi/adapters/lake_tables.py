"""Tables of the lake as a request names them: ``lake:events``, or at a version ``lake:volumes@12``."""

from __future__ import annotations

import hashlib
from pathlib import Path

from monosashi import errors
from monosashi.adapters.home import Home
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.table_files import CHUNK, TableFile, load_table
from monosashi.keep.table import Source

SCHEME = "lake:"


def table_of(request: Path, said: str, sheet: str | None = None) -> TableFile:
    """The table that a request names: of the lake of this home, or a file relative to the request."""
    if is_lake(said):
        return lake_table(said, Home.of_environment())
    return load_table(request.parent / said, said, sheet=sheet)


def is_lake(said: str) -> bool:
    return said.startswith(SCHEME)


def lake_table(said: str, home: Home) -> TableFile:
    """Raises `lake-table-unknown` for one that the lake does not have.

    `sha256` is that of a list with a line ``<sha256>  <name>`` for each file, in the order of the names.
    """
    name, _, version = said.removeprefix(SCHEME).partition("@")
    if version and not (version.isascii() and version.isdecimal()):
        raise errors.LAKE_TABLE_NAME(name=said)
    lake = DeltaLake(home.lake)
    source = lake.source(name, int(version) if version else None)
    if source is None:
        raise errors.LAKE_TABLE_UNKNOWN(where=said, table=name, known=", ".join(lake.tables()) or "—")
    return TableFile(said, _digest(source), source)


def _digest(source: Source) -> str:
    lines = (f"{_sha256(Path(uri))}  {Path(uri).name}\n" for uri in source.uris)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
