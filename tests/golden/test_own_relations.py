"""Regressions, cross-table tests and drivers on answers of our own, against R (own/make_relations.R)."""

from __future__ import annotations

import csv
from functools import cache

import pytest

import plain_estimates as plain
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure import (
    Calibration,
    Design,
    Sample,
    calibrate,
    crosstable_of,
    drivers_of,
    regression_of,
    weighted,
)

REDUCER = DuckDBReducer()
EXPECTED = list(csv.DictReader((plain.OWN / "relations.csv").read_text(encoding="utf-8").splitlines()))
LINES = {("linear", 24), ("logistic", 24), ("crosstable", 20), ("drivers", 8)}


@cache
def sample(design: str, weights: str) -> Sample:
    plan = plain.PLANS[design]
    found = Sample(
        load_table(plain.OWN / "answers.csv", "answers.csv").source,
        Design("weight", (plan.stratum,) if plan.stratum else (), plan.psu or None, plan.fpc or None),
    )
    if weights == "design":
        return found
    return weighted(found, calibrate(REDUCER, found, Calibration(plain.MARGINS))[0])  # type: ignore[arg-type]


@cache
def figures(design: str, weights: str, statistic: str) -> dict[str, tuple[float | None, float | None]]:
    asked = sample(design, weights)
    if statistic == "crosstable":
        test = crosstable_of(REDUCER, asked, "ease", "age", favourable=(4, 5))[0].more["test"]
        return {part: (value, None) for part, value in test.items()}
    if statistic == "drivers":
        (one,) = drivers_of(REDUCER, asked, "ease", ("service", "people", "districts"))
        shares = {each["item"]: (each["share"], each["se"]) for each in one.more["drivers"]}
        return {"r2": (one.value, one.se), **shares}
    codes = (4, 5) if statistic == "logistic" else ()
    found = regression_of(REDUCER, asked, "ease", ("service", "people"), family=statistic, favourable=codes)  # type: ignore[arg-type]
    return {one.more["term"]: (one.value, one.se) for one in found}


@pytest.mark.parametrize(("statistic", "lines"), sorted(LINES))
def test_every_line_agrees(statistic: str, lines: int) -> None:
    """R's logistic standard errors use the weights of its last round but one."""
    asked = [row for row in EXPECTED if row["statistic"] == statistic]
    assert len(asked) == lines
    rel = 1e-6 if statistic == "logistic" else 1e-9
    for row in asked:
        value, se = figures(row["design"], row["weights"], statistic)[row["part"]]
        assert value == pytest.approx(float(row["value"]), rel=rel), row
        if row["se"] != "NA":
            assert se == pytest.approx(float(row["se"]), rel=rel), row
