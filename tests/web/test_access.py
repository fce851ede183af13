"""The table of addresses, walked as an anonymous visitor and as each role of two bureaus."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from monosashi.web.accounts.policy import ANYONE, CLOSED, SIGNED_IN, SUPERUSER
from monosashi.web.accounts.roles import TABLE, Role
from monosashi.web.config.addresses import addresses, undeclared_addresses

WHO = ["anonymous", "nobody", "superuser"] + [
    f"{bureau}/{role.value}" for bureau in ("water", "tax") for role in Role
]
ARGUMENTS = {
    "import-template": {"kind": "volumes"},
    "organization": {"code": "water"},
    "indicator": {"id": "satisfaction"},
    "indicator-csv": {"id": "satisfaction"},
    "principle": {"number": 1},
    "edition-file": {"edition": "FY2025", "name": "estimates.csv"},
    "draft": {"id": "FY2025"},
    "publish-draft": {"id": "FY2025"},
    "person": {"id": 1},
    "give-role": {"id": 1},
    "disable-person": {"id": 1},
    "enable-person": {"id": 1},
    "renew-password": {"id": 1},
    "remove-second-step": {"id": 1},
    "take-role": {"id": 1},
    "job": {"id": uuid4()},
    "job-state": {"id": uuid4()},
    "wave": {"wave": 1},
    "paper": {"wave": 1},
    "open-wave": {"wave": 1},
    "close-wave": {"wave": 1},
    "freeze-wave": {"wave": 1},
    "survey": {"survey": "city"},
    "survey-begin": {"survey": "city"},
    "survey-resume": {"survey": "city"},
    "survey-print": {"survey": "city"},
    "sitting": {"survey": "city", "code": "0123456789ABCDEF"},
    "sitting-question": {"survey": "city", "code": "0123456789ABCDEF", "question": "overall"},
    "sitting-check": {"survey": "city", "code": "0123456789ABCDEF"},
    "review": {"service": "tax-1"},
    "import": {"id": uuid4()},
    "store-import": {"id": uuid4()},
    "discard-import": {"id": uuid4()},
    "api:responses": {"instrument": "resident"},
    "revoke-key": {"id": uuid4()},
    "register-csv": {"kind": "services"},
    "register-service": {"code": "none"},
    "register-procedure": {"code": "none"},
    "edit-service": {"code": "none"},
    "edit-procedure": {"code": "none"},
    "set-use": {"code": "none"},
    "add-form": {"code": "none"},
}
OURS = [address for address in addresses() if not address.route.startswith(("/admin/", "/accounts/"))]


def opens(policy, who: str) -> bool:
    """What the roles' table says, worked out apart from the code that enforces it."""
    bureau, _, role = who.partition("/")
    if policy == ANYONE:
        return True
    if who == "anonymous" or policy == CLOSED:
        return False
    if policy == SIGNED_IN:
        return True
    if policy == SUPERUSER:
        return who == "superuser"
    return bool(role) and policy.power in TABLE[Role(role)] and (policy.at is None or bureau == "water")


@pytest.fixture
def published(settings) -> None:
    settings.MONOSASHI_EDITION_READER = "web.sample_edition.SampleEditions"


def test_every_address_declares_its_policy():
    assert undeclared_addresses() == []
    assert len(list(addresses())) > 60


def test_an_address_without_a_policy_is_an_error(settings):
    from django.urls import clear_url_caches

    settings.ROOT_URLCONF = "web.undeclared_urls"
    clear_url_caches()
    assert [error.id for error in undeclared_addresses()] == ["monosashi.E001"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("who", WHO)
def test_each_door_opens_for_those_whom_the_table_names(people, who: str) -> None:
    client = people.client(who)
    wrong = []
    for address in OURS:
        answer = client.get(reverse(address.name, kwargs=ARGUMENTS.get(address.name)))
        refused = answer.status_code == 403 or "/accounts/login/" in answer.headers.get("Location", "")
        hidden = address.policy.at is not None and answer.status_code == 404
        if (not refused and not hidden) != opens(address.policy, who):
            wrong.append((address.route, who, answer.status_code))
        assert answer.status_code < 500
    assert wrong == []


@pytest.mark.parametrize("who", ["anonymous", "nobody", "city/administrator", "superuser"])
def test_the_admin_is_for_superusers_only(people, who: str) -> None:
    answer = people.client(who).get("/admin/")
    assert answer.status_code == {"anonymous": 302, "superuser": 200}.get(who, 403)


def test_another_bureau_is_not_told_apart_from_none(people) -> None:
    client = people.client("tax/bureau_lead")
    foreign, unknown = client.get("/manage/organizations/water/"), client.get("/manage/organizations/none/")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content.replace(b"organizations/none/", b"organizations/water/")
    assert people.client("water/bureau_lead").get("/manage/organizations/water/").status_code == 200


def test_a_role_reaches_what_lies_beneath_its_organization(people) -> None:
    administrator = people.client("city/administrator")
    assert administrator.get("/manage/organizations/water/").status_code == 200
    assert people.client("water/administrator").get("/manage/organizations/city/").status_code == 404


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"])
def test_doors_that_nobody_may_open_do_not_exist(people, path: str) -> None:
    assert {people.client(who).get(path).status_code for who in ("anonymous", "superuser")} == {404}


def test_a_foreign_person_in_an_address_or_a_body_does_not_exist(people) -> None:
    client = people.client("water/administrator")
    theirs = people.accounts["tax/analyst"]
    assert client.get(f"/manage/people/{theirs.pk}/").status_code == 404
    assert client.post(f"/manage/people/{theirs.pk}/disable/").status_code == 404
    mine = people.accounts["water/analyst"]
    body = {"role": "analyst", "organization": "tax"}
    assert client.post(f"/manage/people/{mine.pk}/roles/", body).status_code == 422
    theirs.refresh_from_db()
    assert theirs.is_active
    assert not mine.memberships.filter(organization__code="tax").exists()


def test_a_state_changes_only_by_post(people) -> None:
    client = people.client("city/administrator")
    person = people.accounts["water/analyst"].pk
    for path in (f"people/{person}/disable/", f"people/{person}/roles/", "roles/1/take/"):
        assert client.get(f"/manage/{path}").status_code == 405


def test_a_forged_form_is_refused_and_says_that_nothing_was_stored(people) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people.accounts["city/administrator"])
    person = people.accounts["water/analyst"]
    answer = client.post(f"/manage/people/{person.pk}/disable/")
    assert answer.status_code == 403
    assert "何も保存していません" in answer.content.decode()
    person.refresh_from_db()
    assert person.is_active
