"""The workspace's home, organizations and people."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from monosashi.errors import Problem
from monosashi.web.accounts import operations, queries
from monosashi.web.accounts.forms import PasswordForm, PersonForm, RoleForm
from monosashi.web.accounts.models import Account
from monosashi.web.accounts.policy import SIGNED_IN, account_of, allowed, needs
from monosashi.web.accounts.roles import POWERS, TABLE, TITLES, Power
from monosashi.web.accounts.to_do import to_do
from monosashi.web.keep import queries as keep

_PEOPLE = needs(Power.MANAGE_PEOPLE)


@allowed(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """A to-do list, not a dashboard."""
    account = account_of(request)
    return render(
        request,
        "accounts/home.html",
        {
            "here": "manage",
            "to_do": to_do(account),
            "jobs": keep.running(account),
            "memberships": queries.memberships(account),
            "organizations": queries.reach(account, Power.SEE_ORGANIZATION),
        },
    )


@allowed(needs(Power.SEE_ORGANIZATION, at="code"))
def organization(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.organization(code)
    shown = {"organization": found, "beneath": queries.beneath(found), "members": queries.members(found)}
    return render(request, "accounts/organization.html", {"here": "manage", **shown})


@allowed(_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    table = [
        {"title": TITLES[role], "powers": [POWERS[power] for power in Power if power in powers]}
        for role, powers in TABLE.items()
    ]
    shown = {"people": queries.people(account_of(request)), "table": table}
    return render(request, "accounts/people.html", {"here": "people", **shown})


@allowed(_PEOPLE)
def add_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_account(by=account_of(request), **form.cleaned_data)
        except Problem as problem:
            form.add_problem("password" if problem.kind.code == "password-weak" else "email", problem)
        else:
            return redirect("person", made.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/add_person.html", {"here": "people", "form": form}, status=status)


@allowed(_PEOPLE)
def person(request: HttpRequest, id: int) -> HttpResponse:
    return _person(request, id)


@allowed(_PEOPLE)
@require_POST
def give_role(request: HttpRequest, id: int) -> HttpResponse:
    account, form = account_of(request), RoleForm(account_of(request), request.POST)
    found = queries.person(account, id)
    if not form.is_valid():
        return _person(request, id, form, status=422)
    role, where = form.chosen
    operations.give_role(account=found, role=role, organization=where, by=account)
    return redirect("person", id)


@allowed(_PEOPLE)
@require_POST
def take_role(request: HttpRequest, id: int) -> HttpResponse:
    account = account_of(request)
    membership = queries.membership(account, id)
    return _changed(
        request, membership.account, lambda: operations.take_role(membership=membership, by=account)
    )


@allowed(_PEOPLE)
@require_POST
def disable(request: HttpRequest, id: int) -> HttpResponse:
    account = account_of(request)
    found = queries.person(account, id)
    return _changed(request, found, lambda: operations.disable_account(account=found, by=account))


@allowed(_PEOPLE)
@require_POST
def enable(request: HttpRequest, id: int) -> HttpResponse:
    account = account_of(request)
    found = queries.person(account, id)
    return _changed(request, found, lambda: operations.enable_account(account=found, by=account))


@allowed(_PEOPLE)
@require_POST
def renew_password(request: HttpRequest, id: int) -> HttpResponse:
    account, form = account_of(request), PasswordForm(request.POST)
    found = queries.person(account, id)
    if form.is_valid():
        try:
            operations.renew_password(account=found, by=account, **form.cleaned_data)
        except Problem as problem:
            form.add_problem("password", problem)
        else:
            return redirect("person", id)
    return _person(request, id, renewal=form, status=422)


@allowed(_PEOPLE)
@require_POST
def remove_second_step(request: HttpRequest, id: int) -> HttpResponse:
    account = account_of(request)
    found = queries.person(account, id)
    return _changed(request, found, lambda: operations.remove_second_step(account=found, by=account))


def _changed(request: HttpRequest, person: Account, change: Callable[[], None]) -> HttpResponse:
    """Back to the person's page, with the reason where the change was refused."""
    try:
        change()
    except Problem as problem:
        messages.error(request, PersonForm.said(problem))
    return redirect("person", person.pk)


def _person(
    request: HttpRequest,
    id: int,
    role: RoleForm | None = None,
    renewal: PasswordForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    by = account_of(request)
    found = queries.person(by, id)
    shown = {
        "person": found,
        "form": role or RoleForm(by),
        "renewal": renewal or PasswordForm(),
        "wrong": bool((role and role.errors) or (renewal and renewal.errors)),
        "second_step": queries.has_second_step(found),
    }
    return render(request, "accounts/person.html", {"here": "people", **shown}, status=status)
