"""The register on its pages: found, read, edited by those whose organization answers for it, shared."""

from __future__ import annotations

import json
from datetime import date

import pytest

from monosashi.errors import Problem
from monosashi.gather.mapping import read_mapping
from monosashi.gather.register.read import read_register
from monosashi.web.keep.models import AuditEvent
from monosashi.web.register import burdens, operations
from monosashi.web.register.importing import import_entries
from monosashi.web.register.models import FormVersion, Procedure, Service, Tool, ToolUse

BASE = "/manage/register/"
ADDED = {"code": "moving", "name_ja": "引越し", "organization": "water"}
FIRST = "label,required,attachment\n氏名,1,\n住所,1,\n電話番号,,\n住民票,1,1\n"


@pytest.fixture
def owner(people):
    return people.client("water/service_owner")


def text(answer) -> str:
    return answer.content.decode()


def moving(owner) -> Service:
    assert owner.post(f"{BASE}add/service/", ADDED).status_code == 302
    return Service.objects.get(code="moving")


def transfer(owner, code: str = "transfer", **more: object) -> Procedure:
    values = {**ADDED, "code": code, "name_ja": "転入届", "service": "moving", **more}
    answer = owner.post(f"{BASE}add/procedure/", values)
    assert answer.status_code == 302, text(answer)
    return Procedure.objects.get(code=code)


def version(owner, code: str, name: str, day: str, fields: str):
    body = {"name": name, "in_force_from": day, "fields_of": fields}
    return owner.post(f"{BASE}procedures/{code}/forms/", body)


def test_a_service_is_added_edited_and_told_in_the_trail(owner) -> None:
    found = moving(owner)
    page = text(owner.get(f"{BASE}services/moving/"))
    assert "<h1>引越し</h1>" in page
    assert f"{BASE}services/moving/edit/" in page
    edited = {
        "name_ja": "引越し手続",
        "organization": "water",
        "version": 1,
        "life_events": "引越し\n 転職 \n",
    }
    assert owner.post(f"{BASE}services/moving/edit/", edited).status_code == 302
    found.refresh_from_db()
    assert (found.name_ja, found.life_events, found.version) == ("引越し手続", ("引越し", "転職"), 2)
    event = AuditEvent.objects.get(action="register.edited")
    assert event.details["changed"]["name_ja"] == ["引越し", "引越し手続"]
    edited["version"] = 2
    owner.post(f"{BASE}services/moving/edit/", edited)
    assert AuditEvent.objects.filter(action="register.edited").count() == 1  # nothing was changed


def test_nobody_overwrites_what_they_did_not_see(owner) -> None:
    found = moving(owner)
    first = {"name_ja": "甲", "organization": "water", "version": 1, "summary_ja": ""}
    owner.post(f"{BASE}services/moving/edit/", first)
    answer = owner.post(f"{BASE}services/moving/edit/", {**first, "name_ja": "乙"})
    assert answer.status_code == 422
    page = text(answer)
    assert '<dt>名前</dt><dd class="said">甲</dd>' in page  # what stands there now
    assert 'value="乙"' in page  # what was typed is kept
    assert 'name="version" value="2"' in page
    found.refresh_from_db()
    assert found.name_ja == "甲"
    with pytest.raises(Problem) as problem:
        operations.edit_service(id=found.pk, version=1, by=None, name_ja="丙")
    assert problem.value.kind.code == "register-stale"


def test_what_the_register_refuses_is_said_at_its_field(owner) -> None:
    moving(owner)
    answer = owner.post(f"{BASE}add/service/", ADDED)
    assert answer.status_code == 422
    assert '<a href="#id_code">' in text(answer)
    with pytest.raises(Problem) as problem:
        operations.add_service(code="moving", organization=None, by=None, name_ja="x")
    assert problem.value.kind.code == "register-taken"
    wrong = {
        **ADDED, "code": "a.b", "url": "javascript:alert(1)",
        "opened_on": "2026-04-02", "ended_on": "2026-04-01",
    }  # fmt: skip
    page = text(owner.post(f"{BASE}add/service/", wrong))
    assert all(f'<a href="#id_{name}">' in page for name in ("code", "url", "ended_on"))
    both = {**ADDED, "code": "p", "application": ["online", "not_needed"]}
    page = text(owner.post(f"{BASE}add/procedure/", both))
    assert '<a href="#id_application">' in page
    assert (Service.objects.count(), Procedure.objects.count()) == (1, 0)


def test_what_others_answer_for_is_read_and_not_edited(people, owner) -> None:
    found = moving(owner)
    transfer(owner)
    other = people.client("tax/service_owner")
    for path in ("services/moving/", "procedures/transfer/"):
        page = other.get(f"{BASE}{path}")
        assert page.status_code == 200
        assert "edit/" not in text(page)
        assert "<form" not in text(page).split("<main", 1)[1]
        assert other.get(f"{BASE}{path}edit/").status_code == 404
        assert other.post(f"{BASE}{path}edit/", {"name_ja": "x", "version": 1}).status_code == 404
    assert other.post(f"{BASE}services/moving/tools/", {}).status_code == 404
    assert version(other, "transfer", "1", "2026-04-01", FIRST).status_code == 404
    given_away = {"name_ja": "x", "organization": "tax", "version": 1}
    assert owner.post(f"{BASE}services/moving/edit/", given_away).status_code == 422  # not theirs to give
    found.refresh_from_db()
    assert found.organization.code == "water"


def test_versions_of_a_form_and_what_they_spare(owner) -> None:
    """3 fields and an attachment; then the telephone and the attachment go, and the address is optional."""
    moving(owner)
    transfer(owner)
    assert version(owner, "transfer", "旧", "2024-04-01", FIRST).status_code == 302
    schema = {
        "type": "object",
        "required": ["氏名"],
        "properties": {"氏名": {"type": "string", "title": "氏名"}, "住所": {"type": "string"}},
    }
    assert version(owner, "transfer", "新", "2025-04-01", json.dumps(schema)).status_code == 302
    new, old = burdens.versions(Procedure.objects.get(), on=date(2026, 4, 1))
    assert (old.burden.fields, old.burden.required, old.burden.attachments) == (3, 3, 1)
    assert (new.burden.fields, new.burden.required, new.burden.attachments) == (2, 1, 0)
    assert (new.difference.spared, new.difference.spared_required, new.difference.spared_attachments) == (
        1, 2, 1,
    )  # fmt: skip
    page = text(owner.get(f"{BASE}procedures/transfer/"))
    assert "<dt>なくなった項目</dt><dd>電話番号、住民票</dd>" in page
    assert "<dt>任意になった項目</dt><dd>住所</dd>" in page
    service = text(owner.get(f"{BASE}services/moving/"))
    assert '<td class="right">2</td><td class="right">1</td><td class="right">0</td>' in service


def test_what_other_procedures_ask_for_is_re_asked(owner) -> None:
    moving(owner)
    for code in ("transfer", "leave"):
        transfer(owner, code)
    version(owner, "leave", "1", "2024-04-01", "label\n 氏 名\nＦＡＸ\n")
    version(owner, "leave", "2", "2025-04-01", "label\nfax\n")
    version(owner, "transfer", "1", "2025-04-01", "label\nFAX\n氏名\n")
    before, after = (
        burdens.versions(Procedure.objects.get(code="transfer"), on=day)[0].burden.re_asked
        for day in (date(2024, 6, 1), date(2025, 6, 1))
    )
    assert [(one.field.label, one.elsewhere) for one in before] == [("FAX", ("leave",))]
    assert [(one.field.label, one.elsewhere) for one in after] == [("FAX", ("leave",))]
    assert f'<a href="{BASE}procedures/leave/">leave</a>' in text(owner.get(f"{BASE}procedures/transfer/"))


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ("{", "2", "JSON Schema"),
        ("label,needed\na,1\n", "2", "見出し"),
        ("label,required\na,maybe\n", "2", "maybe"),
        ("label\na\na\n", "2", "二度"),
        (FIRST, "1", "すでに使われています"),
    ],
)
def test_a_form_that_cannot_be_kept_is_refused_with_what_was_typed(owner, fields, name, said) -> None:
    moving(owner)
    transfer(owner)
    version(owner, "transfer", "1", "2024-04-01", FIRST)
    answer = version(owner, "transfer", name, "2025-04-01", fields)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{name}"' in text(answer)
    assert FormVersion.objects.count() == 1


def test_tools_and_who_could_share_them(people, owner) -> None:
    moving(owner)
    other = people.client("tax/service_owner")
    other.post(f"{BASE}add/service/", {**ADDED, "code": "filing", "name_ja": "申告", "organization": "tax"})
    chat = {"code": "chat", "name_ja": "案内", "kind": "tool"}
    assert [owner.post(f"{BASE}add/tool/", chat).status_code for _ in "12"] == [302, 422]
    assert Tool.objects.get().code == "chat"
    owner.post(f"{BASE}services/moving/tools/", {"tool": "chat", "state": "needed"})
    assert "候補はありません" in text(owner.get(f"{BASE}tools/"))
    other.post(f"{BASE}services/filing/tools/", {"tool": "chat", "state": "adopted"})
    page = text(owner.get(f"{BASE}tools/"))
    assert "ほかの組織が導入済みです" in page
    assert "必要としている組織: water" in page
    owner.post(f"{BASE}services/moving/tools/", {"tool": "chat", "state": "removed"})
    assert list(ToolUse.objects.values_list("service__code", "state")) == [("filing", "adopted")]
    assert AuditEvent.objects.filter(action="register.use_set").count() == 3


def test_services_alike_are_pointed_out(owner) -> None:
    for code, name in (("culture", "文化施設の予約"), ("parks", "公園施設の予約"), ("moving", "引越し")):
        owner.post(f"{BASE}add/service/", {**ADDED, "code": code, "name_ja": name})
    page = text(owner.get(f"{BASE}alike/"))
    assert "1組" in page
    assert "0.43" in page  # 3 / 7
    assert "公園施設の予約" in text(owner.get(f"{BASE}services/culture/"))
    assert "見つかりません" in text(owner.get(f"{BASE}services/moving/"))


def test_lists_filter_page_and_are_told_in_english(owner, monkeypatch) -> None:
    monkeypatch.setattr("monosashi.web.register.queries.PAGE", 1)
    moving(owner)
    transfer(owner, life_events="引越し")
    transfer(owner, "leave", name_ja="転出届", annual_volume="0")
    page = text(owner.get(f"{BASE}procedures/?words=転"))
    assert "2件" in page
    assert 'href="?words=%E8%BB%A2&amp;page=2"' in page
    assert f'href="{BASE}procedures.csv?words=%E8%BB%A2"' in page
    page = text(owner.get(f"/en{BASE}procedures/?words=転&page=2&organization=water"))
    assert "2 found" in page
    assert "2 / 2" in page
    assert "転入届" not in text(owner.get(f"{BASE}procedures/?words=転&life_event=none"))
    assert "water" in text(owner.get(f"{BASE}organizations/?words=WAT"))
    for strange in ("?page=x", "?page=999999", "?words=%00", "?phase=%FF", "?organization=' OR 1=1"):
        assert owner.get(f"{BASE}procedures/{strange}").status_code == 200
    assert '<td class="right">0</td>' in text(owner.get(f"{BASE}procedures/"))  # 0 is not “not known”


def test_what_was_exported_comes_back_as_it_was(owner) -> None:
    moving(owner)
    strange = '=1+1, "x"\u3000;y'
    transfer(
        owner, name_ja=strange, application=["online", "post"], information="氏名\n@住所", standard="2週",
        annual_volume="0", opened_on="2024-04-01",
    )  # fmt: skip
    owner.post(f"{BASE}add/tool/", {"code": "chat", "name_ja": "案内", "kind": "tool"})
    owner.post(f"{BASE}services/moving/tools/", {"tool": "chat", "state": "on_trial"})
    for kind in ("organizations", "tools", "services", "procedures"):
        answer = owner.get(f"{BASE}{kind}.csv")
        content = b"".join(answer.streaming_content)
        names = content.decode().split("\n", 1)[0].split(",")
        mapping = read_mapping("m", ("fields:\n" + "".join(f"  {one}: {one}\n" for one in names)).encode())
        reading = read_register(kind, content, mapping)
        assert reading.preview.findings.count == 0
        receipt = import_entries(entries=reading.entries, where="", source={}, by=None, dry_run=True)
        assert (receipt.added, receipt.changed) == (0, 0), receipt.as_json()


def test_an_export_holds_what_the_list_holds(owner) -> None:
    moving(owner)
    transfer(owner)
    transfer(owner, "leave", name_ja="転出届")
    lines = b"".join(owner.get(f"{BASE}procedures.csv?words=転出").streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["code", "leave"]
