"""What changes surveys and waves: one transaction and one audit event each."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from monosashi import errors
from monosashi.define.questionnaire.form import Questionnaire
from monosashi.define.text import Text
from monosashi.web.accounts.models import Account
from monosashi.web.answer.queries import seal
from monosashi.web.keep import audit
from monosashi.web.survey.models import Access, Basis, QuestionnaireVersion, State, Survey, Wave
from monosashi.web.survey.queries import forget

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TURN = 0x776176  # first half of a lock's number: of the waves, as the second half is which


@transaction.atomic
def keep_questionnaire(*, questionnaire: Questionnaire, by: Account | None) -> QuestionnaireVersion:
    """The version that this content has; kept once, however often it is handed in."""
    content = questionnaire.model_dump(mode="json")
    values = {"instrument": questionnaire.id, "content": content, "added_at": timezone.now()}
    kept, is_new = QuestionnaireVersion.objects.get_or_create(version=questionnaire.version, defaults=values)
    if is_new:
        audit.record("questionnaire.kept", target=kept, by=by, instrument=kept.instrument)
    return kept


@transaction.atomic
def add_survey(
    *,
    code: str,
    title: Text,
    instrument: str,
    basis: Basis,
    population: str = "",
    access: Access = Access.OPEN,
    is_anonymous: bool = False,
    by: Account | None,
) -> Survey:
    """A new survey. Raises `survey-code` where the code cannot be used or is taken."""
    _check_code(code, taken=Survey.objects.filter(code=code).exists())
    made = Survey.objects.create(
        code=code,
        title_ja=title.ja,
        title_en=title.en,
        instrument=instrument,
        basis=basis,
        population=population,
        access=access,
        is_anonymous=is_anonymous,
    )
    audit.record("survey.added", target=made, by=by, code=code, instrument=instrument, basis=str(basis))
    return made


@transaction.atomic
def add_wave(
    *,
    survey: Survey,
    code: str,
    period: str,
    questionnaire: Questionnaire,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    asks_for_receipt: bool = True,
    by: Account | None,
) -> Wave:
    """A wave in preparation; it takes no answers until it is opened."""
    _check_code(code, taken=survey.waves.filter(code=code).exists())
    version = keep_questionnaire(questionnaire=questionnaire, by=by)
    made = Wave.objects.create(
        survey=survey,
        code=code,
        period=period,
        questionnaire_version=version,
        opens_at=opens_at,
        closes_at=closes_at,
        asks_for_receipt=asks_for_receipt,
    )
    audit.record("wave.added", target=made, by=by, survey=survey.code, code=code, version=version.version)
    return made


@transaction.atomic
def begin_wave(
    *,
    survey: str,
    basis: Basis,
    code: str,
    period: str,
    questionnaire: Questionnaire,
    opens_at: datetime | None,
    closes_at: datetime | None,
    by: Account,
) -> Wave:
    """A wave of the survey of this code, which is made where it is not there. Raises `survey-code`."""
    found = Survey.objects.filter(code=survey).first()
    if found is not None and found.instrument != questionnaire.id:
        raise errors.SURVEY_CODE(code=survey)
    found = found or add_survey(
        code=survey, title=questionnaire.title, instrument=questionnaire.id, basis=basis, by=by
    )
    return add_wave(
        survey=found,
        code=code,
        period=period,
        questionnaire=questionnaire,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
    )


@transaction.atomic
def open_wave(*, wave: Wave, by: Account | None) -> Wave:
    """From now (or from its day on) it takes answers. One wave of a survey is open at a time."""
    held = _held(wave, State.DRAFT)
    try:
        with transaction.atomic():
            _advance(held, State.OPEN, "opened_at")
    except IntegrityError:
        raise errors.WAVE_ANOTHER(survey=held.survey.code) from None
    audit.record("wave.opened", target=held, by=by)
    return held


@transaction.atomic
def close_wave(*, wave: Wave, by: Account | None) -> Wave:
    """No answer comes in any more. The event holds how many there are and a digest of them all."""
    held = _held(wave, State.OPEN)
    _advance(held, State.CLOSED, "closed_at")
    audit.record("wave.closed", target=held, by=by, **seal(held))
    return held


@transaction.atomic
def freeze_wave(*, wave: Wave, by: Account | None) -> Wave:
    """Nothing about its answers changes any more: they can no longer be withdrawn."""
    held = _held(wave, State.CLOSED)
    _advance(held, State.FROZEN, "frozen_at")
    audit.record("wave.frozen", target=held, by=by, **seal(held))
    return held


def lock(wave_id: int, *, shared: bool) -> None:
    """Accepting shares it, closing has it alone: no answer is accepted while a wave is being sealed.

    SQLite has one writer at a time anyway (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            kind = "_shared" if shared else ""
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [_TURN, wave_id])


def _held(wave: Wave, state: State) -> Wave:
    lock(wave.pk, shared=False)
    held = Wave.objects.select_for_update(of=("self",)).select_related("survey").get(pk=wave.pk)
    if held.state != state:
        raise errors.WAVE_STATE(wave=str(held), state_ja=held.state_name.ja, state_en=held.state_name.en)
    return held


def _advance(wave: Wave, state: State, moment: str) -> None:
    wave.state = state
    setattr(wave, moment, timezone.now())
    wave.save(update_fields=["state", moment])
    forget(wave)


def _check_code(code: str, *, taken: bool) -> None:
    if taken or len(code) > 40 or not _CODE.fullmatch(code):
        raise errors.SURVEY_CODE(code=code)
