"""What an administrator fills in about people."""

from __future__ import annotations

from typing import Any

from django import forms

from monosashi.define.text import Text
from monosashi.web.accounts import queries
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.accounts.roles import TITLES, Power, Role
from monosashi.web.config.fields import ChoiceField, WordField, WorkspaceForm, spoken


class PersonForm(WorkspaceForm):
    name = WordField(Text(ja="名前", en="Name"), max_length=120)
    email = WordField(
        Text(ja="メールアドレス", en="E-mail address"),
        Text(ja="サインインに使います", en="Used to sign in"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    password = WordField(
        Text(ja="最初のパスワード", en="First password"),
        Text(
            ja="12文字以上。本人に手渡し、本人が変えます",
            en="At least 12 characters; hand it over, and let them change it",
        ),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PasswordForm(WorkspaceForm):
    """A new password for somebody who forgot theirs."""

    prefix = "new"
    password = WordField(
        Text(ja="新しいパスワード", en="New password"),
        Text(
            ja="12文字以上。本人に手渡し、本人が変えます",
            en="At least 12 characters; hand it over, and let them change it",
        ),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RoleForm(WorkspaceForm):
    """Roles that may be given, in the organizations that the administrator manages."""

    role = ChoiceField(Text(ja="役割", en="Role"), [(role.value, spoken(TITLES[role])) for role in Role])
    organization = ChoiceField(
        Text(ja="組織", en="Organization"),
        [],
        Text(ja="その下の組織にも及びます", en="Reaches the organizations beneath as well"),
    )

    def __init__(self, by: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._managed = {one.code: one for one in queries.reach(by, Power.MANAGE_PEOPLE)}
        choices = [(code, _indented(one)) for code, one in self._managed.items()]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Role, Organization]:
        data = self.cleaned_data
        return Role(data["role"]), self._managed[data["organization"]]


def _indented(organization: Organization) -> Any:
    name = organization.name
    before = "　" * organization.depth
    return spoken(Text(ja=before + name.ja, en=before + name.en))
