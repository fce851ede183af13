"""The language of a page is in its address: /en/… is English, /simple/… is やさしい日本語 where residents
answer, everything else Japanese (docs/adr/0003, 0026)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

_SIMPLE = ("/simple/s/", "/simple/r/", "/simple/withdraw/")
_BEFORE = {"en": "/en", "simple": "/simple"}


def language_of(path: str) -> str:
    if path == "/en" or path.startswith("/en/"):
        return "en"
    return "simple" if path.startswith(_SIMPLE) else "ja"


def in_language(path: str, language: str) -> str:
    """The same address in a language."""
    plain = path.removeprefix(_BEFORE.get(language_of(path), "")) or "/"
    return f"{_BEFORE.get(language, '')}{plain}"


def tag_of(language: str) -> str:
    """What `lang` says: やさしい日本語 is Japanese."""
    return "en" if language == "en" else "ja"


class LanguageOfAddress:
    """Neither cookies nor the browser's wishes: the same address says the same to everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", tag_of(language))
        return response
