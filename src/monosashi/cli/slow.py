"""Whoever waits longer than two seconds is told what is going on, on standard error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import click

SLOW = 2.0  # seconds


@contextmanager
def said_when_slow(message: str) -> Iterator[None]:
    timer = Timer(SLOW, lambda: click.echo(message, err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
