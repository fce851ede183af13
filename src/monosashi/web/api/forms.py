"""What an administrator fills in to make a key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from monosashi.define.text import Text
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.accounts.queries import reach
from monosashi.web.accounts.roles import Power
from monosashi.web.api.keys import KINDS
from monosashi.web.config.fields import WordField, WorkspaceForm, spoken

SCOPES = {
    "responses": Text(ja="調査の回答", en="responses"),
    "events": Text(ja="手続の記録", en="events"),
    "volumes": Text(ja="件数", en="volumes"),
    "practices": Text(ja="取組の記録", en="practices"),
}


def _said(text: Text) -> str:
    return text.said_in(get_language() or "ja")


class KeyForm(WorkspaceForm):
    name = WordField(
        Text(ja="何に使う鍵か", en="What the key is for"),
        hint=Text(ja="例: 住民票交付システム", en="For example: resident register system"),
        max_length=120,
    )
    organization = forms.ChoiceField(
        label=spoken(Text(ja="組織", en="Organization")),
        help_text=spoken(
            Text(
                ja="この組織とその下の組織の記録だけを書けます。",
                en="It writes for this one and those beneath.",
            )
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=spoken(Text(ja="書き込めるもの", en="What it may write")), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: list[Organization] = list(reach(account, Power.MANAGE_KEYS))
        self.fields["organization"].choices = [(one.code, _said(one.name)) for one in organizations]  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [(kind, _said(SCOPES[kind])) for kind in KINDS]  # type: ignore[attr-defined]
