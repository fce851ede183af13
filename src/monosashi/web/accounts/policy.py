"""The policy of an address: who may open it. Declared on the view, enforced here, walked by the suite.

An official who lacks the power is told so (403). What belongs to another organization does not exist for
them (404), and neither does what nobody may open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from monosashi.web.accounts.models import Account
from monosashi.web.accounts.roles import Power

View = Callable[..., HttpResponseBase]
Verdict = Literal["open", "sign_in", "forbidden", "hidden"]


@dataclass(frozen=True)
class Policy:
    """`power` is needed somewhere, or, where `at` names an argument of the address, in that organization."""

    name: str
    signed_in: bool = True
    superuser: bool = False
    closed: bool = False
    power: Power | None = None
    at: str | None = None

    def verdict(self, account: Account | None, arguments: dict[str, Any]) -> Verdict:
        """`account` is who is signed in; None for an anonymous visitor."""
        if self.closed:
            return "hidden"
        if not self.signed_in:
            return "open"
        if account is None:
            return "sign_in"
        if self.superuser:
            return "open" if account.is_superuser else "forbidden"
        return self._of_power(account, arguments)

    def _of_power(self, account: Account, arguments: dict[str, Any]) -> Verdict:
        if self.power is None:
            return "open"
        if not account.may(self.power):
            return "forbidden"
        if self.at is not None and not account.may(self.power, at=arguments[self.at]):
            return "hidden"
        return "open"


ANYONE = Policy("anyone", signed_in=False)
SIGNED_IN = Policy("signed_in")
SUPERUSER = Policy("superuser", superuser=True)
CLOSED = Policy("closed", closed=True)


def needs(power: Power, *, at: str | None = None) -> Policy:
    return Policy(power.value, power=power, at=at)


def allowed(policy: Policy) -> Callable[[View], View]:
    """Declares the policy of a view and keeps it."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refused = _refusal(policy, request, kwargs)
            return view(request, *args, **kwargs) if refused is None else refused

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return declare


def policy_of(view: Any) -> Policy | None:
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None


def _refusal(policy: Policy, request: HttpRequest, arguments: dict[str, Any]) -> HttpResponseBase | None:
    verdict = policy.verdict(_signed_in(request) if policy.signed_in else None, arguments)
    if verdict == "sign_in":
        return redirect_to_login(request.get_full_path())
    if verdict == "forbidden":
        raise PermissionDenied
    if verdict == "hidden":
        raise Http404
    return None


def _signed_in(request: HttpRequest) -> Account | None:
    return request.user if request.user.is_authenticated else None


def account_of(request: HttpRequest) -> Account:
    """Who is signed in; for views whose policy asks for it."""
    return cast(Account, request.user)
