"""What `monosashi estimate` refuses of regressions, drivers and cross-tables, with which words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estimate_command import run

ROWS = "a,b,c,y,w,name\n1,2,3.5,1,1,x\n2,4,3.5,3,1,y\n3,6,3.5,5,2,x\n4,8,3.5,5,1,y\n5,10,3.5,4,1,x\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            "{id: one, statistic: regression, outcome: y, on: [a, b]}",
            "one: These columns follow from each other",
        ),
        (
            "{id: one, statistic: regression, outcome: y, on: [a, c]}",
            "one: Everybody gave the same answer in: c",
        ),
        (
            "{id: one, statistic: regression, outcome: y, on: [a], where: {w: 2}}",
            "one: 1 respondent(s) answered",
        ),
        (
            "{id: one, statistic: regression, outcome: y, on: [a], family: logistic, favourable: [3, 4, 5]}",
            "one: These columns tell favourable answers from the others without fail",
        ),
        ("{id: one, statistic: regression, outcome: y, on: [a], family: logistic}", "needs the codes"),
        ("{id: one, statistic: regression, outcome: y, on: []}", "at least 1"),
        ("{id: one, statistic: regression, outcome: y, on: [a], family: probit}", "line 3"),
        (
            "{id: one, statistic: regression, outcome: y, on: [A]}",
            "line 3, column \"A\": The table has no column 'A'",
        ),
        ("{id: one, statistic: regression, outcome: y, on: [name]}", "'x' is not a number"),
        ("{id: one, statistic: drivers, item: y, of: [a, b]}", "one: These columns follow from each other"),
        ("{id: one, statistic: drivers, item: c, of: [a]}", "one: Everybody gave the same answer in: c"),
        ("{id: one, statistic: drivers, item: y, of: [name]}", "'x' is not a number"),
        ("{id: one, statistic: drivers, item: y, of: [zz]}", "The table has no column 'zz'"),
        ("{id: one, statistic: crosstable, row: y, column: zz}", "The table has no column 'zz'"),
        (
            "{id: one, statistic: crosstable, row: y, column: name, favourable: [4], missing: [4]}",
            "The code 4 stands under favourable and under missing",
        ),
    ],
)
def test_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: str, words: str) -> None:
    code, out, err = run(tmp_path, capsys, f"table: answers.csv\nestimates:\n  - {asked}\n", ROWS)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_a_contract_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The keys of each statistic; every number is one that JSON knows."""
    listed = (
        "{id: r, statistic: regression, outcome: y, on: [a]}",
        "{id: d, statistic: drivers, item: y, of: [a]}",
        "{id: c, statistic: crosstable, row: y, column: name}",
    )
    request = "table: answers.csv\nestimates:\n" + "".join(f"  - {one}\n" for one in listed)
    code, out, err = run(tmp_path, capsys, request, ROWS)
    assert (code, err) == (0, "")
    found = json.loads(out, parse_constant=pytest.fail)["estimates"]
    assert [one["id"] for one in found] == ["r", "r", "d", *"cccccccc"]
    assert {"term", "p", "covariance"} <= found[0].keys()
    assert {"r2", "method", "drivers"} <= found[2].keys()
    assert {"item", "lmg", "johnson", "share", "se", "interval", "beta", "sign", "vif"} == found[2][
        "drivers"
    ][0].keys()
    assert {"row", "column", "n_cell", "test"} <= found[3].keys()
