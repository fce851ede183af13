"""What an official fills in to bring a file, or to correct how it is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from monosashi.define.text import Text
from monosashi.gather.encoding import ENCODINGS
from monosashi.web.config.fields import ChoiceField, WordField, WorkspaceForm, spoken
from monosashi.web.gather import queries
from monosashi.web.gather.queries import KINDS

_DETECTED = Text(ja="自動で判定する", en="Detect it")
_NONE = Text(ja="これから決める（案を作ります）", en="To be decided (a suggestion is made)")


def _said(text: Text) -> str:
    return text.said_in(get_language() or "ja")


def _encodings() -> list[tuple[str, str]]:
    return [("", _said(_DETECTED)), *((name, name) for name in ENCODINGS)]


def _instruments() -> list[tuple[str, str]]:
    return [("", "—"), *((name, name) for name in queries.instruments())]


class BringForm(WorkspaceForm):
    kind = ChoiceField(
        Text(ja="種類", en="Kind"), lambda: [(name, _said(text)) for name, text in KINDS.items()]
    )
    instrument = ChoiceField(
        Text(ja="調査票（回答のとき）", en="Questionnaire (for responses)"), _instruments, required=False
    )
    file = forms.FileField(
        label=spoken(Text(ja="ファイル", en="File")),
        help_text=spoken(
            Text(
                ja="CSV、XLSX、ODS、SPSS、Stata、Parquet など。50 MB まで。まだ何も保存しません。",
                en="CSV, XLSX, ODS, SPSS, Stata, Parquet and others, up to 50 MB. Nothing is stored yet.",
            )
        ),
    )
    mapping = ChoiceField(
        Text(ja="列の対応", en="Mapping of columns"),
        lambda: [("", _said(_NONE)), *((one.name, one.name) for one in queries.mappings())],
        required=False,
    )
    encoding = ChoiceField(Text(ja="文字コード", en="Encoding"), _encodings, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == "responses" and not given.get("instrument"):
            self.add_error(
                "instrument",
                _said(Text(ja="どの調査票への回答かを選んでください。", en="Choose the questionnaire.")),
            )
        return given


class ReadForm(WorkspaceForm):
    mapping = WordField(
        Text(ja="列の対応（YAML）", en="Mapping of columns (YAML)"),
        Text(
            ja="左が記録の項目、右がファイルの列です。",
            en="Fields of the records on the left, columns of the file on the right.",
        ),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    encoding = ChoiceField(Text(ja="文字コード", en="Encoding"), _encodings, required=False)
    remember = WordField(
        Text(ja="この対応を覚える名前（任意）", en="Name to remember this mapping by (optional)"),
        Text(ja="例: 住民調査 2026 パネル会社", en="For example: Resident survey 2026, panel company"),
        max_length=60,
        required=False,
    )
