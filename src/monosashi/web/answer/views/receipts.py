"""The receipt: that it is stored, the code to withdraw it with, and what happens next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from monosashi.web.answer import codes
from monosashi.web.answer.models import Submission
from monosashi.web.answer.operations import Receipt
from monosashi.web.answer.page import page
from monosashi.web.survey.models import Wave


def stored(request: HttpRequest, receipt: Receipt, wave: Wave, **shown: Any) -> HttpResponse:
    """201 where it was stored now, 200 where it had been: the page is the same."""
    return _page(request, wave, receipt.code, status=201 if receipt.is_new else 200, **shown)


def stored_before(request: HttpRequest, submission: Submission, key: str) -> HttpResponse:
    """Somebody comes back after sending. Going on answering is a conflict; looking is not."""
    wave = submission.wave
    if submission.withdrawn_at is not None:
        return page(request, "refused", status=410, survey=wave.survey, problem="answer-withdrawn")
    status = 409 if "next" in request.POST else 200
    return _page(request, wave, codes.receipt(wave.pk, key), status=status, too_late=status == 409)


def _page(request: HttpRequest, wave: Wave, code: str, *, status: int, **shown: Any) -> HttpResponse:
    form = wave.questionnaire
    code = codes.shown(code) if wave.asks_for_receipt else ""
    shown = {"survey": wave.survey, "form": form, "code": code, **shown}
    return page(request, "receipt", status=status, languages=form.languages, **shown)
