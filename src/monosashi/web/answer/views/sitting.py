"""Page by page through a survey: one question, what was answered, and the receipt."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from monosashi.errors import Problem
from monosashi.gather.answers.fitting import misfits, misfits_of
from monosashi.gather.answers.steps import Step, first_open, last_notes, step_of, steps
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.answer import asked, codes, operations, queries
from monosashi.web.answer.models import Sitting
from monosashi.web.answer.page import address_of, page
from monosashi.web.answer.views.receipts import stored, stored_before
from monosashi.web.answer.views.refusals import refused, shut
from monosashi.web.config.language import language_of
from monosashi.web.survey import queries as surveys


def _of_sitting(view: Callable[..., HttpResponse]) -> Any:
    """Finds the unfinished answers; shows the receipt where they were submitted, 404 where there are none."""

    @csrf_exempt
    @allowed(ANYONE)
    @wraps(view)
    def found(request: HttpRequest, survey: str, code: str, **more: str) -> HttpResponse:
        sitting = queries.sitting(survey, codes.typed(code))
        if sitting is not None:
            return shut(request, sitting.wave) or view(request, sitting, code, **more)
        if submission := queries.submitted(survey, codes.typed(code)):
            return stored_before(request, submission, codes.typed(code))
        wave = surveys.current(survey)
        return page(request, "unknown", status=404, survey=wave.survey, form=wave.questionnaire)

    return found


@_of_sitting
def sitting(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """The link that leads back: to the first question that is still open."""
    open_ = first_open(_steps(sitting), sitting.answers)
    return _check_or(open_, sitting, code)


@_of_sitting
def question(request: HttpRequest, sitting: Sitting, code: str, question: str) -> HttpResponse:
    coming = _steps(sitting)
    step = step_of(coming, question)
    if step is None:  # it no longer comes, since an answer before it was changed
        return redirect("sitting", sitting.wave.survey.code, code)
    if "next" not in request.POST:
        typed = asked.sent([step.question], request.POST) if request.method == "POST" else {}
        return _question(request, sitting, code, step, {**sitting.answers, **typed}, is_wrong=False)
    given = {**sitting.answers, **asked.sent([step.question], request.POST)}
    if list(misfits_of(step.question, given, today=_today())):
        return _question(request, sitting, code, step, given, is_wrong=True)
    try:
        saved = operations.save_answer(
            sitting=sitting,
            given=given,
            question=step.question,
            language=language_of(request.path_info),
            address=address_of(request),
        )
    except Problem as problem:
        return refused(request, problem, sitting.wave.survey)
    saved.wave = sitting.wave
    return _check_or(_after(saved, step, is_change="change" in request.POST), saved, code)


@_of_sitting
def check(request: HttpRequest, sitting: Sitting, code: str) -> HttpResponse:
    """Everything that was answered, to be read again, changed and sent."""
    form = sitting.wave.questionnaire
    if open_ := first_open(_steps(sitting), sitting.answers):
        return _check_or(open_, sitting, code)
    wrong = misfits(form, sitting.answers, today=_today())
    if "send" in request.POST and not wrong:
        try:
            receipt = operations.submit_sitting(
                sitting=sitting,
                code=codes.typed(code),
                language=language_of(request.path_info),
                address=address_of(request),
            )
        except Problem as problem:
            return refused(request, problem, sitting.wave.survey)
        return stored(request, receipt, sitting.wave)
    lines = [
        {
            "asked": asked.asked(step.question, sitting.answers, today=_today(), wrong=wrong),
            "words": asked.in_words(step.question, sitting.answers),
            "address": _address(sitting, code, step) + "?change=1",
        }
        for step in _steps(sitting)
    ]
    return page(
        request,
        "check",
        status=422 if "send" in request.POST else 200,
        languages=form.languages,
        survey=sitting.wave.survey,
        form=form,
        lines=lines,
        wrong=[line for line in lines if line["asked"].wrong],  # type: ignore[attr-defined]
        notes=last_notes(form, sitting.answers, today=_today()),
        code=codes.shown(codes.typed(code)),
        back=_address(sitting, code, _steps(sitting)[-1]),
    )


def _question(
    request: HttpRequest, sitting: Sitting, code: str, step: Step, answers: dict[str, str], *, is_wrong: bool
) -> HttpResponse:
    form = sitting.wave.questionnaire
    wrong = list(misfits_of(step.question, answers, today=_today())) if is_wrong else []
    shown = asked.asked(step.question, answers, today=_today(), wrong=wrong)
    is_change = "change" in request.POST or "change" in request.GET
    return page(
        request,
        "question",
        status=422 if wrong else 200,
        languages=form.languages,
        survey=sitting.wave.survey,
        form=form,
        step=step,
        asked=shown,
        wrong=[shown] if wrong else [],
        back=_back(sitting, code, step, is_change=is_change),
        is_change=is_change,
        code=codes.shown(codes.typed(code)),
    )


def _after(sitting: Sitting, step: Step, *, is_change: bool) -> Step | None:
    """The next page; None is the check page. After a change, only what is now asked for the first time."""
    coming = _steps(sitting)
    if is_change:
        return first_open(coming, sitting.answers)
    places = [one.question.id for one in coming]
    place = places.index(step.question.id) + 1
    return coming[place] if place < len(coming) else None


def _back(sitting: Sitting, code: str, step: Step, *, is_change: bool) -> str:
    survey = sitting.wave.survey.code
    if is_change:
        return reverse("sitting-check", args=[survey, code])
    if step.number == 1:
        return reverse("survey", args=[survey])
    return _address(sitting, code, _steps(sitting)[step.number - 2])


def _check_or(step: Step | None, sitting: Sitting, code: str) -> HttpResponse:
    if step is None:
        return redirect("sitting-check", sitting.wave.survey.code, code)
    return redirect(_address(sitting, code, step))


def _address(sitting: Sitting, code: str, step: Step) -> str:
    return reverse("sitting-question", args=[sitting.wave.survey.code, code, step.question.id])


def _steps(sitting: Sitting) -> tuple[Step, ...]:
    return steps(sitting.wave.questionnaire, sitting.answers, today=_today())


def _today() -> str:
    return timezone.localdate().isoformat()
