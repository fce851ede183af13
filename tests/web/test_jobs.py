"""Background jobs: durable with the request, worked on once, taken up again, and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from monosashi import errors
from monosashi.define.text import Text
from monosashi.web.keep import housekeeping, jobs, queries
from monosashi.web.keep.models import AuditEvent, Job, State
from monosashi.web.keep.worker import work

TITLE = Text(ja="試し", en="Trial")


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Kinds of job for these tests only."""
    monkeypatch.setattr(jobs, "_KINDS", dict(jobs._KINDS))

    @jobs.job("trial.add", TITLE)
    def add(work, *, a, b):
        for done in (1, 2):
            work.report(Text(ja=f"{done}つ目", en=f"number {done}"), done=done, total=2)
        return {"sum": a + b}

    @jobs.job("trial.problem", TITLE)
    def problem(work):
        raise errors.EDITION_UNKNOWN(id="FY1999")

    @jobs.job("trial.defect", TITLE)
    def defect(work):
        raise RuntimeError("a secret inside")


def worked(kind: str, by=None, **arguments) -> Job:
    job = jobs.enqueue(kind, by=by, **arguments)
    jobs.run.func(str(job.pk))
    job.refresh_from_db()
    return job


pytestmark = pytest.mark.django_db


def test_a_job_is_done_with_its_result_progress_and_trace() -> None:
    job = worked("trial.add", a=2, b=3)
    assert (job.state, job.result, job.done, job.total) == (State.DONE, {"sum": 5}, 2, 2)
    assert job.note == Text(ja="2つ目", en="number 2")
    told = AuditEvent.objects.filter(target_id=str(job.pk)).order_by("number")
    assert [event.action for event in told] == ["job.requested", "job.done"]


def test_a_problem_is_told_as_it_is_and_a_defect_without_its_insides() -> None:
    assert "FY1999" in worked("trial.problem").problem_en
    failed = worked("trial.defect")
    assert failed.state == State.FAILED
    assert "defect" in failed.problem_en
    assert "secret" not in failed.problem_ja + failed.problem_en


def test_a_request_that_is_undone_leaves_no_job_in_the_queue() -> None:
    with transaction.atomic():
        jobs.enqueue("trial.add", by=None, a=1, b=1)
        transaction.set_rollback(True)
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        jobs.enqueue("trial.unknown", by=None)
    assert Job.objects.count() == 0


def test_the_same_entry_of_the_queue_twice_does_the_work_once() -> None:
    job = worked("trial.add", a=1, b=1)
    jobs.run.func(str(job.pk))
    job.refresh_from_db()
    assert job.attempts == 1


def silent(job: Job, *, attempts: int = 1) -> None:
    """As a worker leaves a job when it is killed."""
    long_ago = timezone.now() - jobs.SILENCE - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, attempts=attempts, started_at=long_ago, beat_at=long_ago
    )
    DBTaskResult.objects.all().delete()


def test_the_job_of_a_killed_worker_is_taken_up_and_done() -> None:
    job = jobs.enqueue("trial.add", by=None, a=4, b=4)
    silent(job)
    assert jobs.take_up_abandoned() == 1
    entry = DBTaskResult.objects.get()
    jobs.run.func(*entry.args_kwargs["args"])
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (State.DONE, {"sum": 8}, 2)


def test_a_job_that_shows_signs_of_life_is_left_alone() -> None:
    job = jobs.enqueue("trial.add", by=None, a=1, b=1)
    silent(job)
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now())
    assert jobs.take_up_abandoned() == 0


def test_after_three_deaths_a_job_is_given_up_and_says_so() -> None:
    job = jobs.enqueue("trial.add", by=None, a=1, b=1)
    silent(job, attempts=jobs.ATTEMPTS)
    jobs.take_up_abandoned()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "3回" in job.problem_ja
    assert DBTaskResult.objects.count() == 0


def test_what_is_due_is_started_once_and_again_a_day_later() -> None:
    due = {kind for kind, one in housekeeping.SCHEDULE.items() if one.when()}
    assert set(housekeeping.start_due()) == due
    assert housekeeping.start_due() == []
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    Job.objects.update(state=State.DONE, requested_at=yesterday)
    assert set(housekeeping.start_due()) == due


def test_a_worker_empties_the_queue(monkeypatch) -> None:
    # the connection of the test holds its transaction
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    job = jobs.enqueue("trial.add", by=None, a=1, b=2)
    work(until_empty=True)
    job.refresh_from_db()
    assert job.result == {"sum": 3}
    assert queries.jobs_waiting() == 0
    assert Job.objects.filter(kind="audit.check", state=State.DONE).count() == 1


def test_the_check_of_the_audit_trail_fails_when_somebody_changed_it(monkeypatch) -> None:
    assert worked("audit.check").result["events"] > 0
    monkeypatch.setattr("monosashi.web.keep.audit.broken", lambda: iter([7]))
    failed = worked("audit.check")
    assert failed.state == State.FAILED
    assert "7" in failed.problem_ja


def test_old_entries_are_cleared_and_people_s_jobs_kept(people) -> None:
    mine = worked("trial.add", by=people.accounts["water/analyst"], a=1, b=1)
    scheduled = worked("trial.add", a=1, b=1)
    Job.objects.update(finished_at=timezone.now() - housekeeping.JOBS_KEPT - timedelta(days=1))
    worked("old.clear")
    assert Job.objects.filter(pk=mine.pk).exists()
    assert not Job.objects.filter(pk=scheduled.pk).exists()


def test_a_job_page_shows_state_and_works_without_script(people) -> None:
    job = worked("trial.problem", by=people.accounts["water/service_owner"])
    client = people.client("water/service_owner")
    page = client.get(f"/manage/jobs/{job.pk}/").content.decode()
    assert "失敗" in page
    assert "FY1999" in page
    assert "FY1999" in client.get(f"/en/manage/jobs/{job.pk}/state/").content.decode()
    waiting = jobs.enqueue("trial.add", by=people.accounts["water/service_owner"], a=1, b=1)
    page = client.get(f"/manage/jobs/{waiting.pk}/").content.decode()
    assert "順番待ち" in page
    assert f'href="/manage/jobs/{waiting.pk}/"' in page


def test_a_job_of_somebody_else_does_not_exist(people) -> None:
    job = worked("trial.add", by=people.accounts["water/service_owner"], a=1, b=1)
    assert people.client("tax/service_owner").get(f"/manage/jobs/{job.pk}/").status_code == 404
    assert people.client("tax/bureau_lead").get(f"/manage/jobs/{job.pk}/").status_code == 200


def test_the_health_of_the_installation_is_told_to_probes(people) -> None:
    jobs.enqueue("trial.add", by=None, a=1, b=1)
    answer = people.client("anonymous").get("/healthz")
    assert answer.json() == {"database": True, "jobs_waiting": 1}
