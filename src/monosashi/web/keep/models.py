"""Rows that are kept: audit events, which never change, and jobs."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from monosashi.define.text import Text


class AuditEvent(models.Model):
    """One change: who, when, what, to what. Chained by digests; the database refuses to change it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = "変更の記録"
        indexes: ClassVar = [models.Index(fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class State(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STATES = {
    State.WAITING: Text(ja="順番待ち", en="waiting"),
    State.RUNNING: Text(ja="実行中", en="running"),
    State.DONE: Text(ja="完了", en="done"),
    State.FAILED: Text(ja="失敗", en="failed"),
}


class Job(models.Model):
    """One piece of work behind the scenes. `beat_at` tells a running job from one whose worker was killed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known
    note_ja = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    problem_ja = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        verbose_name = "裏で動く仕事"
        indexes: ClassVar = [models.Index(fields=["state", "requested_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="a_state_of_a_job"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def state_name(self) -> Text:
        return STATES[State(self.state)]

    @property
    def note(self) -> Text:
        return Text(ja=self.note_ja, en=self.note_en)

    @property
    def problem(self) -> Text:
        return Text(ja=self.problem_ja, en=self.problem_en)

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.FAILED)
