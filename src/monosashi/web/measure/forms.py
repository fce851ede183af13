"""What an official fills in."""

from __future__ import annotations

from django import forms

from monosashi.adapters.editions import Editions
from monosashi.define.period import Period
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.web.config.fields import DayField, WordField, WorkspaceForm


class DraftForm(WorkspaceForm):
    period = WordField(
        Text(ja="期間", en="Period"),
        Text(
            ja="締めた期間。例: FY2025、2025H2、2025-Q3、2025-11",
            en="A closed one, such as FY2025, 2025H2, 2025-Q3, 2025-11",
        ),
        max_length=20,
    )
    id = WordField(
        Text(ja="版の名前（任意）", en="Name of the edition (optional)"),
        Text(
            ja="書かなければ期間と同じ。訂正の版には別の名前をつける",
            en="The period unless you say otherwise; a correction needs a name of its own",
        ),
        max_length=64,
        required=False,
    )
    next_on = DayField(
        Text(ja="次の公表の日（任意）", en="Day of the next edition (optional)"),
        Text(ja="例: 2027-06-30", en="For example 2027-06-30"),
        required=False,
    )

    def clean_period(self) -> str:
        period = str(self.cleaned_data["period"])
        try:
            return Period.named(period).name
        except Problem as problem:
            raise forms.ValidationError(self.said(problem)) from None

    def clean_id(self) -> str:
        id = str(self.cleaned_data["id"])
        try:
            return id and Editions.checked_name(id)
        except Problem as problem:
            raise forms.ValidationError(self.said(problem)) from None
