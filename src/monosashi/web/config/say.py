"""`{% say "日本語" "English" "やさしい日本語" %}`: each language in the same place (docs/adr/0003).

In やさしい日本語, 漢字（かんじ） is shown with its reading above it, by <ruby>. `plain` is for titles and
attributes, where no reading can stand.
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from monosashi.define.text import Text

register = template.Library()
_READ = re.compile(r"([\u4e00-\u9fff々〆ヶ]+)（([\u3041-\u309fー]+)）")
_RUBY = r"<ruby>\1<rp>（</rp><rt>\2</rt><rp>）</rp></ruby>"


@register.simple_tag
def say(ja: str, en: str, simple: str = "") -> str:
    language = get_language()
    if language == "simple" and simple:
        return with_readings(simple)
    return en if language == "en" else ja


@register.filter
def said(text: Text | str) -> str:
    """A `Text` in the language of the page; what somebody typed stays as it is."""
    if isinstance(text, str):
        return text
    language = get_language() or "ja"
    words = text.said_in(language)
    return with_readings(words) if language == "simple" else words


@register.filter
def plain(text: Text) -> str:
    """A `Text` without readings."""
    return _READ.sub(r"\1", text.said_in(get_language() or "ja"))


def with_readings(words: str) -> SafeString:
    return mark_safe(_READ.sub(_RUBY, escape(words)))  # noqa: S308 - escaped before the tags are put in
