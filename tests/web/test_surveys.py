"""Officials run surveys: a wave of a questionnaire is made, opened, filled, closed, frozen."""

from __future__ import annotations

import html

import pytest

from monosashi.web.answer.models import Mode, Submission
from monosashi.web.keep.models import AuditEvent
from monosashi.web.survey.models import State, Survey, Wave
from web.surveys import CITY, open_wave

NEW = {
    "questionnaire": "review",
    "survey": "review",
    "code": "fy2026",
    "period": "FY2026",
    "basis": "opt_in",
    "opens_on": "2026-04-01",
    "closes_on": "2099-03-31",
}


@pytest.fixture
def analyst(people):
    return people.client("water/analyst")


def read(answer) -> str:
    return html.unescape(answer.content.decode())


def test_from_the_guideline_to_a_frozen_wave(analyst, people) -> None:
    made = analyst.post("/manage/surveys/new/", NEW)
    wave = Wave.objects.get()
    assert made.url == f"/manage/surveys/{wave.pk}/"
    assert (wave.state, Survey.objects.get().basis) == (State.DRAFT, "opt_in")
    assert wave.opens_at.isoformat() == "2026-03-31T15:00:00+00:00"  # midnight in Japan
    assert wave.closes_at.isoformat() == "2099-03-31T15:00:00+00:00"  # the end of the last day
    assert "まだありません" not in read(analyst.get("/manage/surveys/"))
    for step, state in (("open", "受付中"), ("close", "締め切り"), ("freeze", "確定")):
        answer = analyst.post(f"/manage/surveys/{wave.pk}/{step}/", follow=True)
        assert f"<strong>{state}</strong>" in read(answer)
    again = analyst.post(f"/manage/surveys/{wave.pk}/open/", follow=True)
    assert "準備中、受付中、締め切り、確定の順に進みます" in read(again)
    assert [event.action for event in AuditEvent.objects.filter(action__startswith="wave.")] == [
        "wave.frozen",
        "wave.closed",
        "wave.opened",
        "wave.added",
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"code": "FY 2026"}, {"survey": "レビュー"}, {"questionnaire": "none"}, {"opens_on": "2026-02-30"}],
)
def test_a_wave_that_cannot_be_made_says_why_and_keeps_the_form(analyst, wrong) -> None:
    answer = analyst.post("/manage/surveys/new/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert "<title>エラー：" in read(answer)
    assert "2099-03-31" in read(answer)
    assert not Wave.objects.exists()


def test_a_survey_asks_one_instrument(analyst) -> None:
    open_wave(CITY, code="review")
    assert analyst.post("/manage/surveys/new/", NEW).status_code == 422


def test_a_paper_form_is_entered_once_and_corrected_on_purpose(analyst) -> None:
    wave = open_wave(CITY)
    address = f"/manage/surveys/{wave.pk}/paper/"
    form = {
        "serial": "0012",
        "overall": "3",
        "used": ["tax", "else"],
        "used_other": "水道",
        "minutes": "１５",
    }
    stored = analyst.post(address, form, follow=True)
    assert "0012 を保存しました。" in read(stored)
    row = Submission.objects.get()
    assert (row.mode, row.answers["used"], row.answers["minutes"]) == (Mode.PAPER, "tax else", "15")
    assert "同じ内容ですでに入っています" in read(analyst.post(address, form, follow=True))
    other = analyst.post(address, {**form, "overall": "1"})
    assert other.status_code == 409
    assert "この整理番号には、ちがう答えが入っています" in read(other)
    assert 'value="1" checked' in read(other)
    assert Submission.objects.get().answers["overall"] == "3"
    analyst.post(address, {**form, "overall": "1", "correct": "1"})
    assert Submission.objects.get().answers["overall"] == "1"
    assert AuditEvent.objects.filter(action__startswith="paper.").count() == 2


@pytest.mark.parametrize("wrong", [{"serial": ""}, {"serial": "x" * 13}, {"minutes": "x"}, {"overall": ""}])
def test_a_paper_form_that_does_not_fit_is_shown_again(analyst, wrong) -> None:
    wave = open_wave(CITY)
    form = {"serial": "1", "overall": "3", "used": "tax", "minutes": "5", **wrong}
    answer = analyst.post(f"/manage/surveys/{wave.pk}/paper/", form)
    assert answer.status_code == 422
    assert "<title>エラー：" in read(answer)
    assert not Submission.objects.exists()


def test_paper_cannot_be_entered_into_a_closed_wave(analyst) -> None:
    from monosashi.web.survey import operations

    wave = open_wave(CITY)
    operations.close_wave(wave=wave, by=None)
    form = {"serial": "1", "overall": "3", "used": "none"}
    for more in ({}, {"correct": "1"}):
        answer = analyst.post(f"/manage/surveys/{wave.pk}/paper/", {**form, **more})
        assert answer.status_code == 409
        assert "答えを受け付けていません" in read(answer)
