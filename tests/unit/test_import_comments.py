"""Free text of an import goes to the restricted table, masked, and leaves it again with its respondent."""

from __future__ import annotations

import json

import duckdb
import pytest

from monosashi import pipeline
from monosashi.adapters.erasure import erase
from monosashi.adapters.japanese import words
from monosashi.adapters.lake import DeltaLake
from monosashi.cli import main
from monosashi.errors import Problem
from monosashi.gather.comments.mask import mask
from monosashi.gather.records import Records
from monosashi.keep.comments import parted
from monosashi.keep.table import Columns

MAPPING = """
table: responses/resident
fields:
  response_id: 番号
  overall: 満足度
  comment: 感想
  why: {column: 理由, comment: true}
"""
ANSWERS = """番号,満足度,感想,理由
resp-0001-a,5,窓口の佐藤さんが親切,
resp-0002-b,4,,090-1234-5678に電話を
resp-0003-c,5,特になし,"二行の
理由"
"""


class Desk:
    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys
        self.lake = DeltaLake(folder / "home" / "lake")

    def run(self, answers=ANSWERS, *options, mapping=MAPPING):
        """(exit code, JSON or message)"""
        (self.folder / "answers.csv").write_text(answers, encoding="utf-8")
        (self.folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
        said = ["import", "responses", self.folder / "answers.csv", "--mapping", self.folder / "mapping.yaml"]
        with pytest.raises(SystemExit) as ended:
            main([*map(str, said), *options])
        out, err = self.capsys.readouterr()
        return ended.value.code, json.loads(out) if ended.value.code == 0 else err

    def rows(self, table, columns="*"):
        source = self.lake.source(table)
        if source is None:
            return None
        return duckdb.sql(f"SELECT {columns} FROM read_parquet({list(source.uris)}) ORDER BY ALL").fetchall()


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path / "home"))
    return Desk(tmp_path, capsys)


def test_answers_and_comments_part(desk):
    code, receipt = desk.run()
    assert (code, receipt["added"], receipt["comments"]) == (0, 3, 4)
    assert desk.rows("responses/resident", "response_id, overall") == [
        ("resp-0001-a", 5),
        ("resp-0002-b", 4),
        ("resp-0003-c", 5),
    ]
    assert not {"comment", "why"} & set(desk.lake.source("responses/resident").columns)
    assert desk.rows("comments", "response_id, item, text, masked, codes") == [
        ("resp-0001-a", "comment", "窓口の佐藤さんが親切", "窓口の【氏名】さんが親切", None),
        ("resp-0002-b", "why", "090-1234-5678に電話を", "【電話番号】に電話を", None),
        ("resp-0003-c", "comment", "特になし", "特になし", None),
        ("resp-0003-c", "why", "二行の\n理由", "二行の\n理由", None),
    ]


def test_the_same_file_again_adds_nothing(desk):
    desk.run()
    code, receipt = desk.run()
    assert (code, receipt["added"], receipt["already"], receipt["comments"]) == (0, 0, 3, 0)
    assert desk.lake.source("comments").version == 0


def test_better_masks_are_no_contradiction(desk, monkeypatch):
    """The rules of masking change with the software; what was stored by the old ones stays."""
    desk.run()
    monkeypatch.setattr(pipeline, "mask", lambda text, _: type("Masked", (), {"text": "x"}))
    assert desk.run()[0] == 0
    assert len(desk.rows("comments")) == 4


def test_another_text_of_the_same_answer_is_refused_before_anything_is_stored(desk):
    desk.run()
    other = ANSWERS.replace("が親切", "が不親切") + "resp-0004-d,1,,\n"
    code, message = desk.run(other)
    assert code == 2
    assert "line 2" in message
    assert "[lake-conflict]" in message
    assert "佐藤" not in message
    assert len(desk.rows("responses/resident")) == 3


def test_a_comment_is_found_again_by_the_line_it_begins_on(desk):
    desk.run()
    code, message = desk.run(ANSWERS.replace("二行の", "他の二行の"))
    assert (code, "line 4" in message) == (2, True)


def test_a_kill_between_the_two_tables_is_mended_by_the_same_import(desk, monkeypatch):
    whole = DeltaLake.append

    def killed(self, table, *arguments, **named):
        if table == "comments":
            raise KeyboardInterrupt
        return whole(self, table, *arguments, **named)

    monkeypatch.setattr(DeltaLake, "append", killed)
    assert desk.run()[0] != 0
    assert (len(desk.rows("responses/resident")), desk.rows("comments")) == (3, None)
    monkeypatch.setattr(DeltaLake, "append", whole)
    code, receipt = desk.run()
    assert (code, receipt["added"], receipt["already"], receipt["comments"]) == (0, 0, 3, 4)


def test_comments_brought_alone_are_masked_too(desk):
    alone = """
table: comments
fields:
  response_id: 番号
  item: {value: comment}
  text: 感想
"""
    answers = "番号,感想\nresp-0001-a,窓口の佐藤さんが親切\n"
    assert desk.run(answers, mapping=alone)[0] == 0
    assert desk.rows("comments", "masked") == [("窓口の【氏名】さんが親切",)]
    assert desk.run(answers, mapping=alone)[1]["already"] == 1


def test_erasing_a_respondent_reaches_the_comments(desk):
    desk.run()
    done = erase(desk.lake, "resp-0001-a")
    assert {table["table"]: table["rows"] for table in done["tables"]} == {
        "responses/resident": 1,
        "comments": 1,
    }
    assert done["proof"]["found"] == 0
    for path in desk.lake.root.rglob("*"):
        if path.is_file():
            assert b"resp-0001-a" not in path.read_bytes()
    assert not [row for row in desk.rows("comments") if "佐藤" in str(row)]
    code, receipt = desk.run()
    assert (code, receipt["added"], receipt["erased"], receipt["comments"]) == (0, 0, 1, 0)
    assert len(desk.rows("comments")) == 3


def test_comparing_stores_nothing(desk):
    desk.run()
    source = desk.lake.source("comments")
    brought = Columns(
        {"response_id": ["resp-0001-a"], "item": ["comment"], "text": ["別の文"]},
        dict.fromkeys(("response_id", "item", "text"), "text"),
    )
    with pytest.raises(Problem) as problem:
        desk.lake.compare("comments", brought, key=("response_id", "item"))
    assert problem.value.kind.code == "lake-conflict"
    desk.lake.compare("unheard", brought, key=("response_id", "item"))
    assert desk.lake.source("unheard") is None
    assert desk.lake.source("comments") == source


def test_names_are_masked_by_the_words_that_are_handed_in():

    records = Records(
        {"response_id": ["a", "b"], "why": ["佐藤さん", None], "q": [1, 2]},
        {"response_id": "text", "why": "text", "q": "integer"},
        ("response_id",),
        [2, 3],
        {},
        frozenset(),
        frozenset({"why"}),
    )
    answers, comments = parted(records, lambda text: mask(text, words).text)
    assert list(answers.fields) == ["response_id", "q"]
    assert (list(comments.columns.data["masked"]), list(comments.lines)) == (["【氏名】さん"], [2])
    nothing = parted(answers, lambda text: text)[1]
    assert len(nothing) == 0
