"""Which reducer is chosen, and that a choice of one's own holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estimate_command import run
from monosashi.adapters import reducers
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.adapters.reducers import MANY_QUESTIONS, reducer_for
from small_tables import table

REQUEST = "table: answers.csv\nestimates:\n  - {id: m, statistic: mean, item: q}\n"


def test_small_tables_and_many_questions_are_numpys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reducers, "FEW_ROWS", 2)
    monkeypatch.setattr(reducers, "SOME_ROWS", 3)
    two, three, four = (table(tmp_path, "q" + "\n1" * rows, f"{rows}.csv") for rows in (2, 3, 4))
    assert isinstance(reducer_for(two, 1), NumpyReducer)
    assert isinstance(reducer_for(three, MANY_QUESTIONS - 1), DuckDBReducer)
    assert isinstance(reducer_for(three, MANY_QUESTIONS), NumpyReducer)
    assert isinstance(reducer_for(four, MANY_QUESTIONS), DuckDBReducer)


@pytest.mark.parametrize(("asked", "kind"), [("numpy", NumpyReducer), ("duckdb", DuckDBReducer)])
def test_a_choice_holds_whatever_the_shape(tmp_path: Path, asked: str, kind: type) -> None:
    source = table(tmp_path, "q\n1")
    assert isinstance(reducer_for(source, 1, asked=asked), kind)
    assert isinstance(reducer_for(source, 1000, asked=asked), kind)


@pytest.mark.parametrize("asked", ["numpy", "duckdb"])
def test_the_command_takes_the_choice_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setenv("MONOSASHI_REDUCER", asked)
    code, out, _ = run(tmp_path, capsys, REQUEST, "q\n1\n3\n")
    assert (code, json.loads(out)["estimates"][0]["value"]) == (0, 2)


def test_a_reducer_that_does_not_exist_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONOSASHI_REDUCER", "abacus")
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    code, out, err = run(tmp_path, capsys, REQUEST, "q\n1\n3\n")
    assert (code, out) == (2, "")
    assert "MONOSASHI_REDUCER" in err
