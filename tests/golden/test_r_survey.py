"""Agreement with R's `survey` (4.1.1): every gold case of the statistics that this version has.

The files lie outside the repository; see tests/golden/own for a set of our own that travels with it.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from typing import Any

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.errors import Problem
from monosashi.measure.calibration import Calibration, calibrate, weighted
from monosashi.measure.change import change_between, p_value
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.mean import mean_of
from monosashi.measure.proportion import proportion_of
from monosashi.measure.reducer import Sample
from shared_data import shared

READINGS = {"t2b(q1)": "q1", "t2b(q_all)": "q_all", "q1": "q1"}  # NPS scores are not available yet
METHODS = ("korn_graubard", "wilson", "logit", "asin", "beta", "mean")
RAKED = ("rake", "cal_raking")
REDUCER = DuckDBReducer()


@cache
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared("gold", "expected.json").read_text(encoding="utf-8"))
    return found


@cache
def sample(
    design: str, rule: str = "fail", in_domain: bool = False, raked: str = "", variance: str = ""
) -> Sample:
    asked = gold()["meta"]["designs"][design]
    stratum = asked["stratum"] or []
    plan = Design(
        weight=asked["weight"],
        stratum=tuple([stratum] if isinstance(stratum, str) else stratum),
        psu=asked["psu"],
        fpc=asked["fpc"],
        single_psu=rule,  # type: ignore[arg-type]
        single_in_domain=in_domain,
    )
    found = Sample(load_table(shared("gold", asked["data"]), asked["data"]).source, plan)
    if not raked:
        return found
    wanted = Calibration(
        gold()["meta"]["margins"],
        variance=variance,  # type: ignore[arg-type]
        residuals="swept" if raked == "rake" else "regression",
    )
    return weighted(found, calibrate(REDUCER, found, wanted)[0])


def of_case(case: dict[str, Any]) -> Sample:
    return sample(
        case["design"],
        case.get("lonely_psu", "fail"),
        case.get("adjust_domain_lonely", False),
        case.get("calibration", ""),
        case.get("variance", ""),
    )


@cache
def estimates(asked: Sample, y: str, by: tuple[str, ...], interval: str) -> dict[Any, Estimate]:
    """All domains of one split in one question, as the product does it."""
    if y.startswith("t2b"):
        found = proportion_of(REDUCER, asked, READINGS[y], favourable=(4, 5), by=by, interval=interval)
    else:
        found = mean_of(REDUCER, asked, READINGS[y], by=by)
    return {tuple(estimate.domain.values()): estimate for estimate in found}


def figure(case: dict[str, Any], domain: dict[str, Any], interval: str = "wald") -> Estimate:
    return estimates(of_case(case), case["y"], tuple(domain), interval)[tuple(domain.values())]


def cases(kind: str, **wanted: Any) -> list[dict[str, Any]]:
    found = [case for case in gold()["cases"] if case["kind"] == kind and case.get("y") in READINGS]
    return [case for case in found if all(case.get(key) in values for key, values in wanted.items())]


def close(found: float | None, expected: float | None, tolerance: float = 1e-9) -> bool:
    if expected is None or found is None:
        return expected is found
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)


def agrees(found: Estimate, expected: dict[str, Any], se_tolerance: float = 1e-9) -> bool:
    if not expected["n"]:
        return found.status is Status.NOT_COLLECTED and found.n_missing == expected["n_missing"]
    limits = [found.interval.lower, found.interval.upper] if found.interval else [None, None]
    if found.interval_method == "korn_graubard":  # the share is 0 or 1: R's Wald interval is no yardstick
        limits = expected["ci_t_domain"]
    return (
        (found.n, found.n_missing, found.n_psu, found.df)
        == tuple(expected[key] for key in ("n", "n_missing", "n_psu", "df_domain"))
        and close(found.value, expected["est"])
        and close(found.se, expected["se"], se_tolerance)
        and all(close(a, b, se_tolerance) for a, b in zip(limits, expected["ci_t_domain"], strict=True))
    )


def wrong(asked: list[dict[str, Any]]) -> list[str]:
    return [
        case["id"]
        for case in asked
        if not agrees(figure(case, case["domain"]), case["expected"], 1e-7 if is_swept(case) else 1e-9)
    ]


def is_swept(case: dict[str, Any]) -> bool:
    return case.get("calibration") == "rake"


@pytest.mark.parametrize("design", ["A", "B", "C", "D", "E", "W"])
def test_shares_and_means_of_every_domain(design: str) -> None:
    asked = cases("mean", design=[design], calibration=[None], lonely_psu=[None])
    assert len(asked) == 52
    assert wrong(asked) == []


@pytest.mark.parametrize("variance", ["calibrated", "weights_fixed"])
@pytest.mark.parametrize("method", RAKED)
def test_raked_shares_and_means(method: str, variance: str) -> None:
    asked = cases("mean", calibration=[method], variance=[variance])
    assert len(asked) == 44
    assert wrong(asked) == []


@pytest.mark.parametrize("rule", ["remove", "certainty", "adjust", "average", "fail"])
def test_strata_with_a_single_psu(rule: str) -> None:
    """R refuses a domain only if it reaches into such a stratum; we refuse the question."""
    asked = cases("mean", lonely_psu=[rule])
    assert len(asked) == 24
    if rule == "fail":
        touching = [case for case in asked if "error" in case["expected"]]
        for case in touching:
            with pytest.raises(Problem, match="single PSU"):
                figure(case, case["domain"])
        return
    assert wrong([case for case in asked if "error" not in case["expected"]]) == []


def compared(case: dict[str, Any], method: str) -> bool:
    """R's README: at shares of exactly 0 or 1 only Korn–Graubard is meaningful."""
    expected = case["expected"]
    return method == "korn_graubard" or (
        method in expected and expected["korn_graubard"]["est"] not in (0, 1)
    )


def wrapped(case: dict[str, Any]) -> bool:
    """R lets the arcsine limit run past π/2, where the sine falls again: sin² of it can lie below the share
    itself. Ours ends at 1."""
    lower, share = case["expected"]["asin"]["ci"][0], case["expected"]["asin"]["est"]
    middle = math.asin(math.sqrt(share))
    return 2 * middle - math.asin(math.sqrt(lower)) > math.pi / 2


@pytest.mark.parametrize("method", METHODS)
def test_every_interval_of_a_share(method: str) -> None:
    """The logit limits of R come from an iteration, hence 1e-6 there."""
    asked = [case for case in cases("ciprop") if compared(case, method)]
    assert len(asked) >= 28
    for case in asked:
        found = figure(case, case["domain"], "wald" if method == "mean" else method)
        expected = case["expected"][method]
        assert found.interval is not None, case["id"]
        upper = 1.0 if method == "asin" and wrapped(case) else expected["ci"][1]
        tolerance = 1e-6 if method == "logit" else 1e-9
        assert close(found.interval.lower, expected["ci"][0], tolerance), case["id"]
        assert close(found.interval.upper, upper, tolerance), case["id"]
        if method == "korn_graubard":
            assert close(found.n_effective, expected["n_eff"]), case["id"]


@pytest.mark.parametrize("method", RAKED)
def test_raked_weights(method: str) -> None:
    asked = [case for case in gold()["cases"] if case["kind"] == "calibration" and case["method"] == method]
    assert len(asked) == 2
    for case in asked:
        found = calibrate(REDUCER, sample(case["design"]), Calibration(gold()["meta"]["margins"]))[1]
        expected = case["expected"]
        weights = (found.total, found.smallest_weight, found.largest_weight)
        ours = (*weights, found.kish_deff, found.smallest_g, found.largest_g)
        theirs = tuple(expected[key] for key in ("sum", "min", "max", "kish_deff", "g_min", "g_max"))
        assert all(close(a, b) for a, b in zip(ours, theirs, strict=True)), case["id"]


def test_changes_between_independent_waves() -> None:
    """Design W crosses waves with strata, so that the two waves share no PSU."""
    asked = cases("difference", design=["W"])
    assert len(asked) == 12
    for case in asked:
        before, after = (figure(case, case[key], "korn_graubard") for key in ("domain1", "domain2"))
        found, expected = change_between(before, after), case["expected"]
        assert found.interval is not None
        assert found.df == expected["df_union"]
        limits = (found.interval.lower, found.interval.upper)
        assert close(found.value, expected["est"])
        assert close(found.se, expected["se"])
        assert all(close(a, b) for a, b in zip(limits, expected["ci_t_union"], strict=True))
        assert close(p_value(found), expected["p_t_union"])


def test_design_effect_with_replacement() -> None:
    for case in (case for case in gold()["cases"] if case["kind"] == "deff" and case["method"] == "replace"):
        assert close(figure(case, {}).deff, case["expected"]["deff"])


def test_what_remains_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The kinds that this version leaves for the next are exactly these."""
    done = {"mean", "ciprop", "calibration", "difference", "deff"}
    counts = Counter(case["kind"] for case in gold()["cases"] if case["kind"] not in done)
    with capsys.disabled():
        print("\ngold kinds that remain:", dict(counts))
    later = "total ratio quantile distribution trim glm raoscott_F ttest drivers"
    assert set(counts) == set(later.split())
