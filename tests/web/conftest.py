"""Officials of two bureaus, and one of each role, for the tests of doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from monosashi.define.text import Text

PASSWORD = "a-long-enough-word"


@dataclass(frozen=True)
class People:
    """`accounts["water/analyst"]` is the analyst of the bureau water."""

    accounts: dict[str, object]
    organizations: dict[str, object]

    def client(self, who: str) -> Client:
        client = Client()
        if who != "anonymous":
            client.force_login(self.accounts[who])
        return client


@pytest.fixture(autouse=True)
def nothing_remembered():
    """The limiter of sign-ins and the pages live in the cache."""
    cache.clear()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def people(db, home) -> People:
    from monosashi.web.accounts import operations
    from monosashi.web.accounts.roles import Role

    city = operations.add_organization(code="city", name=Text(ja="市", en="City"), parent=None, by=None)
    organizations = {"city": city}
    for code in ("water", "tax"):
        organizations[code] = operations.add_organization(
            code=code, name=Text(ja=code, en=code), parent=city, by=None
        )
    accounts = {"superuser": _account("superuser", superuser=True), "nobody": _account("nobody")}
    for code in ("water", "tax"):
        for role in Role:
            account = _account(f"{code}-{role.value}")
            operations.give_role(account=account, role=role, organization=organizations[code], by=None)
            accounts[f"{code}/{role.value}"] = account
    top = _account("city-administrator")
    operations.give_role(account=top, role=Role.ADMINISTRATOR, organization=city, by=None)
    accounts["city/administrator"] = top
    for account in accounts.values():
        account.refresh_from_db()
    return People(accounts, organizations)


def _account(name: str, *, superuser: bool = False):
    """Without a password: hashing one for each of them would take most of the suite's time."""
    from monosashi.web.accounts.models import Account

    account = Account(email=f"{name}@example.org", name=name, is_superuser=superuser)
    account.set_unusable_password()
    account.save()
    return account


@pytest.fixture
def sign_in(people) -> Callable[[str], Client]:
    return people.client
