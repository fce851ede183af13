"""The first page of a survey, the first question, the way back to unfinished answers, and the paper form."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from monosashi.define.questionnaire.expression import names
from monosashi.define.questionnaire.form import Question, Questionnaire
from monosashi.errors import Problem
from monosashi.gather.answers.fitting import misfits_of
from monosashi.gather.answers.steps import steps
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.answer import asked, codes, operations, queries
from monosashi.web.answer.page import address_of, page
from monosashi.web.answer.views.refusals import refused, shut
from monosashi.web.config.language import language_of
from monosashi.web.survey import queries as surveys
from monosashi.web.survey.models import Access


@allowed(ANYONE)
def start(request: HttpRequest, survey: str) -> HttpResponse:
    """Who asks, why, how long it takes."""
    wave = surveys.current(survey)
    return shut(request, wave) or page(
        request,
        "start",
        languages=wave.questionnaire.languages,
        survey=wave.survey,
        form=wave.questionnaire,
        count=len(steps(wave.questionnaire, {}, today=_today())),
    )


@csrf_exempt
@allowed(ANYONE)
def begin(request: HttpRequest, survey: str) -> HttpResponse:
    """The first question. Answering it is what begins a sitting."""
    wave = surveys.current(survey)
    if closed := shut(request, wave):
        return closed
    if wave.survey.access == Access.TOKEN:
        return page(request, "invited", status=403, survey=wave.survey, form=wave.questionnaire)
    step = steps(wave.questionnaire, {}, today=_today())[0]
    given = asked.sent([step.question], request.POST)
    wrong = list(misfits_of(step.question, given, today=_today())) if "next" in request.POST else []
    if "next" in request.POST and not wrong:
        try:
            code = operations.start(
                wave=wave,
                given=given,
                question=step.question,
                language=language_of(request.path_info),
                address=address_of(request),
            )
        except Problem as problem:
            return refused(request, problem, wave.survey)
        return redirect("sitting", survey, code)
    shown = asked.asked(step.question, given, today=_today(), wrong=wrong)
    back = reverse("survey", args=[survey])
    return page(
        request,
        "question",
        status=422 if wrong else 200,
        languages=wave.questionnaire.languages,
        survey=wave.survey,
        form=wave.questionnaire,
        step=step,
        asked=shown,
        wrong=[shown] if wrong else [],
        back=back,
    )


@csrf_exempt
@allowed(ANYONE)
def resume(request: HttpRequest, survey: str) -> HttpResponse:
    """Back to unfinished answers by the code that stood on every page."""
    wave = surveys.current(survey)
    typed = request.POST.get("code", "")
    code = codes.typed(typed)
    if code and (queries.sitting(survey, code) or queries.submitted(survey, code)):
        return redirect("sitting", survey, code)
    wrong = request.method == "POST" and "next" in request.POST
    return page(
        request,
        "resume",
        status=422 if wrong else 200,
        survey=wave.survey,
        form=wave.questionnaire,
        typed=typed[:40],
        wrong=wrong,
    )


@allowed(ANYONE)
def paper(request: HttpRequest, survey: str) -> HttpResponse:
    """The whole questionnaire to print, with the address of the page as a QR code."""
    wave = surveys.current(survey)
    address = request.build_absolute_uri(reverse("survey", args=[survey]))
    form = wave.questionnaire
    return page(
        request,
        "print",
        languages=form.languages,
        survey=wave.survey,
        form=form,
        lines=_lines(form),
        address=address,
        qr=segno.make(address, error="m").svg_inline(scale=3, border=2),
        version=wave.questionnaire_version_id,
    )


def _lines(form: Questionnaire) -> list[dict[str, object]]:
    """Questions numbered, each with the numbers of those that decide whether it is answered."""
    asked_ones = [question for question in form.questions if question.is_asked]
    number = {question.id: place for place, question in enumerate(asked_ones, start=1)}
    return [
        {
            "asked": asked.asked(question, {}, today=_today()),
            "question": question,
            "number": number.get(question.id),
            "depends_on": sorted({number[name] for name in _deciding(form, question) if name in number}),
            "blank": range(max(question.lines, 1)),
        }
        for question in form.questions
    ]


def _deciding(form: Questionnaire, question: Question) -> list[str]:
    rules, name = [question.relevant], question.group
    while name is not None:
        group = form.group(name)
        rules.append(group.relevant)
        name = group.parent
    return [found for rule in rules if rule for found in names(rule)]


def _today() -> str:
    return timezone.localdate().isoformat()
