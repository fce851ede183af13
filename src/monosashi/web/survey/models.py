"""Rows of surveys: the versions of questionnaires, surveys and their waves."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from monosashi.define.questionnaire.form import Questionnaire
from monosashi.define.text import Text

# Versions never change, so each is read from its JSON once in the life of a process.
_KNOWN: dict[str, Questionnaire] = {}


class QuestionnaireVersion(models.Model):
    """A questionnaire as it was asked, under the version that its content gives it. It never changes."""

    version = models.CharField(max_length=12, primary_key=True)
    instrument = models.SlugField(max_length=60)
    content = models.JSONField()
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["instrument", "-added_at"]
        verbose_name = "調査票の版"

    def __str__(self) -> str:
        return f"{self.instrument} {self.version}"

    @property
    def questionnaire(self) -> Questionnaire:
        known = _KNOWN.get(self.version)
        return known or _KNOWN.setdefault(self.version, Questionnaire.model_validate(self.content))


class Basis(models.TextChoices):
    """How people come into a survey, and with it what may be said about everybody from their answers."""

    PROBABILITY = "probability"
    QUOTA_PANEL = "quota_panel"
    CENSUS = "census"
    OPT_IN = "opt_in"


class Access(models.TextChoices):
    """Who may answer: anybody, or whoever holds a token that opens the survey once."""

    OPEN = "open"
    TOKEN = "token"  # noqa: S105


class Survey(models.Model):
    """A set of questions put to defined people, again and again, in waves.

    Of an anonymous survey neither the time of an answer nor how long it took is kept, only the day.
    """

    code = models.SlugField(max_length=60, unique=True)
    instrument = models.SlugField(max_length=60)
    title_ja = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    population = models.CharField(max_length=60, blank=True)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.OPEN)
    is_anonymous = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = "調査"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(basis__in=[one.value for one in Basis]), name="a_basis_of_a_survey"
            ),
            models.CheckConstraint(
                condition=models.Q(access__in=[one.value for one in Access]), name="an_access_of_a_survey"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Text:
        return Text(ja=self.title_ja, en=self.title_en)


class State(models.TextChoices):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    FROZEN = "frozen"


STATES = {
    State.DRAFT: Text(ja="準備中", en="being prepared"),
    State.OPEN: Text(ja="受付中", en="open"),
    State.CLOSED: Text(ja="締め切り", en="closed"),
    State.FROZEN: Text(ja="確定", en="frozen"),
}


class Wave(models.Model):
    """One fielding of a survey: one version of its questionnaire, from a day to a day.

    Answers are accepted while it is open and within its times. Once it is frozen, nothing about them changes.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    code = models.SlugField(max_length=40)
    period = models.CharField(max_length=20)
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="waves"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    asks_for_receipt = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["survey__code", "-id"]
        verbose_name = "調査の回"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "code"], name="a_wave_of_a_survey"),
            models.UniqueConstraint(
                fields=["survey"], condition=models.Q(state="open"), name="one_open_wave_of_a_survey"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in State]), name="a_state_of_a_wave"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.code}"

    @property
    def questionnaire(self) -> Questionnaire:
        return self.questionnaire_version.questionnaire

    @property
    def state_name(self) -> Text:
        return STATES[State(self.state)]

    def accepts(self, *, at: datetime) -> bool:
        """Whether an answer that arrives at this moment is taken."""
        begun = self.opens_at is None or self.opens_at <= at
        return self.state == State.OPEN and begun and not self.is_over(at=at)

    def is_over(self, *, at: datetime) -> bool:
        ended = self.closes_at is not None and self.closes_at <= at
        return self.state in (State.CLOSED, State.FROZEN) or (self.state == State.OPEN and ended)
