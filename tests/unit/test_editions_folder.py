"""The folder of editions: all or nothing, never changed, and any change noticed."""

from __future__ import annotations

import subprocess

import pytest

from monosashi.adapters import editions as folder
from monosashi.adapters.editions import Editions
from monosashi.errors import Problem
from monosashi.publish.edition_files import write_edition
from publication import contents


@pytest.fixture
def editions(tmp_path):
    return Editions(tmp_path / "editions")


def publish(editions, id, **changed):
    editions.write(id, write_edition(contents(id, **changed)))
    return editions.publish(id)


def test_a_draft_is_visible_to_nobody_until_it_is_published(editions):
    editions.write("FY2025", write_edition(contents()))
    assert (editions.ids(), editions.get("FY2025"), editions.drafts()) == ([], None, ["FY2025"])
    editions.publish("FY2025")
    assert (editions.ids(), editions.drafts()) == (["FY2025"], [])
    assert editions.latest().id == "FY2025"


def test_a_draft_can_be_built_again_but_a_published_edition_cannot(editions):
    editions.write("FY2025", write_edition(contents()))
    publish(editions, "FY2025")
    with pytest.raises(Problem, match="never changes"):
        editions.write("FY2025", write_edition(contents(built_on="2026-07-01")))


def test_editions_are_in_the_order_of_their_periods_not_of_their_names(editions):
    publish(editions, "b-first", period="FY2024")
    publish(editions, "a-second", period="FY2025")
    publish(editions, "a-half", period="2024H1")
    assert editions.ids() == ["a-half", "b-first", "a-second"]


@pytest.mark.parametrize("after", range(9))
def test_a_write_that_is_killed_between_files_leaves_no_edition(editions, monkeypatch, after):
    files = write_edition(contents())
    written = iter([True] * after)
    real = folder._write_flushed

    def dies(path, content):
        if not next(written, False):
            raise KeyboardInterrupt
        real(path, content)

    monkeypatch.setattr(folder, "_write_flushed", dies)
    with pytest.raises(KeyboardInterrupt):
        editions.write("FY2025", files)
    assert (editions.ids(), editions.drafts(), editions.draft("FY2025")) == ([], [], None)


def test_every_changed_missing_or_added_file_is_found(editions):
    publish(editions, "FY2025")
    assert editions.verify("FY2025") == []
    path = editions.root / "FY2025"
    (path / "estimates.csv").chmod(0o644)
    (path / "estimates.csv").write_bytes(b"changed")
    (path / "coverage.csv").unlink()
    (path / "extra.csv").write_bytes(b"")
    found = {(finding.kind.code, finding.file) for finding in editions.verify("FY2025")}
    assert {
        ("edition-file-changed", "estimates.csv"),
        ("edition-file-missing", "coverage.csv"),
        ("edition-file-unknown", "extra.csv"),
    } <= found


def test_a_page_notices_a_changed_file_even_after_it_was_read(editions):
    publish(editions, "FY2025")
    assert editions.get("FY2025") is editions.get("FY2025")
    path = editions.root / "FY2025" / "estimates.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"0.3,", b"0.4,"))
    with pytest.raises(Problem, match="edition-damaged"):
        editions.get("FY2025")


def test_the_chain_back_to_the_first_edition_is_checked(editions):
    first = publish(editions, "FY2024", period="FY2024")
    second = publish(editions, "FY2025", previous="FY2024", previous_digest=first.digest)
    publish(editions, "FY2025-2", previous="FY2025", previous_digest=second.digest)
    assert editions.verify("FY2025-2") == []
    path = editions.root / "FY2024" / "edition.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    assert [finding.kind.code for finding in editions.verify("FY2025-2")] == ["edition-chain-broken"]


def test_an_edition_that_continues_another_history_is_not_published(editions):
    publish(editions, "FY2024", period="FY2024")
    with pytest.raises(Problem, match="FY2024"):
        publish(editions, "FY2025", previous="FY2024", previous_digest="0" * 64)
    assert editions.ids() == ["FY2024"]


@pytest.mark.parametrize("id", ["../x", ".hidden", "", "a/b", "版"])
def test_a_name_cannot_lead_out_of_the_folder(editions, id):
    with pytest.raises(Problem, match="edition-name"):
        editions.write(id, {})
    assert editions.get(id) is None


def test_sha256sum_agrees(editions):
    publish(editions, "FY2025")
    command = ["sha256sum", "-c", "SHA256SUMS"]
    run = subprocess.run(command, cwd=editions.root / "FY2025", capture_output=True, check=False)
    assert run.returncode == 0, run.stdout
