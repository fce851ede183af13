"""Agreement with R's `svyquantile` (survey 4.1.1): values, Woodruff limits and standard errors.

R's rules school, hf1, hf2 and hf3 differ from "smallest x with F(x) ≥ p" in ties only, and are compared with
it; hf4 to hf9 and shahvaish look at single answers.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gold_cases import cases, close, gold
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate
from monosashi.measure.reducer import Among, Number, Reducer, Sample, Survey
from monosashi.measure.statistics.quantile import basis_of, estimates, figures_at, quantile_of
from monosashi.measure.weighting.calibration import Calibration, calibrate, weighted
from shared_data import shared

REDUCER = DuckDBReducer()
SAME_BUT_FOR_TIES = ("math", "school", "hf1", "hf2", "hf3")
INTERVALS = {"mean": "wald", "beta": "beta", "xlogit": "logit", "asin": "asin"}


def sample(case: dict[str, Any]) -> Sample:
    asked = gold()["meta"]["designs"][case["design"]]
    strata = asked["stratum"] or []
    design = Design(
        asked["weight"],
        tuple([strata] if isinstance(strata, str) else strata),
        asked["psu"],
        asked["fpc"],
        "fail",
    )
    found = Sample(load_table(shared("gold", asked["data"]), asked["data"]).source, design)
    if "calibration" not in case:
        return found
    wanted = Calibration(gold()["meta"]["margins"], variance="weights_fixed")
    return weighted(found, calibrate(REDUCER, found, wanted)[0])


def ours(case: dict[str, Any], reducer: Reducer = REDUCER) -> list[Estimate]:
    where = tuple(Among(column, (value,)) for column, value in case["domain"].items())
    return quantile_of(
        reducer,
        sample(case),
        case["y"],
        at=case["expected"]["p"] if isinstance(case["expected"]["p"], list) else [case["expected"]["p"]],
        where=where,
        interval=INTERVALS[case["interval"]],
        rule="math" if case["qrule"] in SAME_BUT_FOR_TIES else case["qrule"],
    )


def limits(found: Estimate) -> tuple[float | None, float | None]:
    if found.interval:
        return found.interval.lower, found.interval.upper
    return found.more.get("lower"), found.more.get("upper")


def agrees(found: Estimate, expected: dict[str, Any], k: int) -> bool:
    lower, upper = limits(found)
    pairs = ((found.value, "q"), (lower, "lo"), (upper, "hi"), (found.se, "se"))
    return all(close(value, expected[key][k]) for value, key in pairs)


def wrong(asked: list[dict[str, Any]], reducer: Reducer) -> list[str]:
    return [
        f"{case['id']} {found.more['at']}"
        for case in asked
        for k, found in enumerate(ours(case, reducer))
        if not case["expected"]["edge"][k] and not agrees(found, case["expected"], k)
    ]


@pytest.mark.parametrize("reducer", [DuckDBReducer(), NumpyReducer()])
@pytest.mark.parametrize("interval", INTERVALS)
def test_quantiles_with_every_interval(interval: str, reducer: Reducer) -> None:
    asked = [case for case in cases("quantile") if case["interval"] == interval and "df" not in case]
    assert len(asked) == (113 if interval == "mean" else 4)
    assert wrong(asked, reducer) == []


def test_counts() -> None:
    for case in cases("quantile"):
        if case["qrule"] == "math" and case["interval"] in INTERVALS and "df" not in case:
            for found in ours(case):
                assert (found.n, found.df) == (case["expected"]["n"], case["expected"]["df"])


def test_edges_differ_by_rounding_or_by_the_first_answer_only() -> None:
    """Cases the gold set marks as knife edges: the value agrees with R's unless it is an edge itself."""
    asked = [
        c for c in cases("quantile") if c["qrule"] == "math" and c["interval"] in INTERVALS and "df" not in c
    ]
    edges = [(c, k) for c in asked for k, edge in enumerate(c["expected"]["edge"]) if edge]
    assert edges
    for case, k in edges:
        found = ours(case)[k]
        assert found.value is not None
        assert found.value <= case["expected"]["q"][k]


def test_infinite_degrees_of_freedom() -> None:
    (case,) = [case for case in cases("quantile") if "df" in case]
    survey = Survey(sample(case), (Number(case["y"]),))
    basis = basis_of(REDUCER.profiles(survey), survey.sample, REDUCER)
    for k, p in enumerate(case["expected"]["p"]):
        found = figures_at(basis, p)
        normal = replace(found, shares=replace(found.shares, df=np.array([math.inf])))
        (estimate,) = estimates(normal, level=0.95, interval="wald")
        assert agrees(estimate, case["expected"], k)


def test_score_intervals_lie_close() -> None:
    """R's score interval depends on a root finder: informational, its values are the same."""
    for case in cases("quantile"):
        if case["interval"] == "score":
            found = ours({**case, "interval": "mean"})
            assert [one.value for one in found] == case["expected"]["q"]


# raked with R's calibrate(DS, ~city + age_band + sex, calfun = "raking", epsilon = 1e-12), then
# svyquantile(~wait_min, subset, p, interval.type = "mean", qrule = "math") and, last, the standard error of
# F(q), SE(svymean(~I(wait_min <= q), subset)): residual variance, both with NA set to 0 outside the subset
RAKED = """
A|        |0.25| 8  | 7.5| 9  |0.01965416
A|        |0.5 |12.5|11.5|14  |0.02714125
A|        |0.75|19.5|18.5|22  |0.02021558
A|service |0.25| 7.5| 7  | 9  |0.03561214
A|service |0.5 |11  |10  |13.5|0.04471732
A|service |0.75|17.5|15.5|20  |0.02895316
B|        |0.5 |12.5|11.5|13.5|0.02403655
B|service |0.75|17.5|15.5|19.5|0.02570389
C|        |0.25| 8  | 7.5| 9  |0.01973247
C|        |0.5 |12.5|11.5|13.5|0.0224784
C|service |0.5 |11  |10  |13  |0.03694806
C|service |0.75|17.5|15.5|20  |0.03123579
"""


@pytest.mark.parametrize("reducer", [DuckDBReducer(), NumpyReducer()])
@pytest.mark.parametrize("line", RAKED.replace(" ", "").split())
def test_raked_quantiles_with_the_variance_of_residuals(line: str, reducer: Reducer) -> None:
    design, domain, *numbers = line.split("|")
    p, *expected, se = map(float, numbers)
    drawn = sample({"design": design})
    raked = weighted(drawn, calibrate(reducer, drawn, Calibration(gold()["meta"]["margins"]))[0])
    where = (Among("service", (1,)),) if domain else ()
    survey = Survey(raked, (Number("wait_min"),), (), where)
    found = figures_at(basis_of(reducer.profiles(survey), raked, reducer), p)
    (estimate,) = estimates(found, level=0.95, interval="wald")
    assert [estimate.value, *limits(estimate)] == expected
    assert math.sqrt(found.shares.variance[0]) == pytest.approx(se, rel=1e-6)
