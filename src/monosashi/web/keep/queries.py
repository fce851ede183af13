"""What pages ask about the audit trail and jobs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404

from monosashi.web.accounts.models import Account
from monosashi.web.accounts.roles import Power
from monosashi.web.keep.models import AuditEvent, Job, State

PAGE = 50


def jobs_waiting() -> int:
    return Job.objects.filter(state=State.WAITING).count()


def jobs(by: Account, number: int = 1) -> Page[Job]:
    """Jobs that an account may see: its own; with the power to see jobs, everybody's."""
    found = Job.objects.select_related("requested_by")
    if not by.may(Power.SEE_JOBS):
        found = found.filter(requested_by=by)
    return Paginator(found, PAGE).get_page(number)


def job(by: Account, id: UUID) -> Job:
    found = Job.objects.select_related("requested_by").filter(pk=id).first()
    if found is None or not (found.requested_by_id == by.pk or by.may(Power.SEE_JOBS)):
        raise Http404
    return found


def running(by: Account) -> Sequence[Job]:
    found = Job.objects.filter(state__in=(State.WAITING, State.RUNNING), requested_by=by)
    return list(found.order_by("requested_at"))


def latest_of(kind: str, **arguments: object) -> Job | None:
    """The newest finished job of a kind with these arguments."""
    wanted = {f"arguments__{name}": value for name, value in arguments.items()}
    return Job.objects.filter(kind=kind, state=State.DONE, **wanted).order_by("-finished_at").first()


def audit_events(number: int = 1) -> Page[AuditEvent]:
    return Paginator(AuditEvent.objects.select_related("by"), PAGE).get_page(number)
