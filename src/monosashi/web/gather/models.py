"""Files that people brought, and the mappings they were read by."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from monosashi.define.text import Text


class State(models.TextChoices):
    READING = "reading"
    UNMAPPED = "unmapped"
    UNREAD = "unread"
    READ = "read"
    STORING = "storing"
    STORED = "stored"
    DISCARDED = "discarded"


STATES = {
    State.READING: Text(ja="読んでいます", en="being read"),
    State.UNMAPPED: Text(ja="列の対応を決めてください", en="waits for its mapping"),
    State.UNREAD: Text(ja="読めません", en="cannot be read"),
    State.READ: Text(ja="確かめてください", en="waits to be looked at"),
    State.STORING: Text(ja="取り込んでいます", en="being stored"),
    State.STORED: Text(ja="取り込みました", en="stored"),
    State.DISCARDED: Text(ja="やめました", en="discarded"),
}


class Import(models.Model):
    """One file on its way into the lake. The file itself is kept until it was stored or discarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    instrument = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=200)  # as somebody called it: shown escaped, never a path
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    mapping = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    understood = models.JSONField(default=dict)
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    receipt = models.JSONField(default=dict)
    job = models.ForeignKey("keep.Job", null=True, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-brought_at"]
        verbose_name = "取り込み"
        indexes: ClassVar = [models.Index(fields=["brought_by", "brought_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="a_state_of_an_import"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def state_name(self) -> Text:
        return STATES[State(self.state)]

    @property
    def problem(self) -> Text:
        return Text(ja=self.problem_ja, en=self.problem_en)

    @property
    def findings(self) -> dict[str, Any]:
        found: dict[str, Any] = self.understood.get("findings", {"count": 0, "first": []})
        return found

    @property
    def is_waiting(self) -> bool:
        """A job is at it."""
        return self.state in (State.READING, State.STORING)

    @property
    def is_open(self) -> bool:
        """A person may still change how it is read."""
        return self.state in (State.UNMAPPED, State.UNREAD, State.READ)


class Mapping(models.Model):
    """A mapping file that is remembered by its name, for the next file of the same make."""

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "列の対応"

    def __str__(self) -> str:
        return self.name
