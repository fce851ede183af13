"""Writers in turn: SQLite has one at a time, and lets those who wait knock again and again, first or last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_turn = threading.Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """A transaction for which the threads of a process queue up, so that none of them waits too long.

    Other processes, and PostgreSQL, are not held up by it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _turn, transaction.atomic():
        yield
