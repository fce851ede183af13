"""What is asked about keys, batches and records on their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import Http404

from monosashi.web.accounts.models import Account
from monosashi.web.accounts.queries import reach
from monosashi.web.accounts.roles import Power
from monosashi.web.api.models import ApiKey, Arrival


def keys(account: Account) -> QuerySet[ApiKey]:
    """The keys of organizations in which somebody manages keys, with how many batches came by each."""
    mine = ApiKey.objects.filter(organization__in=reach(account, Power.MANAGE_KEYS))
    return mine.select_related("organization", "made_by").annotate(count=Count("batches"))


def key(account: Account, id: UUID) -> ApiKey:
    found = keys(account).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def is_any_waiting() -> bool:
    return Arrival.objects.filter(in_conflict=False).exists()


def tables_waiting() -> Sequence[str]:
    waiting = Arrival.objects.filter(in_conflict=False).order_by("table")
    return list(waiting.values_list("table", flat=True).distinct())


def waiting(table: str, limit: int) -> list[tuple[int, Mapping[str, Any]]]:
    """(id, record) of the oldest, for one append."""
    found = Arrival.objects.filter(in_conflict=False, table=table).order_by("pk")
    return list(found.values_list("pk", "record")[:limit])


def counts() -> list[Mapping[str, Any]]:
    """Of each table: how many records wait, and how many wait for a person."""
    found = Arrival.objects.order_by("table", "in_conflict").values("table", "in_conflict")
    return [dict(one) for one in found.annotate(count=Count("pk"))]


def in_conflict() -> int:
    return Arrival.objects.filter(in_conflict=True).count()


def conflicts(limit: int = 100) -> Sequence[Arrival]:
    return list(Arrival.objects.filter(in_conflict=True)[:limit])
