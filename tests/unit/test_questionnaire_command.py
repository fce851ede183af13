"""`monosashi questionnaire`: of the guideline and of a spreadsheet, the same commands."""

from __future__ import annotations

import json

import pytest

from monosashi.cli import main


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    monkeypatch.delenv("MONOSASHI_GUIDELINE", raising=False)


def run(capsys, *arguments):
    """(exit code, standard output, standard error)"""
    with pytest.raises(SystemExit) as ended:
        main(["questionnaire", *map(str, arguments)])
    return ended.value.code, *capsys.readouterr()


def test_what_is_exported_checks_as_the_same_version(capsys, tmp_path):
    file = tmp_path / "review.xlsx"
    code, out, _ = run(capsys, "export", "review", "-o", file)
    assert code == 0
    version = json.loads(out)["version"]
    code, out, _ = run(capsys, "check", file)
    assert code == 0
    checked = json.loads(out)
    assert (checked["version"], checked["questions"], checked["tied_to_items"]) == (version, 3, 3)
    assert (checked["languages"], checked["remarks"]) == (["ja", "simple", "en"], [])
    code, out, _ = run(capsys, "show", file, "--format", "json")
    assert json.loads(out)["questions"][0]["item"] == "overall"


def test_a_questionnaire_is_shown_in_the_language_that_was_asked_for(capsys):
    _, out, _ = run(capsys, "show", "review")
    assert "1. Overall, how satisfied are you with this service? [overall; choose one]" in out
    assert "      9  Don't know [left out]" in out
    _, out, _ = run(capsys, "show", "review", "--language", "ja")
    assert "2. 用件は済みましたか。 [done; 一つ選ぶ]" in out


def test_all_of_the_guideline_are_listed(capsys):
    _, out, _ = run(capsys, "list")
    listed = json.loads(out)["questionnaires"]
    assert "review" in [each["id"] for each in listed]


def test_what_is_not_there_is_refused_with_what_there_is(capsys, tmp_path):
    code, out, err = run(capsys, "check", "rewiev")
    assert (code, out) == (2, "")
    assert "review" in err
    assert "[questionnaire-unknown]" in err
    assert "[file-missing]" in run(capsys, "check", tmp_path / "no.xlsx")[2]
    assert "[file-unwritable]" in run(capsys, "export", "review", "-o", tmp_path / "no" / "x.xlsx")[2]
