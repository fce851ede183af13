"""Variances from replicate weights, against R's `survey` (own/make_replicates.R holds the calls)."""

from __future__ import annotations

import csv
from functools import cache

import numpy as np
import pytest

import plain_estimates as plain
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure import Design, Estimate, Sample
from monosashi.measure.asked import Given, LinearAsked
from monosashi.measure.replicates import Jackknife, Replication, Supplied
from monosashi.measure.replication_asked import ReplicatesAsked
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.statistics.proportion import ProportionAsked
from monosashi.measure.statistics.total import TotalAsked

REDUCER = DuckDBReducer()
EXPECTED = list(csv.DictReader((plain.OWN / "replicates.csv").read_text(encoding="utf-8").splitlines()))
RSCALES = tuple(float(each) for each in np.linspace(0.05, 1, 20))
GIVEN = {
    "given_bootstrap": ReplicatesAsked(method="bootstrap", weights="rw_*"),
    "given_brr": ReplicatesAsked(method="brr", weights="rw_*"),
    "given_fay": ReplicatesAsked(method="fay", weights="rw_*", rho=0.3),
    "given_jkn": ReplicatesAsked(method="jkn", weights="rw_*", rscales=RSCALES),
}
WAYS = {"jkn_psus": 18, "jkn_psus_of_few": 18, **dict.fromkeys(GIVEN, 2), "given_jkn": 6}  # lines of each


def sample(way: str) -> Sample:
    source = load_table(plain.OWN / "replicate_weights.csv", "replicate_weights.csv").source
    if way in GIVEN:
        return Sample(source, Design("weight"))
    plan = plain.PLANS[way.removeprefix("jkn_")]
    return Sample(source, Design("weight", (plan.stratum,), plan.psu, plan.fpc or None))


@cache
def replication(way: str) -> Replication:
    asked = GIVEN.get(way, ReplicatesAsked(method="jkn"))
    found = asked.replication(REDUCER, sample(way))
    assert isinstance(found, Supplied if way in GIVEN else Jackknife)
    return found


@cache
def estimates(way: str, statistic: str, column: str) -> dict[str, Estimate]:
    by = (column,) if column else ()
    asked: LinearAsked
    if statistic == "proportion":
        asked = ProportionAsked(
            id="p", statistic="proportion", item="ease", favourable=(4, 5), by=by, interval="wald"
        )
    elif statistic == "mean":
        asked = MeanAsked(id="m", statistic="mean", item="ease", by=by)
    else:
        asked = TotalAsked(id="t", statistic="total", item="ease", by=by)
    found = asked.answered(Given(REDUCER, sample(way), 0.95, replication(way)))
    return {str(next(iter(one.domain.values()), "")): one for one in found}


@pytest.mark.parametrize("way", WAYS)
def test_every_estimate_agrees(way: str) -> None:
    asked = [row for row in EXPECTED if row["replicates"] == way]
    assert len(asked) == WAYS[way]
    for row in asked:
        column, _, value = row["domain"].partition("=")
        found = estimates(way, row["statistic"], column)[value]
        assert found.n == int(row["n"])
        assert (found.value, found.se) == pytest.approx((float(row["value"]), float(row["se"])), rel=1e-9), (
            row
        )


def test_replicates_that_come_with_the_file_have_one_degree_of_freedom_less_than_columns() -> None:
    assert estimates("given_brr", "mean", "")[""].df == 19
