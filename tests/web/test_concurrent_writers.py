"""Two writers at once on a real database: every event in the chain, none lost, none doubled."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from monosashi.cli import run
run.start_django()
from monosashi.web.keep import audit
for one in range(40):
    audit.record("role.given", target=None, by=None, writer=sys.argv[1], one=one)
"""


PREPARE = """
import sys
from pathlib import Path
from monosashi.cli import run
run.prepare(Path(sys.argv[1]))
"""
COUNT = """
from monosashi.cli import run
run.start_django()
from monosashi.web.keep import audit
from monosashi.web.keep.models import AuditEvent
print(AuditEvent.objects.count(), list(audit.broken()))
"""


@pytest.fixture
def database(tmp_path):
    """One of its own: SQLite in a file, or a new one on the PostgreSQL that the suite was given."""
    environment = {**os.environ, "MONOSASHI_HOME": str(tmp_path)}
    url = os.environ.get("MONOSASHI_DATABASE_URL")
    if not url:
        yield environment
        return
    import psycopg

    name = f"monosashi_writers_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        before, _, after = url.partition("?")
        environment["MONOSASHI_DATABASE_URL"] = f"{before.rpartition('/')[0]}/{name}?{after}".rstrip("?")
        yield environment
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(environment, script: str, *arguments: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_writers_at_once_make_one_chain(database):
    prepared = start(database, PREPARE, database["MONOSASHI_HOME"])
    assert prepared.wait() == 0, prepared.stderr.read()
    writers = [start(database, SCRIPT, str(number)) for number in range(4)]
    assert [(writer.wait(), writer.stderr.read()) for writer in writers] == [(0, "")] * 4
    assert start(database, COUNT).communicate()[0].strip() == "160 []"


IMPORT = """
from monosashi.cli import run
run.start_django()
from monosashi.gather.register.entries import Entries
from monosashi.web.register.importing import import_entries
codes = [f"tool-{number}" for number in range(3000)]
columns = {"code": codes, "name_ja": codes, "kind": ["tool"] * len(codes)}
entries = Entries("tools", columns, range(len(codes)))
print("ready", flush=True)
input()
receipt = import_entries(entries=entries, where="", source={}, by=None)
print(receipt.added, receipt.unchanged)
"""


def test_the_same_file_from_two_at_once_is_stored_once(database) -> None:
    assert start(database, PREPARE, database["MONOSASHI_HOME"]).wait() == 0
    both = [start(database, IMPORT) for _ in range(2)]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate() for process in both]
    assert sorted(out.strip() for out, _ in said) == ["0 3000", "3000 0"], said


KEY = """
from monosashi.cli import run
run.start_django()
from monosashi.define.text import Text
from monosashi.web.accounts import operations as people
from monosashi.web.accounts.models import Account
from monosashi.web.api import operations
by = Account.objects.create_superuser("a@example.jp", None, name="a")
city = people.add_organization(code="city", name=Text(ja="市", en="City"), parent=None, by=None)
operations.make_key(name="twins", scopes=["events"], organization=city, by=by)
"""
SEND = """
from monosashi.cli import run
run.start_django()
from monosashi.gather.objects import Item
from monosashi.web.api import operations
from monosashi.web.api.models import ApiKey
key = ApiKey.objects.get()
print("ready", flush=True)
input()
for round in range(20):
    names = [f"{round}-{number}" for number in range(30)]
    items = [Item({"case_id": name}, (), name, name) for name in names]
    batch, new = operations.accept(
        key=key, idempotency_key=f"round-{round:04}", digest="d", table="events", items=items
    )
    assert {one["status"] for one in batch.results()} == {"accepted"}
"""
STORED = """
from monosashi.cli import run
run.start_django()
from monosashi.web.api.models import Arrival, Batch
print(Batch.objects.count(), Arrival.objects.count())
"""


def test_programs_that_send_the_same_batch_at_once_store_it_once(database):
    prepared = start(database, PREPARE, database["MONOSASHI_HOME"])
    assert prepared.wait() == 0, prepared.stderr.read()
    made = start(database, KEY)
    assert made.wait() == 0, made.stderr.read()
    senders = [start(database, SEND) for _ in range(4)]
    assert [sender.stdout.readline() for sender in senders] == ["ready\n"] * 4
    for sender in senders:
        sender.stdin.write("\n")
        sender.stdin.flush()
    assert [(sender.wait(), sender.stderr.read()) for sender in senders] == [(0, "")] * 4
    assert start(database, STORED).communicate()[0].strip() == "20 600"
