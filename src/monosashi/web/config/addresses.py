"""Walks the table of addresses: each with the policy that it declares, or without one, which is an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.checks import Error
from django.urls import URLPattern, URLResolver, get_resolver

from monosashi.web.accounts.policy import Policy, allowed, policy_of


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    pattern: URLPattern

    @property
    def policy(self) -> Policy | None:
        return policy_of(self.pattern.callback)


def addresses(
    resolver: URLResolver | None = None, before: str = "/", namespace: str = ""
) -> Iterator[Address]:
    """Every address of the site, with the namespace in its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            within = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, route, within)
        else:
            yield Address(route, f"{namespace}{pattern.name or ''}", pattern)


def declared(patterns: Any, policies: Mapping[str, Policy], *, otherwise: Policy | None = None) -> Any:
    """The addresses of a library, each wrapped in the policy named for it here (or in `otherwise`).

    An address that the library adds later and that is not named stays undeclared, and the check fails.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declared(pattern.url_patterns, policies, otherwise=otherwise)
        elif (policy := policies.get(pattern.name or "", otherwise)) is not None:
            pattern.callback = allowed(policy)(pattern.callback)
    return patterns


def undeclared_addresses(**_: Any) -> list[Error]:
    return [
        Error(
            f"{address.route} declares no policy.",
            hint="Put @allowed(…) on its view (monosashi.web.accounts.policy).",
            id="monosashi.E001",
        )
        for address in addresses()
        if address.policy is None
    ]
