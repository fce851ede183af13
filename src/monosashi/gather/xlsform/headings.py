"""Headings of an XLSForm: which column holds which field, in which language, and what is not supported.

Source: XLSForm reference (columns of the sheets survey, choices and settings; multiple languages).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monosashi.define.text import Text

SURVEY = (
    "type", "name", "relevant", "required", "constraint", "choice_filter", "appearance", "parameters",
    "calculation", "read_only", "disabled", "rows", "item", "scale", "wording_version",
)  # fmt: skip
SURVEY_SAID = ("label", "hint", "purpose", "required_message", "constraint_message")
CHOICES = ("list_name", "name", "exclusive", "missing", "other")
CHOICES_SAID = ("label",)
SETTINGS = ("form_id", "version", "default_language", "style")
SETTINGS_SAID = ("form_title", "about", "thanks")
# how fields may be called beside their own name
_ALIASES = {
    "relevance": "relevant",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "list name": "list_name",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
_MEDIA = Text(
    ja="画像や音声は出せません。言葉で書いてください。",
    en="Pictures and sound are not shown; say it in words.",
)
_OWN_SERVER = Text(
    ja="回答は、この設置にだけ送られます。取り除いてください。",
    en="Answers go to this installation only; remove it.",
)
UNSUPPORTED_SURVEY = {
    "default": Text(
        ja="はじめから選ばれている答えは、そのまま送られて結果を偏らせるので、使いません。取り除いてください。",
        en="An answer that stands there from the beginning is sent on unread and biases results; remove it.",
    ),
    "trigger": Text(
        ja="ほかの質問の答えで計算し直すことはできません。取り除いてください。",
        en="Nothing is calculated anew when another answer changes; remove it.",
    ),
    "repeat_count": Text(
        ja="繰り返しは使えません。begin repeat と一緒に取り除いてください。",
        en="Nothing can be repeated; remove it together with begin repeat.",
    ),
    "guidance_hint": Text(ja="hint に書いてください。", en="Write it in hint."),
    "autoplay": _MEDIA,
    "media": _MEDIA,
    "image": _MEDIA,
    "big-image": _MEDIA,
    "audio": _MEDIA,
    "video": _MEDIA,
    "save_to": Text(
        ja="エンティティは作れません。取り除いてください。", en="No entities are made; remove it."
    ),
    "bind": Text(
        ja="XForms の属性は直接書けません。対応する列（relevant など）を使ってください。",
        en="Attributes of XForms cannot be written; use a column such as relevant.",
    ),
    "body": Text(
        ja="XForms の属性は直接書けません。appearance か rows を使ってください。",
        en="Attributes of XForms cannot be written; use appearance or rows.",
    ),
    "control": Text(
        ja="XForms の属性は直接書けません。appearance か rows を使ってください。",
        en="Attributes of XForms cannot be written; use appearance or rows.",
    ),
    "instance": Text(
        ja="XForms の属性は直接書けません。取り除いてください。",
        en="Attributes of XForms cannot be written; remove it.",
    ),
    "no_app_error_string": Text(
        ja="ほかのアプリは呼び出せません。取り除いてください。", en="No other app is called; remove it."
    ),
    "compact_tag": _OWN_SERVER,
    "sms_field": _OWN_SERVER,
}
UNSUPPORTED_CHOICES = dict.fromkeys(("media", "image", "big-image", "audio", "video"), _MEDIA)
UNSUPPORTED_SETTINGS = {
    **dict.fromkeys(
        ("public_key", "submission_url", "auto_send", "auto_delete", "client_editable", "sms_keyword",
         "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response",
         "prefix", "delimiter", "namespaces", "attribute", "instance_xmlns", "omit_instanceid"),
        _OWN_SERVER,
    ),
    "instance_name": Text(
        ja="回答に名前は付けません（だれのものか分かってしまうため）。取り除いてください。",
        en="Answers get no name, which could tell whose they are; remove it.",
    ),
    "allow_choice_duplicates": Text(
        ja="選択肢のコードは一つずつ別のものにします。取り除いてください。",
        en="Every choice has a code of its own; remove it.",
    ),
    "clean_text_values": Text(ja="取り除いてください。", en="Remove it."),
    "name": Text(ja="form_id に書いてください。", en="Write it in form_id."),
}  # fmt: skip
LANGUAGES_CALLED = {
    "ja": ("ja", "japanese", "日本語", "日本語 (ja)", "japanese (ja)"),
    "en": ("en", "english", "英語", "english (en)"),
    "simple": (
        "simple", "やさしい日本語", "やさしい日本語 (ja-simple)", "やさしい日本語 (simple)", "ja-simple",
        "easy japanese", "plain japanese", "easy japanese (ja-simple)",
    ),
}  # fmt: skip
LANGUAGE_NAMES = {"ja": "日本語 (ja)", "en": "English (en)", "simple": "やさしい日本語 (ja-simple)"}
PROPERTY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Column:
    """What a column holds. `own`: a column of somebody's own, such as a choice filter looks at."""

    field: str
    language: str | None = None
    own: bool = False


def language_of(name: str) -> str | None:
    """日本語 (ja) → ja; None for a language that the platform does not speak."""
    plain = " ".join(name.lower().replace("（", " (").replace("）", ")").split())
    return next((code for code, names in LANGUAGES_CALLED.items() if plain in names), None)


def column_of(
    heading: str,
    plain: Collection[str],
    said: Collection[str],
    unsupported: Mapping[str, Text],
    default: str,
    *,
    own: bool,
) -> Column | None:
    """The column with this heading, or None where it is not understood."""
    name, separated, language = (part.strip() for part in heading.partition("::"))
    name = _ALIASES.get(name.lower(), name.lower())
    if name in unsupported:
        return Column(name)
    if name in said:
        spoken = language_of(language) if separated else default
        return None if spoken is None else Column(name, spoken)
    if separated:
        return None
    if name in plain:
        return Column(name)
    return Column(heading, own=True) if own and PROPERTY.fullmatch(heading) else None
