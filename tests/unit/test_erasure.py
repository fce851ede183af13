"""One respondent is erased from every file of the lake; a reader of every byte and cell finds nothing."""

from __future__ import annotations

import json

import duckdb
import pytest

from monosashi.adapters import erasure
from monosashi.adapters.erasure import erase, found
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import compact, undo
from monosashi.adapters.lake_check import examine
from monosashi.errors import Problem
from monosashi.keep.table import Columns

WHO, TEXT = "resp-0042-secret", "窓口の山田さんに三回も断られました"
ANSWERS, COMMENTS = "responses/resident", "comments"


def answers(lake, *ids):
    data = {"response_id": list(ids), "q1": [5] * len(ids)}
    columns = Columns(data, {"response_id": "text", "q1": "integer"})
    return lake.append(ANSWERS, columns, key=("response_id",), commit={"source": "panel.csv"})


def comment(lake, id, text):
    data = {"response_id": [id], "item": ["c1"], "text": [text]}
    columns = Columns(data, dict.fromkeys(data, "text"))
    return lake.append(COMMENTS, columns, key=("response_id", "item"), commit={"source": "panel.csv"})


@pytest.fixture
def lake(tmp_path):
    """The person's rows lie in two tables, in live files, in compacted ones and in those of old versions."""
    made = DeltaLake(tmp_path / "lake")
    answers(made, "resp-0001-other", WHO, "resp-0003-other")
    answers(made, "resp-0004-other")
    comment(made, WHO, TEXT)
    comment(made, "resp-0003-other", "特になし")
    compact(made, COMMENTS)
    linked = {"practice_id": ["p1"], "links": [f'{{"voice": "{WHO}"}}']}
    made.append("practices", Columns(linked, dict.fromkeys(linked, "text")), key=("practice_id",), commit={})
    return made


def refused(function, *arguments, **named):
    with pytest.raises(Problem) as problem:
        function(*arguments, **named)
    return problem.value.kind.code


def told(root):
    """All that any file says: its name, its bytes and, of Parquet files, cells and statistics."""
    said = []
    for path in (path for path in root.rglob("*") if path.is_file()):
        said += [path.name, path.read_bytes().decode("utf-8", "replace")]
        if path.suffix == ".parquet":
            for relation in (f"'{path}'", f"parquet_metadata('{path}')"):
                said.append(str(duckdb.sql(f"SELECT * FROM {relation}").fetchall()))
    return "\n".join(said)


def test_nothing_in_the_folder_tells_of_the_person_and_everybody_else_is_there(lake):
    assert WHO in told(lake.root)
    assert TEXT in told(lake.root)
    done = erase(lake, WHO)
    assert WHO not in told(lake.root)
    assert TEXT not in told(lake.root)
    assert {table["table"]: table["rows"] for table in done["tables"]} == {
        ANSWERS: 1,
        COMMENTS: 1,
        "practices": 1,
    }
    for other in ("resp-0001-other", "resp-0003-other", "resp-0004-other", "特になし", "p1"):
        assert other in told(lake.root)


def test_where_the_rows_are_is_shown_first_and_nothing_is_changed(lake):
    before = told(lake.root)
    places = [(place.table, place.rows, place.live) for place in found(lake, WHO)]
    assert places == [(COMMENTS, 1, False), (COMMENTS, 1, True), ("practices", 1, True), (ANSWERS, 1, True)]
    assert told(lake.root) == before


def test_the_same_file_again_does_not_bring_the_person_back_and_says_so(lake):
    erase(lake, WHO)
    receipt = answers(lake, "resp-0001-other", WHO, "resp-0005-other")
    assert (receipt.added, receipt.already, receipt.erased) == (1, 1, 1)
    assert comment(lake, WHO, TEXT).erased == 1
    assert WHO not in told(lake.root)


def test_versions_that_held_the_person_say_why_they_cannot_be_read(lake):
    erase(lake, WHO)
    assert refused(lake.source, ANSWERS, 0) == "lake-version-erased"
    assert lake.source(ANSWERS).version == 2


def test_the_log_keeps_that_it_happened_and_not_to_whom(lake):
    done = erase(lake, WHO)
    (kept,) = [commit for commit in lake.commits(ANSWERS) if commit.get("action") == "erase"]
    assert (kept["person"], kept["rows"]) == (done["person"], 1)
    assert (lake.root / "_erased" / "salt").stat().st_mode & 0o777 == 0o600


def test_once_more_finds_nothing_and_makes_no_version(lake):
    erase(lake, WHO)
    assert erase(lake, WHO)["tables"] == []


def test_who_was_never_there_is_kept_away_all_the_same(lake):
    assert erase(lake, "resp-9999-nobody")["tables"] == []
    assert answers(lake, "resp-9999-nobody").erased == 1


def test_a_short_id_is_looked_for_in_cells(lake):
    answers(lake, "7", "77")
    assert erase(lake, "7")["proof"]["bytes_compared"] is False
    ids = duckdb.sql(f"SELECT response_id FROM read_parquet({list(lake.source(ANSWERS).uris)})").fetchall()
    assert ("77",) in ids
    assert ("7",) not in ids


def test_what_other_programs_noted_in_the_log_and_what_a_kill_left_is_cleaned(lake):
    entry = lake.root / ANSWERS / "_delta_log" / f"{0:020}.json"
    noted = json.dumps({"numRecords": 3, "maxValues": {"response_id": WHO}})
    plain = json.dumps(json.dumps({"numRecords": 3}))
    entry.write_text(entry.read_text().replace(plain, json.dumps(noted)))
    (lake.root / ANSWERS / "00000009-0.parquet").write_bytes(b"PAR1" + WHO.encode())
    assert WHO in told_bytes(lake.root)
    erase(lake, WHO)
    assert WHO not in told(lake.root)
    assert json.loads(entry.read_text().splitlines()[-1])["add"]["stats"] == '{"numRecords": 3}'


def told_bytes(root):
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in root.rglob("*") if path.is_file())


def test_a_file_outside_the_tables_that_names_the_person_is_pointed_at(lake):
    (lake.root / "notes.txt").write_text(f"called {WHO} back")
    with pytest.raises(Problem) as problem:
        erase(lake, WHO)
    assert problem.value.kind.code == "erase-not-proven"
    assert [(one.kind.code, one.file) for one in problem.value.findings] == [("erase-left", "notes.txt")]


def test_without_an_id_nothing_is_erased(lake):
    assert refused(erase, lake, " ") == "erase-id"


def test_an_import_with_an_erased_row_can_be_undone(lake):
    erase(lake, WHO)
    undo(lake, ANSWERS, 0, editions={})
    ids = duckdb.sql(f"SELECT response_id FROM read_parquet({list(lake.source(ANSWERS).uris)})").fetchall()
    assert ids == [("resp-0004-other",)]


def test_stopped_between_the_version_and_the_files_check_says_so_and_the_command_goes_on(lake, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "_remove_files", stopped)
        with pytest.raises(KeyboardInterrupt):
            erase(lake, WHO)
    findings = [finding for table in examine(lake, report=str) for finding in table.findings]
    assert {finding.kind.code for finding in findings} == {"lake-erasure-unfinished"}
    erase(lake, WHO)
    assert WHO not in told(lake.root)
    assert [finding for table in examine(lake, report=str) for finding in table.findings] == []
