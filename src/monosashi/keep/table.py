"""Tables: what a record becomes, and how the rooms speak of a table without knowing where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from monosashi.gather.record import ColumnType

__all__ = ["ColumnType", "Columns", "Lake", "Receipt", "Source"]


@dataclass(frozen=True)
class Columns:
    """Rows laid out by column: every list has the same length, None is a missing cell."""

    data: Mapping[str, Sequence[Any]]
    types: Mapping[str, ColumnType]

    def __len__(self) -> int:
        return len(next(iter(self.data.values()), ()))


@dataclass(frozen=True)
class Source:
    """A table at one version, for an engine to read: its Parquet files (or one file of another format).

    `lines` are where its records stand in the file that somebody brought, if that is not the one read.
    """

    name: str
    uris: tuple[str, ...]
    version: int | None = None
    format: str = "parquet"
    columns: Mapping[str, ColumnType] = field(default_factory=dict)
    lines: Sequence[int] | None = None


@dataclass(frozen=True)
class Receipt:
    """What an append did. `added` + `already` + `erased` = rows brought; a second import adds nothing.

    `erased` rows belong to people who were erased; they do not come back. `comments` counts the free texts
    that were added to the table comments.
    """

    table: str
    version: int
    added: int
    already: int
    sha256: str
    erased: int = 0
    comments: int = 0


class Lake(Protocol):
    """Delta tables: transactional, versioned. Implemented in `adapters.lake`."""

    def tables(self) -> Sequence[str]: ...

    def source(self, table: str, version: int | None = None) -> Source | None:
        """The table as it was at a version (None: now); None where there is no such table."""
        ...

    def append(
        self,
        table: str,
        columns: Columns,
        *,
        key: Sequence[str],
        commit: Mapping[str, str],
        derived: Sequence[str] = (),
    ) -> Receipt:
        """All or nothing, flushed before it returns. Rows whose key is there with equal content are
        skipped; the same key with other content is a Problem that lists them, and nothing is stored.
        Columns that are `derived` from the others are no content: what is stored of them stays."""
        ...

    def compare(
        self, table: str, columns: Columns, *, key: Sequence[str], derived: Sequence[str] = ()
    ) -> None:
        """Raises what `append` would raise about these rows; nothing is stored."""
        ...
