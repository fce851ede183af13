"""Our own gold set: simulated answers, expected values from plain Python (see own/README.md)."""

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
    Estimate,
    Sample,
    calibrate,
    mean_of,
    proportion_of,
    weighted,
)

REDUCER = DuckDBReducer()
EXPECTED = list(csv.DictReader((plain.OWN / "expected.csv").read_text(encoding="utf-8").splitlines()))


@cache
def sample(design: str, weights: str) -> Sample:
    plan = plain.PLANS[design]
    found = Sample(
        load_table(plain.OWN / "answers.csv", "answers.csv").source,
        Design("weight", (plan.stratum,) if plan.stratum else (), plan.psu or None, plan.fpc or None),
    )
    if weights == "design":
        return found
    variance = "weights_fixed" if weights == "raked_fixed" else "calibrated"
    return weighted(found, calibrate(REDUCER, found, Calibration(plain.MARGINS, variance=variance))[0])  # type: ignore[arg-type]


@cache
def estimates(design: str, weights: str, statistic: str, column: str) -> dict[str, Estimate]:
    asked, by = sample(design, weights), (column,) if column else ()
    if statistic == "proportion":
        found = proportion_of(REDUCER, asked, "ease", favourable=(4, 5), by=by)
    else:
        found = mean_of(REDUCER, asked, "ease", by=by)
    return {str(next(iter(one.domain.values()), "")): one for one in found}


@pytest.mark.parametrize("weights", plain.WEIGHTS)
@pytest.mark.parametrize("design", plain.PLANS)
def test_every_estimate_agrees(design: str, weights: str) -> None:
    asked = [row for row in EXPECTED if (row["design"], row["weights"]) == (design, weights)]
    assert len(asked) == 12
    for row in asked:
        column, _, value = row["domain"].partition("=")
        found = estimates(design, weights, row["statistic"], column)[value]
        assert found.interval is not None
        numbers = (found.value, found.se, found.interval.lower, found.interval.upper)
        expected = tuple(float(row[key]) for key in ("value", "se", "lower", "upper"))
        assert numbers == pytest.approx(expected, rel=1e-9), row
        assert (found.n, found.n_missing, found.df) == tuple(int(row[k]) for k in ("n", "n_missing", "df"))


def test_the_expected_values_are_those_of_the_plain_formulas() -> None:
    """One line of each design, worked out again: the file was not edited by hand."""
    rows = plain.read()
    for row in EXPECTED[::31]:
        again = plain.estimate(
            rows, plain.PLANS[row["design"]], row["weights"], row["statistic"], row["domain"]
        )
        assert again["value"] == pytest.approx(float(row["value"]), rel=1e-12)
        assert again["se"] == pytest.approx(float(row["se"]), rel=1e-9)


def test_the_simulation_repeats_itself() -> None:
    assert plain.simulated() == plain.read()
