"""Taking one's answers back with the code of the receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from monosashi.errors import Problem
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.answer import operations
from monosashi.web.answer.page import address_of, page
from monosashi.web.config.failures import TOO_MANY, page_of

_STATUS = {"receipt-unknown": 422, "withdrawal-late": 410}


@csrf_exempt
@allowed(ANYONE)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Asked once more before anything goes, since nothing brings the answers back."""
    typed = request.POST.get("code", "")
    if "send" not in request.POST:
        return page(request, "withdraw", typed=typed[:40])
    try:
        wave = operations.withdraw(code=typed, address=address_of(request))
    except Problem as problem:
        code = problem.kind.code
        if code == "posts-too-many":
            return page_of(TOO_MANY, request)
        return page(request, "withdraw", status=_STATUS[code], typed=typed[:40], wrong=code)
    return page(request, "withdrawn", survey=wave.survey)
