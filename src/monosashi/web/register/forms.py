"""What officials fill in about services, procedures, tools and forms; and what a list is narrowed down by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.register.schemas import LONGEST
from monosashi.gather.register.words import (
    FEES,
    IDENTITY_MEANS,
    PHASES,
    STEP_WORDS,
    STEPS,
    TOOL_KINDS,
    TOOL_STATES,
)
from monosashi.web.accounts.models import Account
from monosashi.web.config.fields import ChoiceField, DayField, WordField, WorkspaceForm, spoken
from monosashi.web.register import queries
from monosashi.web.register.models import Procedure, Service
from monosashi.web.register.queries import Asked
from monosashi.web.register.words import COLUMNS

_ONE_A_LINE = Text(ja="1行に一つ", en="One on each line")
_LINES_LONGEST = 20_000
FORM_LONGEST = 500_000


def _said(text: Text) -> str:
    return text.said_in(get_language() or "ja")


def _choices(words: Mapping[str, Text], *, empty: Text | None = None) -> list[tuple[str, str]]:
    nothing = [("", _said(empty))] if empty else []
    return [*nothing, *((word, _said(text)) for word, text in words.items())]


class LinesField(forms.CharField):
    """Words, one on each line."""

    widget = forms.Textarea

    def __init__(self, name: str) -> None:
        super().__init__(
            label=spoken(COLUMNS[name]),
            help_text=spoken(_ONE_A_LINE),
            required=False,
            max_length=_LINES_LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple) else value

    def to_python(self, value: Any) -> Any:
        return tuple(filter(None, map(str.strip, (value or "").splitlines())))

    def validate(self, value: Any) -> None:
        """What is too long is said by the register, word by word."""


def _word(name: str, *, required: bool = False, hint: Text | None = None) -> forms.CharField:
    return WordField(COLUMNS[name], hint, max_length=LONGEST[name], required=required)


def _text(name: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return WordField(COLUMNS[name], max_length=LONGEST[name], required=False, widget=area)


def _one_of(name: str, words: Mapping[str, Text]) -> forms.ChoiceField:
    return ChoiceField(COLUMNS[name], lambda: _choices(words, empty=_UNKNOWN), required=False)


def _some_of(name: str, words: Mapping[str, Text]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=spoken(COLUMNS[name]),
        choices=lambda: _choices(words),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _count(name: str) -> forms.IntegerField:
    hint = Text(ja="分からないときは空欄。0は0件です", en="Leave it empty if it is not known; 0 means none")
    return forms.IntegerField(
        label=spoken(COLUMNS[name]), help_text=spoken(hint), required=False, min_value=0, max_value=2**53 - 1
    )


_UNKNOWN = Text(ja="分からない", en="Not known")
_NONE = Text(ja="なし", en="None")
_CODE_HINT = Text(
    ja="半角の英数字、_、-。ページのアドレスになり、あとから変えられません",
    en="Letters, digits, _ and -; it becomes the address of the page and cannot be changed later",
)


class RefusableForm(WorkspaceForm):
    """A form whose content the register may refuse."""

    def add_refusal(self, problem: Problem) -> None:
        """Every finding beside its field; what has none at the top."""
        if not problem.findings:
            self.add_problem("code" if "code" in self.fields else None, problem)
        for finding in problem.findings:
            at = finding.column if finding.column in self.fields else None
            self.add_error(at, " ".join(finding.kind.say(get_language() or "ja", finding.details)))


class EntryForm(RefusableForm):
    """An entry of one's own organizations. `code` is asked for once; `version` guards against overwriting."""

    code = _word("code", required=True, hint=_CODE_HINT)
    name_ja = _word("name_ja", required=True)
    name_en = _word("name_en")
    organization = ChoiceField(COLUMNS["organization"], [])

    def __init__(self, by: Account, entry: Service | Procedure | None, data: Any = None) -> None:
        super().__init__(data, initial=self._of(entry) if entry else {})
        self._owners = {one.code: one for one in queries.own_organizations(by)}
        owners = [(code, _said(one.name)) for code, one in self._owners.items()]
        self.fields["organization"].choices = owners  # type: ignore[attr-defined]
        if entry is not None:
            del self.fields["code"]
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=entry.version)

    def _of(self, entry: Service | Procedure) -> dict[str, Any]:
        """What stands in the register, as the fields show it."""
        held = {name: getattr(entry, name, None) for name in self.base_fields}
        steps = {name: (held[name] or "").split() for name in STEPS if name in held}
        links = {name: link.code for name in ("organization", "service") if (link := held.get(name))}
        return {**held, **steps, **links}

    @property
    def values(self) -> dict[str, Any]:
        """What an operation takes."""
        return {**self.cleaned_data, "organization": self._owners[self.cleaned_data["organization"]]}

    def seen(self, version: int) -> None:
        """What stands in the register was shown: saving again overwrites that version."""
        data: QueryDict = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    def differing(self, entry: Service | Procedure) -> list[tuple[str, str]]:
        """(label, what stands in the register now) of the fields in which something else was typed."""
        now = self._of(entry)
        names = [name for name in self.cleaned_data if name in now and name != "version"]
        typed = {name: self.cleaned_data[name] for name in names}
        return [
            (str(self.fields[name].label), self._shown(name, now[name]))
            for name in names
            if _plain(typed[name]) != _plain(now[name])
        ]

    def _shown(self, name: str, value: Any) -> str:
        words = dict(getattr(self.fields[name], "choices", ()))
        parts = value if isinstance(value, tuple | list) else [value]
        return ", ".join(str(words.get(part, part)) for part in parts if part not in (None, "")) or "—"


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value or None if value != 0 else value


class ServiceForm(EntryForm):
    summary_ja = _text("summary_ja")
    summary_en = _text("summary_en")
    life_events = LinesField("life_events")
    audience = LinesField("audience")
    phase = _one_of("phase", PHASES)
    opened_on = DayField(COLUMNS["opened_on"], required=False)
    ended_on = DayField(COLUMNS["ended_on"], required=False)
    url = _word("url")


class ProcedureForm(EntryForm):
    service = ChoiceField(COLUMNS["service"], [], required=False)
    kind = _word("kind")
    life_events = LinesField("life_events")
    audience = LinesField("audience")
    account = _some_of("account", STEP_WORDS)
    identity = _some_of("identity", STEP_WORDS)
    application = _some_of("application", STEP_WORDS)
    payment = _some_of("payment", STEP_WORDS)
    decision = _some_of("decision", STEP_WORDS)
    delivery = _some_of("delivery", STEP_WORDS)
    identity_means = _some_of("identity_means", IDENTITY_MEANS)
    information = LinesField("information")
    attachments = LinesField("attachments")
    fee = _one_of("fee", FEES)
    fee_note = _word("fee_note")
    standard = _word("standard", hint=Text(ja="例: 30日", en="For example: 30 days"))
    standard_online = _word("standard_online")
    law = _word("law")
    article = _word("article")
    annual_volume = _count("annual_volume")
    annual_volume_online = _count("annual_volume_online")
    systems = LinesField("systems")
    phase = _one_of("phase", PHASES)
    opened_on = DayField(COLUMNS["opened_on"], required=False)
    ended_on = DayField(COLUMNS["ended_on"], required=False)
    url = _word("url")

    def __init__(self, by: Account, entry: Service | Procedure | None, data: Any = None) -> None:
        super().__init__(by, entry, data)
        self._services = {one.code: one for one in queries.own_services(by, entry)}
        choices = [("", _said(_NONE)), *((code, _said(one.name)) for code, one in self._services.items())]
        self.fields["service"].choices = choices  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "service": self._services.get(self.cleaned_data["service"])}


class ToolForm(RefusableForm):
    code = _word("code", required=True, hint=_CODE_HINT)
    name_ja = _word("name_ja", required=True)
    name_en = _word("name_en")
    kind = ChoiceField(COLUMNS["kind"], lambda: _choices(TOOL_KINDS))
    url = _word("url")


REMOVED = "removed"
_NOT_USED = Text(ja="使わない（一覧から消す）", en="Not used (remove it from the list)")


class UseForm(WorkspaceForm):
    """How a service stands to a tool."""

    tool = ChoiceField(
        Text(ja="ツール", en="Tool"), lambda: [(one.code, _said(one.name)) for one in queries.tools()]
    )
    state = ChoiceField(
        Text(ja="状態", en="State"), lambda: [*_choices(TOOL_STATES), (REMOVED, _said(_NOT_USED))]
    )


class VersionForm(WorkspaceForm):
    """A new version of a procedure's form."""

    name = WordField(
        Text(ja="版の名前", en="Name of the version"),
        Text(ja="例: 2026年4月改正", en="For example: April 2026"),
        max_length=60,
    )
    in_force_from = DayField(
        Text(ja="いつから", en="In force from"), Text(ja="例: 2026-04-01", en="For example: 2026-04-01")
    )
    fields_of = WordField(
        Text(ja="入力項目", en="Fields"),
        Text(
            ja="JSON Schema か、見出しが name,label,required,attachment の CSV を貼り付けます",
            en="Paste a JSON Schema, or a CSV with the header name,label,required,attachment",
        ),
        max_length=FORM_LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )


class ListForm(WorkspaceForm):
    """What a list is narrowed down by; nothing that stands in an address is ever an error."""

    words = WordField(Text(ja="言葉", en="Words"), max_length=200, required=False)
    organization = ChoiceField(COLUMNS["organization"], [], required=False)
    life_event = ChoiceField(COLUMNS["life_events"], [], required=False)
    phase = ChoiceField(COLUMNS["phase"], [], required=False)

    def __init__(
        self,
        asked: Asked,
        *,
        organizations: Iterable[tuple[str, Text]],
        life_events: Iterable[str],
        phases: Mapping[str, Text],
    ) -> None:
        super().__init__(initial=vars(asked))
        every = ("", _said(Text(ja="すべて", en="All")))
        choices = {
            "organization": [(code, _said(name)) for code, name in organizations],
            "life_event": [(event, event) for event in life_events],
            "phase": _choices(phases),
        }
        for name, some in choices.items():
            self.fields[name].choices = [every, *some]  # type: ignore[attr-defined]
            if not some:
                del self.fields[name]
