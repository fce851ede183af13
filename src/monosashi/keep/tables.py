"""The tables of the lake: which there are, their fixed columns, and what they may be called."""

from __future__ import annotations

import re

from monosashi import errors
from monosashi.gather.record import RECORDS, Schema

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}(?:/[a-z0-9][a-z0-9_-]{0,60})?")

CELLS = Schema(
    "cells",
    {
        **dict.fromkeys(("split", "domain", "stratum", "psu"), "text"),
        **dict.fromkeys(("a", "b", "q", "fpc", "pivot"), "number"),
        **dict.fromkeys(("n", "n_missing", "table_version"), "integer"),
    },
    key=("split", "domain", "stratum", "psu", "table_version"),  # each batch adds its own
    required=("split", "domain", "stratum", "psu", "a", "b", "n", "table_version"),
)
SCHEMAS = {**RECORDS, CELLS.name: CELLS}
_BELONG = {"responses": ("responses", "comments")}  # kind of import → families of tables
_FAMILIES = ("responses", "cells")  # one table for each instrument, one for each indicator


def schema_of(table: str) -> Schema:
    """The schema behind ``volumes`` or ``responses/resident``; `lake-table-name` for any other table."""
    family, _, member = checked_table(table).partition("/")
    if family not in SCHEMAS or (family in _FAMILIES) != bool(member):
        raise errors.LAKE_TABLE_NAME(name=table)
    return SCHEMAS[family]


def table_for(kind: str, named: str | None, instrument: str | None) -> str:
    """The table that an import of a kind goes to, from the mapping's `table` and ``--instrument``."""
    table = named or (f"responses/{instrument}" if kind == "responses" and instrument else kind)
    fits = table.partition("/")[0] in _BELONG.get(kind, (kind,))
    other = instrument is not None and table not in {f"responses/{instrument}", "comments"}
    if not fits or other or table == "responses":
        example = "responses/resident" if kind == "responses" else kind
        raise errors.IMPORT_TABLE(table=table, kind=kind, example=example)
    return checked_table(table)


def checked_table(name: str) -> str:
    """A table is named like ``volumes`` or ``responses/resident``; anything else is refused."""
    if not _NAME.fullmatch(name):
        raise errors.LAKE_TABLE_NAME(name=name)
    return name
