"""What pages ask about editions and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from monosashi.adapters.editions import Editions
from monosashi.adapters.home import Home
from monosashi.errors import Problem
from monosashi.measure.estimate import Status
from monosashi.publish.edition import Edition
from monosashi.web.accounts.models import Account
from monosashi.web.keep.models import Job
from monosashi.web.keep.queries import latest_of


@dataclass(frozen=True)
class Draft:
    """A draft, and the job that made it where one did (the command line makes drafts, too)."""

    edition: Edition
    job: Job | None

    def is_of(self, account: Account) -> bool:
        return self.job is not None and self.job.requested_by_id == account.pk

    @property
    def states(self) -> Sequence[tuple[Status, int]]:
        """How many figures are in which of the five states."""
        held = [one.status for one in self.edition.estimates]
        return [(status, held.count(status)) for status in Status]


def published() -> Sequence[Edition]:
    """Newest first."""
    editions = _editions()
    return [found for id in reversed(editions.ids()) if (found := editions.get(id))]


def drafts() -> Sequence[Draft]:
    """Those that are whole; the others are `damaged_drafts`."""
    found = (_readable(id) for id in _editions().drafts())
    return [Draft(edition, latest_of("edition.build", id=edition.id)) for edition in found if edition]


def damaged_drafts() -> Sequence[str]:
    return [id for id in _editions().drafts() if _readable(id) is None]


def draft(id: str) -> Draft:
    edition = _readable(id)
    if edition is None:
        raise Http404
    return Draft(edition, latest_of("edition.build", id=id))


def _readable(id: str) -> Edition | None:
    try:
        return _editions().draft(id)
    except Problem:
        return None


def _editions() -> Editions:
    return Editions(Home.of_environment().editions)
