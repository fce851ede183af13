"""Rows of the door for programs: its keys, what came through it, and what has not reached the lake yet."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from monosashi.web.accounts.models import Organization


class ApiKey(models.Model):
    """A key that a program writes with. Only its digest is kept; `start` tells keys apart for people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    start = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # kinds of record it may write
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        verbose_name = "API の鍵"

    def __str__(self) -> str:
        return f"{self.name} {self.start}…"


class Batch(models.Model):
    """One acknowledged request. `others` holds the answers of items that were not simply accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="batches")
    idempotency_key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    table = models.CharField(max_length=110)
    size = models.PositiveIntegerField()
    others = models.JSONField(default=dict)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-received_at"]
        verbose_name = "届いたまとまり"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "idempotency_key"], name="a_batch_comes_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.id}"

    def results(self) -> list[dict[str, Any]]:
        """The answer of each item, in their order."""
        return [self.others.get(str(place), {"status": "accepted"}) for place in range(self.size)]


class Arrival(models.Model):
    """A record on its way to the lake. Gone once it is there; one that cannot go stays, with the reason."""

    table = models.CharField(max_length=110)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    record = models.JSONField()
    batch = models.UUIDField()
    in_conflict = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = "届いた記録"
        indexes: ClassVar = [models.Index(fields=["in_conflict", "table", "id"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "key"], name="a_record_waits_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key[:8]}"
