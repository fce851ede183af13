"""Pages on which officials change what their own organizations answer for in the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from monosashi.errors import Problem
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.register import operations, queries
from monosashi.web.register.forms import (
    REMOVED,
    EntryForm,
    ProcedureForm,
    ServiceForm,
    ToolForm,
    UseForm,
    VersionForm,
)
from monosashi.web.register.models import Procedure, Service
from monosashi.web.register.views import procedure_page, service_page

_EDIT = needs(Power.EDIT_REGISTER)


@allowed(_EDIT)
def add_service(request: HttpRequest) -> HttpResponse:
    return _add(request, ServiceForm, operations.add_service, "service")


@allowed(_EDIT)
def add_procedure(request: HttpRequest) -> HttpResponse:
    return _add(request, ProcedureForm, operations.add_procedure, "procedure")


@allowed(_EDIT)
def add_tool(request: HttpRequest) -> HttpResponse:
    form = ToolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_tool(by=account_of(request), **form.cleaned_data)
        except Problem as problem:
            form.add_refusal(problem)
        else:
            return redirect("register-tools")
    return _form_page(request, form, what="tool")


@allowed(_EDIT)
def edit_service(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, queries.service(code), ServiceForm, operations.edit_service)


@allowed(_EDIT)
def edit_procedure(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, queries.procedure(code), ProcedureForm, operations.edit_procedure)


@allowed(_EDIT)
@require_POST
def set_use(request: HttpRequest, code: str) -> HttpResponse:
    account = account_of(request)
    found = queries.editable(queries.service(code), account)
    form = UseForm(request.POST)
    if not form.is_valid():
        return service_page(request, found, form, status=422)
    tool, state = queries.tool(form.cleaned_data["tool"]), form.cleaned_data["state"]
    operations.set_use(service=found, tool=tool, state=None if state == REMOVED else state, by=account)
    return redirect("register-service", code)


@allowed(_EDIT)
@require_POST
def add_form(request: HttpRequest, code: str) -> HttpResponse:
    account = account_of(request)
    found = queries.editable(queries.procedure(code), account)
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            operations.add_form(procedure=found, by=account, **form.cleaned_data)
        except Problem as problem:
            form.add_problem("name" if problem.kind.code == "register-taken" else "fields_of", problem)
        else:
            return redirect("register-procedure", code)
    return procedure_page(request, found, form, status=422)


def _add(
    request: HttpRequest, kind: type[EntryForm], add: Callable[..., Service | Procedure], what: str
) -> HttpResponse:
    form = kind(account_of(request), None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add(by=account_of(request), **form.values)
        except Problem as problem:
            form.add_refusal(problem)
        else:
            return redirect(f"register-{what}", made.code)
    return _form_page(request, form, what=what)


def _edit(
    request: HttpRequest, found: Any, kind: type[EntryForm], edit: Callable[..., Service | Procedure]
) -> HttpResponse:
    account = account_of(request)
    queries.editable(found, account)
    what = found._meta.model_name
    form = kind(account, found, request.POST or None)
    differing: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            edit(id=found.pk, by=account, **form.values)
        except Problem as problem:
            if problem.kind.code == "register-stale":
                differing = form.differing(found)
                form.seen(found.version)
            form.add_refusal(problem)
        else:
            return redirect(f"register-{what}", found.code)
    return _form_page(request, form, what=what, one=found, differing=differing)


def _form_page(request: HttpRequest, form: Any, **shown: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "register/edit.html", {"here": "register", "form": form, **shown}, status=status)
