"""Rows of answers: what somebody is still at, and what was submitted."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from monosashi.web.survey.models import QuestionnaireVersion, Wave


class Mode(models.TextChoices):
    """How somebody answered."""

    WEB = "web"
    PAPER = "paper"
    TABLET = "tablet"
    WIDGET = "widget"


class Sitting(models.Model):
    """Answers of somebody who is not done: kept from the first one on, found again by a code.

    An empty text in `answers` is a question that was passed over; one that is not there did not come yet. Of
    the code only a digest is kept. A sitting goes when its answers are submitted, or when it expires.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="sittings")
    code_digest = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.WEB)
    language = models.CharField(max_length=10)
    service = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True)  # of an anonymous survey: never
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "途中の回答"
        indexes: ClassVar = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Arrivals(models.Model):
    """How many posts came from one address in one minute; the address is a digest that lasts a minute."""

    address = models.CharField(max_length=64, primary_key=True)
    posts = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        verbose_name = "届いた数"

    def __str__(self) -> str:
        return f"{self.posts}"


class Submission(models.Model):
    """One person's answers as they were accepted. They never change; withdrawing takes them out.

    `key` is the digest of the idempotency key that came with them: one key, one row, by the database itself.
    `receipt` is the digest of the code with which the person may withdraw them. `content` is the digest of
    what was said, by which a repetition is told from a contradiction; it goes when the answers are withdrawn.
    `seconds` is how long it took.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="submissions", db_index=False)
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="submissions", db_index=False
    )
    answers = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    language = models.CharField(max_length=10)
    service = models.CharField(max_length=60, blank=True)
    organization = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True)  # of an anonymous survey: only the day
    seconds = models.PositiveIntegerField(null=True)
    flags = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "回答"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "key"], name="a_key_is_accepted_once"),
            models.CheckConstraint(
                condition=models.Q(mode__in=[one.value for one in Mode]), name="a_mode_of_a_submission"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["receipt"]),
            models.Index(fields=["wave", "service"]),
            models.Index(fields=["wave", "received_on"]),
        ]

    def __str__(self) -> str:
        return str(self.id)
