"""What officials do with editions: ask for a draft, publish one that somebody else asked for."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from monosashi import errors
from monosashi.adapters.editions import Editions
from monosashi.adapters.home import Home
from monosashi.define.period import Period
from monosashi.publish.edition import Edition
from monosashi.web.accounts.models import Account
from monosashi.web.keep import audit, jobs
from monosashi.web.keep.models import Job
from monosashi.web.keep.queries import latest_of


def request_draft(*, period: str, id: str, next_on: date | None, by: Account) -> Job:
    """Checks what can be checked at once, and enqueues the rest."""
    closed = Period.named(period)
    today = timezone.localdate()
    if closed.last_day >= today:
        raise errors.PERIOD_OPEN(period=period, last_day=closed.last_day.isoformat())
    chosen = id or period
    if chosen in Editions(Home.of_environment().editions).ids():
        raise errors.EDITION_EXISTS(id=chosen)
    days = {"built_on": today.isoformat(), "next_on": next_on.isoformat() if next_on else None}
    return jobs.enqueue("edition.build", by=by, period=period, id=chosen, **days)


def publish_draft(*, id: str, by: Account) -> Edition:
    """Two pairs of eyes: whoever asked for the draft cannot publish it (`edition-own`).

    The event is written first and in the same transaction: a folder that cannot be published leaves none.
    """
    built = latest_of("edition.build", id=id)
    if built is not None and built.requested_by_id == by.pk:
        raise errors.EDITION_OWN(id=id)
    editions = Editions(Home.of_environment().editions)
    with transaction.atomic():
        audit.record("edition.published", target=None, by=by, id=id)
        return editions.publish(id)
