"""`make load`: how fast the public pages of the synthetic city answer, over the loopback, from waitress.

A fixed number of readers ask for page after page for a few seconds. Anything but 200 is a failure.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MONOSASHI = ROOT / ".venv" / "bin" / "monosashi"
HOME = ROOT / "build" / "load"
PAGES = ("/", "/indicators/satisfaction/", "/indicators/participation/", "/principles/1/", "/en/")
READERS, SECONDS, PATIENCE = 8, 5.0, 120.0


def main() -> int:
    port = free_port()
    server = start(port)
    try:
        wait_for(port, server)
        print(f"{os.cpu_count()} cores, {READERS} readers, {SECONDS:g} s a page, milliseconds")
        print(f"{'page':<30}{'requests/s':>12}{'p50':>8}{'p95':>8}{'p99':>8}{'failed':>8}")
        return 1 if sum(measured(port, page) for page in PAGES) else 0
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> subprocess.Popen[bytes]:
    """The city is built once and kept in build/; no browser is opened."""
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    command = [str(MONOSASHI), "demo", "--home", str(HOME), "--port", str(port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start; see the lines above")


def measured(port: int, page: str) -> int:
    """Prints one line; the number of failures."""
    times: list[float] = []
    failures: list[str] = []
    began = time.monotonic()
    readers = [threading.Thread(target=read, args=(port, page, times, failures)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    spent, ordered = time.monotonic() - began, sorted(times) or [float("nan")]
    quantiles = (1000 * ordered[min(int(q * len(ordered)), len(ordered) - 1)] for q in (0.5, 0.95, 0.99))
    figures = "".join(f"{value:>8.1f}" for value in quantiles)
    print(f"{page:<30}{len(times) / spent:>12.0f}{figures}{len(failures):>8}", flush=True)
    return len(failures)


def read(port: int, page: str, times: list[float], failures: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            connection.request("GET", page)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as problem:
            failures.append(str(problem))
            connection.close()
            continue
        if response.status != 200:
            failures.append(str(response.status))
        times.append(time.perf_counter() - began)
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
