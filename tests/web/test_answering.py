"""Answering through the pages, as somebody without script and without cookies."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from monosashi.web.answer.models import Arrivals, Sitting, Submission
from monosashi.web.survey import operations as surveys
from web.surveys import CITY, REVIEW, add_service, open_wave

pytestmark = pytest.mark.django_db
START, FIRST = "/s/city/", "/s/city/q/"


@pytest.fixture
def wave(home):
    return open_wave(CITY)


@pytest.fixture
def service(home):
    add_service()
    return open_wave(REVIEW)


@pytest.fixture
def person() -> Client:
    return Client(enforce_csrf_checks=True)


def read(answer) -> str:
    return html.unescape(answer.content.decode())


def title(answer) -> str:
    return re.search(r"<title>(.*?)</title>", read(answer)).group(1)


def code_on(answer) -> str:
    return re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", read(answer)).group()


def key_on(answer) -> str:
    return re.search(r'name="key" value="([^"]+)"', read(answer)).group(1)


def walk(person: Client, **answers: str | list[str]) -> str:
    """Answers page by page up to the check page; gives the address of the sitting."""
    address = FIRST
    for _ in answers:
        name = "overall" if address == FIRST else address.rstrip("/").rpartition("/")[2]
        moved = person.post(address, {name: answers[name], "next": "1"}, follow=True)
        assert moved.status_code == 200, (name, read(moved))
        address = moved.request["PATH_INFO"]
    assert address.endswith("/check/")
    return address.removesuffix("check/")


def test_a_whole_survey_without_script_and_without_cookies(wave, person) -> None:
    first = person.get(START)
    assert "5分で終わります" in read(first)
    sitting = walk(person, overall="3", used="tax", minutes="１２", recommend="10", day="", comment="早い")
    shown = read(person.get(f"{sitting}check/"))
    assert "10 ぜひすすめる" in shown
    assert "答えていません" in shown  # the day
    sent = person.post(f"{sitting}check/", {"send": "1"})
    assert sent.status_code == 201
    stored = Submission.objects.get()
    expected = {"overall": "3", "used": "tax", "minutes": "12", "recommend": "10", "comment": "早い"}
    assert stored.answers == expected
    assert not person.cookies
    again = person.post(f"{sitting}check/", {"send": "1"})
    assert (again.status_code, code_on(again)) == (200, code_on(sent))
    assert person.get(sitting).status_code == 200
    late = person.post(f"{sitting}q/overall/", {"overall": "1", "next": "1"})
    assert late.status_code == 409
    assert "今回の変更は保存していません" in read(late)
    assert Submission.objects.count() == 1


def test_each_page_says_where_it_stands_and_preselects_nothing(wave, person) -> None:
    page = person.get(FIRST)
    assert "1 / 4" in read(page)  # without procedures the group does not come
    assert " checked" not in read(page)
    assert read(page).count("<h1>") == 1
    assert "聞く理由: サービスを直す順番を決めるため" in read(page)


def test_an_empty_page_is_shown_again_with_the_same_words_at_the_top_and_at_the_field(wave, person) -> None:
    page = person.post(FIRST, {"next": "1"})
    assert page.status_code == 422
    assert title(page).startswith("エラー：")
    assert read(page).count("この質問への答えを選ぶか、書いてください。") == 2
    assert 'href="#q-overall-1"' in read(page)
    assert not Sitting.objects.exists()


def test_a_wrong_answer_stays_on_the_page(wave, person) -> None:
    sitting = walk(person, overall="3", used="tax", minutes="12", recommend="", day="", comment="")
    page = person.post(f"{sitting}q/minutes/", {"minutes": "<b>900</b>", "next": "1"})
    assert page.status_code == 422
    assert 'value="&lt;b&gt;900&lt;/b&gt;"' in page.content.decode()
    assert Sitting.objects.get().answers["minutes"] == "12"


def test_going_back_keeps_what_was_saved(wave, person) -> None:
    sitting = walk(person, overall="3", used="tax", minutes="12", recommend="", day="", comment="")
    page = read(person.get(f"{sitting}q/minutes/"))
    assert 'value="12"' in page
    assert f'href="{sitting}q/used/"' in page
    assert 'value="tax" checked' in read(person.get(f"{sitting}q/used/"))


def test_a_change_leads_back_to_the_check_page_by_way_of_what_is_new(wave, person) -> None:
    sitting = walk(person, overall="3", used="none", day="", comment="")
    page = person.get(f"{sitting}q/used/?change=1")
    assert 'name="change"' in read(page)
    moved = person.post(f"{sitting}q/used/", {"used": "tax", "change": "1", "next": "1"})
    moved = person.get(moved.url, follow=True)
    assert moved.request["PATH_INFO"] == f"{sitting}q/minutes/"
    assert "ここからは手続の話です。" in read(moved)
    moved = person.post(f"{sitting}q/overall/", {"overall": "5", "change": "1", "next": "1"}, follow=True)
    assert moved.request["PATH_INFO"] == f"{sitting}q/minutes/"  # still open


def test_a_page_that_no_longer_comes_leads_on(wave, person) -> None:
    sitting = walk(person, overall="3", used="none", day="", comment="")
    assert person.get(f"{sitting}q/minutes/").url == sitting


def test_the_check_page_comes_only_once_everything_was_seen(wave, person) -> None:
    page = person.post(FIRST, {"overall": "3", "next": "1"})
    assert person.get(f"{page.url}check/").url == f"{page.url}q/used/"
    assert person.post(f"{page.url}check/", {"send": "1"}).status_code == 302
    assert not Submission.objects.exists()


def test_going_on_by_the_code_of_the_page(wave, person) -> None:
    moved = person.post(FIRST, {"overall": "3", "next": "1"}, follow=True)
    code = code_on(moved)
    found = Client().post(
        "/s/city/resume/", {"code": code.lower().replace("-", " "), "next": "1"}, follow=True
    )
    assert found.request["PATH_INFO"].endswith("/q/used/")
    for typed in ("", "0000-0000-0000-0000", "x" * 500):
        wrong = person.post("/s/city/resume/", {"code": typed, "next": "1"})
        assert wrong.status_code == 422
        assert "見つかりません" in read(wrong)
    assert person.get("/s/city/a/0000000000000000/q/used/").status_code == 404


def test_another_language_keeps_what_was_typed_and_says_so_in_lang(wave, person) -> None:
    page = person.post("/en/s/city/q/", {"overall": "5", "only": "show"})
    assert page.status_code == 200
    assert 'value="5" checked' in read(page)
    assert '<html lang="en">' in read(page)
    assert not Sitting.objects.exists()
    moved = person.post("/simple/s/city/q/", {"overall": "5", "next": "1"})
    assert moved.url.startswith("/simple/s/city/a/")
    sitting = moved.url
    page = read(person.get(f"{sitting}q/overall/"))
    assert '<html lang="ja">' in page
    assert "<ruby>全体<rp>（</rp><rt>ぜんたい</rt><rp>）</rp></ruby>" in page
    assert "（ぜんたい）" not in re.search("<title>.*?</title>", page).group()
    assert f'formaction="{sitting.removeprefix("/simple")}q/overall/"' in page
    assert Sitting.objects.get().language == "simple"


def test_easy_japanese_is_where_people_answer_and_nowhere_else(wave, person) -> None:
    assert person.get("/simple/s/city/").headers["Content-Language"] == "ja"
    for path in ("/simple/", "/simple/method/", "/simple/manage/"):
        assert person.get(path).status_code == 404


@pytest.mark.parametrize("path", [START, FIRST, "/s/city/a/0000000000000000/", "/s/city/print/"])
def test_a_survey_that_is_not_open_yet_does_not_exist(home, person, path: str) -> None:
    assert person.get(path).status_code == 404


def test_a_closed_survey_says_so_kindly(wave, person) -> None:
    sitting = person.post(FIRST, {"overall": "3", "next": "1"}).url
    surveys.close_wave(wave=wave, by=None)
    for answer in (
        person.get(START),
        person.post(FIRST, {"overall": "3", "next": "1"}),
        person.get(sitting),
        person.post(f"{sitting}check/", {"send": "1"}),
    ):
        assert answer.status_code == 410
        assert "受付は終わりました" in read(answer)


def test_the_paper_form_holds_every_question_and_the_address_as_a_code(wave, person) -> None:
    page = read(person.get("/s/city/print/"))
    for question in CITY.questions:
        assert question.label.ja in page
    assert "<svg" in page
    assert "http://testserver/s/city/" in page
    assert "問2の答えによっては、飛ばしてください。" in page


def test_a_review_is_one_page_and_one_send(service, person) -> None:
    page = person.get("/r/tax-1/")
    assert "税の申告" in title(page)
    sent = person.post("/r/tax-1/", {"overall": "5", "done": "yes", "key": key_on(page), "send": "1"})
    assert sent.status_code == 201
    stored = Submission.objects.get()
    assert (stored.service, stored.organization, stored.answers) == (
        "tax-1",
        "tax",
        {"overall": "5", "done": "yes"},
    )
    assert stored.flags == []
    assert stored.seconds is not None
    assert "毎月、担当の職員が読みます。" in read(sent)
    again = {"overall": "5", "done": "yes", "key": key_on(sent), "send": "1"}
    repeated = person.post("/en/r/tax-1/", again)  # the language of the receipt
    assert (repeated.status_code, code_on(repeated)) == (200, code_on(sent))
    assert "We have received your answers" in read(repeated)
    other = person.post("/r/tax-1/", {**again, "overall": "1"})
    assert other.status_code == 409
    assert 'value="1" checked' in read(other)
    assert key_on(other) != key_on(page)
    assert Submission.objects.count() == 1


def test_a_review_without_its_first_answer_is_shown_again(service, person) -> None:
    key = key_on(person.get("/r/tax-1/"))
    page = person.post("/r/tax-1/", {"comment": "遅い", "key": key, "send": "1"})
    assert page.status_code == 422
    assert "遅い" in read(page)
    assert key_on(page) == key
    assert title(page).startswith("エラー：")


def test_what_a_program_filled_in_is_stored_and_flagged(service, person) -> None:
    page = person.get("/r/tax-1/")
    filled = {"overall": "5", "homepage": "https://example.org", "key": key_on(page), "send": "1"}
    assert person.post("/r/tax-1/", filled).status_code == 201
    assert Submission.objects.get().flags == ["hidden_field"]


@pytest.mark.parametrize("key", ["", "short", "x" * 300])
def test_a_review_without_a_key_is_not_stored(service, person, key: str) -> None:
    refused = person.post("/r/tax-1/", {"overall": "5", "key": key, "send": "1"})
    assert refused.status_code == 422
    assert not Submission.objects.exists()


def test_a_service_that_is_not_in_the_register_cannot_be_reviewed(service, person) -> None:
    assert person.get("/r/none/").status_code == 404


def test_answers_are_withdrawn_by_the_code_of_the_receipt(service, person) -> None:
    form = {"overall": "5", "key": "0123456789abcdef", "send": "1"}
    code = code_on(person.post("/r/tax-1/", form))
    wrong = person.post("/withdraw/", {"code": "0000-0000-0000-0000", "send": "1"})
    assert wrong.status_code == 422
    assert read(wrong).count("この番号の答えは見つかりません") == 2
    done = person.post("/en/withdraw/", {"code": code, "send": "1"})
    assert (done.status_code, "Your answers are erased" in read(done)) == (200, True)
    assert Submission.objects.get().answers == {}
    assert person.post("/r/tax-1/", form).status_code == 410


def test_what_people_type_is_shown_as_text_everywhere(wave, person) -> None:
    typed = "<script>alert(1)</script>漢字（かんじ）"
    sitting = walk(person, overall="3", used="else", minutes="", recommend="", day="", comment=typed)
    for language in ("", "/en", "/simple"):
        page = person.get(f"{language}{sitting}check/").content.decode()
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;漢字（かんじ）" in page


def test_one_address_may_send_so_many_posts_a_minute_and_loses_nothing(service, person, monkeypatch) -> None:
    monkeypatch.setenv("MONOSASHI_POSTS_A_MINUTE", "3")
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)  # the whole test lies in one minute
    forms = [
        {"overall": "5", "comment": "早い", "key": f"0123456789abcdef{n}", "send": "1"} for n in range(4)
    ]
    assert [person.post("/r/tax-1/", form).status_code for form in forms] == [201, 201, 201, 429]
    refused = person.post("/r/tax-1/", forms[3])
    assert refused.headers["Retry-After"] == "60"
    assert 'name="comment" value="早い"' in read(refused)
    assert person.post("/r/tax-1/", forms[0]).status_code == 200  # stored before: the same receipt
    assert person.post("/withdraw/", {"code": "x", "send": "1"}).status_code == 429
    assert person.post("/r/tax-1/", forms[3], REMOTE_ADDR="192.0.2.1").status_code == 201
    assert not Arrivals.objects.filter(address__contains="192.0.2.1").exists()


def test_a_survey_counts_its_posts_too_unless_it_is_anonymous(wave, person, monkeypatch) -> None:
    monkeypatch.setenv("MONOSASHI_POSTS_A_MINUTE", "1")
    quiet = open_wave(CITY, code="quiet", is_anonymous=True)
    answers = [person.post(FIRST, {"overall": "3", "next": "1"}).status_code for _ in range(2)]
    assert answers == [302, 429]
    for _ in range(2):
        assert person.post(f"/s/{quiet.survey.code}/q/", {"overall": "3", "next": "1"}).status_code == 302


def test_expired_answers_and_old_counts_are_cleared(wave, person) -> None:
    from monosashi.web.answer.work import clear

    person.post(FIRST, {"overall": "3", "next": "1"})
    assert clear(None) == {"expired": 0}
    Sitting.objects.update(expires_at=timezone.now())
    Arrivals.objects.update(since=timezone.now() - timedelta(hours=2))
    assert clear(None) == {"expired": 1}
    assert not Arrivals.objects.exists()
