"""What changes: keys are made and revoked, batches of records are accepted and stored."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from monosashi import errors
from monosashi.errors import Finding
from monosashi.gather.objects import Item
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.api import keys
from monosashi.web.api.models import ApiKey, Arrival, Batch
from monosashi.web.keep import audit
from monosashi.web.keep.turns import in_turn

_ATTEMPTS = 5
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{8,200}")


class _OvertakenError(Exception):
    """A record that was there when ours was inserted has moved into the lake before we looked at it."""


@transaction.atomic
def make_key(
    *, name: str, scopes: Sequence[str], organization: Organization, by: Account
) -> tuple[ApiKey, str]:
    """A new key and its secret, which nobody can be shown again."""
    wanted = [kind for kind in keys.KINDS if kind in scopes]
    if not name.strip() or not wanted:
        raise errors.KEY_NAME()
    secret = keys.new_secret()
    made = ApiKey.objects.create(
        name=name.strip(),
        start=secret[: len(keys.PREFIX) + 3],
        digest=keys.digest_of(secret),
        scopes=wanted,
        organization=organization,
        made_by=by,
        made_at=timezone.now(),
    )
    audit.record("key.made", target=made, by=by, name=made.name, scopes=wanted, at=organization.code)
    return made, secret


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Account) -> None:
    """From now on the key opens nothing. What came through it stays."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit.record("key.revoked", target=key, by=by, name=key.name)


def accept(
    *, key: ApiKey, idempotency_key: str, digest: str, table: str, items: Sequence[Item]
) -> tuple[Batch, bool]:
    """The batch as it is kept, and whether it is new. Flushed to disk before it returns.

    Every item is answered for by itself. The database decides what is new (a unique key, inserted and then
    looked up), so that two programs that send the same record at once store it once. Raises
    `api-key-reused` where the same Idempotency-Key came with other content.
    """
    if not _IDEMPOTENCY_KEY.fullmatch(idempotency_key):
        raise errors.API_IDEMPOTENCY_KEY()
    for left in reversed(range(_ATTEMPTS)):
        try:
            with in_turn():
                before = Batch.objects.filter(key=key, idempotency_key=idempotency_key).first()
                if before is None:
                    return _stored(key, idempotency_key, digest, table, items), True
        except (
            IntegrityError,
            _OvertakenError,
        ):  # somebody else was faster: what they did is there to be seen
            if not left:
                raise
            continue
        if before.digest != digest or before.table != table:
            raise errors.API_KEY_REUSED()
        return before, False
    raise AssertionError("the last attempt returns or raises")


def _stored(key: ApiKey, idempotency_key: str, digest: str, table: str, items: Sequence[Item]) -> Batch:
    id, allowed = uuid.uuid4(), _within_reach(key, items)
    others = {**_refused(allowed), **_known(id, table, allowed)}
    return Batch.objects.create(
        id=id,
        key=key,
        idempotency_key=idempotency_key,
        digest=digest,
        table=table,
        size=len(items),
        others=others,
        received_at=timezone.now(),
    )


def _within_reach(key: ApiKey, items: Sequence[Item]) -> list[Item]:
    """A record of an organization that the key does not reach is refused like one that does not exist."""
    named = {item.record["organization"] for item in items if item.record and "organization" in item.record}
    strange = named - keys.reached(key) if named else named
    refused = Item(None, (errors.API_ORGANIZATION.found(column="organization"),))
    return [
        refused if item.record is not None and item.record.get("organization") in strange else item
        for item in items
    ]


def _refused(items: Sequence[Item]) -> dict[str, Any]:
    return {
        str(place): {"status": "refused", "errors": [finding.as_json() for finding in item.findings]}
        for place, item in enumerate(items)
        if item.record is None
    }


def _known(batch: uuid.UUID, table: str, items: Sequence[Item]) -> dict[str, Any]:
    """Stores what is new, and answers for items that were there before, in this batch or in another."""
    sound = [(place, item) for place, item in enumerate(items) if item.record is not None]
    first: dict[str, int] = {}
    for place, item in sound:
        first.setdefault(item.key, place)
    new = [
        Arrival(
            table=table,
            key=items[place].key,
            content=items[place].content,
            record=items[place].record,
            batch=batch,
        )
        for _, place in sorted(first.items())  # in one order everywhere, so that nobody waits for each other
    ]
    Arrival.objects.bulk_create(new, ignore_conflicts=True)
    waiting = {
        key: (content, owner)
        for key, content, owner in Arrival.objects.filter(table=table, key__in=first).values_list(
            "key", "content", "batch"
        )
    }
    if len(waiting) < len(first):
        raise _OvertakenError
    found: dict[str, Any] = {}
    for place, item in sound:
        content, owner = waiting[item.key]
        if owner == batch and first[item.key] == place:
            continue
        found[str(place)] = {"status": "already"} if content == item.content else _conflict()
    return found


def _conflict() -> dict[str, Any]:
    finding: Finding = errors.API_CONFLICT.found()
    return {"status": "conflict", "errors": [finding.as_json()]}


def set_aside(*, ids: Sequence[int]) -> None:
    """Arrivals that the lake has with other content: they wait for a person."""
    Arrival.objects.filter(pk__in=ids).update(in_conflict=True)


@transaction.atomic
def leave(*, ids: Sequence[int], receipt: Mapping[str, Any]) -> None:
    """Arrivals that are in the lake now."""
    Arrival.objects.filter(pk__in=ids).delete()
    audit.record("arrivals.stored", target=None, by=None, **receipt)
