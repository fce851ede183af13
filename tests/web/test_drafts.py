"""Drafts of editions: asked for by one, published by another, and never twice."""

from __future__ import annotations

import pytest

from monosashi.adapters.builder import Builder
from monosashi.adapters.editions import Editions
from monosashi.publish.edition_files import write_edition
from monosashi.web.keep import jobs
from monosashi.web.keep.models import AuditEvent, Job, State
from publication import contents

DRAFT = "/manage/editions/drafts/FY2024/"


@pytest.fixture
def built(people, home, monkeypatch):
    """The publisher asks for FY2024; the pipeline is stood in for by a small edition."""

    def build(self, period, *, id, built_on, next_on, report):
        report("measuring")
        self.editions.write(id, write_edition(contents(id, period=period)))
        return self.editions.draft(id)

    monkeypatch.setattr(Builder, "build", build)
    answer = people.client("water/publisher").post("/manage/editions/", {"period": "FY2024", "id": ""})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/manage/jobs/{job.pk}/"
    jobs.run.func(str(job.pk))
    job.refresh_from_db()
    assert job.state == State.DONE, job.problem_en
    return Editions(home / "editions")


def test_a_draft_waits_for_somebody_else(people, built) -> None:
    assert built.drafts() == ["FY2024"]
    assert DRAFT in people.client("water/approver").get("/manage/").content.decode()
    page = people.client("water/approver").get(DRAFT).content.decode()
    assert "water-publisher" in page
    assert 'action="/manage/editions/drafts/FY2024/publish/"' in page
    assert "publish/" not in people.client("water/council_member").get(DRAFT).content.decode()


def test_an_approver_publishes_by_typing_the_name(people, built) -> None:
    client = people.client("water/approver")
    mistyped = client.post(f"{DRAFT}publish/", {"confirmed": "FY2023"})
    assert mistyped.status_code == 422
    assert "公表していません" in mistyped.content.decode()
    assert built.ids() == []
    done = client.post(f"{DRAFT}publish/", {"confirmed": "FY2024"})
    assert done.headers["Location"] == "/manage/editions/"
    assert "版 FY2024 を公表しました" in client.get("/manage/editions/").content.decode()
    assert (built.ids(), built.drafts()) == (["FY2024"], [])
    event = AuditEvent.objects.get(action="edition.published")
    assert (event.by, event.details) == (people.accounts["water/approver"], {"id": "FY2024"})
    assert client.post(f"{DRAFT}publish/", {"confirmed": "FY2024"}).status_code == 404


def test_whoever_asked_cannot_publish_even_with_both_roles(people, built) -> None:
    from monosashi.web.accounts import operations
    from monosashi.web.accounts.roles import Role

    both = people.accounts["water/publisher"]
    operations.give_role(
        account=both, role=Role.APPROVER, organization=people.organizations["water"], by=None
    )
    both.refresh_from_db()
    client = people.client("water/publisher")
    assert "ほかの承認者" in client.get(DRAFT).content.decode()
    refused = client.post(f"{DRAFT}publish/", {"confirmed": "FY2024"})
    assert refused.status_code == 409
    assert "FY2024" in refused.content.decode()
    assert built.ids() == []
    assert not AuditEvent.objects.filter(action="edition.published").exists()


def test_a_publisher_cannot_publish_and_an_approver_cannot_build(people, built) -> None:
    assert people.client("tax/publisher").post(f"{DRAFT}publish/", {"confirmed": "FY2024"}).status_code == 403
    people.client("water/approver").post("/manage/editions/", {"period": "FY2023"})
    assert Job.objects.count() == 1


def test_what_was_damaged_between_is_not_published_and_leaves_no_event(people, built) -> None:
    file = built.root / ".drafts" / "FY2024" / "estimates.csv"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\n")
    client = people.client("water/approver")
    assert client.post(f"{DRAFT}publish/", {"confirmed": "FY2024"}).status_code == 404
    assert "もう一度作ってください" in client.get("/manage/editions/").content.decode()
    assert client.get("/manage/").status_code == 200
    assert built.ids() == []
    assert not AuditEvent.objects.filter(action="edition.published").exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"period": "last year"}, "読み取れません"),
        ({"period": ""}, "必須"),
        ({"period": "FY2099"}, "まだ締められません"),
        ({"period": "FY2024", "id": "../etc"}, "使えません"),
        ({"period": "FY2024", "next_on": "31/12/2026"}, "日付"),
    ],
)
def test_what_cannot_be_built_is_said_beside_its_field(people, body: dict[str, str], said: str) -> None:
    answer = people.client("water/publisher").post("/manage/editions/", body)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Job.objects.count() == 0


def test_a_published_name_is_not_built_again(people, built) -> None:
    people.client("water/approver").post(f"{DRAFT}publish/", {"confirmed": "FY2024"})
    answer = people.client("water/publisher").post("/manage/editions/", {"period": "FY2024"})
    assert answer.status_code == 422
    assert "すでに公表されています" in answer.content.decode()
