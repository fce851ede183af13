"""`init`, `check` and `serve` on a real database, as processes of their own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from broken_house import BIN
from monosashi.adapters.editions import Editions
from monosashi.publish.edition_files import write_edition
from publication import contents

PATIENCE = 60.0
TRIED = """
from monosashi.cli import run
run.start_django()
from monosashi.web.keep import jobs
print(jobs.enqueue("audit.check", by=None).pk)
"""


class Installation:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = home / "monosashi.sqlite3"
        self.environment = {**os.environ, "MONOSASHI_HOME": str(home), "MONOSASHI_LANGUAGE": "en"}
        self.environment.pop("MONOSASHI_DATABASE_URL", None)

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(BIN / "monosashi"), *arguments]
        return subprocess.run(
            command, env=self.environment, input=typed, capture_output=True, text=True, check=False
        )

    def python(self, script: str) -> str:
        command = [str(BIN / "python"), "-c", script]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def serve(self, port: int) -> subprocess.Popen[bytes]:
        command = [str(BIN / "monosashi"), "serve", "--port", str(port)]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Installation:
    """Shared by tests that leave it as it is."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    password = "a-long-enough-word"
    made = installation.run("init", "--administrator", "first@example.org", typed=f"{password}\n{password}\n")
    assert made.returncode == 0, made.stderr
    return installation


@pytest.fixture
def site(ready):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ready.serve(port)
    until(lambda: answers(port))
    yield server, port
    server.kill()
    server.wait()


def answers(port: int, path: str = "/healthz") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def until(true) -> None:
    """Waits for something that has to become true; how long it takes is nobody's business here."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def workers(parent: int) -> list[int]:
    """Processes that work for a site."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"work" in words and str(parent).encode() in words:
            found.append(int(folder.name))
    return found


def test_init_makes_a_home_with_a_key_only_its_owner_reads(ready):
    assert (ready.home / "secret.key").stat().st_mode & 0o777 == 0o600
    assert ready.rows("PRAGMA journal_mode") == [("wal",)]
    assert ready.rows("SELECT email, is_superuser FROM accounts_account") == [("first@example.org", 1)]


def test_init_again_keeps_everything(ready):
    key, people = (ready.home / "secret.key").read_text(), ready.rows("SELECT * FROM accounts_account")
    again = ready.run("init")
    assert json.loads(again.stdout)["administrators"] == 1
    assert (ready.home / "secret.key").read_text() == key
    assert ready.rows("SELECT * FROM accounts_account") == people


def test_a_weak_password_makes_no_administrator(ready):
    refused = ready.run("init", "--administrator", "second@example.org", typed="short\nshort\n")
    assert refused.returncode == 2
    assert "password-weak" in refused.stderr
    assert len(ready.rows("SELECT 1 FROM accounts_account")) == 1


@pytest.mark.parametrize("command", [("serve",), ("check",)])
def test_without_a_database_nothing_is_made_up(tmp_path, command):
    refused = Installation(tmp_path).run(*command)
    assert refused.returncode == 2
    assert "There is no database" in refused.stderr
    assert "monosashi init" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_sound_installation_passes_the_check(ready):
    checked = ready.run("check")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["problems"] == 0


def test_the_check_finds_an_edition_that_was_changed(ready, tmp_path):
    editions = Editions(ready.home / "editions")
    editions.write("FY2025", write_edition(contents()))
    editions.publish("FY2025")
    file = ready.home / "editions" / "FY2025" / "estimates.csv"
    kept = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(kept.replace(b"FY2025", b"FY2026"))
    checked = ready.run("check")
    file.write_bytes(kept)
    assert checked.returncode == 2
    assert "FY2025/estimates.csv" in checked.stderr


def test_the_check_finds_an_audit_event_that_was_changed(tmp_path):
    installation = Installation(tmp_path)
    installation.run("init")
    installation.python(TRIED)
    connection = sqlite3.connect(installation.database)
    connection.execute("DROP TRIGGER audit_never_updated")
    connection.execute("UPDATE keep_auditevent SET action = 'other'")
    connection.commit()
    connection.close()
    assert "audit trail" in installation.run("check").stderr


def test_a_database_that_lacks_changes_is_not_served(tmp_path):
    sqlite3.connect(tmp_path / "monosashi.sqlite3").close()
    refused = Installation(tmp_path).run("serve")
    assert refused.returncode == 2
    assert "monosashi init again" in refused.stderr


def test_a_job_is_done_by_the_worker_beside_the_site(ready, site):
    job = ready.python(TRIED).replace("-", "")
    done = f"SELECT 1 FROM keep_job WHERE id = '{job}' AND state = 'done'"
    until(lambda: ready.rows(done))


def test_a_worker_that_dies_is_started_again(site):
    server, _ = site
    until(lambda: workers(server.pid))
    (first,) = workers(server.pid)
    os.kill(first, signal.SIGKILL)
    until(lambda: (found := workers(server.pid)) and first not in found)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_site_that_is_told_to_stop_ends_with_its_worker(site, sign):
    server, _ = site
    until(lambda: workers(server.pid))
    server.send_signal(sign)
    server.wait(timeout=PATIENCE)
    assert server.returncode == 0
    assert b"Traceback" not in server.stderr.read()
    assert workers(server.pid) == []


def test_a_site_that_is_killed_leaves_no_worker_behind(site):
    server, _ = site
    until(lambda: workers(server.pid))
    server.kill()
    until(lambda: not workers(server.pid))


def test_the_database_lost_under_a_running_site_is_told_and_never_replaced(ready, site):
    _, port = site
    aside = {
        name: ready.database.with_name(name + ".aside")
        for name in (ready.database.name, f"{ready.database.name}-wal", f"{ready.database.name}-shm")
    }
    for name, place in aside.items():
        if (ready.home / name).exists():
            (ready.home / name).rename(place)
    try:
        assert answers(port, "/accounts/login/") in (200, 503)
        assert answers(port, "/") == 200  # public pages need no database
        assert not ready.database.exists()
    finally:
        for name, place in aside.items():
            if place.exists():
                place.rename(ready.home / name)


def test_django_s_own_commands_are_there_for_administrators(ready):
    assert "0002_audit_is_append_only" in ready.run("manage", "showmigrations", "keep").stdout
