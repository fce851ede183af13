"""The weight of every respondent against R's (`raked_weights.csv`), for each method and for trimming."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gold_cases import CALIBRATED, calibration_of, cases, close
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure.design import Design
from monosashi.measure.reducer import Among, Sample, Weighting
from monosashi.measure.statistics.mean import mean_of
from monosashi.measure.statistics.total import weighted_total_of
from monosashi.measure.weighting.calibration import calibrate, weighted
from monosashi.measure.weighting.nonresponse import Nonresponse, adjusted
from monosashi.measure.weighting.trimming import Line, Trim, cut, median, pieces
from shared_data import shared
from small_tables import written

REDUCER = DuckDBReducer()


@cache
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(shared("gold", "micro.csv").read_text(encoding="utf-8").splitlines()))


@cache
def theirs() -> dict[str, list[float]]:
    told = shared("gold", "raked_weights.csv").read_text(encoding="utf-8").splitlines()
    found = list(csv.DictReader(told))
    assert [row["resp_id"] for row in found] == [row["resp_id"] for row in rows()]
    return {column: [float(row[column]) for row in found] for column in found[0] if column != "resp_id"}


def a_sample() -> Sample:
    source = load_table(shared("gold", "micro.csv"), "micro.csv").source
    return Sample(source, Design("weight", ("stratum",), "psu"))


def weight_of(row: dict[str, str], weighting: Weighting) -> float:
    """The weight of one row, as an engine works it out from patterns or pieces."""
    d, patterns = float(row["weight"]), weighting.patterns
    place = patterns.keys.index(tuple(row[column] for column in patterns.columns))
    if weighting.pieces is None:
        return d * float(weighting.g[place])
    found = weighting.pieces
    (i,) = np.flatnonzero((found.pattern == place) & (found.above < d) & (d <= found.up_to))
    return float(found.slope[i] * d + found.shift[i])


@pytest.mark.parametrize("method", CALIBRATED)
def test_every_weight(method: str) -> None:
    weighting, _ = calibrate(REDUCER, a_sample(), calibration_of(method))
    ours = [weight_of(row, weighting) for row in rows()]
    assert all(close(a, b) for a, b in zip(ours, theirs()[f"w_{method}"], strict=True))


def test_one_pass_of_trimming() -> None:
    (case,) = cases("trim")
    weighting, _ = calibrate(REDUCER, a_sample(), calibration_of("rake"))
    found = REDUCER.weights(weighted(a_sample(), weighting))
    raked = Line(weighting.g[found.pattern], np.zeros(len(found.n)))
    assert close(1.8 * median(raked.at(found.weight), found.n), case["upper"])
    line = cut(found, raked, case["upper"])
    weight = line.at(found.weight)
    assert close(float((found.n * weight).sum()), case["expected"]["sum"])
    assert close(float(weight.max()), case["expected"]["max"])
    at_cap = abs(weight - case["upper"]) < 1e-9
    assert int(found.n[at_cap].sum()) == case["expected"]["n_at_cap"]
    trimmed = Weighting(weighting.patterns, weighting.g, pieces=pieces(found, line))
    ours = [weight_of(row, trimmed) for row in rows()]
    assert all(close(a, b) for a, b in zip(ours, theirs()["w_rake_trim"], strict=True))


def test_trimming_and_raking_in_turns() -> None:
    """R <- rake(A, …); upper <- 1.8 * median(weights(R))

    while (max(weights(R)) > upper * (1 + 1e-9)) R <- rake(trimWeights(R, upper), …)    # 9 turns
    sum(weights(R)^2); min(weights(R)); svymean(~q1, svydesign(…, weights = weights(R)), na.rm = TRUE)
    """
    wanted = replace(calibration_of("rake"), trim=Trim(factor=1.8))
    weighting, found = calibrate(REDUCER, a_sample(), wanted)
    assert close(found.limit, 340.26805503913022)
    assert close(found.kish_deff * found.total**2 / found.n, 24956392.901067175)
    assert close(found.smallest_weight, 50.470539932549542)
    (mean,) = mean_of(REDUCER, weighted(a_sample(), weighting), "q1")
    assert close(mean.value, 3.8506054483923706)


def test_respondents_of_a_cell_stand_for_it_before_calibration(tmp_path: Path) -> None:
    """Those without q1 did not answer; cells are services.

    f <- ave(weight, service, FUN = sum) / (the same of the respondents)
    E <- svydesign(~psu, strata = ~stratum, weights = ~I(weight * f), data = respondents)
    C <- calibrate(E, …, calfun = "logit", bounds = c(.5, 2))
    svymean(~q1, E); svymean(~q1, C); svytotal(~visits, C); svymean(~q1, subset(C, sex == "F"))
    """
    records = [["answered", *rows()[0]], *(["yes" if row["q1"] else "no", *row.values()] for row in rows())]
    sample = Sample(written(tmp_path, records), Design("weight", ("stratum",), "psu"))
    answered = Nonresponse(("service",), (Among("answered", ("yes",)),))
    adjusted_sample, cells = adjusted(REDUCER, sample, answered)
    assert close(max(cell.factor for cell in cells), 1.1019080593863253)
    weighting, _ = calibrate(REDUCER, adjusted_sample, calibration_of("cal_logit"))
    calibrated = weighted(adjusted_sample, weighting)
    found = [
        *mean_of(REDUCER, adjusted_sample, "q1"),
        *mean_of(REDUCER, calibrated, "q1"),
        *weighted_total_of(REDUCER, calibrated, "visits"),
        mean_of(REDUCER, calibrated, "q1", by=("sex",))[0],
    ]
    expected = [
        (3.8545355142529365, 0.093016341959439044),
        (3.8481007356790173, 0.092640806625834363),
        (265808.90356477094, 5264.2426300900206),
        (3.8999658471486645, 0.10594343523954075),
    ]
    assert all(close(one.value, value) for one, (value, _) in zip(found, expected, strict=True))
    assert all(close(one.se, se) for one, (_, se) in zip(found, expected, strict=True))
