"""The accepting service: what it takes, what it takes only once, what it refuses, what can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from monosashi import errors
from monosashi.web.answer import codes, operations, queries
from monosashi.web.answer.models import Sitting, Submission
from monosashi.web.keep.models import AuditEvent
from monosashi.web.survey import operations as surveys
from monosashi.web.survey.models import QuestionnaireVersion, State
from web.surveys import CITY, REVIEW, open_wave

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef"
GOOD = {"overall": "5", "comment": " 早かった。\r\nよかった。 "}


@pytest.fixture
def wave():
    return open_wave(REVIEW)


def sent(wave, answers=GOOD, key: str = KEY, **more):
    return operations.submit(wave=wave, answers=answers, key=key, language="ja", **more)


def begun(wave) -> str:
    first = CITY.question("overall")
    return operations.start(wave=wave, given={"overall": "5"}, question=first, language="en")


def refused(kind: str, act, *arguments, **more) -> errors.Problem:
    with pytest.raises(errors.Problem) as raised:
        act(*arguments, **more)
    assert raised.value.kind.code == kind
    return raised.value


def test_what_fits_is_stored_as_it_was_typed_and_has_a_receipt(wave) -> None:
    receipt = sent(wave)
    stored = Submission.objects.get()
    assert receipt.is_new
    assert stored.answers == {"overall": "5", "comment": "早かった。\nよかった。"}
    assert stored.questionnaire_version_id == REVIEW.version
    assert codes.typed(codes.shown(receipt.code).lower()) == receipt.code
    assert KEY not in str(vars(stored))
    assert receipt.code not in str(vars(stored))


def test_the_same_key_with_the_same_answers_is_the_same_receipt(wave) -> None:
    first, again = sent(wave), sent(wave)
    assert (again.is_new, again.code) == (False, first.code)
    assert Submission.objects.count() == 1


def test_the_same_key_with_other_answers_is_refused(wave) -> None:
    sent(wave)
    refused("answer-conflict", sent, wave, {"overall": "1"})
    assert Submission.objects.get().answers["overall"] == "5"


def test_one_key_may_come_to_two_waves(wave) -> None:
    other = open_wave(CITY)
    assert sent(wave).is_new
    assert sent(other, {"overall": "5", "used": "none"}).is_new


@pytest.mark.parametrize("key", ["", "short", "x" * 201, "0123456789abcde\n"])
def test_a_key_cannot_be_left_out(wave, key: str) -> None:
    refused("answer-key", sent, wave, key=key)


def test_every_misfit_is_named_and_nothing_is_stored() -> None:
    wave = open_wave(CITY)
    problem = refused(
        "answer-misfit", sent, wave, {"overall": "9", "used": "tax none", "day": "2026-02-30"}, KEY
    )
    assert [finding.details["question"] for finding in problem.findings] == ["overall", "used", "day"]
    assert {finding.kind.code for finding in problem.findings} == {"answer-of-question"}
    assert "その中から" in problem.as_text("ja") or "選択肢の中から" in problem.as_text("ja")
    assert Submission.objects.count() == 0


def test_an_answer_to_a_question_of_another_questionnaire_is_refused(wave) -> None:
    assert "ward" in refused("answer-unknown", sent, wave, {**GOOD, "ward": "x"}, KEY).as_text("en")


def test_answers_to_questions_that_do_not_come_are_not_kept() -> None:
    sent(open_wave(CITY), {"overall": "3", "used": "none", "minutes": "12"})
    assert Submission.objects.get().answers == {"overall": "3", "used": "none"}


def test_an_unfinished_survey_is_found_again_by_its_code_and_submitted_once() -> None:
    wave = open_wave(CITY)
    code = operations.start(
        wave=wave, given={"overall": "5"}, question=CITY.question("overall"), language="en"
    )
    for name, answer in (("used", "else"), ("minutes", "１２")):
        given = {name: answer, "used_other": "水道"}
        saved = queries.sitting("city", code)
        operations.save_answer(sitting=saved, given=given, question=CITY.question(name), language="simple")
    sitting = queries.sitting("city", code)
    assert sitting.answers == {"overall": "5", "used": "else", "used_other": "水道", "minutes": "12"}
    assert sitting.language == "simple"
    receipt = operations.submit_sitting(sitting=sitting, code=code, language="simple")
    again = operations.submit_sitting(sitting=sitting, code=code, language="ja")
    assert (receipt.is_new, again.is_new, receipt.code == again.code) == (True, False, True)
    assert (Sitting.objects.count(), Submission.objects.count()) == (0, 1)
    assert Submission.objects.get().seconds == 0


def test_an_answer_that_does_not_fit_is_not_saved() -> None:
    wave = open_wave(CITY)
    begin = {"wave": wave, "question": CITY.question("overall"), "language": "ja"}
    refused("answer-misfit", operations.start, given={}, **begin)
    code = operations.start(given={"overall": "1"}, **begin)
    sitting = queries.sitting("city", code)
    change = {"sitting": sitting, "question": CITY.question("minutes"), "language": "ja"}
    assert "1から600" in refused(
        "answer-misfit", operations.save_answer, given={"minutes": "0"}, **change
    ).as_text("ja")
    assert queries.sitting("city", code).answers == {"overall": "1"}
    sitting.delete()
    refused("sitting-unknown", operations.save_answer, given={"minutes": "5"}, **change)


def test_unfinished_answers_expire() -> None:
    wave = open_wave(CITY)
    code = operations.start(
        wave=wave, given={"overall": "5"}, question=CITY.question("overall"), language="ja"
    )
    Sitting.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert queries.sitting("city", code) is None


def test_a_wave_takes_answers_only_while_it_is_open(wave) -> None:
    sent(wave)
    surveys.close_wave(wave=wave, by=None)
    refused("survey-closed", sent, wave, key="another key 0123456")
    assert not sent(wave).is_new  # the answer to somebody who did not hear it the first time
    refused("wave-state", surveys.open_wave, wave=wave, by=None)


def test_the_dates_of_a_wave_are_kept_by_the_server() -> None:
    now = timezone.now()
    early = open_wave(REVIEW, code="early", opens_at=now + timedelta(hours=1))
    late = open_wave(REVIEW, code="late", closes_at=now - timedelta(seconds=1))
    for wave in (early, late):
        refused("survey-closed", sent, wave)
    assert (early.is_over(at=now), late.is_over(at=now)) == (False, True)


def test_an_address_that_sends_too_many_posts_is_told_to_wait(wave, monkeypatch) -> None:
    monkeypatch.setenv("MONOSASHI_POSTS_A_MINUTE", "1")
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    assert sent(wave, address="192.0.2.1").is_new
    refused("posts-too-many", sent, wave, key="another key 0123456", address="192.0.2.1")
    assert not sent(wave, address="192.0.2.1").is_new  # what is stored already is never refused


def test_one_wave_of_a_survey_is_open_at_a_time(wave) -> None:
    second = surveys.add_wave(survey=wave.survey, code="w2", period="2026-Q4", questionnaire=REVIEW, by=None)
    refused("wave-another", surveys.open_wave, wave=second, by=None)
    second.refresh_from_db()
    assert second.state == State.DRAFT


def test_withdrawing_takes_the_answers_out_and_leaves_no_way_back(wave) -> None:
    receipt = sent(wave)
    operations.withdraw(code=f" {codes.shown(receipt.code).lower()} ")
    stored = Submission.objects.get()
    assert (stored.answers, stored.content) == ({}, "")
    refused("answer-withdrawn", sent, wave)
    refused("receipt-unknown", operations.withdraw, code="0000-0000-0000-0000")
    refused("receipt-unknown", operations.withdraw, code="")


def test_after_the_freeze_nothing_can_be_withdrawn(wave) -> None:
    receipt = sent(wave)
    closed = surveys.close_wave(wave=wave, by=None)
    surveys.freeze_wave(wave=closed, by=None)
    refused("withdrawal-late", operations.withdraw, code=receipt.code)
    assert Submission.objects.get().answers


def test_closing_seals_what_was_accepted(wave) -> None:
    sent(wave)
    before = AuditEvent.objects.count()
    sent(wave, key="another key 0123456")
    assert AuditEvent.objects.count() == before  # no event for each answer: the wave's events seal them all
    surveys.close_wave(wave=wave, by=None)
    said = AuditEvent.objects.get(action="wave.closed").details
    assert (said["submissions"], said["withdrawn"]) == (2, 0)
    assert said["digest"] == queries.seal(wave)["digest"]
    Submission.objects.filter(content=Submission.objects.first().content).update(content="0" * 64)
    assert said["digest"] != queries.seal(wave)["digest"]


def test_of_an_anonymous_survey_only_the_day_is_kept() -> None:
    wave = open_wave(CITY, is_anonymous=True)
    code = operations.start(
        wave=wave, given={"overall": "5"}, question=CITY.question("overall"), language="ja"
    )
    sitting, used = queries.sitting("city", code), CITY.question("used")
    sitting = operations.save_answer(sitting=sitting, given={"used": "none"}, question=used, language="ja")
    assert sitting.started_at is None
    operations.submit_sitting(sitting=sitting, code=code, language="ja")
    stored = Submission.objects.get()
    assert (stored.received_at, stored.seconds) == (None, None)
    assert stored.received_on == timezone.localdate()


def test_without_a_receipt_nothing_leads_back(wave) -> None:
    quiet = open_wave(REVIEW, code="quiet", asks_for_receipt=False)
    receipt = sent(quiet)
    assert Submission.objects.get().receipt == ""
    refused("receipt-unknown", operations.withdraw, code=receipt.code)
    refused("receipt-unknown", operations.withdraw, code="")


def test_a_version_of_a_questionnaire_never_changes(wave) -> None:
    assert QuestionnaireVersion.objects.get().questionnaire == REVIEW
    for act in (QuestionnaireVersion.objects.all().delete, lambda: _renamed("other")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    surveys.keep_questionnaire(questionnaire=REVIEW, by=None)
    assert QuestionnaireVersion.objects.count() == 1


def _renamed(name: str) -> int:
    return QuestionnaireVersion.objects.update(instrument=name)


@pytest.mark.parametrize("code", ["", "Upper", "two words", "-x", "x" * 41, "日本"])
def test_codes_stand_in_addresses_and_are_plain(code: str) -> None:
    refused("survey-code", open_wave, REVIEW.model_copy(update={"id": code}))


def test_a_survey_has_a_code_of_its_own(wave) -> None:
    refused("survey-code", open_wave, REVIEW)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7K3M-Q9TD-0WBX-42ZN", "7K3MQ9TD0WBX42ZN"),
        ("７ｋ３ｍ　ｑ９ｔｄ　ｏｗｂｘ　４２ｚｎ", "7K3MQ9TD0WBX42ZN"),
        ("lk3mq9tdowbx42zn", "1K3MQ9TD0WBX42ZN"),
        ("7K3M-Q9TD-0WBX-42Z", ""),
        ("7K3M-Q9TD-0WBX-42ZU", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str, code: str) -> None:
    assert codes.typed(typed) == code


def test_codes_are_told_apart() -> None:
    assert len({codes.fresh() for _ in range(1000)}) == 1000
    assert codes.receipt(1, KEY) != codes.receipt(2, KEY)
