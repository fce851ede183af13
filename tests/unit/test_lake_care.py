"""The lake is kept in order without losing anything: compaction, checkpoints, clearing, undo."""

from __future__ import annotations

import json

import pytest
from deltalake import DeltaTable

from lakes import TABLE, append, ids, rows
from monosashi.adapters import delta_log
from monosashi.adapters import lake as module
from monosashi.adapters.delta_log import actions_of
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import checkpoint, compact, undo, vacuum
from monosashi.errors import Problem

FOREVER = 10**11  # a moment far ahead, in seconds since 1970


@pytest.fixture
def lake(tmp_path):
    made = DeltaLake(tmp_path / "lake")
    for id in ("a", "b", "c"):
        append(made, id)
    return made


def refused(function, *arguments, **named):
    with pytest.raises(Problem) as problem:
        function(*arguments, **named)
    return problem.value.kind.code


def files(lake):
    return sorted(file.name for file in (lake.root / TABLE).glob("*.parquet"))


# ---- compaction -----------------------------------------------------------------------------------------


def test_three_files_become_one_and_no_row_changes(lake):
    before = rows(lake)
    made = compact(lake, TABLE)
    assert (made.version, made.removed, made.rows) == (3, 3, 3)
    assert rows(lake) == before
    assert len(lake.source(TABLE).uris) == 1
    assert [ids(lake, version) for version in range(3)] == [["a"], ["a", "b"], ["a", "b", "c"]]
    assert compact(lake, TABLE) is None


def test_the_entry_says_that_no_data_changed_and_the_digest_of_the_file(lake):
    compact(lake, TABLE)
    actions = actions_of(lake.root / TABLE, 3)
    assert [action["remove"]["dataChange"] for action in actions if "remove" in action] == [False] * 3
    (add,) = [action["add"] for action in actions if "add" in action]
    assert (add["dataChange"], len(add["tags"]["sha256"])) == (False, 64)
    assert len(DeltaTable(lake.root / TABLE).file_uris()) == 1


def test_a_column_that_came_later_and_the_same_file_again_after_compaction(lake):
    append(lake, "d", y=("integer", [7]))
    compact(lake, TABLE)
    assert rows(lake, "id, y") == [("a", None), ("b", None), ("c", None), ("d", 7)]
    assert append(lake, "a", "b").already == 2


def test_an_append_during_a_compaction_is_not_lost(lake, monkeypatch):
    """The append is first; the compaction finds its version taken, and joins four files instead of three."""

    def late(*arguments):
        monkeypatch.undo()
        append(lake, "d")
        delta_log.write_entry(*arguments)

    monkeypatch.setattr(module, "write_entry", late)
    assert compact(lake, TABLE).removed == 4
    assert ids(lake) == ["a", "b", "c", "d"]
    assert len(files(lake)) == 5  # four, and the one that joins them: nothing is left of the first attempt


def test_a_checkpoint_opens_the_same_table(lake):
    before = rows(lake)
    assert checkpoint(lake, TABLE) == 2
    log = lake.root / TABLE / "_delta_log"
    assert json.loads((log / "_last_checkpoint").read_text())["version"] == 2
    assert rows(lake) == before
    assert append(lake, "d").version == 3
    assert [len(ids(lake, version)) for version in range(4)] == [1, 2, 3, 4]
    assert checkpoint(lake, TABLE) == 3
    assert [path.name for path in (lake.root / TABLE).iterdir() if path.name.startswith(".")] == []


def test_a_checkpoint_once_more_and_one_that_a_kill_left_without_its_pointer(lake):
    pointer = lake.root / TABLE / "_delta_log" / "_last_checkpoint"
    checkpoint(lake, TABLE)
    assert checkpoint(lake, TABLE) == 2
    pointer.unlink()
    assert checkpoint(lake, TABLE) == 2
    assert json.loads(pointer.read_text())["version"] == 2
    assert ids(lake) == ["a", "b", "c"]


def test_a_table_that_is_not_there(lake):
    assert refused(compact, lake, "events") == "lake-table-unknown"


# ---- clearing -------------------------------------------------------------------------------------------


def test_old_files_stay_for_as_long_as_is_asked(lake):
    compact(lake, TABLE)
    assert vacuum(lake, TABLE, days=30) == []
    assert ids(lake, 1) == ["a", "b"]
    assert len(vacuum(lake, TABLE, days=30, now=FOREVER)) == 3
    assert ids(lake) == ["a", "b", "c"]
    assert refused(lake.source, TABLE, 1) == "lake-version-vacuumed"


def test_the_file_of_an_append_under_way_is_not_cleared(lake):
    (lake.root / TABLE / "00000003-0.parquet").write_bytes(b"half")
    assert vacuum(lake, TABLE, days=0) == []
    assert vacuum(lake, TABLE, days=0, now=FOREVER) == ["00000003-0.parquet"]


# ---- undo -----------------------------------------------------------------------------------------------


def test_the_rows_of_one_import_go_by_a_new_version_and_can_be_brought_again(lake):
    made = undo(lake, TABLE, 1, editions={})
    assert (made.version, ids(lake), ids(lake, 2)) == (3, ["a", "c"], ["a", "b", "c"])
    assert undo(lake, TABLE, 1, editions={}) is None
    assert append(lake, "b").added == 1
    assert undo(lake, TABLE, 1, editions={}) is None
    assert ids(lake) == ["a", "b", "c"]


def test_undo_finds_its_rows_after_compaction_and_says_when_it_cannot(lake):
    append(lake, "d", y=("integer", [7]))
    compact(lake, TABLE)
    undo(lake, TABLE, 1, editions={})
    assert rows(lake, "id, y") == [("a", None), ("c", None), ("d", 7)]
    vacuum(lake, TABLE, days=0, now=FOREVER)
    assert refused(undo, lake, TABLE, 0, editions={}) == "lake-undo-gone"


def test_the_only_import_undone_leaves_an_empty_table(tmp_path):
    lake = DeltaLake(tmp_path / "lake")
    append(lake, "a")
    undo(lake, TABLE, 0, editions={})
    assert (ids(lake), append(lake, "a").added) == ([], 1)


def test_what_an_edition_was_built_on_stays(lake):
    assert refused(undo, lake, TABLE, 1, editions={"FY2025": 1}) == "lake-undo-frozen"
    assert refused(undo, lake, TABLE, 1, editions={"FY2025": 0, "FY2026": 2}) == "lake-undo-frozen"
    assert undo(lake, TABLE, 2, editions={"FY2025": 1}).version == 3


def test_what_is_no_import_cannot_be_undone(lake):
    compact(lake, TABLE)
    assert refused(undo, lake, TABLE, 3, editions={}) == "lake-undo-not-import"
    assert refused(undo, lake, TABLE, 4, editions={}) == "lake-version"
