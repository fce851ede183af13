"""The lake keeps what it was given, all or nothing, once, and every version of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from deltalake import DeltaTable

from lakes import KEY, TABLE, append, batch, content, ids, rows
from monosashi.adapters.lake import DeltaLake
from monosashi.errors import Problem
from monosashi.keep.digest import digest
from monosashi.keep.table import Columns


@pytest.fixture
def lake(tmp_path):
    return DeltaLake(tmp_path / "lake")


def refused(function, *arguments, **named):
    with pytest.raises(Problem) as problem:
        function(*arguments, **named)
    return problem.value


def test_an_empty_lake_has_no_tables(lake):
    assert (lake.tables(), lake.source(TABLE), lake.commits(TABLE)) == ([], None, [])


def test_an_append_is_one_version_with_all_its_rows(lake):
    first, second = append(lake, "a", "b"), append(lake, "c")
    assert (first.table, first.version, first.added, first.already) == (TABLE, 0, 2, 0)
    assert (second.version, second.added) == (1, 1)
    assert (ids(lake), ids(lake, 0)) == (["a", "b", "c"], ["a", "b"])
    assert lake.source(TABLE).columns == {"id": "text", "x": "number"}


def test_the_receipt_carries_the_digest_of_the_file_or_of_the_rows(lake):
    brought = batch("a")
    assert lake.append(TABLE, brought, key=KEY, commit={"sha256": "f" * 64}).sha256 == "f" * 64
    assert lake.append(TABLE, brought, key=KEY, commit={}).sha256 == digest(brought)


def test_every_type_comes_back_as_it_was(lake):
    data = {
        "id": ["a", "b"],
        "integer": [2**62, None],
        "number": [0.1, None],
        "boolean": [False, None],
        "date": [date(1, 1, 1), None],
        "moment": [datetime(2025, 4, 1, 0, 0, 0, 1, tzinfo=UTC), None],
        "text": ["満足\n😀", None],
    }
    kinds = ("text", "integer", "number", "boolean", "date", "timestamp", "text")
    types = dict(zip(data, kinds, strict=True))
    lake.append(TABLE, Columns(data, types), key=KEY, commit={})
    assert lake.source(TABLE).columns == types
    read = rows(lake, "id, integer, number, boolean, date, epoch_us(moment), text")
    assert read == [
        ("a", 2**62, 0.1, False, date(1, 1, 1), 1_743_465_600_000_001, "満足\n😀"),
        ("b", None, None, None, None, None, None),
    ]


def test_lists_and_arrays_are_the_same_rows(lake):
    arrays = {"id": np.array(["a", "b"]), "x": np.array([1.0, 1.0])}
    append(lake, "a", "b")
    receipt = lake.append(TABLE, Columns(arrays, {"id": "text", "x": "number"}), key=KEY, commit={})
    assert (receipt.added, receipt.already) == (0, 2)


def test_the_same_rows_twice_add_nothing_and_make_no_version(lake):
    append(lake, "a", "b")
    before = content(lake.root)
    again = append(lake, "a", "b")
    assert (again.version, again.added, again.already) == (0, 0, 2)
    assert content(lake.root) == before


def test_of_an_overlapping_batch_only_the_new_rows_are_added(lake):
    append(lake, "a", "b")
    receipt = append(lake, "b", "c")
    assert (receipt.version, receipt.added, receipt.already, ids(lake)) == (1, 1, 1, ["a", "b", "c"])


def test_the_same_key_with_other_content_is_refused_with_every_row(lake):
    append(lake, "a", "b", "c")
    before = content(lake.root)
    other = Columns({"id": ["new", "a", "c"], "x": [1.0, 5.0, None]}, {"id": "text", "x": "number"})
    problem = refused(lake.append, TABLE, other, key=KEY, commit={})
    assert (problem.kind.code, problem.details["count"]) == ("lake-conflict", 2)
    told = [finding.details for finding in problem.findings]
    assert told == [{"key": "a", "columns": "x", "index": 1}, {"key": "c", "columns": "x", "index": 2}]
    assert {finding.kind.code for finding in problem.findings} == {"lake-row-differs"}
    assert content(lake.root) == before


def test_a_missing_cell_is_not_a_zero(lake):
    append(lake, "a")
    nothing = Columns({"id": ["a"], "x": [None]}, {"id": "text", "x": "number"})
    assert refused(lake.append, TABLE, nothing, key=KEY, commit={}).kind.code == "lake-conflict"


def test_a_new_column_comes_in_the_same_version_as_its_rows(lake):
    append(lake, "a")
    receipt = append(lake, "b", y=("boolean", [True]))
    assert receipt.version == 1
    assert lake.source(TABLE).columns == {"id": "text", "x": "number", "y": "boolean"}
    assert rows(lake, "id, y") == [("a", None), ("b", True)]
    assert lake.source(TABLE, 0).columns == {"id": "text", "x": "number"}


def test_a_column_that_is_not_brought_any_more_is_missing(lake):
    append(lake, "a", y=("integer", [1]))
    append(lake, "b")
    assert rows(lake, "id, y") == [("a", 1), ("b", None)]


def test_a_new_column_for_a_stored_row_is_other_content(lake):
    append(lake, "a")
    problem = refused(append, lake, "a", y=("integer", [1]))
    assert [finding.details["columns"] for finding in problem.findings] == ["y"]
    assert append(lake, "a", y=("integer", [None])).added == 0


def test_a_column_keeps_its_type(lake):
    append(lake, "a", y=("integer", [1]), z=("number", [1.5]))
    before = content(lake.root)
    problem = refused(append, lake, "b", y=("text", ["1"]))
    assert problem.kind.code == "lake-column-type"
    assert "stored as integer, but text was brought" in str(problem)
    assert content(lake.root) == before
    append(lake, "b", z=("integer", [2]))
    assert rows(lake, "id, z") == [("a", 1.5), ("b", 2.0)]
    assert refused(append, lake, "c", y=("number", [1.0])).kind.code == "lake-column-type"


def test_every_version_can_be_read_again(lake):
    for number in range(4):
        append(lake, f"r{number}")
    assert [len(ids(lake, version)) for version in range(4)] == [1, 2, 3, 4]
    for wrong in (-1, 4):
        problem = refused(lake.source, TABLE, wrong)
        assert problem.kind.code == "lake-version"
        assert "versions 0 to 3" in str(problem)


def test_what_an_append_said_about_itself_is_in_the_log(lake):
    lake.append(TABLE, batch("a"), key=KEY, commit={"source": "一回目.csv"})
    lake.append(TABLE, batch("b"), key=KEY, commit={"source": "二回目.csv"})
    assert lake.commits(TABLE) == [
        {"version": 1, "source": "二回目.csv"},
        {"version": 0, "source": "一回目.csv"},
    ]


def test_a_key_may_be_several_columns(lake):
    one = Columns({"id": ["a", "a"], "x": [1.0, 2.0]}, {"id": "text", "x": "number"})
    assert lake.append(TABLE, one, key=("id", "x"), commit={}).added == 2
    assert lake.append(TABLE, one, key=("id", "x"), commit={}).already == 2


def test_rows_that_cannot_be_stored_are_all_counted(lake):
    data = {"id": ["a", None, "a", "b", None], "x": [1.0, 2.0, np.inf, np.nan, 1.0]}
    problem = refused(lake.append, TABLE, Columns(data, {"id": "text", "x": "number"}), key=KEY, commit={})
    assert (problem.kind.code, problem.details["count"]) == ("lake-rows-invalid", 5)
    assert [(finding.kind.code, finding.details["index"]) for finding in problem.findings] == [
        ("lake-key-missing", 1),
        ("lake-key-missing", 4),
        ("lake-not-finite", 2),
        ("lake-not-finite", 3),
        ("lake-key-twice", 2),
    ]
    assert not lake.root.exists()


def test_more_than_a_thousand_wrong_rows_are_counted_too(lake):
    many = Columns({"id": [None] * 2500}, {"id": "text"})
    problem = refused(lake.append, TABLE, many, key=KEY, commit={})
    assert (problem.details["count"], len(problem.findings)) == (2500, 1000)


@pytest.mark.parametrize(
    ("data", "types"),
    [
        ({}, {}),
        ({"id": ["a"], "x": []}, {"id": "text", "x": "number"}),
        ({"id": ["a"], "X": [1]}, {"id": "text", "X": "number"}),
        ({"id": ["a"], "x": [1]}, {"id": "text"}),
        ({"id": ["a"], "x": ["five"]}, {"id": "text", "x": "integer"}),
        ({"id": ["a"], "x": [datetime(2025, 4, 1)]}, {"id": "text", "x": "timestamp"}),  # noqa: DTZ001
        ({"id": ["a"], "x": [datetime(2025, 4, 1, tzinfo=UTC)]}, {"id": "text", "x": "date"}),
        ({"x": [1]}, {"x": "integer"}),
    ],
)
def test_columns_that_cannot_be_stored_as_they_are(lake, data, types):
    problem = refused(lake.append, TABLE, Columns(data, types), key=KEY, commit={})
    assert problem.kind.code == "lake-columns"
    assert not lake.root.exists()


@pytest.mark.parametrize("name", ["../outside", "Volumes", "表", "volumes/x/y", ""])
def test_a_name_leads_nowhere_else(lake, name):
    for call in (lambda: append(lake, "a", table=name), lambda: lake.source(name)):
        assert refused(call).kind.code == "lake-table-name"
    assert not lake.root.exists()


def test_a_table_lies_in_no_other(lake):
    append(lake, "a", table="responses/resident")
    assert refused(append, lake, "a", table="responses").kind.code == "lake-table-name"
    append(lake, "a", table="volumes")
    assert refused(append, lake, "a", table="volumes/x").kind.code == "lake-table-name"
    assert lake.tables() == ["responses/resident", "volumes"]


@pytest.mark.parametrize(
    "name", ["with blank", "ものさし", "a[1]", "it's", 'q"uote', "100%", "star*", "what?", "hash#1", "a+b"]
)
def test_a_lake_may_lie_in_any_folder(tmp_path, name):
    lake = DeltaLake(tmp_path / name)
    append(lake, "a", "b")
    assert append(lake, "b", "c").added == 1
    assert (ids(lake), ids(lake, 0)) == (["a", "b", "c"], ["a", "b"])
    assert len(lake.commits(TABLE)) == 2


@pytest.mark.parametrize("name", ["per%20cent", "back\\slash", "new\nline"])
def test_but_not_where_it_could_not_be_found_again(tmp_path, name):
    assert refused(append, DeltaLake(tmp_path / name), "a").kind.code == "lake-folder"
    assert list(tmp_path.iterdir()) == []


def test_a_relative_lake_is_found_from_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lake = DeltaLake(Path("home/lake"))
    append(lake, "a")
    append(lake, "b")
    source = lake.source(TABLE)
    assert all(uri.startswith(f"{tmp_path}/") for uri in source.uris)


def test_other_programs_read_the_same_table(lake):
    """Written here entry by entry, read by deltalake as any table of Delta."""
    append(lake, "a")
    append(lake, "b", y=("date", [date(2025, 4, 1)]))
    delta = DeltaTable(str(lake.root / TABLE))
    assert (delta.version(), delta.protocol().min_writer_version) == (1, 2)
    assert [each["operation"] for each in delta.history()] == ["WRITE", "WRITE"]
    assert delta.metadata().configuration["delta.enableExpiredLogCleanup"] == "false"
    sizes = delta.get_add_actions(flatten=True)
    assert sum(sizes.column("num_records").to_pylist()) == 2
    first, second = (DeltaTable(str(lake.root / TABLE), version=v).metadata().id for v in (0, 1))
    assert first == second


def test_a_table_that_other_programs_write_to_goes_on(lake):
    append(lake, "a")
    delta = DeltaTable(str(lake.root / TABLE))
    delta.create_checkpoint()
    delta.alter.set_table_description("counts")
    assert append(lake, "b", y=("integer", [1])).version == 2
    assert DeltaTable(str(lake.root / TABLE)).metadata().description == "counts"
    assert (ids(lake), [each["version"] for each in lake.commits(TABLE)]) == (["a", "b"], [2, 0])


def test_an_entry_that_another_program_cleaned_away_is_no_damage(lake):
    append(lake, "a")
    append(lake, "b")
    DeltaTable(str(lake.root / TABLE)).create_checkpoint()
    (lake.root / TABLE / "_delta_log" / f"{0:020}.json").unlink()
    assert (append(lake, "a", "c").added, ids(lake)) == (1, ["a", "b", "c"])
    assert [each["version"] for each in lake.commits(TABLE)] == [2, 1]


def test_each_entry_of_the_log_is_lines_of_json(lake):
    append(lake, "a")
    (entry,) = (lake.root / TABLE / "_delta_log").iterdir()
    actions = [json.loads(line) for line in entry.read_text("utf-8").splitlines()]
    assert [next(iter(action)) for action in actions] == ["commitInfo", "protocol", "metaData", "add"]
