"""The review of a service: three questions on one page, sent in one go."""

from __future__ import annotations

import secrets
import time

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from monosashi.errors import Problem
from monosashi.gather.answers.course import course
from monosashi.gather.answers.fitting import misfits
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.answer import asked, operations
from monosashi.web.answer.models import Mode
from monosashi.web.answer.page import address_of, page
from monosashi.web.answer.views.receipts import stored
from monosashi.web.answer.views.refusals import refused, shut
from monosashi.web.config.language import language_of
from monosashi.web.register.models import Service
from monosashi.web.survey import queries as surveys
from monosashi.web.survey.models import Wave

_STAMP = signing.TimestampSigner(sep="~", salt="monosashi.review")
_TRAP = "homepage"  # a field that nobody sees, and only programs fill in


@csrf_exempt
@allowed(ANYONE)
def review(request: HttpRequest, service: str) -> HttpResponse:
    found, wave = surveys.reviewed(service), surveys.current_review()
    if closed := shut(request, wave):
        return closed
    if request.method != "POST":
        return _form(request, found, wave, {}, key=_stamped(secrets.token_urlsafe(18)))
    given = asked.sent((q for q in wave.questionnaire.questions if q.is_asked), request.POST)
    key = request.POST.get("key", "")
    if "send" not in request.POST:  # another language: what was typed comes along
        return _form(request, found, wave, given, key=key)
    if misfits(wave.questionnaire, given, today=_today()):
        return _form(request, found, wave, given, key=key, is_wrong=True)
    return _sent(request, found, wave, given, key)


def _sent(
    request: HttpRequest, service: Service, wave: Wave, given: dict[str, str], key: str
) -> HttpResponse:
    plain, seconds = _unstamped(key)
    try:
        receipt = operations.submit(
            wave=wave,
            answers=given,
            key=plain,
            language=language_of(request.path_info),
            mode=Mode.WEB,
            service=service.code,
            organization=service.organization.code,
            seconds=seconds,
            address=address_of(request),
            flags=["hidden_field"] if request.POST.get(_TRAP) else [],
        )
    except Problem as problem:
        if problem.kind.code == "answer-conflict":
            return _form(request, service, wave, given, key=_stamped(secrets.token_urlsafe(18)), before=plain)
        return refused(request, problem, wave.survey)
    again = [(name, value) for name, values in request.POST.lists() for value in values]
    return stored(request, receipt, wave, service=service, again=again)


def _form(
    request: HttpRequest,
    service: Service,
    wave: Wave,
    answers: dict[str, str],
    *,
    key: str,
    is_wrong: bool = False,
    before: str = "",
) -> HttpResponse:
    """`before`: the key under which something else is stored already."""
    form, today = wave.questionnaire, _today()
    wrong = misfits(form, answers, today=today) if is_wrong else ()
    coming = [question for question in form.questions if question.is_asked and _may_come(wave, question.id)]
    shown = [asked.asked(question, answers, today=today, wrong=wrong) for question in coming]
    return page(
        request,
        "review",
        status=409 if before else 422 if wrong else 200,
        languages=form.languages,
        survey=wave.survey,
        form=form,
        service=service,
        questions=shown,
        wrong=[one for one in shown if one.wrong],
        key=key,
        trap=_TRAP,
        is_conflict=bool(before),
    )


def _may_come(wave: Wave, id: str) -> bool:
    """Questions that hang on others cannot be decided on one page: a review asks those that always come."""
    return any(question.id == id for question in course(wave.questionnaire, {}, today=_today()))


def _stamped(key: str) -> str:
    """A key with the time it was given out, signed, so that nobody can claim to have taken longer."""
    return _STAMP.sign(key)


def _unstamped(stamped: str) -> tuple[str, int | None]:
    """The key, and the seconds since it was given out where that is known."""
    try:
        key = _STAMP.unsign(stamped)
    except signing.BadSignature:
        return stamped, None
    given_out = signing.b62_decode(stamped.split("~")[-2])
    return key, max(0, int(time.time()) - given_out)


def _today() -> str:
    return timezone.localdate().isoformat()
