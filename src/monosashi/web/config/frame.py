"""What the frame of every page that is rendered with a request needs to know."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from monosashi.adapters.home import Home
from monosashi.web.accounts.models import Account
from monosashi.web.accounts.roles import Power, Role, may
from monosashi.web.config.language import in_language, language_of, tag_of


def frame(request: HttpRequest) -> dict[str, Any]:
    path = request.path_info
    return {
        "language": tag_of(language_of(path)),
        "url_ja": in_language(path, "ja"),
        "url_en": in_language(path, "en"),
        "synthetic": Home.of_environment().demo_marker.exists(),
        "powers": _Powers(request),
    }


class _Powers:
    """`{% if powers.manage_people %}`; looked up once, and only where a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getitem__(self, name: str) -> bool:
        return may(self._roles, Power(name))

    @cached_property
    def _roles(self) -> frozenset[Role]:
        account = self._request.user
        return account.roles() if isinstance(account, Account) else frozenset()
