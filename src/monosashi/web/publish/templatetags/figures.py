"""Figures in running text."""

from __future__ import annotations

import re

from django import template

from monosashi.publish.charts.svg import Markup, element, join, written

register = template.Library()
_RANGE = re.compile(r"([−+±]?\d[\d,.]*[〜–][−+±]?\d[\d,.]*(?:%|人|件)?)")


@register.filter
def unbroken(sentence: str) -> Markup:
    """Keeps a range such as 55〜65人 on one line."""
    parts = _RANGE.split(sentence)
    return join(
        [
            element("span", part, class_="unbroken") if index % 2 else Markup(written(part))
            for index, part in enumerate(parts)
        ]
    )


@register.filter
def language_of(words: str) -> str:
    """The language of words that are quoted as they stand (titles of sources), told by their letters."""
    return "ja" if re.search("[\u3040-\u30ff\u4e00-\u9fff]", words) else "en"
