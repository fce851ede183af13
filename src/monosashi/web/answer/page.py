"""How a page for somebody who answers is rendered: its frame, its languages, never stored by anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monosashi.web.config.language import in_language, language_of, tag_of

_NAMES = {"ja": "日本語", "simple": "やさしい日本語", "en": "English"}


@dataclass(frozen=True)
class Language:
    name: str
    tag: str
    address: str


def address_of(request: HttpRequest) -> str:
    """Where a post comes from, as the server in front has it (MONOSASHI_PROXY)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def page(
    request: HttpRequest,
    template: str,
    *,
    status: int = 200,
    languages: Iterable[str] = ("ja", "simple", "en"),
    **shown: Any,
) -> HttpResponse:
    """`languages` are those the page can be read in; the others are offered on it."""
    here = language_of(request.path_info)
    others = [
        Language(_NAMES[one], tag_of(one), in_language(request.path, one)) for one in languages if one != here
    ]
    context = {"languages": others, "home": "/en/" if here == "en" else "/", **shown}
    response = render(request, f"answer/{template}.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
