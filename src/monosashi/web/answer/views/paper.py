"""The screen on which officials enter paper forms, one after the other."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.answers.fitting import misfits
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.answer import asked, operations
from monosashi.web.config.fields import WorkspaceForm
from monosashi.web.config.language import language_of, tag_of
from monosashi.web.config.say import say
from monosashi.web.survey import queries as surveys
from monosashi.web.survey.models import Wave

_SERIAL = re.compile(r"[0-9A-Za-z-]{1,12}")
_NO_SERIAL = Text(
    ja="紙に書いた整理番号を入れてください（英数字12文字まで）。",
    en="Enter the number that is written on the form, 12 letters or digits at most.",
)


@allowed(needs(Power.RUN_SURVEYS))
def enter(request: HttpRequest, wave: int) -> HttpResponse:
    found = surveys.wave(wave)
    if request.method != "POST":
        return _form(request, found, {})
    given = asked.sent((q for q in found.questionnaire.questions if q.is_asked), request.POST)
    serial = request.POST.get("serial", "").strip()
    if not _SERIAL.fullmatch(serial) or misfits(found.questionnaire, given, today=_today()):
        return _form(request, found, given, status=422)
    try:
        _store(request, found, given, serial)
    except Problem as problem:
        conflict = problem.kind.code == "answer-conflict"
        said = "" if conflict else WorkspaceForm.said(problem)
        return _form(request, found, given, status=409, is_conflict=conflict, problem=said)
    return redirect("paper", wave)


def _store(request: HttpRequest, wave: Wave, given: dict[str, str], serial: str) -> None:
    by = account_of(request)
    if "correct" in request.POST:
        operations.correct_paper(wave=wave, answers=given, serial=serial, by=by)
        messages.success(request, say(f"{serial} を直しました。", f"{serial} was corrected."))
        return
    language = tag_of(language_of(request.path_info))
    receipt = operations.enter_paper(wave=wave, answers=given, serial=serial, language=language, by=by)
    if receipt.is_new:
        messages.success(request, say(f"{serial} を保存しました。", f"{serial} was stored."))
    else:
        messages.info(
            request,
            say(f"{serial} は、同じ内容ですでに入っています。", f"{serial} was there already, the same."),
        )


def _form(
    request: HttpRequest,
    wave: Wave,
    answers: dict[str, str],
    *,
    status: int = 200,
    is_conflict: bool = False,
    problem: str = "",
) -> HttpResponse:
    form, today = wave.questionnaire, _today()
    wrong = misfits(form, answers, today=today) if status == 422 else ()
    shown = [asked.asked(q, answers, today=today, wrong=wrong) for q in form.questions if q.is_asked]
    serial = request.POST.get("serial", "")[:40]
    context = {
        "here": "surveys",
        "wave": wave,
        "form": form,
        "questions": shown,
        "wrong": [one for one in shown if one.wrong],
        "serial": serial,
        "serial_wrong": _NO_SERIAL if status == 422 and not _SERIAL.fullmatch(serial.strip()) else None,
        "is_conflict": is_conflict,
        "problem": problem,
    }
    return render(request, "answer/paper.html", context, status=status)


def _today() -> str:
    return timezone.localdate().isoformat()
