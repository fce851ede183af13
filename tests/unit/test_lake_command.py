"""`compact`, `undo`, `erase` and `check` as an official calls them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from lake_works import TABLE, WHO, answers
from monosashi import cli
from monosashi.adapters.lake import DeltaLake
from monosashi.errors import Problem


@pytest.fixture
def home(tmp_path):
    for batch in range(5):
        answers(DeltaLake(tmp_path / "lake"), batch)
    return tmp_path


def run(home, *words):
    done = CliRunner().invoke(cli.group, [*words, "--home", str(home)], catch_exceptions=True)
    if isinstance(done.exception, Problem):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def draft(home, version):
    folder = home / "editions" / ".drafts" / "FY2025"
    folder.mkdir(parents=True)
    manifest = {"period": "FY2025", "built_on": "2026-04-01", "tables": {TABLE: version}}
    (folder / "edition.json").write_text(json.dumps(manifest))


def test_compact_takes_all_tables_and_clears_when_asked(home):
    assert run(home, "compact") == {"tables": [{"table": TABLE, "version": 5, "joined": 5, "cleared": 0}]}
    assert run(home, "compact", TABLE, "--retain", "0")["tables"][0]["cleared"] == 5


def test_undo_by_the_version_of_the_receipt(home):
    assert run(home, "undo", TABLE, "2") == {"table": TABLE, "undone": 2, "version": 5, "already": False}
    assert run(home, "undo", TABLE, "2")["already"] is True


def test_undo_is_refused_where_a_draft_was_built_on_it(home):
    draft(home, 2)
    with pytest.raises(Problem) as problem:
        run(home, "undo", TABLE, "1")
    assert problem.value.kind.code == "lake-undo-frozen"
    assert "FY2025" in str(problem.value)
    assert run(home, "undo", TABLE, "3")["version"] == 5


def test_erase_looks_first(home):
    (place,) = run(home, "erase", WHO, "--dry-run")["found"]
    assert (place["table"], place["rows"], place["live"]) == (TABLE, 1, True)
    done = run(home, "erase", WHO)
    assert (done["proof"]["found"], done["tables"][0]["rows"]) == (0, 1)
    assert run(home, "erase", WHO, "--dry-run")["found"] == []
