"""Taking one's answers back with the code of the receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from monosashi.errors import Problem
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.answer import operations
from monosashi.web.answer.page import page

_STATUS = {"receipt-unknown": 422, "withdrawal-late": 410}


@csrf_exempt
@allowed(ANYONE)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more before anything goes, since nothing brings the answers back."""
    typed = request.POST.get("code", "")
    if "send" not in request.POST:
        return page(request, "withdraw", typed=typed[:40])
    try:
        wave = operations.withdraw(code=typed)
    except Problem as problem:
        code = problem.kind.code
        return page(request, "withdraw", status=_STATUS[code], typed=typed[:40], wrong=code)
    return page(request, "withdrawn", survey=wave.survey)
