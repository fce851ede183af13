"""The language of a page is in its address: /en/… is English, everything else Japanese (docs/adr/0003)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


def language_of(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else "ja"


def in_language(path: str, language: str) -> str:
    """The same address in a language."""
    plain = path.removeprefix("/en") if language_of(path) == "en" else path
    return f"/en{plain or '/'}" if language == "en" else plain or "/"


class LanguageOfAddress:
    """Neither cookies nor the browser's wishes: the same address says the same to everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
