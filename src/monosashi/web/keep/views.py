"""Pages about jobs and the audit trail."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monosashi.web.accounts.policy import SIGNED_IN, account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.keep import jobs as work
from monosashi.web.keep import queries
from monosashi.web.keep.words import ACTIONS


@allowed(SIGNED_IN)
def jobs(request: HttpRequest) -> HttpResponse:
    found = queries.jobs(account_of(request), _number(request))
    shown = [{"job": one, "title": work.title_of(one.kind)} for one in found]
    return render(request, "keep/jobs.html", {"here": "jobs", "page": found, "shown": shown})


@allowed(SIGNED_IN)
def job(request: HttpRequest, id: UUID) -> HttpResponse:
    return render(request, "keep/job.html", {"here": "jobs", **_shown(request, id)})


@allowed(SIGNED_IN)
def job_state(request: HttpRequest, id: UUID) -> HttpResponse:
    """The part of the page of a job that changes; a script asks for it, the link beside it needs none."""
    return render(request, "keep/_job_state.html", _shown(request, id))


@allowed(needs(Power.SEE_AUDIT))
def audit_trail(request: HttpRequest) -> HttpResponse:
    found = queries.audit_events(_number(request))
    shown = [{"event": one, "action": ACTIONS.get(one.action)} for one in found]
    return render(request, "keep/audit.html", {"here": "audit", "page": found, "shown": shown})


def _shown(request: HttpRequest, id: UUID) -> dict[str, object]:
    found = queries.job(account_of(request), id)
    return {"job": found, "title": work.title_of(found.kind)}


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
