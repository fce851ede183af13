"""Pages about the API: its keys, and what came through them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from monosashi.errors import Problem
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.queries import organization
from monosashi.web.accounts.roles import Power
from monosashi.web.api import operations, queries
from monosashi.web.api.forms import SCOPES, KeyForm

_KEYS = needs(Power.MANAGE_KEYS)


@allowed(_KEYS)
def keys(request: HttpRequest) -> HttpResponse:
    """The keys, and a form for another one. A new secret is shown in this answer, and never again."""
    account, secret = account_of(request), None
    form = KeyForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _, secret = operations.make_key(
                name=given["name"],
                scopes=given["scopes"],
                organization=organization(given["organization"]),
                by=account,
            )
        except Problem as problem:
            form.add_problem("name", problem)
        else:
            form = KeyForm(account)
    language = get_language() or "ja"
    listed = [
        (one, [SCOPES[scope].said_in(language) for scope in one.scopes]) for one in queries.keys(account)
    ]
    shown = {
        "here": "keys",
        "form": form,
        "secret": secret,
        "keys": listed,
        "counts": queries.counts(),
        "conflicts": queries.conflicts(),
    }
    status = 422 if form.errors else 201 if secret else 200
    return render(request, "api/keys.html", shown, status=status)


@allowed(_KEYS)
@require_POST
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    account = account_of(request)
    operations.revoke_key(key=queries.key(account, id), by=account)
    return redirect("keys")
