"""What pages ask about editions and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from monosashi.adapters.editions import Editions
from monosashi.adapters.home import Home
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
    editions = _editions()
    found = (editions.draft(id) for id in editions.drafts())
    return [Draft(edition, latest_of("edition.build", id=edition.id)) for edition in found if edition]


def draft(id: str) -> Draft:
    found = next((draft for draft in drafts() if draft.edition.id == id), None)
    if found is None:
        raise Http404
    return found


def _editions() -> Editions:
    return Editions(Home.of_environment().editions)
