"""Pages about imports: bring a file, look at what would be stored, store it or throw it away."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from monosashi.errors import Problem
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.gather import operations, queries
from monosashi.web.gather.forms import BringForm, ReadForm
from monosashi.web.gather.models import Import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allowed(needs(Power.IMPORT))
def imports(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, given = form.cleaned_data["file"], form.cleaned_data
        try:
            made = operations.bring(
                kind=given["kind"],
                instrument=given["instrument"] if given["kind"] == "responses" else "",
                name=file.name,
                chunks=file.chunks(),
                mapping=queries.mapping_text(given["mapping"]),
                encoding=given["encoding"],
                by=account,
            )
        except Problem as problem:
            form.add_problem("file", problem)
        else:
            return redirect("import", made.pk)
    page = queries.imports(account, _number(request))
    shown = {"here": "imports", "form": form, "page": page, "templates": queries.templates()}
    return render(request, "gather/imports.html", shown, status=422 if form.errors else 200)


@allowed(needs(Power.IMPORT))
def import_(request: HttpRequest, id: UUID) -> HttpResponse:
    """The page of one import; posting the form reads the file again."""
    found = queries.one(account_of(request), id)
    form = _form(request, found)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            operations.read_again(id=id, by=account_of(request), **form.cleaned_data)
        except Problem as problem:
            form.add_problem("mapping", problem)
        else:
            return redirect("import", id)
    return _page(request, found, form, status=422 if form is not None and form.errors else 200)


@allowed(needs(Power.IMPORT))
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook to fill in. `?instrument=` says which questionnaire."""
    try:
        content = queries.template(kind, request.GET.get("instrument", ""))
    except Problem:
        raise Http404 from None
    named = {"Content-Disposition": f'attachment; filename="monosashi-{kind}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=named)


@allowed(needs(Power.IMPORT))
@require_POST
def store(request: HttpRequest, id: UUID) -> HttpResponse:
    found = queries.one(account_of(request), id)
    try:
        operations.store(id=found.pk, by=account_of(request))
    except Problem as problem:
        return _page(request, found, _form(request, found), problem=problem, status=409)
    return redirect("import", id)


@allowed(needs(Power.IMPORT))
@require_POST
def discard(request: HttpRequest, id: UUID) -> HttpResponse:
    found = queries.one(account_of(request), id)
    try:
        operations.discard(id=found.pk, by=account_of(request))
    except Problem as problem:
        return _page(request, found, _form(request, found), problem=problem, status=409)
    return redirect("imports")


def _form(request: HttpRequest, found: Import) -> ReadForm | None:
    if not found.is_open:
        return None
    given = request.POST if request.method == "POST" and "mapping" in request.POST else None
    return ReadForm(given, initial={"mapping": found.mapping, "encoding": found.encoding})


def _page(
    request: HttpRequest,
    found: Import,
    form: ReadForm | None,
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    said = problem.as_text(get_language() or "ja") if problem else ""
    shown = {
        "here": "imports",
        "one": found,
        "form": form,
        "problem": said,
        "kind": queries.KINDS[found.kind],
    }
    return render(request, "gather/import.html", {**shown, "seen": queries.seen(found)}, status=status)


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
