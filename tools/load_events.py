"""`make load-events`: how many events a second the API's door stores, batches of 500, over the loopback.

A new installation in build/, `monosashi serve` as it is, a few senders side by side. Every acknowledged
event has been flushed to disk; at the end they are counted in the database and in the lake.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid

from load import MONOSASHI, ROOT, free_port, wait_for

HOME = ROOT / "build" / "load-events"
SENDERS, SECONDS, AT_ONCE = 4, 10.0, 500
MAKE_KEY = """
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.accounts import operations as people
from monosashi.define.text import Text
from monosashi.web.api import operations
by = Account.objects.create_superuser("load@example.jp", None, name="load")
city = people.add_organization(code="city", name=Text(ja="市", en="City"), parent=None, by=None)
print(operations.make_key(name="load", scopes=["events"], organization=city, by=by)[1])
"""


def main() -> int:
    shutil.rmtree(HOME, ignore_errors=True)
    environment = {**os.environ, "MONOSASHI_HOME": str(HOME)}
    run = [str(MONOSASHI)]
    subprocess.run([*run, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
    made = subprocess.run(
        [*run, "manage", "shell", "-c", MAKE_KEY], env=environment, check=True, capture_output=True, text=True
    )
    secret, port = made.stdout.split()[-1], free_port()
    server = subprocess.Popen([*run, "serve", "--port", str(port)], env=environment)
    try:
        wait_for(port, server)
        return measured(port, secret)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


def measured(port: int, secret: str) -> int:
    times: list[float] = []
    failures: list[str] = []
    began = time.monotonic()
    senders = [threading.Thread(target=send, args=(port, secret, times, failures)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    spent, ordered = time.monotonic() - began, sorted(times) or [float("nan")]
    p50, p95 = (1000 * ordered[min(int(q * len(ordered)), len(ordered) - 1)] for q in (0.5, 0.95))
    print(f"{os.cpu_count()} cores, {SENDERS} senders, batches of {AT_ONCE}, {spent:.1f} s")
    print(f"{len(times) * AT_ONCE / spent:.0f} events/s; a batch p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    print(f"{len(times) * AT_ONCE} acknowledged, {len(failures)} failures {failures[:3]}")
    return 1 if failures else 0


def send(port: int, secret: str, times: list[float], failures: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        body, headers = batch(secret)
        began = time.perf_counter()
        connection.request("POST", "/api/v1/events", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status == 201:
            times.append(time.perf_counter() - began)
        else:
            failures.append(f"{answer.status} {said[:200]!r}")
    connection.close()


def batch(secret: str) -> tuple[bytes, dict[str, str]]:
    name = uuid.uuid4().hex
    at = "2026-04-01T09:00:00+09:00"
    records = [
        {"case_id": f"{name}-{number}", "activity": "apply", "occurred_at": at, "channel": "online"}
        for number in range(AT_ONCE)
    ]
    headers = {
        "Authorization": f"Bearer {secret}",
        "Idempotency-Key": name,
        "Content-Type": "application/json",
    }
    return json.dumps({"records": records}).encode(), headers


if __name__ == "__main__":
    sys.exit(main())
