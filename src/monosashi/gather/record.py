"""What arrives becomes one of four records, and comments: their fixed fields and what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from monosashi.define.text import Text

ColumnType = Literal["text", "integer", "number", "boolean", "date", "timestamp"]
Range = tuple[float | None, float | None]
_COLUMN = re.compile(r"[a-z][a-z0-9_-]{0,62}")


@dataclass(frozen=True)
class Schema:
    """The shape of one table. `open` tables take further columns, such as one for each item."""

    name: str
    columns: Mapping[str, ColumnType]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    open: bool = True
    positive: tuple[str, ...] = ()  # finite and above 0 in every row that is brought
    ranges: Mapping[str, Range] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the only ones a column may hold


def _text(*names: str) -> dict[str, ColumnType]:
    return dict.fromkeys(names, "text")


STATES = ("value", "not_collected", "not_applicable", "suppressed", "unreliable")
_FROM_ZERO: Range = (0.0, None)

RESPONSE = Schema(
    "responses",
    {
        **_text("response_id", "wave", "period", "mode", "language", "service", "organization"),
        "weight": "number",
        **_text("stratum", "psu"),
        "fpc": "number",
    },
    key=("response_id",),
    required=("response_id",),
    positive=("weight", "fpc"),
)
COMMENT = Schema(
    "comments",
    _text("response_id", "item", "text", "masked", "codes"),
    key=("response_id", "item"),
    required=("response_id", "item", "text"),
)
EVENT = Schema(
    "events",
    {**_text("case_id", "procedure", "channel", "activity", "side"), "occurred_at": "timestamp"},
    key=("case_id", "activity", "occurred_at"),
    required=("case_id", "activity", "occurred_at"),
    words={"side": ("applicant", "office")},
)
VOLUME = Schema(
    "volumes",
    {
        **_text("subject", "measure", "period", "channel", "status"),
        "quantity": "number",
        **_text("organization", "service"),
    },
    key=("subject", "measure", "period", "channel"),
    required=("subject", "measure", "period", "channel", "status"),
    ranges={"quantity": _FROM_ZERO},
    words={"status": STATES},
)
PRACTICE = Schema(
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
    ranges={"minutes": _FROM_ZERO},
)
VOLUME_MEASURES: Mapping[str, Text] = {
    "applications": Text(ja="申請の件数", en="applications made"),
    "completions": Text(ja="終わった手続の件数", en="procedures that were completed"),
    "visits": Text(ja="訪問の数", en="visits to a site, page or counter"),
    "users": Text(ja="使った人の数（同じ人は一度）", en="people who used it, each once"),
    "population": Text(ja="対象になる人の数", en="people in scope, whether they use it or not"),
    "cost": Text(ja="かかった費用（円）", en="what it cost, in yen"),
    "staff_minutes": Text(ja="職員の手間（分）", en="minutes of staff time"),
    "dashboard_views": Text(ja="ダッシュボードの閲覧数", en="views of dashboards"),
    "catalog_downloads": Text(ja="データカタログのダウンロード数", en="downloads from the data catalog"),
}
"""What is commonly counted, so that everybody calls it alike. Other words are taken as well."""
RECORDS = {schema.name: schema for schema in (RESPONSE, COMMENT, EVENT, VOLUME, PRACTICE)}


def is_column(name: str) -> bool:
    """Small letters, digits, underscores and hyphens: what every engine tells apart and stores as it is."""
    return bool(_COLUMN.fullmatch(name))
