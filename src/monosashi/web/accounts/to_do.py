"""What waits for an official, most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from monosashi.define.text import Text
from monosashi.web.accounts.models import Account
from monosashi.web.accounts.roles import Power
from monosashi.web.keep.jobs import title_of
from monosashi.web.keep.models import Job, State
from monosashi.web.measure import queries as measured


@dataclass(frozen=True)
class Task:
    what: Text
    address: str


def to_do(account: Account) -> list[Task]:
    return [*_failed(account), *_drafts(account)]


def _failed(account: Account) -> Iterator[Task]:
    """The newest job of each kind that failed and was not asked for again since."""
    seen: set[str] = set()
    for job in Job.objects.filter(requested_by=account)[:50]:
        if job.kind not in seen and job.state == State.FAILED:
            title = title_of(job.kind)
            what = Text(ja=f"「{title.ja}」が失敗しました。理由を見る", en=f"“{title.en}” failed: see why")
            yield Task(what, reverse("job", args=[job.pk]))
        seen.add(job.kind)


def _drafts(account: Account) -> Iterator[Task]:
    if not account.may(Power.READ_DRAFTS):
        return
    publishes = account.may(Power.PUBLISH_EDITION)
    for draft in measured.drafts():
        id = draft.edition.id
        verb = (
            Text(ja=f"版 {id} の公表を待っています", en=f"Edition {id} waits to be published")
            if publishes and not draft.is_of(account)
            else Text(ja=f"版 {id} の下書きを読む", en=f"Read the draft of edition {id}")
        )
        yield Task(verb, reverse("draft", args=[id]))
