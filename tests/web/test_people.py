"""What an administrator does with people and organizations."""

from __future__ import annotations

import pytest

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.web.accounts import operations, queries
from monosashi.web.accounts.models import Account, Membership
from monosashi.web.accounts.roles import POWERS, TABLE, TITLES, Power, Role
from monosashi.web.keep.models import AuditEvent
from web.conftest import PASSWORD


@pytest.fixture
def administrator(people):
    return people.client("city/administrator")


def test_every_role_and_power_has_a_name_and_a_line_in_the_table() -> None:
    assert set(TABLE) == set(TITLES) == set(Role)
    assert set(POWERS) == set(Power) == set().union(*TABLE.values())


def test_nobody_both_builds_and_publishes_editions_by_one_role() -> None:
    assert all(not {Power.BUILD_EDITION, Power.PUBLISH_EDITION} <= powers for powers in TABLE.values())


def test_an_account_is_made_given_a_role_and_can_sign_in(administrator) -> None:
    body = {"name": "水野", "email": " Mizuno@Example.org ", "password": PASSWORD}
    made = administrator.post("/manage/people/add/", body)
    account = Account.objects.get(email="mizuno@example.org")
    assert made.headers["Location"] == f"/manage/people/{account.pk}/"
    role = {"role": "analyst", "organization": "water"}
    administrator.post(f"/manage/people/{account.pk}/roles/", role)
    assert account.roles(at="water") == {Role.ANALYST}
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"email": "not an address"}, "id_email", "使えません"),
        ({"email": "WATER-analyst@example.org"}, "id_email", "すでにアカウントがある人"),
        ({"password": "short"}, "id_password", "12文字以上"),
        ({"password": "mizuno@example.org"}, "id_password", "推測されにくい"),
        ({"name": ""}, "id_name", "このフィールドは必須です"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_stored(
    administrator, change: dict[str, str], field: str, said: str
) -> None:
    before = Account.objects.count()
    body = {"name": "水野", "email": "mizuno@example.org", "password": PASSWORD, **change}
    answer = administrator.post("/manage/people/add/", body)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in page
    assert said in page
    assert "<title>エラー：" in page
    assert PASSWORD not in page
    assert Account.objects.count() == before


def test_a_role_is_held_once_and_taken_with_a_trace(people) -> None:
    by, account = people.accounts["city/administrator"], people.accounts["nobody"]
    where = people.organizations["tax"]
    held = {
        operations.give_role(account=account, role=Role.ANALYST, organization=where, by=by).pk for _ in "12"
    }
    assert len(held) == 1
    operations.take_role(membership=Membership.objects.get(pk=held.pop()), by=by)
    trail = AuditEvent.objects.filter(action__startswith="role.", target_id=account.pk).order_by("number")
    assert [(event.action, event.by) for event in trail] == [("role.given", by), ("role.taken", by)]


def test_the_last_administrator_stays(people) -> None:
    by = people.accounts["city/administrator"]
    others = Membership.objects.filter(role=Role.ADMINISTRATOR).exclude(account=by)
    for membership in others:
        operations.take_role(membership=membership, by=by)
    client = people.client("city/administrator")
    last = Membership.objects.get(account=by)
    answer = client.post(f"/manage/roles/{last.pk}/take/", follow=True)
    assert Membership.objects.filter(pk=last.pk).exists()
    assert "最後の管理者" in answer.content.decode()


def test_nobody_disables_their_own_account(people, administrator) -> None:
    by = people.accounts["city/administrator"]
    answer = administrator.post(f"/manage/people/{by.pk}/disable/", follow=True)
    assert "自分のアカウントは止められません" in answer.content.decode()
    by.refresh_from_db()
    assert by.is_active


def test_a_disabled_account_is_taken_up_again(people, administrator) -> None:
    person = people.accounts["water/analyst"]
    administrator.post(f"/manage/people/{person.pk}/disable/")
    administrator.post(f"/manage/people/{person.pk}/enable/")
    person.refresh_from_db()
    assert person.is_active
    assert people.client("water/analyst").get("/manage/").status_code == 200


def test_the_tree_of_organizations_reaches_downwards(people) -> None:
    by = people.accounts["city/administrator"]
    pipes = operations.add_organization(
        code="pipes", name=Text(ja="管", en="Pipes"), parent=people.organizations["water"], by=by
    )
    assert pipes.path == "city/water/pipes/"
    assert people.accounts["water/bureau_lead"].may(Power.SEE_ORGANIZATION, at="pipes")
    assert not people.accounts["tax/bureau_lead"].may(Power.SEE_ORGANIZATION, at="pipes")
    reached = queries.reach(people.accounts["water/bureau_lead"], Power.SEE_ORGANIZATION)
    assert [one.code for one in reached] == ["water", "pipes"]


def test_a_name_that_begins_like_another_reaches_nothing_of_it(people) -> None:
    operations.add_organization(
        code="water-2",
        name=Text(ja="水2", en="Water 2"),
        parent=people.organizations["city"],
        by=None,
    )
    assert not people.accounts["water/bureau_lead"].may(Power.SEE_ORGANIZATION, at="water-2")


@pytest.mark.parametrize("code", ["water", "a b", "", "水", "x" * 61, "a/b"])
def test_a_code_that_cannot_be_used_is_refused(people, code: str) -> None:
    with pytest.raises(Problem) as refused:
        operations.add_organization(code=code, name=Text(ja="水", en="w"), parent=None, by=None)
    assert refused.value.kind.code == "organization-code"


def test_renaming_keeps_both_names_in_the_trail(people) -> None:
    where = people.organizations["water"]
    new = Text(ja="水道", en="Waterworks")
    operations.rename_organization(organization=where, name=new, by=people.accounts["city/administrator"])
    event = AuditEvent.objects.first()
    assert (event.details["before"]["en"], event.details["after"]["en"]) == ("water", "Waterworks")
    assert "水道" in people.client("water/bureau_lead").get("/manage/organizations/water/").content.decode()


def test_hostile_names_are_text_everywhere(people, administrator) -> None:
    hostile = '"><script>alert(1)</script>'
    body = {"name": hostile, "email": "hostile@example.org", "password": PASSWORD}
    administrator.post("/manage/people/add/", body)
    for path in ("/manage/people/", "/manage/audit/"):
        assert "<script>alert" not in administrator.get(path).content.decode()


def test_a_forgotten_password_is_renewed_and_open_sessions_end(people, administrator) -> None:
    person = people.accounts["water/analyst"]
    open_session = people.client("water/analyst")
    path = f"/manage/people/{person.pk}/password/"
    weak = administrator.post(path, {"new-password": "short"})
    assert weak.status_code == 422
    assert '<a href="#id_new-password">' in weak.content.decode()
    assert administrator.post(path, {"new-password": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert open_session.get("/manage/").status_code == 302
    assert AuditEvent.objects.first().action == "account.password_renewed"


def test_a_lost_second_step_is_removed_and_its_secret_was_never_readable(people, administrator) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    person = people.accounts["water/analyst"]
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    assert secret not in str(Authenticator.objects.get().data)
    page = administrator.get(f"/manage/people/{person.pk}/").content.decode()
    assert "二段階の確認を外す" in page
    administrator.post(f"/manage/people/{person.pk}/second-step/remove/")
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.first().action == "account.second_step_removed"
