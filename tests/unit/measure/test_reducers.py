"""Which reducer is chosen, and that a choice of one's own holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estimate_command import run
from monosashi.adapters import reducers
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.adapters.reducers import reducer_for
from small_tables import table

REQUEST = "table: answers.csv\nestimates:\n  - {id: m, statistic: mean, item: q}\n"


def test_numpy_answers_up_to_a_number_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reducers, "MOST_ROWS", 2)
    two, three = (table(tmp_path, "q" + "\n1" * rows, f"{rows}.csv") for rows in (2, 3))
    assert isinstance(reducer_for(two), NumpyReducer)
    assert isinstance(reducer_for(three), DuckDBReducer)


@pytest.mark.parametrize(("asked", "kind"), [("numpy", NumpyReducer), ("duckdb", DuckDBReducer)])
def test_a_choice_holds_whatever_the_size(tmp_path: Path, asked: str, kind: type) -> None:
    assert isinstance(reducer_for(table(tmp_path, "q\n1"), asked=asked), kind)


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
