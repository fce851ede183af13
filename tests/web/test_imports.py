"""A file on its way into the lake: read, looked at, corrected, stored once, or thrown away."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from formats import as_xlsx
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.lake import DeltaLake
from monosashi.pipeline import template_of
from monosashi.web.gather.models import Import, Mapping, State
from monosashi.web.keep import jobs
from monosashi.web.keep.models import AuditEvent

PAGE = "/manage/imports/"
FILE = "subject,measure,period,channel,status,quantity\nA,applications,2026-04,online,value,{}\n"
MAPPING = """table: volumes
fields:
  subject: subject
  measure: measure
  period: period
  channel: channel
  status: status
  quantity: {column: quantity, type: number}
"""


@pytest.fixture
def analyst(people):
    return people.client("water/analyst")


def brought(client, content: str, *, name: str = "件数.csv", **more: str) -> Import:
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post(PAGE, {"kind": "volumes", "file": file, "encoding": "", "mapping": "", **more})
    assert answer.status_code == 302, answer.content.decode()
    return worked(Import.objects.first())


def worked(found: Import) -> Import:
    """What the worker does with the job that waits."""
    found.refresh_from_db()
    jobs.run.func(str(found.job_id))
    found.refresh_from_db()
    return found


def address(found: Import, *more: str) -> str:
    return f"{PAGE}{found.pk}/" + "".join(f"{one}/" for one in more)


def read(client, found: Import, mapping: str = MAPPING, **more: str) -> Import:
    answer = client.post(address(found), {"mapping": mapping, "encoding": "", "remember": "", **more})
    assert answer.status_code == 302, answer.content.decode()
    return worked(found)


def test_from_a_file_to_the_lake(analyst, home) -> None:
    found = brought(analyst, FILE.format("12,x").replace("quantity\n", "quantity,memo\n"))
    assert found.state == State.UNMAPPED
    page = analyst.get(address(found)).content.decode()
    assert "subject: {column: &quot;subject&quot;}" in page  # the suggestion
    found = read(analyst, found, remember="月報")
    assert (found.state, found.findings["count"]) == (State.READ, 0)
    page = analyst.get(address(found)).content.decode()
    assert "12.0 – 12.0" in page or "12.0: 1" in page
    assert DeltaLake(home / "lake").source("volumes") is None  # looked at, not stored
    assert analyst.post(address(found, "store")).status_code == 302
    found = worked(found)
    assert (found.state, found.receipt["added"], found.receipt["already"]) == (State.STORED, 1, 0)
    assert not list((home / "uploads").iterdir())  # the file is not kept any longer than needed
    assert Mapping.objects.get().name == "月報"
    assert AuditEvent.objects.get(action="import.stored").details["added"] == 1


def test_the_same_file_twice_adds_nothing(analyst, home) -> None:
    for added in (1, 0):
        found = read(analyst, brought(analyst, FILE.format(12)))
        analyst.post(address(found, "store"))
        assert worked(found).receipt["added"] == added


def test_mistakes_are_named_by_line_and_cannot_be_stored(analyst, home) -> None:
    found = read(analyst, brought(analyst, FILE.format("many")))
    assert found.findings["count"] == 1
    page = analyst.get(address(found)).content.decode()
    assert '<th scope="row">2</th><td>quantity</td>' in page
    assert address(found, "store") not in page
    refused = analyst.post(address(found, "store"))
    assert refused.status_code == 409
    assert "件数.csv" in refused.content.decode()
    assert "import-not-ready" in refused.content.decode()
    assert DeltaLake(home / "lake").source("volumes") is None


def test_what_the_lake_refuses_is_said_and_can_be_corrected(
    analyst, home, django_capture_on_commit_callbacks
) -> None:
    """The same key with another value: nothing is stored, and the file may be thrown away."""
    first = read(analyst, brought(analyst, FILE.format(12)))
    analyst.post(address(first, "store"))
    worked(first)
    second = read(analyst, brought(analyst, FILE.format(13)))
    analyst.post(address(second, "store"))
    second = worked(second)
    assert second.state == State.UNREAD
    assert "lake-conflict" in second.problem_en
    with django_capture_on_commit_callbacks(execute=True):
        assert analyst.post(address(second, "discard")).status_code == 302
    assert not list((home / "uploads").iterdir())


def test_a_file_that_is_no_text_is_explained(analyst) -> None:
    found = brought(analyst, "PK\x03\x04 and so on")
    assert found.state == State.UNREAD
    assert found.problem_ja in analyst.get(address(found)).content.decode().replace("&quot;", '"')


def test_a_mapping_that_cannot_be_read_keeps_what_was_typed(analyst) -> None:
    found = brought(analyst, FILE.format(12))
    answer = analyst.post(address(found), {"mapping": "fields: [", "encoding": "", "remember": ""})
    assert answer.status_code == 422
    assert "fields: [" in answer.content.decode()


def test_a_remembered_mapping_reads_the_next_file_at_once(analyst) -> None:
    read(analyst, brought(analyst, FILE.format(12)), remember="月報")
    assert brought(analyst, FILE.format(12), mapping="月報").state == State.READ


def test_responses_need_a_questionnaire(analyst) -> None:
    file = SimpleUploadedFile("a.csv", b"response_id\n1\n")
    answer = analyst.post(PAGE, {"kind": "responses", "file": file})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_nothing_is_done_twice_and_nothing_after_the_end(analyst) -> None:
    found = read(analyst, brought(analyst, FILE.format(12)))
    assert analyst.post(address(found, "store")).status_code == 302
    assert analyst.post(address(found, "store")).status_code == 409  # a second click
    worked(found)
    for last in ("store", "discard"):
        assert analyst.post(address(found, last)).status_code == 409


def test_a_file_too_large_is_refused_and_not_kept(analyst, home, monkeypatch) -> None:
    from monosashi.web.gather import uploads

    monkeypatch.setattr(uploads, "FILE_BYTES", 10)
    file = SimpleUploadedFile("a.csv", FILE.format(12).encode())
    answer = analyst.post(PAGE, {"kind": "volumes", "file": file})
    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not list((home / "uploads").iterdir())


def test_a_file_belongs_to_whoever_brought_it(people, analyst) -> None:
    found = brought(analyst, FILE.format(12))
    for who in ("tax/analyst", "water/publisher"):
        other = people.client(who)
        assert other.get(address(found)).status_code == 404
        assert other.post(address(found, "store")).status_code == 404
        assert "件数.csv" not in other.get(PAGE).content.decode()


def test_a_strange_name_is_shown_and_never_a_path(analyst, home) -> None:
    found = brought(analyst, FILE.format(12), name="<b>..&x.csv")
    assert "<b>" not in analyst.get(address(found)).content.decode().split("<main")[1]
    assert [path.name for path in (home / "uploads").iterdir()] == [str(found.pk)]


def test_a_template_is_filled_in_and_imported_without_a_mapping(analyst, home) -> None:
    """What the page offers comes back with its rows, and is read at once."""
    page = analyst.get(PAGE).content.decode()
    assert f"{PAGE}templates/responses.xlsx?instrument=resident" in page
    answer = analyst.get(f"{PAGE}templates/volumes.xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    columns = template_of("volumes", None, load_guideline("tokyo/1.1.0"))
    cells = {"subject": "A", "measure": "visits", "period": "令和8年4月", "channel": "online"}
    cells |= {"status": "value", "quantity": "12"}
    filled = [(one.header, "text", [cells.get(one.field)]) for one in columns]
    file = SimpleUploadedFile("件数.xlsx", as_xlsx(filled))
    analyst.post(PAGE, {"kind": "volumes", "file": file, "encoding": "", "mapping": ""})
    found = worked(Import.objects.first())
    assert (found.state, found.findings["count"]) == (State.READ, 0)
    page = analyst.get(address(found)).content.decode()
    assert "the content is XLSX" in page or "中身が XLSX" in page
    assert "五つの状態" in page
    analyst.post(address(found, "store"))
    assert worked(found).receipt["added"] == 1


def test_there_is_no_template_of_anything_else(analyst) -> None:
    for name in ("services.xlsx", "responses.xlsx", "responses.xlsx?instrument=nobody"):
        assert analyst.get(f"{PAGE}templates/{name}").status_code == 404


def test_findings_in_a_workbook_name_their_cell(analyst, home) -> None:
    names = ["subject", "measure", "period", "channel", "status", "quantity"]
    cells = ["A", "m", "2026-04", "o", "value", "many"]
    columns = [(name, "text", [cell]) for name, cell in zip(names, cells, strict=True)]
    file = SimpleUploadedFile("a.csv", as_xlsx(columns))
    analyst.post(PAGE, {"kind": "volumes", "file": file, "encoding": "", "mapping": ""})
    found = worked(Import.objects.first())
    assert '<th scope="row">回答!F2</th><td>quantity</td>' in analyst.get(address(found)).content.decode()


def test_the_figures_that_would_result_are_shown(analyst, home) -> None:
    """5, 4 and 1 of five: two of three are satisfied, and the mean is 3.333."""
    file = SimpleUploadedFile("a.csv", b"response_id,overall\na,5\nb,4\nc,1\nd,9\n")
    given = {"kind": "responses", "instrument": "resident", "file": file, "encoding": "", "mapping": ""}
    analyst.post(PAGE, given)
    page = analyst.get(address(worked(Import.objects.first()))).content.decode()
    assert '<td class="right">0.667</td>' in page
    assert '<td class="right">3.333</td>' in page
