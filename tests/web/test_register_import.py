"""Files of organizations, services, procedures and tools, brought into the register: all or nothing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from broken_house import ROOT
from monosashi.adapters.opened_file import open_file
from monosashi.cli import run
from monosashi.errors import Problem
from monosashi.gather.mapping import read_mapping
from monosashi.gather.register.read import read_register
from monosashi.web.accounts.models import Organization
from monosashi.web.keep.models import AuditEvent
from monosashi.web.register import queries, search
from monosashi.web.register.importing import Receipt, import_entries
from monosashi.web.register.models import Procedure, Service, Tool, ToolUse
from monosashi.web.register.queries import Asked
from shared_data import shared

pytestmark = pytest.mark.usefixtures("people")

TOOLS = "code,name_ja,kind\ngbizid,GビズID,identity\nchat,案内チャット,tool\n"
SERVICES = (
    "code,name_ja,organization,tools_adopted,tools_needed\n"
    "moving,引越し,water,gbizid,chat\nparks,公園の予約,tax,,\n"
)
PROCEDURES = (
    "code,name_ja,organization,service,life_events,information,annual_volume\n"
    "p1,転入届,water,moving,引越し,氏名;住所,120\np2,ＭＯＶＩＮＧ転出届,tax,,引越し;出生,氏名,\n"
)


def bring(kind: str, content: str, *, dry_run: bool = False) -> Receipt:
    """With the mapping that every header of ours suggests: each column is the field of its name."""
    names = content.split("\n", 1)[0].split(",")
    mapping = read_mapping("m", ("fields:\n" + "".join(f"  {name}: {name}\n" for name in names)).encode())
    entries = read_register(kind, content.encode(), mapping).entries
    return import_entries(entries=entries, where="file.csv", source={}, by=None, dry_run=dry_run)


def did(receipt: Receipt) -> tuple[int, int, int]:
    return receipt.added, receipt.changed, receipt.unchanged


def refused(kind: str, content: str) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(Problem) as problem:
        bring(kind, content)
    return [(each.kind.code, each.row, each.column) for each in problem.value.findings]


def filled() -> None:
    for kind, content in (("tools", TOOLS), ("services", SERVICES), ("procedures", PROCEDURES)):
        bring(kind, content)


def test_the_same_file_twice_adds_nothing() -> None:
    files = (("tools", TOOLS), ("services", SERVICES), ("procedures", PROCEDURES))
    for kind, content in files:
        assert did(bring(kind, content, dry_run=True)) == (2, 0, 0)
        assert did(bring(kind, content)) == (2, 0, 0)
    events = AuditEvent.objects.count()
    for kind, content in files:
        assert did(bring(kind, content)) == (0, 0, 2)
    assert AuditEvent.objects.count() == events  # nothing happened, so that nothing is told
    assert (Service.objects.count(), Procedure.objects.count(), ToolUse.objects.count()) == (2, 2, 2)


def test_a_dry_run_stores_nothing_and_tells_the_same_as_the_import() -> None:
    filled()
    changed = PROCEDURES.replace(",120", ",").replace("転入届", "転入の届出")
    told = bring("procedures", changed, dry_run=True)
    assert Procedure.objects.get(code="p1").annual_volume == 120
    done = bring("procedures", changed)
    assert did(told) == did(done) == (0, 1, 1)
    (change,) = done.as_json()["changes"]
    assert change == told.as_json()["changes"][0]
    assert change["before"] == {"name_ja": "転入届", "annual_volume": 120}
    assert change["after"] == {"name_ja": "転入の届出", "annual_volume": None}
    row = Procedure.objects.get(code="p1")
    assert (row.version, row.annual_volume, row.information) == (2, None, ("氏名", "住所"))


def test_columns_that_a_file_leaves_out_stay() -> None:
    filled()
    bring("procedures", "code,name_ja,organization\np1,転居届,water\n")
    row = Procedure.objects.get(code="p1")
    assert (row.name_ja, row.service.code, row.life_events) == ("転居届", "moving", ("引越し",))
    assert search.is_in_step()


def test_states_of_tools_that_a_file_does_not_speak_of_stay() -> None:
    filled()
    bring("services", "code,name_ja,organization,tools_needed\nmoving,引越し,water,\n")
    assert list(ToolUse.objects.values_list("tool__code", "state")) == [("gbizid", "adopted")]


def test_codes_that_lead_nowhere_are_found_on_their_lines_and_nothing_is_stored() -> None:
    bring("tools", TOOLS)
    wrong = SERVICES.replace("tax", "taxes").replace("gbizid,chat", "gbizid,chatt")
    assert refused("services", wrong) == [
        ("register-unknown", 2, "tools_needed"),
        ("register-unknown", 3, "organization"),
    ]
    assert not Service.objects.exists()
    bring("services", SERVICES)
    assert refused("procedures", PROCEDURES.replace(",moving,", ",movin,")) == [
        ("register-unknown", 2, "service")
    ]


def test_organizations_come_with_parents_in_any_order_and_nobody_is_moved() -> None:
    rows = "code,name_ja,parent\nsewer,下水道課,pipes\npipes,管路部,water\n"
    assert did(bring("organizations", rows)) == (2, 0, 0)
    assert Organization.objects.get(code="sewer").path == "city/water/pipes/sewer/"
    assert did(bring("organizations", rows)) == (0, 0, 2)
    moved = rows.replace("pipes,管路部,water", "pipes,管路部,tax")
    assert refused("organizations", moved) == [("register-parent", 3, "parent")]
    loop = "code,name_ja,parent\na,a,b\nb,b,a\n"
    assert refused("organizations", loop) == [("register-loop", 2, "parent"), ("register-loop", 3, "parent")]
    assert refused("organizations", "code,name_ja,parent\na,a,none\n") == [("register-unknown", 2, "parent")]


def test_one_code_of_a_local_government_is_one_organization() -> None:
    bring("organizations", "code,name_ja,local_code\nchiyoda,千代田区,131016\n")
    again = "code,name_ja,local_code\nchiyoda-ku,千代田区,131016\n"
    assert refused("organizations", again) == [("register-local-code-taken", 2, "local_code")]
    named = "code,name_ja,name_en,local_code\nchiyoda,千代田区,Chiyoda City,131016\n"
    assert did(bring("organizations", named)) == (0, 1, 0)
    without = "code,name_ja,name_en\nchiyoda,千代田区,\n"
    assert did(bring("organizations", without)) == (0, 0, 1)  # an English name that is not brought stays


def test_words_are_found_in_whatever_width_and_case() -> None:
    filled()

    def codes(**asked: str) -> list[str]:
        return [row.code for row in queries.page_of(Procedure, Asked(**asked), 1)]

    assert codes() == ["p1", "p2"]
    assert codes(words="moving") == codes(words="ｍｏｖｉｎｇ　転出") == ["p2"]
    assert codes(words="転入") == ["p1"]
    assert codes(words="転入 moving") == []
    assert codes(words='"') == codes(words="'); --") == codes(words="%") == codes(words="***") == []
    assert codes(organization="water") == ["p1"]
    assert codes(organization="city") == ["p1", "p2"]  # with those beneath
    assert codes(organization="none") == []
    assert codes(life_event="出生") == ["p2"]
    assert codes(words="転", life_event="引越し", organization="tax") == ["p2"]


def test_a_page_beyond_the_last_is_the_last(monkeypatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    filled()
    for words in ("", "転"):
        asked = Asked(words=words)
        pages = [queries.page_of(Procedure, asked, number) for number in (1, 2, 9)]
        assert [[row.code for row in page] for page in pages] == [["p1"], ["p2"], ["p2"]]
        assert {page.paginator.num_pages for page in pages} == {2}


def test_the_index_keeps_step_and_is_built_again(monkeypatch) -> None:
    monkeypatch.setattr(run, "_database_findings", list)  # the database of tests is not a file of the home
    filled()
    assert search.is_in_step()
    Procedure.objects.filter(code="p1").update(search_text="something else")
    assert not search.is_in_step()
    assert [found.kind.code for found in run._register_findings()] == ["search-stale"]
    assert search.rebuild() == 1
    assert [*run._register_findings()] == []
    assert search.is_in_step()
    assert search.rebuild() == 0
    with transaction.atomic():
        Procedure.objects.filter(code="p2").delete()
    assert search.is_in_step()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index itself")
def test_no_migration_has_lost_what_makes_the_search_quick() -> None:
    """Django makes a table anew to alter a column on SQLite; its triggers, and an index that Django did not
    make, go with the old one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'register_procedure'")
        names = {name for (name,) in cursor.fetchall()}
    assert names >= {
        "register_procedure_added",
        "register_procedure_changed",
        "register_procedure_removed",
        "procedure_life_events",
        "procedure_phase",
    }


@pytest.mark.parametrize(
    "wrong",
    [{"phase": "strange"}, {"fee": "maybe"}, {"application": "telegram"}, {"application": "counter online"}],
)
def test_the_database_itself_refuses_what_is_no_word_of_the_register(wrong: dict[str, str]) -> None:
    filled()
    with pytest.raises(IntegrityError), transaction.atomic():
        Procedure.objects.filter(code="p1").update(**wrong)


def test_tools_are_told_apart_by_kind() -> None:
    bring("tools", TOOLS)
    assert [tool.kind_name.en for tool in Tool.objects.all()] == ["common digital tool", "identity service"]


@pytest.mark.real_data
def test_the_national_inventory_is_imported_once_and_searched() -> None:
    """75,071 procedures; counts of rows by plain Python, from the file itself."""
    folder = ROOT / "docs" / "how-to" / "register"
    ministries = read_mapping("m", (folder / "national-ministries.yaml").read_bytes())
    content = (folder / "national-ministries.csv").read_bytes()
    offices = read_register("organizations", content, ministries).entries
    import_entries(entries=offices, where="", source={}, by=None)
    path = shared("data", "jp-procedures-inventory-2025", "procedures_data.parquet")
    mapping = read_mapping("m", (folder / "national-procedures.yaml").read_bytes())
    reading = read_register("procedures", path.read_bytes(), mapping, where=path.name, opener=open_file)
    assert reading.preview.findings.count == 0
    assert did(import_entries(entries=reading.entries, where="", source={}, by=None)) == (75_071, 0, 0)
    again = import_entries(entries=reading.entries, where="", source={}, by=None, dry_run=True)
    assert did(again) == (0, 0, 75_071)
    columns = [reading.entries.columns[name] for name in ("name_ja", "law", "systems")]
    for word in ("旅券", "特定非営利活動"):
        there = sum(any(word in str(cell) for cell in cells) for cells in zip(*columns, strict=True))
        assert there > 30
        assert queries.page_of(Procedure, Asked(words=word), 1).paginator.count == there
    assert queries.page_of(Procedure, Asked(organization="mof"), 1).paginator.count == sum(
        code == "mof" for code in reading.entries.columns["organization"]
    )
