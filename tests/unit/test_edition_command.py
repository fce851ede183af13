"""`monosashi edition`: JSON on standard output, or exit code 2 with one message that says what to do."""

from __future__ import annotations

import json

import pytest

from monosashi.adapters.editions import Editions
from monosashi.adapters.home import Home
from monosashi.cli import main
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.publish.edition_files import write_edition
from publication import contents


@pytest.fixture
def editions(tmp_path, monkeypatch):
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path))
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    editions = Editions(Home(tmp_path).editions)
    editions.write("FY2025", write_edition(contents()))
    return editions


def run(capsys, *arguments):
    """(exit code, JSON of standard output or None, standard error)"""
    with pytest.raises(SystemExit) as ended:
        main(["edition", *arguments])
    out, err = capsys.readouterr()
    return ended.value.code, json.loads(out) if out else None, err


def test_a_draft_is_listed_then_published_then_checked(editions, capsys):
    _, listed, _ = run(capsys, "list")
    assert [row["id"] for row in listed["drafts"]] == ["FY2025"]
    assert listed["published"] == []
    code, published, _ = run(capsys, "publish", "FY2025")
    assert (code, published["state"], published["synthetic"]) == (0, "published", True)
    code, checked, _ = run(capsys, "check", "FY2025")
    assert (code, checked) == (0, {"id": "FY2025", "intact": True})


def test_an_unknown_edition_is_named_with_what_to_do(editions, capsys):
    code, out, err = run(capsys, "publish", "FY2019")
    assert (code, out) == (2, None)
    assert "FY2019" in err
    assert "edition list" in err


def test_a_changed_file_is_named(editions, capsys):
    editions.publish("FY2025")
    path = editions.root / "FY2025" / "changes.csv"
    path.chmod(0o644)
    path.write_bytes(b"")
    code, _, err = run(capsys, "check", "FY2025")
    assert code == 2
    assert "changes.csv" in err


def test_names_of_codes_come_back_from_the_file_of_the_home(tmp_path):
    home = Home(tmp_path)
    labels = {"": {"city": Text(ja="都市", en="City")}, "city": {"tokyo": Text(ja="東京", en="=Tokyo, here")}}
    home.write_labels(labels)
    assert home.labels() == labels
    assert Home(tmp_path / "nothing").labels() == {}


def test_a_table_of_names_with_other_columns_is_refused(tmp_path):
    (tmp_path / "labels.csv").write_text("code,ja\ntokyo,東京\n")
    with pytest.raises(Problem, match="dimension,code,ja,en"):
        Home(tmp_path).labels()
