"""The audit trail: chained, append-only, part of the change it tells of."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction

from broken_house import ROOT
from monosashi.web.accounts import adapter
from monosashi.web.keep import audit
from monosashi.web.keep.models import AuditEvent, State
from monosashi.web.keep.words import ACTIONS

pytestmark = pytest.mark.django_db


def events(count: int = 3) -> list[AuditEvent]:
    return [audit.record("role.given", target=None, by=None, role=f"r{one}") for one in range(count)]


def test_events_are_numbered_and_each_names_the_digest_of_the_one_before() -> None:
    first, second, third = events()
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert first.previous == "0" * 64
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert list(audit.broken()) == []


def test_what_was_read_back_has_the_digest_that_was_written() -> None:
    said = {"words": "水道 \u2028 ½", "number": 0.1, "inner": {"b": [1], "a": None}}
    audit.record("role.given", target=None, by=None, **said)
    event = AuditEvent.objects.get()
    assert audit.digest_of(event) == event.digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE keep_auditevent SET action = 'other' WHERE number = 2",
        "DELETE FROM keep_auditevent WHERE number = 3",
        "DELETE FROM keep_auditevent",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_event(statement: str) -> None:
    events()
    cursor = connection.cursor()
    with pytest.raises(DatabaseError, match="audit events"), transaction.atomic():
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 3


def unprotected(statement: str) -> None:
    """As somebody could who owns the database file: first the triggers, then the rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE keep_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_never_updated")
            cursor.execute("DROP TRIGGER audit_never_deleted")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        ("UPDATE keep_auditevent SET action = 'other' WHERE number = 2", [2]),
        ("DELETE FROM keep_auditevent WHERE number = 2", [3]),
        ("DELETE FROM keep_auditevent WHERE number = 1", [2]),
        ("UPDATE keep_auditevent SET details = '{}' WHERE number = 3", [3]),
    ],
)
def test_whoever_gets_around_that_is_noticed(statement: str, noticed: list[int]) -> None:
    events()
    unprotected(statement)
    assert list(audit.broken()) == noticed


def test_a_change_that_is_undone_leaves_no_event() -> None:
    with transaction.atomic():
        events(1)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == 0


def test_the_trail_is_shown_newest_first(people) -> None:
    page = people.client("city/administrator").get("/manage/audit/").content.decode()
    assert "役割を与えた" in page
    newest = AuditEvent.objects.first().number
    assert page.index(f'<th scope="row">{newest}</th>') < page.index(f'<th scope="row">{newest - 1}</th>')
    assert "role given" in people.client("city/administrator").get("/en/manage/audit/").content.decode()


def test_every_action_of_the_code_has_a_name_in_both_languages() -> None:
    written = "".join(path.read_text("utf-8") for path in (ROOT / "src/monosashi/web").rglob("*.py"))
    recorded = set(re.findall(r'audit\.record\(\s*"([a-z_.]+)"', written)) | set(adapter._NOTICES.values())
    recorded |= {f"job.{state}" for state in (State.DONE, State.FAILED)}
    assert recorded == set(ACTIONS)
