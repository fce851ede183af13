"""Jobs: enqueued in the transaction of the request, run by a worker, taken up again when a worker was killed.

A kind of job is a function registered with `@job("edition.build")`. It is given a `Work`, through which it
tells its progress, and the arguments as they were enqueued; it returns what is to be kept as the result. A
`Problem` that it raises is shown to the person as it is; anything else is a defect, logged and named so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks import task

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.web.keep import audit
from monosashi.web.keep.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monosashi.web.accounts.models import Account

BEAT, SILENCE = 5.0, timedelta(seconds=45)  # seconds between two signs of life; without one, a worker is dead
ATTEMPTS = 3
_OFTEN = 0.5  # seconds; progress is written no more often
_DEFECT = Text(
    ja="不具合のため止まりました。運用の記録に詳しく残っています。",
    en="It stopped because of a defect; the log of the installation has the details.",
)
_GIVEN_UP = Text(
    ja="仕事をしていたプロセスが{attempts}回止まったため、やめました。",
    en="The process that worked on it died {attempts} times; it was given up.",
)
_log = logging.getLogger(__name__)


@dataclass
class Work:
    """A job at work. `report` may be called as often as one likes."""

    job: Job
    _told: float = field(default=0.0, repr=False)

    def report(self, note: Text, *, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if now - self._told < _OFTEN and done != total:
            return
        self._told = now
        Job.objects.filter(pk=self.job.pk).update(
            note_ja=note.ja[:300], note_en=note.en[:300], done=done, total=total, beat_at=timezone.now()
        )


Function = Callable[..., dict[str, Any]]
_KINDS: dict[str, tuple[Function, Text]] = {}


def job(kind: str, title: Text) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        _KINDS[kind] = (function, title)
        return function

    return register


def title_of(kind: str) -> Text:
    return _KINDS[kind][1] if kind in _KINDS else Text(ja=kind, en=kind)


@transaction.atomic
def enqueue(kind: str, *, by: Account | None, **arguments: Any) -> Job:
    """Durable when the transaction is: the job, its audit event and its place in the queue are one write."""
    if kind not in _KINDS:
        raise KeyError(kind)
    made = Job.objects.create(kind=kind, arguments=arguments, requested_by=by, requested_at=timezone.now())
    audit.record("job.requested", target=made, by=by, kind=kind, arguments=arguments)
    run.enqueue(str(made.pk))
    return made


@task()
def run(id: str) -> None:
    """What a worker does with one entry of the queue."""
    work = _taken(UUID(id))
    if work is None:
        return
    function, _ = _KINDS[work.job.kind]
    with _beating(work.job):
        try:
            result = function(work, **work.job.arguments)
        except Problem as problem:
            _end(work.job, State.FAILED, problem=Text(ja=problem.as_text("ja"), en=problem.as_text("en")))
        except Exception:
            _log.exception("job %s (%s) failed", work.job.pk, work.job.kind)
            _end(work.job, State.FAILED, problem=_DEFECT)
        else:
            _end(work.job, State.DONE, result=result)


@transaction.atomic
def _taken(id: UUID) -> Work | None:
    """The job, now running; None where it is over or somebody else is at it."""
    found = Job.objects.select_for_update().filter(pk=id, state=State.WAITING).first()
    if found is None:
        return None
    found.state, found.attempts = State.RUNNING, found.attempts + 1
    found.started_at = found.beat_at = timezone.now()
    found.save()
    return Work(found)


@transaction.atomic
def _end(
    job: Job, state: State, *, result: dict[str, Any] | None = None, problem: Text | None = None
) -> None:
    """The first end counts: a job that was given up meanwhile stays given up."""
    ended = Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts).update(
        state=state,
        finished_at=timezone.now(),
        result=result or {},
        problem_ja=problem.ja if problem else "",
        problem_en=problem.en if problem else "",
    )
    if ended:
        audit.record(f"job.{state.value}", target=job, by=None, kind=job.kind)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Signs of life from a thread, while the job itself may be deep in a computation."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                Job.objects.filter(pk=job.pk).update(beat_at=timezone.now())
            except Exception:  # a locked database now and then is no reason to stop
                _log.warning("no sign of life could be written for job %s", job.pk, exc_info=True)
        close_old_connections()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@transaction.atomic
def take_up_abandoned() -> int:
    """Puts jobs without a sign of life back into the queue; after three attempts they are given up."""
    silent = Job.objects.select_for_update().filter(state=State.RUNNING, beat_at__lt=timezone.now() - SILENCE)
    count = 0
    for one in silent:
        count += 1
        if one.attempts >= ATTEMPTS:
            said = {"attempts": one.attempts}
            given_up = Text(ja=_GIVEN_UP.ja.format(**said), en=_GIVEN_UP.en.format(**said))
            _end(one, State.FAILED, problem=given_up)
        else:
            Job.objects.filter(pk=one.pk).update(state=State.WAITING)
            audit.record("job.taken_up", target=one, by=None, kind=one.kind)
            run.enqueue(str(one.pk))
    return count
