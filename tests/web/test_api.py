"""The door for programs: keys, batches, what is answered for each item, and the way into the lake."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from monosashi.adapters.lake import DeltaLake
from monosashi.web.accounts.models import Organization
from monosashi.web.api import operations, work
from monosashi.web.api.models import ApiKey, Arrival, Batch
from monosashi.web.keep import housekeeping, jobs
from monosashi.web.keep.models import AuditEvent, Job

EVENTS, VOLUMES = "/api/v1/events", "/api/v1/volumes"
EVENT = {"case_id": "A", "activity": "apply", "occurred_at": "2026-04-01T09:00:00+09:00"}
VOLUME = {"subject": "p", "measure": "applications", "period": "2026-04", "channel": "online"}
COUNTED = {**VOLUME, "status": "value", "quantity": 3, "organization": "water"}


class Program:
    """A program with a key."""

    def __init__(self, client: Any, secret: str) -> None:
        self.client, self.secret = client, secret

    def sends(self, address: str, *records: object, key: str = "batch-0001", **more: Any) -> Any:
        body = more.pop("body", json.dumps({"records": list(records)}))
        headers = {
            "authorization": f"Bearer {self.secret}",
            "idempotency-key": key,
            **more.pop("headers", {}),
        }
        kind = more.pop("content_type", "application/json")
        return self.client.post(address, body, content_type=kind, headers=headers)


@pytest.fixture
def program(people, client) -> Program:
    _, secret = operations.make_key(
        name="counter-system",
        scopes=["events", "volumes", "responses"],
        organization=Organization.objects.get(code="water"),
        by=people.accounts["city/administrator"],
    )
    return Program(client, secret)


def statuses(answer: Any) -> list[str]:
    return [one["status"] for one in answer.json()["results"]]


def code(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_batch_is_stored_and_told_item_by_item(program) -> None:
    answer = program.sends(EVENTS, EVENT, {**EVENT, "side": "x"}, {**EVENT, "case_id": "B"}, EVENT)
    assert answer.status_code == 201
    assert statuses(answer) == ["accepted", "refused", "accepted", "already"]
    assert answer.json()["results"][1]["errors"][0]["column"] == "side"
    assert Arrival.objects.count() == 2


def test_the_same_batch_again_is_answered_alike_and_stores_nothing(program) -> None:
    first = program.sends(EVENTS, EVENT)
    again = program.sends(EVENTS, EVENT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (Batch.objects.count(), Arrival.objects.count()) == (1, 1)


def test_another_content_under_the_same_key_is_refused(program) -> None:
    program.sends(EVENTS, EVENT)
    assert code(program.sends(EVENTS, {**EVENT, "case_id": "B"})) == (409, "api-key-reused")
    assert Arrival.objects.count() == 1


def test_a_record_that_was_sent_before(program) -> None:
    program.sends(EVENTS, EVENT)
    again = program.sends(EVENTS, EVENT, key="batch-0002")
    assert (again.status_code, statuses(again)) == (200, ["already"])
    other = program.sends(EVENTS, {**EVENT, "side": "office"}, key="batch-0003")
    assert (other.status_code, statuses(other)) == (422, ["conflict"])
    assert other.json()["results"][0]["errors"][0]["code"] == "api-conflict"


def test_records_of_other_organizations_are_refused_like_unknown_ones(program) -> None:
    answer = program.sends(
        VOLUMES, COUNTED, {**COUNTED, "organization": "tax"}, {**COUNTED, "organization": "nowhere"}
    )
    assert statuses(answer) == ["accepted", "refused", "refused"]
    foreign, unknown = answer.json()["results"][1:]
    assert foreign == unknown
    assert foreign["errors"][0]["code"] == "api-organization"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"body": "{"}, (400, "api-body")),
        ({"body": b'{"records": ["\xff"]}'}, (400, "api-body")),
        ({"body": '{"records": [], "records": []}'}, (400, "api-body")),
        ({"body": '{"records": [NaN]}'}, (400, "api-body")),
        ({"body": '{"record": []}'}, (400, "api-body")),
        ({"body": "[" * 100_000}, (400, "api-body")),
        ({"body": '{"records": []}'}, (413, "api-batch")),
        ({"body": json.dumps({"records": [{}] * 501})}, (413, "api-batch")),
        ({"body": '{"records": ["' + "x" * (1 << 20) + '"]}'}, (413, "api-too-large")),
        ({"content_type": "text/plain"}, (415, "api-media-type")),
        ({"key": ""}, (400, "api-idempotency-key")),
        ({"key": "short"}, (400, "api-idempotency-key")),
        ({"headers": {"authorization": "Bearer mono_wrong"}}, (401, "key-unknown")),
        ({"headers": {"authorization": "Basic eA=="}}, (401, "key-unknown")),
        ({"headers": {"authorization": ""}}, (401, "key-unknown")),
    ],
)
def test_what_is_refused_and_how(program, more: dict[str, Any], expected: tuple[int, str]) -> None:
    assert code(program.sends(EVENTS, EVENT, **more)) == expected
    assert (Batch.objects.count(), Arrival.objects.count()) == (0, 0)


def test_a_key_writes_only_what_it_is_for_and_nothing_once_revoked(program, people) -> None:
    assert code(program.sends("/api/v1/practices", {"practice_id": "x"})) == (403, "key-scope")
    assert code(program.sends("/api/v1/responses/No", {"response_id": "x"})) == (404, "lake-table-name")
    operations.revoke_key(key=ApiKey.objects.get(), by=people.accounts["city/administrator"])
    assert code(program.sends(EVENTS, EVENT)) == (401, "key-unknown")


def test_an_address_that_is_not_there_answers_in_json(client) -> None:
    assert code(client.get("/api/v1/nothing")) == (404, "not-found")
    assert client.get(EVENTS).status_code == 405


def test_the_description_names_every_door(client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/events",
        "/api/v1/volumes",
        "/api/v1/practices",
        "/api/v1/responses/{instrument}",
    }
    assert all("Idempotency-Key" in json.dumps(door["post"]) for door in described["paths"].values())


def test_from_the_door_into_the_lake(program, home, settings) -> None:
    program.sends(EVENTS, EVENT, {**EVENT, "case_id": "B", "side": "office"})
    program.sends(VOLUMES, COUNTED, key="batch-0002")
    assert "arrivals.store" in housekeeping.start_due()
    jobs.run.func(str(Job.objects.get(kind="arrivals.store").pk))
    assert Job.objects.get(kind="arrivals.store").result["stored"] == {"events": 2, "volumes": 1}
    assert Arrival.objects.count() == 0
    lake = DeltaLake(home / "lake")
    assert lake.tables() == ["events", "volumes"]
    assert AuditEvent.objects.filter(action="arrivals.stored").count() == 2
    assert "arrivals.store" not in housekeeping.start_due()  # nothing waits


def test_what_the_lake_knows_otherwise_waits_for_a_person(program, home, monkeypatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 2)
    program.sends(EVENTS, EVENT)
    work.store_arrivals(jobs.Work(Job()))
    others = [{**EVENT, "case_id": name} for name in "BCD"]
    program.sends(EVENTS, others[0], {**EVENT, "side": "office"}, *others[1:], key="batch-0002")
    told = work.store_arrivals(jobs.Work(Job()))
    assert told == {"stored": {"events": 3}, "in_conflict": 1}
    assert [one.record["case_id"] for one in Arrival.objects.all()] == ["A"]


def test_a_run_that_was_killed_after_the_append_adds_nothing_twice(program, home, monkeypatch) -> None:
    program.sends(EVENTS, EVENT)
    with monkeypatch.context() as killed:
        killed.setattr(operations, "leave", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            work.store_arrivals(jobs.Work(Job()))
    assert Arrival.objects.count() == 1
    assert work.store_arrivals(jobs.Work(Job()))["stored"] == {"events": 0}
    assert Arrival.objects.count() == 0


def test_the_secret_is_shown_once_and_not_kept(people) -> None:
    client = people.client("city/administrator")
    given = {"name": "窓口システム", "organization": "water", "scopes": ["events"]}
    answer = client.post("/manage/keys/", given)
    assert answer.status_code == 201
    secret = answer.content.decode().split('<code class="secret">')[1].split("<")[0]
    assert secret.startswith("mono_")
    assert secret not in client.get("/manage/keys/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, start, digest FROM api_apikey")
        assert secret not in str(cursor.fetchall())
    made = ApiKey.objects.get()
    assert (made.name, made.scopes, made.organization.code) == ("窓口システム", ["events"], "water")
    client.post(f"/manage/keys/{made.pk}/revoke/")
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_a_key_needs_a_name_a_scope_and_an_organization_within_reach(people) -> None:
    client = people.client("tax/administrator")
    for given in (
        {"name": "", "organization": "tax", "scopes": ["events"]},
        {"name": "x", "organization": "tax", "scopes": []},
        {"name": "x", "organization": "water", "scopes": ["events"]},
    ):
        assert client.post("/manage/keys/", given).status_code == 422
    assert ApiKey.objects.count() == 0


def test_a_key_without_a_purpose_is_refused_by_the_operation_too(people) -> None:
    from monosashi.errors import Problem

    with pytest.raises(Problem, match="key-name"):
        operations.make_key(
            name=" ",
            scopes=["events"],
            organization=Organization.objects.get(code="tax"),
            by=people.accounts["city/administrator"],
        )


def test_keys_of_others_do_not_exist(program, people) -> None:
    key = ApiKey.objects.get()
    assert people.client("tax/administrator").post(f"/manage/keys/{key.pk}/revoke/").status_code == 404
    assert "counter-system" not in people.client("tax/administrator").get("/manage/keys/").content.decode()
