"""The tables of the lake: which there are, their fixed columns, and what tells their rows apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from monosashi import errors
from monosashi.keep.table import ColumnType

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}(?:/[a-z0-9][a-z0-9_-]{0,60})?")
_COLUMN = re.compile(r"[a-z][a-z0-9_-]{0,62}")


@dataclass(frozen=True)
class Schema:
    """One table. `open` tables take further columns, such as one for each item of a questionnaire."""

    name: str
    columns: Mapping[str, ColumnType]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    open: bool = False
    positive: tuple[str, ...] = ()  # finite and above 0
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the only words of a column


def _text(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, "text")


_STATUS = ("value", "not_collected", "not_applicable", "suppressed", "unreliable")

RESPONSES = Schema(
    "responses",
    {
        **_text("response_id", "wave", "period", "mode", "language", "service", "organization"),
        "weight": "number",
        **_text("stratum", "psu"),
        "fpc": "number",
    },
    key=("response_id",),
    required=("response_id",),
    open=True,
    positive=("weight", "fpc"),
)
COMMENTS = Schema(
    "comments",
    _text("response_id", "item", "text", "masked", "codes"),
    key=("response_id", "item"),
    required=("response_id", "item", "text"),
    open=True,
)
EVENTS = Schema(
    "events",
    {**_text("case_id", "procedure", "channel", "activity", "side"), "occurred_at": "timestamp"},
    key=("case_id", "activity", "occurred_at"),
    required=("case_id", "activity", "occurred_at"),
    open=True,
    states={"side": ("applicant", "office")},
)
VOLUMES = Schema(
    "volumes",
    {
        **_text("subject", "measure", "period", "channel", "status"),
        "quantity": "number",
        **_text("organization", "service"),
    },
    key=("subject", "measure", "period", "channel"),
    required=("subject", "measure", "period", "channel", "status"),
    open=True,
    states={"status": _STATUS},
)
PRACTICES = Schema(
    "practices",
    {
        **_text("practice_id", "kind", "organization", "service", "principle"),
        "occurred_at": "date",
        "quantity": "number",
        "minutes": "number",
        **_text("outcome", "links"),
    },
    key=("practice_id",),
    required=("practice_id", "kind", "occurred_at"),
    open=True,
)
CELLS = Schema(
    "cells",
    {**_text("stratum", "psu"), "a": "number", "b": "number", "n": "integer", "table_version": "integer"},
    key=("stratum", "psu"),
    required=("a", "b", "n", "table_version"),
    open=True,
)
SCHEMAS = {schema.name: schema for schema in (RESPONSES, COMMENTS, EVENTS, VOLUMES, PRACTICES, CELLS)}


def checked_table(name: str) -> str:
    """A table is named like ``volumes`` or ``responses/resident``; anything else is refused."""
    if not _NAME.fullmatch(name):
        raise errors.LAKE_TABLE_NAME(name=name)
    return name


def is_column(name: str) -> bool:
    """Small letters, digits, underscores and hyphens: what every engine tells apart and stores as it is."""
    return bool(_COLUMN.fullmatch(name))
