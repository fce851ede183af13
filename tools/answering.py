"""What `make load` and `make crash` share: an installation with an open review, its server, and senders."""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
ADDRESS = "/r/load-1/"
PATIENCE = 60.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_PREPARE = """
import sys
from pathlib import Path
from monosashi.cli import run
run.prepare(Path(sys.argv[1]))
from monosashi.define.questionnaire.form import Choice, Question, Questionnaire
from monosashi.define.text import Text
from monosashi.web.survey import operations
from monosashi.web.survey.models import Basis

def said(word):
    return Text(ja=word, en=word, simple=word)

def one(id, *codes, **more):
    choices = tuple(Choice(code=code, label=said(code)) for code in codes)
    return Question(id=id, kind="one", label=said(id), choices=choices, **more)

form = Questionnaire(id="review", title=said("review"), questions=(
    one("overall", "5", "4", "3", "2", "1", required="true()"),
    one("done", "1", "0"),
    Question(id="comment", kind="text", label=said("comment"), lines=4),
))
title = Text(ja="レビュー", en="Reviews")
survey = operations.add_survey(code="review", title=title, instrument="review", basis=Basis.OPT_IN, by=None)
wave = operations.add_wave(survey=survey, code="w1", period="2026", questionnaire=form, by=None)
operations.open_wave(wave=wave, by=None)
from monosashi.web.accounts.operations import add_organization
from monosashi.web.register.operations import add_service
bureau = add_organization(code="load", name=title, parent=None, by=None)
add_service(code="load-1", organization=bureau, by=None, name_ja="負荷", name_en="Load")
"""
_COUNT = """
from collections import Counter
from monosashi.cli import run
run.start_django()
from monosashi.web.answer.models import Submission
for key, count in Counter(Submission.objects.values_list("key", flat=True)).items():
    print(key, count)
"""


@dataclass
class Site:
    """An installation of its own under `home`, and the server that runs it."""

    home: Path
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "MONOSASHI_HOME": str(self.home), "MONOSASHI_POSTS_A_MINUTE": "1000000"}

    def prepare(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        command = [str(BIN / "python"), "-c", _PREPARE, str(self.home)]
        subprocess.run(command, env=self.environment, check=True)

    def start(self) -> None:
        """In a session of its own, so that everything it starts can be killed at one blow."""
        self.port = self.port or free_port()
        command = [str(BIN / "monosashi"), "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(
            command, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.server.poll() is not None or time.monotonic() > until:
                raise SystemExit("the site did not start")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def kill_one_beside(self) -> bool:
        """One of the processes that answer beside the first; False where none is there at the moment."""
        assert self.server is not None
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"monosashi.cli.site" in words and str(self.server.pid).encode() in words:
                os.kill(int(folder.name), signal.SIGKILL)
                return True
        return False

    def processor_seconds(self) -> float:
        """What everything that the server started has used of the processors so far."""
        assert self.server is not None
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.server.pid:  # of its session
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=PATIENCE)

    def stored(self) -> dict[str, int]:
        """Digest of a key → how many rows have it."""
        command = [str(BIN / "python"), "-c", _COUNT]
        told = subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout
        return {key: int(count) for key, count in (line.split() for line in told.splitlines())}


@dataclass
class Sent:
    """What the senders saw: seconds of each acknowledged submission, its key, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, key: str, seconds: float) -> None:
        self.keys.append(key)
        self.seconds.append(seconds)


def form_of(key: str) -> str:
    number = sum(key.encode())
    comment = "" if number % 3 else "手続が早く終わって助かりました。次も使います。"
    answers = {"overall": str(number % 5 + 1), "done": str(number % 2), "comment": comment}
    return urlencode({**answers, "homepage": "", "key": key, "send": "1"})


def post(connection: http.client.HTTPConnection, key: str) -> int:
    connection.request("POST", ADDRESS, form_of(key), _FORM)
    response = connection.getresponse()
    response.read()
    return response.status


def send_steadily(port: int, sent: Sent, go_on: Callable[[], bool], due: Callable[[], float | None]) -> None:
    """One sender: a new submission whenever one is due; anything but 201 is a failure."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while go_on():
        key = secrets.token_hex(16)
        began = due() or time.perf_counter()
        time.sleep(max(0.0, began - time.perf_counter()))
        try:
            status = post(connection, key)
        except (OSError, http.client.HTTPException) as problem:
            sent.failures.append(repr(problem))
            connection.close()
            continue
        if status == 201:
            sent.add(key, time.perf_counter() - began)
        else:
            sent.failures.append(str(status))
    connection.close()


def send_until_heard(port: int, sent: Sent, go_on: Callable[[], bool]) -> None:
    """One sender that is never told no: the same key again and again until it is acknowledged."""
    while go_on():
        key = secrets.token_hex(16)
        began = time.perf_counter()
        while not _is_heard(port, key):
            sent.failures.append(key)
            time.sleep(0.05)
        sent.add(key, time.perf_counter() - began)


def _is_heard(port: int, key: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        return post(connection, key) in (200, 201)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def threads(count: int, work: Callable[[], None]) -> list[threading.Thread]:
    started = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for one in started:
        one.start()
    return started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
