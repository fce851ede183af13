"""The processes that answer requests: one listening socket, shared by as many as MONOSASHI_WORKERS says.

Each is a waitress with threads of its own: several processes because one interpreter uses one core. The
first is the process of the command itself; it keeps the others, and the worker of jobs, running.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from monosashi.cli.supervisor import end_without, kept_running, stops_on_signals

_MAX_BODY = 64 << 20  # bytes; an upload may have 50 MB, the rest is the form around it
_WAITING = 1024  # connections that may wait to be accepted


def serve(*, host: str, port: int, on_ready: Callable[[], None]) -> None:
    """Serves until Ctrl+C or SIGTERM. `on_ready` is called once connections are accepted."""
    from monosashi.web.config.environment import Environment

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    workers = Environment.of_process().whole("MONOSASHI_WORKERS", 1, 64)
    with (
        socket.create_server((host, port), family=family, backlog=_WAITING) as listening,
        ExitStack() as all_,
    ):
        server = _server(listening)
        me, handle = str(os.getpid()), listening.fileno()
        all_.enter_context(stops_on_signals())
        jobs = [sys.executable, "-m", "monosashi.cli", "manage", "work", "--parent", me]
        all_.enter_context(kept_running(jobs))
        for _ in range(workers - 1):
            beside = [sys.executable, "-m", "monosashi.cli.site", str(handle), me]
            all_.enter_context(kept_running(beside, handles=(handle,)))
        on_ready()
        server.run()
    server.close()


def serve_beside(handle: int, parent: int) -> None:
    """What the further processes do: answer from the same socket, for as long as the first one lives."""
    from monosashi.cli.run import start_django

    start_django()
    _warm_up()
    server = _server(socket.socket(fileno=handle))
    threading.Thread(target=end_without, args=(parent,), daemon=True).start()
    with stops_on_signals():
        server.run()
    server.close()


def _warm_up() -> None:
    """Reads the table of addresses, and with it every view, so that nobody waits for that.

    Requests open the database and close it again, so that one that was lost or replaced is noticed. This
    thread answers none of them: its connection stays, because SQLite empties its log whenever the last one
    closes, which would cost two more flushes a request.
    """
    from django.db import connection
    from django.urls import get_resolver

    from monosashi.web.config.wsgi import application  # noqa: F401

    len(get_resolver().url_patterns)
    connection.ensure_connection()


def _server(listening: socket.socket) -> Any:
    import waitress

    from monosashi.web.config.environment import Environment
    from monosashi.web.config.wsgi import application

    environment = Environment.of_process()
    proxy: dict[str, Any] = {}
    if environment.flag("MONOSASHI_HTTPS"):
        proxy = {
            "trusted_proxy": environment.text("MONOSASHI_PROXY"),
            "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for",
        }
    return waitress.create_server(
        application,
        sockets=[listening],
        threads=environment.whole("MONOSASHI_THREADS", 1, 256),
        max_request_body_size=_MAX_BODY,
        ident=None,
        **proxy,
    )


if __name__ == "__main__":
    serve_beside(int(sys.argv[1]), int(sys.argv[2]))
