"""`monosashi estimate` against R where answers are set in relation: regression, drivers, cross-tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from estimate_command import run
from gold_cases import cases, gold
from shared_data import shared

FAMILIES = {"linear": {"family": "linear"}, "logit": {"family": "logistic", "favourable": [4, 5]}}


def answers(
    folder: Path, capsys: pytest.CaptureFixture[str], design: str, asked: dict[str, Any]
) -> list[dict[str, Any]]:
    plan = dict(gold()["meta"]["designs"][design])
    content = shared("gold", plan.pop("data")).read_bytes()
    request = {
        "table": "answers.csv",
        "design": {key: value for key, value in plan.items() if value},
        "estimates": [{"id": "one", **asked}],
    }
    code, out, err = run(folder, capsys, json.dumps(request), content)
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)["estimates"]
    return found


def test_regressions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """R's logistic standard errors use the weights of its last round but one: 2e-8 away from the limit."""
    for case in cases("glm"):
        asked = {"statistic": "regression", "outcome": "overall", "on": case["x"], **FAMILIES[case["family"]]}
        found = answers(tmp_path, capsys, case["design"], asked)
        expected, rel = case["expected"], 1e-9 if case["family"] == "linear" else 1e-6
        covariance = np.array([one["covariance"] for one in found])
        assert [one["term"] for one in found] == ["(intercept)", *expected["terms"][1:]]
        assert [one["value"] for one in found] == pytest.approx(expected["coef"], rel=1e-9), case["id"]
        assert [one["se"] for one in found] == pytest.approx(expected["se"], rel=rel), case["id"]
        assert covariance == pytest.approx(np.array(expected["vcov"]), rel=rel), case["id"]
        assert {(one["n"], one["df"]) for one in found} == {(expected["n"], expected["df_residual"])}
        beta = np.array([one["value"] for one in found[1:]])
        wald = beta @ np.linalg.solve(covariance[1:, 1:], beta) / len(beta)
        assert wald == pytest.approx(expected["wald_F_all"], rel=rel), case["id"]


def test_drivers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case,) = cases("drivers")
    asked = {"statistic": "drivers", "item": case["y"], "of": case["x"]}
    (found,) = answers(tmp_path, capsys, "A", asked)
    expected, drivers = case["expected"], found["drivers"]
    assert (found["n"], found["value"]) == (expected["n"], found["r2"])
    assert found["r2"] == pytest.approx(expected["r2"], rel=1e-12)
    assert [one["item"] for one in drivers] == case["x"]
    assert [one["lmg"] for one in drivers] == pytest.approx(expected["lmg"], rel=1e-9)
    assert [one["johnson"] for one in drivers] == pytest.approx(expected["johnson"], rel=1e-9)
    assert [one["share"] for one in drivers] == pytest.approx(
        [each / expected["r2"] for each in expected["lmg"]], rel=1e-9
    )
    inverse = np.linalg.inv(np.array(expected["weighted_cor"])[1:, 1:])
    assert [one["vif"] for one in drivers] == pytest.approx(list(np.diag(inverse)), rel=1e-9)


def test_cross_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The share of each cell is that of a mean of 1 and 0; the test is `svychisq`'s."""
    for case in cases("raoscott_F"):
        asked = {"statistic": "crosstable", "row": "q1", "favourable": [4, 5], "column": "service"}
        found = answers(tmp_path, capsys, case["design"], {**asked, "where": {"service": [1, 2, 3, 4]}})
        for one in found:
            assert one["test"] == pytest.approx(case["expected"], rel=1e-9), case["id"]
        assert [(one["row"], one["column"]) for one in found] == [
            (row, column) for row in ("other", "favourable") for column in (1, 2, 3, 4)
        ]
        assert sum(one["value"] for one in found) == pytest.approx(1, rel=1e-12)
        assert sum(one["n_cell"] for one in found) == found[0]["n"]
