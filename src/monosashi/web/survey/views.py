"""Pages of the workspace: which surveys there are, a new wave, and opening, closing and freezing one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from monosashi.errors import Problem
from monosashi.web.accounts.models import Account
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.answer import queries as answers
from monosashi.web.survey import operations, queries
from monosashi.web.survey.forms import WaveForm
from monosashi.web.survey.models import Basis, Wave

_RUN = needs(Power.RUN_SURVEYS)


@allowed(_RUN)
def surveys(request: HttpRequest) -> HttpResponse:
    lines = [{"wave": wave, "count": answers.count(wave)} for wave in queries.waves()]
    return render(request, "survey/surveys.html", {"here": "surveys", "lines": lines})


@allowed(_RUN)
def new(request: HttpRequest) -> HttpResponse:
    """A wave of a questionnaire of the guideline; its survey is made with the first one."""
    forms = queries.questionnaires()
    form = WaveForm(forms, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _made(form, account_of(request))
        except Problem as problem:
            form.add_problem("code" if "survey" not in form.errors else "survey", problem)
        else:
            return redirect("wave", made.pk)
    status = 422 if form.errors else 200
    return render(request, "survey/new.html", {"here": "surveys", "form": form}, status=status)


@allowed(_RUN)
def wave(request: HttpRequest, wave: int) -> HttpResponse:
    found = queries.wave(wave)
    address = request.build_absolute_uri(reverse("survey", args=[found.survey.code]))
    return render(
        request,
        "survey/wave.html",
        {
            "here": "surveys",
            "wave": found,
            "count": answers.count(found),
            "address": address,
            "is_review": found.survey.instrument == queries.REVIEW,
            "form_of_wave": found.questionnaire,
        },
    )


@allowed(_RUN)
@require_POST
def open_(request: HttpRequest, wave: int) -> HttpResponse:
    return _changed(request, wave, operations.open_wave)


@allowed(_RUN)
@require_POST
def close(request: HttpRequest, wave: int) -> HttpResponse:
    return _changed(request, wave, operations.close_wave)


@allowed(_RUN)
@require_POST
def freeze(request: HttpRequest, wave: int) -> HttpResponse:
    return _changed(request, wave, operations.freeze_wave)


def _changed(request: HttpRequest, wave: int, change: Callable[..., Wave]) -> HttpResponse:
    try:
        change(wave=queries.wave(wave), by=account_of(request))
    except Problem as problem:
        messages.error(request, WaveForm.said(problem))
    return redirect("wave", wave)


def _made(form: WaveForm, by: Account) -> Wave:
    given = form.cleaned_data
    questionnaire = next(one for one in queries.questionnaires() if one.id == given["questionnaire"])
    opens_at, closes_at = form.times
    return operations.begin_wave(
        survey=given["survey"],
        basis=Basis(given["basis"]),
        code=given["code"],
        period=given["period"],
        questionnaire=questionnaire,
        opens_at=opens_at,
        closes_at=closes_at,
        by=by,
    )
