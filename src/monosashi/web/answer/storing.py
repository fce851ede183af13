"""Submissions on their way to disk: those that arrive together are flushed together (docs/adr/0025).

A flush costs the same for one row as for many, and SQLite has one writer at a time. So each thread leaves
its row and takes its turn at writing; whoever has the turn writes everything that waits in one transaction.
Nobody is answered before the transaction that holds their row is on disk.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils import timezone

from monosashi.web.answer import limits
from monosashi.web.answer.models import Sitting, Submission
from monosashi.web.keep.turns import in_turn
from monosashi.web.survey.models import Wave
from monosashi.web.survey.operations import lock


class Outcome(Enum):
    STORED = "stored"
    TAKEN = "taken"  # the key is there already
    CLOSED = "closed"  # the wave takes no answers any more
    REFUSED = "refused"  # too many posts from this address


@dataclass
class _Turn:
    row: Submission
    sitting: Sitting | None
    address: str
    outcome: Outcome | None = None
    error: BaseException | None = None

    @property
    def is_over(self) -> bool:
        return self.outcome is not None or self.error is not None


_queue: list[_Turn] = []
_at_the_queue, _writing = threading.Lock(), threading.Lock()


def store(row: Submission, *, sitting: Sitting | None, address: str = "") -> Outcome:
    """Returns once the row is on disk, or will not be; with it goes the sitting it came from."""
    turn = _Turn(row, sitting, address)
    with _at_the_queue:
        _queue.append(turn)
    with _writing:
        if not turn.is_over:
            with _at_the_queue:
                batch = list(_queue)
                _queue.clear()
            _write(batch)
    if turn.error is not None:
        raise turn.error
    assert turn.outcome is not None
    return turn.outcome


def accepts(wave: Wave) -> bool:
    """As the database has it now, not as it was when the page was opened."""
    lock(wave.pk, shared=True)
    state = Wave.objects.only("state", "opens_at", "closes_at").get(pk=wave.pk)
    return state.accepts(at=timezone.now())


def _write(batch: Sequence[_Turn]) -> None:
    try:
        with in_turn():
            outcomes = _insert(batch)
    except BaseException as error:
        for turn in batch:
            turn.error = error
    else:
        for turn, outcome in zip(batch, outcomes, strict=True):
            turn.outcome = outcome


def _insert(batch: Sequence[_Turn]) -> list[Outcome]:
    """The unique key decides, in the database: a row whose key is there already is passed over."""
    addresses = Counter(turn.address for turn in batch)
    refused = {one for one, posts in addresses.items() if not limits.admits(one, posts)}
    waves = {turn.row.wave_id: turn.row.wave for turn in batch}
    is_open = {id: accepts(waves[id]) for id in sorted(waves)}

    def outcome_of(turn: _Turn) -> Outcome:
        if turn.row.pk in stored:
            return Outcome.STORED
        if turn.address in refused:
            return Outcome.REFUSED
        return Outcome.TAKEN if is_open[turn.row.wave_id] else Outcome.CLOSED

    rows = [turn.row for turn in batch if is_open[turn.row.wave_id] and turn.address not in refused]
    Submission.objects.bulk_create(rows, ignore_conflicts=True)
    stored = set(Submission.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    if done := [turn.sitting.pk for turn in batch if turn.sitting is not None and turn.row.pk in stored]:
        Sitting.objects.filter(pk__in=done).delete()
    return [outcome_of(turn) for turn in batch]
