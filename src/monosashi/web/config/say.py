"""`{% say "日本語" "English" %}`: both languages in the same place (docs/adr/0003)."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from monosashi.define.text import Text

register = template.Library()


@register.simple_tag
def say(ja: str, en: str) -> str:
    return en if get_language() == "en" else ja


@register.filter
def said(text: Text) -> str:
    """A `Text` in the language of the page."""
    return text.said_in(get_language() or "ja")
