"""Processes kept running beside the site, and what ends them together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

_PAUSE, _PATIENCE = 1.0, 15.0  # seconds before a dead process is started again; for a running one to end


@contextmanager
def kept_running(command: Sequence[str], *, handles: Sequence[int] = ()) -> Iterator[None]:
    """Starts the command again whenever it ends, until the block is left; then asks it to end.

    `handles` are open files (a listening socket) that it shares with this process.
    """
    over = threading.Event()
    running = [subprocess.Popen(command, pass_fds=handles)]  # noqa: S603 - our own command

    def watch() -> None:
        while not over.is_set():
            running[0].wait()
            if over.wait(_PAUSE):
                return
            running[0] = subprocess.Popen(command, pass_fds=handles)  # noqa: S603

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        running[0].terminate()
        try:
            running[0].wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            running[0].kill()
        watcher.join(_PATIENCE)


@contextmanager
def stops_on_signals() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl+C does, and neither leaves a traceback."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def end_without(parent: int) -> None:
    """Ends this process once the one that started it is gone, however that ended."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
