"""What somebody reads whose answers could not be taken: kind, and plain about what was stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from monosashi.errors import Problem
from monosashi.web.answer.page import page
from monosashi.web.config.failures import TOO_MANY, page_of
from monosashi.web.survey.models import Survey, Wave

_STATUS = {
    "answer-conflict": 409,
    "answer-withdrawn": 410,
    "survey-closed": 410,
    "sitting-unknown": 404,
    "answer-misfit": 422,
    "answer-unknown": 422,
    "answer-key": 422,
}


def shut(request: HttpRequest, wave: Wave) -> HttpResponse | None:
    """The page of a survey that takes no answers now; None where it does."""
    now = timezone.now()
    if wave.accepts(at=now):
        return None
    over = wave.is_over(at=now)
    return page(request, "closed", status=410 if over else 404, survey=wave.survey, wave=wave, is_over=over)


def refused(request: HttpRequest, problem: Problem, survey: Survey) -> HttpResponse:
    code = problem.kind.code
    if code == "posts-too-many":
        return page_of(TOO_MANY, request)
    return page(request, "refused", status=_STATUS[code], survey=survey, problem=code)
