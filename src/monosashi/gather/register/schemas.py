"""The columns that an organization, a service, a procedure and a tool may have in a file."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.gather.record import ColumnType, Range, Schema
from monosashi.gather.register.words import (
    FEES,
    IDENTITY_MEANS,
    PHASES,
    STEP_WORDS,
    STEPS,
    TOOL_KINDS,
    TOOL_STATES,
)

_COUNT: Range = (0.0, 2.0**53 - 1)
_NAMES: Mapping[str, ColumnType] = {"code": "text", "name_ja": "text", "name_en": "text"}
_LIFE: Mapping[str, ColumnType] = dict.fromkeys(("life_events", "audience"), "text")
_TIME: Mapping[str, ColumnType] = {"phase": "text", "opened_on": "date", "ended_on": "date", "url": "text"}
TOOLS_IN = {f"tools_{state}": state for state in TOOL_STATES}

ORGANIZATION = Schema(
    "organizations",
    {**_NAMES, "parent": "text", "local_code": "text", "kana": "text"},
    key=("code",),
    required=("code", "name_ja"),
    open=False,
)
SERVICE = Schema(
    "services",
    {
        **_NAMES,
        "organization": "text",
        **dict.fromkeys(("summary_ja", "summary_en"), "text"),
        **_LIFE,
        **_TIME,
        **dict.fromkeys(TOOLS_IN, "text"),
    },
    key=("code",),
    required=("code", "name_ja", "organization"),
    words={"phase": tuple(PHASES)},
    open=False,
)
PROCEDURE = Schema(
    "procedures",
    {
        **_NAMES,
        **dict.fromkeys(("organization", "service", "kind"), "text"),
        **_LIFE,
        **_TIME,
        **dict.fromkeys(STEPS, "text"),
        **dict.fromkeys(("information", "attachments", "identity_means", "systems"), "text"),
        **dict.fromkeys(("fee", "fee_note", "standard", "standard_online", "law", "article"), "text"),
        **dict.fromkeys(("annual_volume", "annual_volume_online"), "integer"),
    },
    key=("code",),
    required=("code", "name_ja", "organization"),
    ranges=dict.fromkeys(("annual_volume", "annual_volume_online"), _COUNT),
    words={
        "phase": tuple(PHASES),
        "fee": tuple(FEES),
        **dict.fromkeys(STEPS, tuple(STEP_WORDS)),
        "identity_means": tuple(IDENTITY_MEANS),
    },
    open=False,
)
TOOL = Schema(
    "tools",
    {**_NAMES, "kind": "text", "url": "text"},
    key=("code",),
    required=("code", "name_ja", "kind"),
    words={"kind": tuple(TOOL_KINDS)},
    open=False,
)
REGISTER = {schema.name: schema for schema in (ORGANIZATION, SERVICE, PROCEDURE, TOOL)}
LISTS = frozenset(
    {"life_events", "audience", "information", "attachments", "identity_means", "systems", *STEPS, *TOOLS_IN}
)
LONGEST: Mapping[str, int] = {
    "code": 60,
    **dict.fromkeys(("name_ja", "name_en"), 300),
    **dict.fromkeys(("law", "article", "kana", "fee_note", "kind"), 200),
    **dict.fromkeys(("standard", "standard_online"), 500),
    "url": 500,
    **dict.fromkeys(("summary_ja", "summary_en"), 2000),
}
