"""Rows of the register. A version counts the edits of a row: nobody overwrites what they did not see."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from monosashi.define.text import Text
from monosashi.gather.register.words import CHANNELS, FEES, NOT_NEEDED, PHASES, STEPS, TOOL_KINDS, TOOL_STATES
from monosashi.web.register.fields import WordsField

_NOTHING = ("",)
_CHANNELS = [" ".join(some) for size in range(1, 6) for some in combinations(CHANNELS, size)]


def _one_of(name: str, column: str, words: Iterable[str]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [*words]}), name=name)


def _days_in_order(name: str) -> models.CheckConstraint:
    in_order = Q(opened_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("opened_on"))
    return models.CheckConstraint(condition=in_order, name=name)


def _channels() -> models.CharField[str, str]:
    """Channels in their order, `not_needed`, or nothing where it is not known."""
    return models.CharField(max_length=60, blank=True, default="")


class Entry(models.Model):
    """What every service, procedure and tool has."""

    code = models.SlugField(max_length=60, unique=True)
    name_ja = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_ja

    @property
    def name(self) -> Text:
        return Text(ja=self.name_ja, en=self.name_en or self.name_ja)


class Owned(Entry):
    """What an organization answers for, in a phase, between two days."""

    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    life_events = WordsField(blank=True, default=())
    audience = WordsField(blank=True, default=())
    phase = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    search_text = models.TextField(editable=False)

    class Meta:
        abstract = True

    @property
    def phase_name(self) -> Text | None:
        return PHASES.get(self.phase)


class Service(Owned):
    summary_ja = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = "サービス"
        constraints: ClassVar = [
            _one_of("a_phase_of_a_service", "phase", (*_NOTHING, *PHASES)),
            _days_in_order("a_service_ends_after_it_began"),
        ]

    @property
    def summary(self) -> Text:
        return Text(ja=self.summary_ja, en=self.summary_en or self.summary_ja)


class Procedure(Owned):
    """An administrative procedure. A count that is not known is NULL, never 0."""

    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="procedures"
    )
    kind = models.CharField(max_length=200, blank=True)
    account = _channels()
    identity = _channels()
    application = _channels()
    payment = _channels()
    decision = _channels()
    delivery = _channels()
    identity_means = WordsField(blank=True, default=())
    information = WordsField(blank=True, default=())
    attachments = WordsField(blank=True, default=())
    systems = WordsField(blank=True, default=())
    fee = models.CharField(max_length=10, blank=True)
    fee_note = models.CharField(max_length=200, blank=True)
    standard = models.CharField(max_length=500, blank=True)
    standard_days = models.PositiveIntegerField(null=True, blank=True)
    standard_online = models.CharField(max_length=500, blank=True)
    standard_days_online = models.PositiveIntegerField(null=True, blank=True)
    law = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=200, blank=True)
    annual_volume = models.PositiveBigIntegerField(null=True, blank=True)
    annual_volume_online = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = "手続"
        indexes: ClassVar = [models.Index(fields=["phase"], name="procedure_phase")]
        constraints: ClassVar = [
            _one_of("a_phase_of_a_procedure", "phase", (*_NOTHING, *PHASES)),
            _one_of("a_fee_of_a_procedure", "fee", (*_NOTHING, *FEES)),
            _days_in_order("a_procedure_ends_after_it_began"),
            *(_one_of(f"channels_of_{step}", step, (*_NOTHING, NOT_NEEDED, *_CHANNELS)) for step in STEPS),
        ]


class Tool(Entry):
    kind = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = "ツール"
        constraints: ClassVar = [_one_of("a_kind_of_a_tool", "kind", TOOL_KINDS)]

    @property
    def kind_name(self) -> Text:
        return TOOL_KINDS[self.kind]


class ToolUse(models.Model):
    """A service's use of a tool: in one state at a time."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="uses")
    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="uses")
    state = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["tool__code", "service__code"]
        verbose_name = "ツールの利用"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "tool"], name="a_tool_is_used_in_one_state"),
            _one_of("a_state_of_a_use", "state", TOOL_STATES),
        ]

    def __str__(self) -> str:
        return f"{self.tool_id} {self.state} {self.service_id}"

    @property
    def state_name(self) -> Text:
        return TOOL_STATES[self.state]


class FormVersion(models.Model):
    """The form of a procedure from a day on. Never edited: a change of the form is a new version."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="forms")
    name = models.CharField(max_length=60)
    in_force_from = models.DateField()
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["procedure__code", "in_force_from"]
        verbose_name = "様式の版"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure", "in_force_from"], name="one_form_version_from_a_day"
            ),
            models.UniqueConstraint(fields=["procedure", "name"], name="one_form_version_of_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.name}"


class FormField(models.Model):
    """`item` is the label made alike, by which the same question is found in other forms."""

    form = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    label = models.CharField(max_length=500)
    required = models.BooleanField()
    attachment = models.BooleanField()
    item = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar = ["form_id", "position"]
        verbose_name = "入力項目"
        indexes: ClassVar = [models.Index(fields=["item"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "position"], name="one_field_at_a_position"),
            models.UniqueConstraint(fields=["form", "name"], name="one_field_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.label
