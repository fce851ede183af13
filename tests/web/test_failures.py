"""What is answered when something cannot be answered, and what every answer carries."""

from __future__ import annotations

import errno
import re
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import DatabaseError, OperationalError
from django.test import Client
from django.urls import path

from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.config import failures
from monosashi.web.config.headers import CONTENT


def sqlite_error(code: int) -> OperationalError:
    inner = sqlite3.OperationalError("…")
    inner.sqlite_errorcode = code
    outer = OperationalError("…")
    outer.__cause__ = inner
    return outer


def postgresql_error(state: str) -> DatabaseError:
    class InnerError(Exception):
        sqlstate = state

    outer = OperationalError("…")
    outer.__cause__ = InnerError()
    return outer


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY), failures.BUSY),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), failures.BUSY),
        (sqlite_error(sqlite3.SQLITE_FULL), failures.FULL),
        (sqlite_error(sqlite3.SQLITE_READONLY), failures.FULL),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), failures.FULL),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), failures.UNAVAILABLE),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), failures.UNAVAILABLE),
        (sqlite_error(sqlite3.SQLITE_CONSTRAINT), failures.DEFECT),
        (postgresql_error("53100"), failures.FULL),
        (postgresql_error("55P03"), failures.BUSY),
        (OperationalError("connection refused"), failures.UNAVAILABLE),
        (OSError(errno.ENOSPC, "…"), failures.FULL),
        (OSError(errno.ENOENT, "…"), failures.DEFECT),
        (ValueError("…"), failures.DEFECT),
        (None, failures.DEFECT),
    ],
)
def test_a_locked_full_or_missing_storage_is_told_apart_from_a_defect(error, failure) -> None:
    assert failures.failure_of(error) == failure


def raising(error):
    @allowed(ANYONE)
    def view(request):
        raise error

    return view


class Addresses:
    urlpatterns = (
        path("busy/", raising(sqlite_error(sqlite3.SQLITE_BUSY))),
        path("full/", raising(sqlite_error(sqlite3.SQLITE_FULL))),
        path("en/full/", raising(sqlite_error(sqlite3.SQLITE_FULL))),
        path("defect/", raising(RuntimeError("a secret inside"))),
    )
    handler500 = "monosashi.web.config.failures.server_error"


@pytest.fixture
def failing(settings) -> Client:
    settings.ROOT_URLCONF = Addresses
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/busy/", 503, "何も保存していません"),
        ("/full/", 507, "保存する場所がいっぱいです"),
        ("/en/full/", 507, "The storage is full"),
        ("/defect/", 500, "不具合"),
    ],
)
def test_a_failure_says_whether_anything_was_stored_and_nothing_of_its_insides(
    failing: Client, address: str, status: int, said: str
) -> None:
    answer = failing.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert "secret" not in page
    assert "Traceback" not in page
    assert ("Retry-After" in answer.headers) == (status in (503, 507))


@pytest.mark.parametrize("address", ["/none/", "/en/none/", "/indicators/a/b/", "/%00", "/manage/none/"])
def test_what_does_not_exist_says_where_to_go(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 404
    assert ("最初のページ" in answer.content.decode()) != address.startswith("/en/")


def test_a_host_that_is_not_ours_is_not_answered() -> None:
    assert Client(headers={"host": "elsewhere.example"}).get("/manage/").status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/none/", "/accounts/login/", "/manage/", "/static/monosashi/base.css"]
)
def test_every_answer_says_what_the_browser_may_do(db, address: str) -> None:
    headers = Client().get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_nothing_is_allowed_inline_or_from_elsewhere() -> None:
    assert "unsafe" not in CONTENT
    assert "http" not in CONTENT
    assert "object-src 'none'" in CONTENT
    assert "base-uri 'none'" in CONTENT


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_broken_body_is_no_defect(db, kind: str) -> None:
    answer = Client().post("/accounts/login/", b"\xff\xfe%zz&&==\x00", content_type=kind)
    assert answer.status_code < 500


def test_the_database_has_the_promised_settings(db) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
            return
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)  # FULL
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (5000,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_templates_say_everything_in_both_languages() -> None:
    root = Path(failures.__file__).parents[1]
    for template in root.rglob("templates/**/*.html"):
        words = template.read_text("utf-8")
        said = re.findall(r'{% say "[^"]*" "[^"]*"(?: "[^"]*")?(?: as \w+)? %}', words)
        assert len(said) == words.count("{% say "), template.name


@pytest.mark.django_db
def test_what_somebody_typed_is_kept_when_it_cannot_be_stored(home, monkeypatch) -> None:
    from monosashi.web.answer import storing
    from web.surveys import REVIEW, add_service, open_wave

    add_service()
    open_wave(REVIEW)

    def busy(batch):
        raise sqlite_error(sqlite3.SQLITE_BUSY)

    monkeypatch.setattr(storing, "_insert", busy)
    client = Client(raise_request_exception=False)
    form = {"overall": "5", "comment": "<b>早い</b>", "key": "0123456789abcdef", "send": "1"}
    answer = client.post("/r/tax-1/", form)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "もう一度送る" in page
    assert 'name="comment" value="&lt;b&gt;早い&lt;/b&gt;"' in page
    assert 'name="key" value="0123456789abcdef"' in page
    monkeypatch.undo()
    monkeypatch.setenv("MONOSASHI_HOME", str(home))
    assert client.post("/r/tax-1/", form).status_code == 201


def test_no_log_holds_a_code_that_leads_to_answers() -> None:
    import logging

    from monosashi.web.config.logs import WithoutCodes

    said = ("Internal Server Error: %s", ("/en/s/city/a/7K3MQ9TD0WBX42ZN/q/overall/",))
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, *said, None)
    assert WithoutCodes().filter(record)
    assert record.getMessage() == "Internal Server Error: /en/s/city/a/…/q/overall/"
