"""Signing in and out, and what ends a session."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from monosashi.web.accounts import operations
from monosashi.web.accounts.roles import Role
from monosashi.web.keep.models import AuditEvent
from web.conftest import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def official(people):
    account = people.accounts["water/service_owner"]
    account.set_password(PASSWORD)
    account.save()
    return account


def send(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_an_official_signs_in_and_lands_where_they_were_going(official) -> None:
    client = Client()
    asked = client.get("/manage/jobs/")
    assert asked.headers["Location"] == "/accounts/login/?next=/manage/jobs/"
    assert send(client, official.email, next="/manage/jobs/").headers["Location"] == "/manage/jobs/"
    assert client.get("/manage/jobs/").status_code == 200


def test_the_case_of_an_address_does_not_matter(official) -> None:
    assert send(Client(), official.email.upper()).status_code == 302


def test_wrong_password_unknown_address_and_disabled_account_look_alike(official, people) -> None:
    stopped = people.accounts["tax/analyst"]
    stopped.set_password(PASSWORD)
    stopped.is_active = False
    stopped.save()

    def said(email: str, password: str) -> str:
        answer = send(Client(), email, password)
        assert answer.status_code == 200
        shown = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), re.DOTALL)
        return shown[0] if shown else ""

    wrong = said(official.email, "not-the-password")
    assert "メールアドレス" in wrong
    assert said("nobody-at-all@example.org", PASSWORD) == wrong


def test_a_disabled_account_opens_nothing(official, people) -> None:
    client = Client()
    send(client, official.email)
    operations.disable_account(account=official, by=people.accounts["city/administrator"])
    assert client.get("/manage/").status_code == 302
    send(client, official.email)
    assert client.get("/manage/").status_code == 302


def test_guessing_is_slowed_down(official) -> None:
    for _ in range(5):
        send(Client(), official.email, "guess-after-guess")
    assert "_auth_user_id" not in Client().session
    blocked = Client()
    send(blocked, official.email)
    assert blocked.get("/manage/").status_code == 302


def test_a_page_elsewhere_is_no_place_to_land(official) -> None:
    answer = send(Client(), official.email, next="https://elsewhere.example/")
    assert answer.headers["Location"] == "/manage/"


def test_signing_out_ends_the_session(official) -> None:
    client = Client()
    send(client, official.email)
    assert client.get("/accounts/logout/").status_code == 200  # asks first
    client.post("/accounts/logout/")
    assert client.get("/manage/").status_code == 302


def test_a_change_of_role_ends_sessions_so_that_it_counts_at_once(official, people) -> None:
    client, by = Client(), people.accounts["city/administrator"]
    send(client, official.email)
    operations.give_role(
        account=official, role=Role.ANALYST, organization=people.organizations["water"], by=by
    )
    assert client.get("/manage/").status_code == 302
    official.refresh_from_db()
    send(client, official.email)
    assert client.get("/manage/editions/").status_code == 200


def test_signing_in_and_out_and_failing_is_written_down_without_what_was_typed(official) -> None:
    client = Client()
    send(client, official.email, "typed-into-the-wrong-box")
    send(client, official.email)
    client.post("/accounts/logout/")
    told = AuditEvent.objects.filter(action__startswith="account.sign").order_by("number")
    assert [event.action for event in told] == [
        "account.sign_in_failed",
        "account.signed_in",
        "account.signed_out",
    ]
    assert "typed-into-the-wrong-box" not in str([event.details for event in AuditEvent.objects.all()])


def test_a_second_step_is_asked_for_once_it_is_set_up(official, django_capture_on_commit_callbacks) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client = Client()
    send(client, official.email)
    asked = client.get("/accounts/2fa/totp/activate/")  # a change of this weight asks for the password again
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert AuditEvent.objects.filter(action="account.second_step_added").exists()
    again = Client()
    assert send(again, official.email).headers["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/manage/").status_code == 302


def test_the_workspace_is_never_cached_and_public_pages_set_no_cookie(official, settings) -> None:
    settings.MONOSASHI_EDITION_READER = "web.sample_edition.SampleEditions"
    client = Client()
    send(client, official.email)
    assert client.get("/manage/").headers["Cache-Control"] == "no-store"
    assert Client().get("/").cookies == {}
    assert "Cookie" not in client.get("/").headers.get("Vary", "")


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(official) -> None:
    client = Client()
    send(client, official.email)
    assert {
        (cookie["httponly"], cookie["samesite"])
        for name, cookie in client.cookies.items()
        if name in ("sessionid", "csrftoken")
    } == {(True, "Lax")}


def test_a_change_of_password_is_written_down_and_ends_other_sessions(official) -> None:
    client, elsewhere = Client(), Client()
    for one in (client, elsewhere):
        send(one, official.email)
    new = "another-long-enough-word"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", body).status_code == 302
    assert AuditEvent.objects.filter(action="account.password_changed").exists()
    assert elsewhere.get("/manage/").status_code == 302
    assert client.get("/manage/").status_code == 200
