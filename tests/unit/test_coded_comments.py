"""What people decide about comments: stored beside them, kept apart from suggestions, read back."""

from __future__ import annotations

import json

import duckdb
import pytest

from monosashi.adapters.coded import store_codings
from monosashi.adapters.erasure import erase
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import undo
from monosashi.cli import main
from monosashi.errors import Problem
from monosashi.gather.comments.coding import Coding, codings_of, decide, with_coding
from monosashi.keep.comments import DERIVED
from monosashi.keep.table import Columns

FRAME = load_guideline("tokyo/1.1.0").code_frame("service")
KEY = ("response_id", "item")


def comments(*rows):
    columns = dict(zip(("response_id", "item", "text"), map(list, zip(*rows, strict=True)), strict=True))
    return Columns(columns, dict.fromkeys(columns, "text"))


@pytest.fixture
def lake(tmp_path):
    made = DeltaLake(tmp_path / "lake")
    for rows in ([("r1", "why", "遅い"), ("r2", "why", "職員が親切")], [("r3", "why", "特になし")]):
        made.append("comments", comments(*rows), key=KEY, commit={"source": "a.csv"}, derived=DERIVED)
    return made


def codes(lake):
    source = lake.source("comments")
    held = f"read_parquet({list(source.uris)}, union_by_name = true)"
    return dict(duckdb.sql(f"SELECT response_id, codes FROM {held} ORDER BY 1").fetchall())


def given(id, coder, *themes):
    return decide(FRAME, response_id=id, item="why", coder=coder, themes=themes)


def test_a_decision_is_in_the_order_of_the_frame_and_of_its_themes_only():
    coding = given("r1", "sato", "time", "findability", "time")
    assert (coding.themes, coding.frame) == (("findability", "time"), "service/1")
    with pytest.raises(Problem) as problem:
        given("r1", "sato", "tme")
    assert problem.value.kind.code == "theme-unknown"


def test_a_cell_holds_each_coder_once():
    cell = with_coding(with_coding(None, given("r1", "sato", "time")), given("r1", "suzuki"))
    cell = with_coding(cell, given("r1", "sato", "clarity"))
    assert json.loads(cell) == {"service/1": {"sato": ["clarity"], "suzuki": []}}
    assert set(codings_of("r1", "why", cell)) == {
        Coding("r1", "why", "service/1", "sato", ("clarity",)),
        Coding("r1", "why", "service/1", "suzuki", ()),
    }
    assert list(codings_of("r1", "why", None)) == []


def test_decisions_are_stored_beside_their_comments_and_nothing_else_moves(lake):
    before = lake.source("comments").version
    made = store_codings(lake, [given("r1", "sato", "time"), given("r3", "sato"), given("r9", "sato")])
    assert made.version == before + 1
    store_codings(lake, [given("r1", "suzuki", "time", "effort")])
    held = {id: json.loads(cell) if cell else None for id, cell in codes(lake).items()}
    assert held == {
        "r1": {"service/1": {"sato": ["time"], "suzuki": ["effort", "time"]}},
        "r2": None,
        "r3": {"service/1": {"sato": []}},
    }
    assert store_codings(lake, [given("r9", "sato")]) is None
    assert store_codings(lake, []) is None


def test_an_import_again_does_not_contradict_or_undo_a_decision(lake):
    store_codings(lake, [given("r1", "sato", "time")])
    receipt = lake.append("comments", comments(("r1", "why", "遅い")), key=KEY, commit={}, derived=DERIVED)
    assert (receipt.added, receipt.already) == (0, 1)
    assert "time" in codes(lake)["r1"]


def test_a_coded_import_can_still_be_undone_and_its_people_erased(lake):
    store_codings(lake, [given("r3", "sato"), given("r1", "sato", "time")])
    undo(lake, "comments", 1, editions={})
    assert set(codes(lake)) == {"r1", "r2"}
    erase(lake, "r1")
    assert codes(lake) == {"r2": None}


def test_coders_of_the_lake_are_asked_for_by_name(lake, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path))
    store_codings(lake, [given("r1", "sato", "time"), given("r2", "sato", "staff"), given("r1", "suzuki")])
    request = "table: lake:comments\ncolumn: text\nrespondent: response_id\ncoders: [sato, suzuki]\n"
    (tmp_path / "r.yaml").write_text(request, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["comments", str(tmp_path / "r.yaml")])
    assert not stopped.value.code
    found = json.loads(capsys.readouterr().out)["coders"]
    assert [(one["coder"], one["n"], one["recall"]["k"]) for one in found["suggestions"]] == [
        ("sato", 2, 2),
        ("suzuki", 1, 0),
    ]
    assert found["agreement"]["n"] == 1
