"""Answers come in here, whichever door they came through: begun, saved, submitted, withdrawn.

`submit` is the one accepting service: it validates, de-duplicates, commits, and only then answers. Accepted
answers have no audit event each; a wave's events of closing and freezing seal them all (docs/adr/0025).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from monosashi import errors
from monosashi.define.questionnaire.form import Question, Questionnaire
from monosashi.gather.answers.course import Answers, kept
from monosashi.gather.answers.fitting import Misfit, misfits, misfits_of, tidy
from monosashi.web.accounts.models import Account
from monosashi.web.answer import codes, limits
from monosashi.web.answer.models import Mode, Sitting, Submission
from monosashi.web.answer.storing import Outcome, accepts, store
from monosashi.web.keep import audit
from monosashi.web.survey.models import State, Wave
from monosashi.web.survey.operations import lock

LASTS = timedelta(days=30)  # of unfinished answers
_SHORTEST_KEY, _LONGEST_KEY = 16, 200


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: the code to withdraw with, and whether this was stored now or before."""

    submission: Submission
    code: str
    is_new: bool


@transaction.atomic
def start(
    *, wave: Wave, given: Answers, question: Question, language: str, service: str = "", address: str = ""
) -> str:
    """The first answer of somebody: kept from here on. Gives the code that leads back to it."""
    limits.require("" if wave.survey.is_anonymous else address)
    _require_open(wave)
    code, now = codes.fresh(), timezone.now()
    Sitting.objects.create(
        wave=wave,
        code_digest=codes.digest("sitting", code),
        answers=_with_answer({}, question, given),
        language=language,
        service=service,
        started_at=None if wave.survey.is_anonymous else now,
        expires_at=now + LASTS,
    )
    return code


@transaction.atomic
def save_answer(
    *, sitting: Sitting, given: Answers, question: Question, language: str, address: str = ""
) -> Sitting:
    """One more answer, or another one to the same question. Raises `answer-misfit`, `sitting-unknown`."""
    limits.require("" if sitting.wave.survey.is_anonymous else address)
    _require_open(sitting.wave)
    held = Sitting.objects.select_for_update().filter(pk=sitting.pk).first()
    if held is None:
        raise errors.SITTING_UNKNOWN()
    held.answers, held.language = _with_answer(held.answers, question, given), language
    held.save(update_fields=["answers", "language"])
    return held


def submit(
    *,
    wave: Wave,
    answers: Answers,
    key: str,
    language: str,
    mode: Mode = Mode.WEB,
    service: str = "",
    organization: str = "",
    sitting: Sitting | None = None,
    seconds: int | None = None,
    flags: Iterable[str] = (),
    address: str = "",
) -> Receipt:
    """Accepts one person's answers; when it returns, they are on disk.

    The same key with the same answers gives the same receipt again. Raises `answer-key`, `answer-unknown`,
    `answer-misfit`, `answer-conflict`, `answer-withdrawn`, `posts-too-many` or `survey-closed`; then nothing
    was stored.
    """
    _check_key(key)
    counted = fitting(wave.questionnaire, answers)
    row = _row(wave, counted, key, service)
    row.mode, row.language, row.organization = mode, language, organization
    row.flags = sorted(set(flags))
    if not wave.survey.is_anonymous:
        row.received_at, row.seconds = timezone.now(), seconds
    outcome = store(row, sitting=sitting, address="" if wave.survey.is_anonymous else address)
    if outcome is Outcome.STORED:
        return Receipt(row, codes.receipt(wave.pk, key), is_new=True)
    return _accepted_before(row, key, outcome)


def submit_sitting(*, sitting: Sitting, code: str, language: str, address: str = "") -> Receipt:
    """What somebody filled in page by page. Its code is its key: sent twice, it is stored once."""
    took = None if sitting.started_at is None else timezone.now() - sitting.started_at
    return submit(
        wave=sitting.wave,
        answers=sitting.answers,
        key=code,
        language=language,
        mode=Mode(sitting.mode),
        service=sitting.service,
        sitting=sitting,
        seconds=None if took is None else int(took.total_seconds()),
        address=address,
    )


def enter_paper(*, wave: Wave, answers: Answers, serial: str, language: str, by: Account) -> Receipt:
    """One paper form, told from others by the number written on it: entered twice, it is stored once.

    Raises `answer-conflict` where the number holds other answers: one of the two was misread.
    """
    receipt = submit(
        wave=wave, answers=answers, key=_paper_key(wave, serial), language=language, mode=Mode.PAPER
    )
    if receipt.is_new:
        audit.record("paper.entered", target=wave, by=by, serial=serial)
    return receipt


@transaction.atomic
def correct_paper(*, wave: Wave, answers: Answers, serial: str, by: Account) -> None:
    """Another reading of a form replaces the first one, on purpose; only while the wave is open."""
    _require_open(wave)
    row = _row(wave, fitting(wave.questionnaire, answers), _paper_key(wave, serial), "")
    held = Submission.objects.select_for_update().filter(wave=wave, key=row.key).first()
    if held is None or held.mode != Mode.PAPER:
        raise errors.RECEIPT_UNKNOWN()
    held.answers, held.content = row.answers, row.content
    held.save(update_fields=["answers", "content"])
    audit.record("paper.corrected", target=wave, by=by, serial=serial)


@transaction.atomic
def withdraw(*, code: str, address: str = "") -> Wave:
    """Takes answers out for good: the row stays, so that its key is not used again, but says nothing.

    Raises `receipt-unknown`, and `withdrawal-late` once the wave is frozen.
    """
    limits.require(address)
    receipt = codes.digest("withdrawal", codes.typed(code))
    rows = Submission.objects.select_related("wave__survey").select_for_update(of=("self",))
    held = rows.filter(receipt=receipt).first()
    if held is None:
        raise errors.RECEIPT_UNKNOWN()
    lock(held.wave_id, shared=True)
    if held.withdrawn_at is not None:
        return held.wave
    if Wave.objects.values_list("state", flat=True).get(pk=held.wave_id) == State.FROZEN:
        raise errors.WITHDRAWAL_LATE()
    held.answers, held.content, held.flags, held.seconds = {}, "", [], None
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["answers", "content", "flags", "seconds", "withdrawn_at"])
    audit.record("answers.withdrawn", target=held.wave, by=None)
    return held.wave


def fitting(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """The answers that count, tidied. Raises `answer-unknown`, or `answer-misfit` with each that does not."""
    today = timezone.localdate().isoformat()
    clean = tidied(questionnaire, answers)
    if found := misfits(questionnaire, clean, today=today):
        raise errors.ANSWER_MISFIT(findings=[_finding(one) for one in found], count=len(found))
    return kept(questionnaire, clean, today=today)


def tidied(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Every answer as it is kept. An answer to a question that is not asked here is refused."""
    known = {question.id: question for question in questionnaire.questions if question.is_asked}
    others = {question.other_id for question in known.values() if question.other}
    if strangers := sorted(set(answers) - set(known) - others):
        raise errors.ANSWER_UNKNOWN(names=", ".join(strangers)[:200])
    return {
        name: tidy(known[name], answer) if name in known else answer.replace("\r\n", "\n").strip()
        for name, answer in answers.items()
    }


def _with_answer(answers: Answers, question: Question, given: Answers) -> dict[str, str]:
    """`answers` with that to one question replaced; "" is a question that was passed over."""
    own = {question.id: tidy(question, given.get(question.id, ""))}
    if question.other and given.get(question.other_id, "").strip():
        own[question.other_id] = given[question.other_id].replace("\r\n", "\n").strip()
    rest = {name: answer for name, answer in answers.items() if name != question.other_id}
    merged = {**rest, **own}
    if found := list(misfits_of(question, merged, today=timezone.localdate().isoformat())):
        raise errors.ANSWER_MISFIT(findings=[_finding(one) for one in found], count=len(found))
    return merged


def _finding(misfit: Misfit) -> errors.Finding:
    text = misfit.text
    return errors.ANSWER_OF_QUESTION.found(question=misfit.question, ja=text.ja, en=text.en)


def _check_key(key: str) -> None:
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY or not key.isprintable():
        raise errors.ANSWER_KEY()


def _require_open(wave: Wave) -> None:
    if not accepts(wave):
        raise errors.SURVEY_CLOSED()


def _paper_key(wave: Wave, serial: str) -> str:
    return f"paper {wave.survey.code} {wave.code} {serial:>12}"


def _row(wave: Wave, answers: Mapping[str, str], key: str, service: str) -> Submission:
    said = json.dumps([wave.questionnaire_version_id, service, answers], ensure_ascii=False, sort_keys=True)
    code = codes.receipt(wave.pk, key) if wave.asks_for_receipt else ""
    return Submission(
        wave=wave,
        questionnaire_version_id=wave.questionnaire_version_id,
        answers=answers,
        service=service,
        key=codes.digest("key", key),
        content=codes.digest("content", said),
        receipt=codes.digest("withdrawal", code) if code else "",
        received_on=timezone.localdate(),
    )


def _accepted_before(row: Submission, key: str, outcome: Outcome) -> Receipt:
    """What a key that is taken gets; also after the wave has closed, for those who were not answered."""
    before = Submission.objects.filter(wave=row.wave, key=row.key).first()
    if before is None:
        raise errors.POSTS_TOO_MANY() if outcome is Outcome.REFUSED else errors.SURVEY_CLOSED()
    if before.withdrawn_at is not None:
        raise errors.ANSWER_WITHDRAWN()
    if before.content != row.content:
        raise errors.ANSWER_CONFLICT()
    return Receipt(before, codes.receipt(row.wave_id, key), is_new=False)
