"""The process that works on jobs: `monosashi manage work`. `monosashi serve` keeps one running."""

from __future__ import annotations

import logging
import os
import signal
import threading

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from monosashi.web.keep import housekeeping

_EVERY = 15.0  # seconds between two rounds of housekeeping
_log = logging.getLogger(__name__)


def work(*, until_empty: bool = False, parent: int | None = None, interval: float = 0.5) -> None:
    """Works until a signal, until the queue is empty, or until the process that started it is gone."""
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=until_empty,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    if until_empty:
        housekeeping.tidy()
        worker.run()
        return
    threading.Thread(target=_tidy_forever, daemon=True).start()
    if parent is not None:
        threading.Thread(target=_end_without, args=(parent,), daemon=True).start()
    worker.configure_signals()
    worker.run()


def _tidy_forever() -> None:
    pause = threading.Event()
    while True:
        try:
            housekeeping.tidy()
        except Exception:  # the next round may find the database free again
            _log.warning("housekeeping failed; trying again in %s s", _EVERY, exc_info=True)
        close_old_connections()
        pause.wait(_EVERY)


def _end_without(parent: int) -> None:
    """A site that was killed must not leave a worker behind: it would be a second one after the restart."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(1.0)
    os.kill(os.getpid(), signal.SIGTERM)
