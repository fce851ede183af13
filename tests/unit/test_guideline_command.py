"""`monosashi guideline`: JSON on standard output, or exit code 2 with everything that is to correct."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from broken_house import BIN, ROOT
from monosashi.cli import main

SHELF = ROOT / "guideline" / "tokyo"
KEYS = {  # the agreed shape, by the path to it; other keys may stand beside these
    "": {"id", "version", "principles", "indicators", "facts"},
    "principles": {
        "number", "title", "summary", "direction", "first_step",
        "phases", "viewpoints", "actions", "kpis", "initiatives", "not_applicable",
    },
    "principles.phases": {"phase", "practices"},
    "principles.kpis": {"id", "level", "title"},
    "principles.initiatives": {"id", "title", "department", "milestones"},
    "principles.initiatives.milestones": {"from", "to", "text"},
    "indicators": {"id", "role", "title", "definition", "measurement", "targets"},
    "indicators.measurement": {"method", "perspective"},
    "indicators.targets": {"fiscal_year", "value"},
    "facts": {"id", "value", "unit", "as_of", "reference"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(SHELF / "1.1.0", tmp_path / "copy")


def run(capsys, *arguments):
    """(exit code, standard output, standard error)"""
    with pytest.raises(SystemExit) as ended:
        main(["guideline", *map(str, arguments)])
    return ended.value.code, *capsys.readouterr()


def answer(capsys, *arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    return json.loads(out)


def parts(shown, path):
    """Every object at a path: principles.kpis is every KPI of every principle."""
    found = [shown]
    for step in filter(None, path.split(".")):
        found = [part for one in found for part in one[step]]
    return found


def change(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("ref", ["tokyo/1.1.0", "1.1.0", SHELF / "1.1.0"])
def test_a_guideline_that_keeps_every_rule_is_counted(capsys, ref):
    told = answer(capsys, "validate", ref)
    assert (told["id"], told["version"], told["valid"]) == ("tokyo", "1.1.0", True)
    assert (told["principles"], told["output_kpis"], told["outcome_kpis"]) == (10, 21, 14)
    assert (told["indicators"], told["initiatives"], told["facts"]) == (10, 20, 28)


def test_everything_that_is_to_correct_is_told_at_once(capsys, copy):
    change(copy / "indicators" / "usability.yaml", "item: usability", "item: usabilty")
    change(copy / "principles" / "01-customer.yaml", "number: 1", "number: one")
    (copy / "notes.txt").write_text("remarks")
    code, out, err = run(capsys, "validate", copy)
    assert (code, out) == (2, "")
    assert "The guideline has 3 thing(s) to correct." in err
    assert "principles/01-customer.yaml, line 1: 'number' cannot be 'one'. Write a whole number." in err
    assert "notes.txt: Nothing reads this file." in err
    assert "indicators/usability.yaml, line 21: 'item' names 'usabilty', which does not exist." in err


def test_a_problem_is_told_in_japanese_where_japanese_is_spoken(capsys, copy, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "ja")
    change(copy / "principles" / "01-customer.yaml", "number: 1", "number: one")
    _, _, err = run(capsys, "validate", copy)
    assert (
        "principles/01-customer.yaml、1行目: 「number」の値「one」は使えません。 整数を書いてください。"
        in err
    )


def test_a_folder_without_its_first_file_says_which(capsys, copy):
    (copy / "guideline.yaml").unlink()
    code, _, err = run(capsys, "validate", copy)
    assert code == 2
    assert "guideline.yaml: This file is needed and is not there." in err


def test_a_file_that_may_not_be_read_is_told(capsys, copy, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    code, _, err = run(capsys, "validate", copy)
    assert code == 2
    assert "The file code_frames/place.yaml cannot be opened (Permission denied)." in err


@pytest.mark.parametrize("command", ["validate", "show --version", "diff 1.0.0"])
def test_what_is_no_guideline_is_told_with_what_there_is(capsys, command, tmp_path):
    for ref in ("9.9.9", tmp_path):
        code, out, err = run(capsys, *command.split(), ref)
        assert (code, out) == (2, "")
        assert str(ref) in err
        assert "tokyo/1.0.0, tokyo/1.1.0" in err


@pytest.mark.parametrize("path", KEYS)
def test_what_is_shown_has_the_agreed_shape(capsys, path):
    found = parts(answer(capsys, "show", "--format", "json"), path)
    assert found
    assert [sorted(KEYS[path] - set(part)) for part in found if not set(part) >= KEYS[path]] == []


def test_texts_speak_both_languages_and_a_department_is_a_name(capsys):
    shown = answer(capsys, "show")
    principle = shown["principles"][0]
    for text in (principle["title"], principle["summary"], principle["viewpoints"][0]):
        assert set(text) >= {"ja", "en"}
    assert principle["initiatives"][0]["department"] == "戦略部"
    assert principle["initiatives"][0]["department_name"]["en"] == "Strategy Department"
    assert set(shown["facts"][0]["reference"]) == {"source", "place"}
    assert [each["not_applicable"] for each in shown["principles"] if each["not_applicable"]] == [
        ["kpis.output"],
        ["kpis.outcome"],
    ]


def test_words_of_the_shape_are_those_agreed(capsys):
    shown = answer(capsys, "show")
    roles = {"kgi", "participation", "component", "foundation", "dialogue"}
    assert {one["role"] for one in shown["indicators"]} == roles
    assert {kpi["level"] for kpi in parts(shown, "principles.kpis")} == {"output", "outcome"}
    perspectives = {way["perspective"] for way in parts(shown, "indicators.measurement")}
    assert perspectives == {"perceived", "actual", None}


@pytest.mark.parametrize(
    ("asked", "version"),
    [
        ([], "1.1.0"),
        (["--version", "1.0.0"], "1.0.0"),
        (["--version", "tokyo/1.1.0"], "1.1.0"),
        (["--version", str(SHELF / "1.0.0")], "1.0.0"),
    ],
)
def test_a_version_is_named_or_the_newest(capsys, asked, version):
    assert answer(capsys, "show", *asked)["version"] == version


def test_what_a_version_changed_is_told_for_people(capsys):
    code, out, _ = run(capsys, "diff", "1.0.0", "1.1.0")
    assert code == 0
    assert out.splitlines()[0] == "tokyo 1.0.0 → tokyo 1.1.0"
    headings = [line for line in out.splitlines() if line and not line.startswith((" ", "+", "tokyo"))]
    assert headings[:5] == ["The guideline", "Principles", "KPIs", "Initiatives and milestones", "Indicators"]
    assert "Outcome KPIs “Number of cases in which other services use the data” and" in out
    assert len(out.splitlines()) < 70


def test_and_in_japanese(capsys, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "ja")
    _, out, _ = run(capsys, "diff", "1.0.0", "1.1.0")
    assert (
        "  + 原則1〜10に要点、取組の方向性、はじめの第一歩、視点23件、アクション26件が加わりました。" in out
    )


def test_what_a_version_changed_is_told_for_programs(capsys):
    told = answer(capsys, "diff", "1.0.0", "1.1.0", "--format", "json")
    assert (told["from"], told["to"]) == ("1.0.0", "1.1.0")
    assert set(told) >= {"added", "changed", "retired"}
    for entry in (*told["added"], *told["changed"], *told["retired"]):
        assert {"path", "kind", "id", "ja", "en"} <= set(entry)
    assert len([entry for entry in told["added"] if entry["kind"] == "kpi"]) == 35
    back = answer(capsys, "diff", "1.1.0", "1.0.0", "--format", "json")
    assert [entry["path"] for entry in back["retired"] if entry["kind"] == "kpi"]
    assert back["added"] == []


def test_a_proposal_in_a_folder_is_compared_with_what_is_in_force(capsys, copy):
    change(copy / "indicators" / "awareness.yaml", "value: 0.70", "value: 0.80")
    _, out, _ = run(capsys, "diff", "tokyo/1.1.0", copy)
    assert "changed: 70% → 80%" in out


def test_the_installed_command_answers():
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [str(BIN / "monosashi"), "guideline", "validate", "9.9.9"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"guideline-unknown" in done.stderr
