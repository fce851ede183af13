"""The audit trail: written in the transaction of the change, chained so that a gap or an edit shows.

digest = sha256 of the JSON of [number, at, by, action, kind, id, details, previous digest]. Whoever changes
a row has to change every later one, and the last digest, which backups and editions may hold elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from monosashi.web.keep.models import AuditEvent

_FIRST = "0" * 64
_LOCK = 0x6D6F6E6F  # the trail has one writer at a time: SQLite by IMMEDIATE, PostgreSQL by this lock


@transaction.atomic
def record(action: str, *, target: models.Model | None, by: Any | None, **details: Any) -> AuditEvent:
    """Appends one event. Part of the caller's transaction: no change without its event, nor the reverse."""
    one_writer()
    last = AuditEvent.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, _FIRST)
    event = AuditEvent(
        number=number,
        at=timezone.now(),
        by=by,
        action=action,
        target_kind=str(target._meta.model_name) if target else "",
        target_id=str(target.pk) if target else "",
        details=json.loads(json.dumps(details)),  # as the database will give it back
        previous=previous,
    )
    event.digest = digest_of(event)
    event.save(force_insert=True)
    return event


def one_writer() -> None:
    """Waits for other transactions that write to the trail. Called first, it makes a look and a write one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def digest_of(event: AuditEvent) -> str:
    said = [
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by_id,
        event.action,
        event.target_kind,
        event.target_id,
        event.details,
        event.previous,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken() -> Iterator[int]:
    """Numbers of events that are not what was recorded, or do not follow the one before."""
    expected, previous = 1, _FIRST
    for event in AuditEvent.objects.order_by("number").iterator():
        if event.number != expected or event.previous != previous or event.digest != digest_of(event):
            yield event.number
        expected, previous = event.number + 1, event.digest


def newest() -> tuple[int, str, datetime] | None:
    return AuditEvent.objects.order_by("-number").values_list("number", "digest", "at").first()
