"""`/healthz`: can the database be read and the workers be heard. For probes, not for people."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.keep import queries


@allowed(ANYONE)
def health(request: HttpRequest) -> JsonResponse:
    try:
        waiting = queries.jobs_waiting()
    except DatabaseError:
        return JsonResponse({"database": False}, status=503, headers={"Retry-After": "60"})
    return JsonResponse({"database": True, "jobs_waiting": waiting}, headers={"Cache-Control": "no-store"})
