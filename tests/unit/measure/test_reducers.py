"""Which reducer is chosen, and that a choice of one's own holds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlglot import exp

from estimate_command import run
from monosashi.adapters import reducers
from monosashi.adapters.duckdb_table import DuckDBTable
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.adapters.reducers import reducer_for
from monosashi.measure.answer import answer_to
from monosashi.measure.request import read_request
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


def test_questions_asked_side_by_side_find_what_they_find_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Splits and items that nobody asked for before, from eight threads that take turns all the time."""
    monkeypatch.setattr(DuckDBTable, "run", hesitating(DuckDBTable.run))
    header = "stratum|psu|city|sex|age|q1|q2|q3\n"
    rows = [
        f"{i % 4}|{i % 12}|c{i % 5}|{'FM'[i % 2]}|{i % 7}|{i % 6}|{i * i % 9}|{i % 4}" for i in range(200)
    ]
    source = table(tmp_path, header + "\n".join(rows))
    splits = ["city", "sex", "age", "city, sex", "city, age", "sex, age", "psu"]
    estimates = "\n".join(
        f"  - {{id: {item}{i}, statistic: {statistic}, item: {item}, by: [{by}]}}"
        for i, by in enumerate(splits)
        for item, statistic in (("q1", "mean"), ("q2", "nps"), ("q3", "distribution"))
    )
    asked = "table: t\ndesign: {stratum: [stratum], psu: psu}\nestimates:\n" + estimates
    request = read_request("r", asked.encode())
    alone = NumpyReducer()
    alone.at_once = 1
    expected = answer_to(request, source, alone, sha256="")
    for _ in range(3):
        together = NumpyReducer()
        together.at_once = 8
        assert answer_to(request, source, together, sha256="") == expected


def hesitating(run: Callable[..., Any]) -> Callable[..., Any]:
    """Gives way between a statement and the fetching of its result, where another could take its place."""

    def slow(table: DuckDBTable, statement: exp.Expression) -> Any:
        found = run(table, statement)
        time.sleep(0.001)
        return found

    return slow
