"""What a worker does beside its jobs: takes up abandoned ones, starts what is due, clears what is old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from monosashi import errors
from monosashi.define.text import Text
from monosashi.web.keep import audit, jobs
from monosashi.web.keep.models import Job, State


@dataclass(frozen=True)
class Due:
    """A kind of job is due again so long after the last one, if there is anything to do."""

    every: timedelta
    when: Callable[[], bool]


SCHEDULE: dict[str, Due] = {}
QUEUE_KEPT, JOBS_KEPT = timedelta(days=7), timedelta(days=400)


def schedule(kind: str, *, every: timedelta, when: Callable[[], bool] = lambda: True) -> None:
    SCHEDULE[kind] = Due(every, when)


def tidy() -> None:
    """One round. Safe to run in several workers at once: each part is one transaction."""
    jobs.take_up_abandoned()
    start_due()


@transaction.atomic
def start_due() -> list[str]:
    """Enqueues each kind of the schedule that is due and neither waiting nor running."""
    now, started = timezone.now(), []
    for kind, due in SCHEDULE.items():
        last = Job.objects.filter(kind=kind).order_by("-requested_at").first()
        open_ = last is not None and last.state in (State.WAITING, State.RUNNING)
        if not open_ and (last is None or last.requested_at <= now - due.every) and due.when():
            jobs.enqueue(kind, by=None)
            started.append(kind)
    return started


@jobs.job("audit.check", Text(ja="変更の記録の点検", en="Check of the audit trail"))
def check_audit(work: jobs.Work) -> dict[str, Any]:
    found = list(audit.broken())
    if found:
        raise errors.AUDIT_BROKEN(numbers=", ".join(map(str, found[:10])), count=len(found))
    newest = audit.newest()
    return {"events": newest[0], "digest": newest[1]} if newest else {"events": 0}


@jobs.job("old.clear", Text(ja="古いものの片付け", en="Clearing of what is old"))
def clear_old(work: jobs.Work) -> dict[str, Any]:
    """Ended sessions, finished entries of the queue, and scheduled jobs of more than a year ago."""
    now = timezone.now()
    entries = DBTaskResult.objects.finished().filter(finished_at__lt=now - QUEUE_KEPT).delete()[0]
    old = Job.objects.filter(
        requested_by=None, state__in=(State.DONE, State.FAILED), finished_at__lt=now - JOBS_KEPT
    ).delete()[0]
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {"queue_entries": entries, "jobs": old}


schedule("audit.check", every=timedelta(days=1))
schedule("old.clear", every=timedelta(days=1))
