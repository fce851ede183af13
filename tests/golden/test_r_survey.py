"""Agreement with R's `survey` (4.1.1): every gold case of the statistics that this version has.

The files lie outside the repository; see tests/golden/own for a set of our own that travels with it.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from gold_cases import (
    CALIBRATED,
    COMPARED,
    DESIGNS,
    RULES,
    VARIANCES,
    agrees,
    calibration_of,
    cases,
    close,
    gold,
    group,
)
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.errors import Problem
from monosashi.measure.asked import Given
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate
from monosashi.measure.linearization import figures
from monosashi.measure.reducer import Among, Number, Question, Reading, Sample
from monosashi.measure.statistics.change import ChangeAsked, change_between, p_value
from monosashi.measure.statistics.distribution import distribution_of
from monosashi.measure.statistics.mean import mean_of
from monosashi.measure.statistics.nps import nps_of
from monosashi.measure.statistics.proportion import proportion_of
from monosashi.measure.statistics.ratio import ratio_of
from monosashi.measure.statistics.total import weighted_total_of
from monosashi.measure.statistics.ttest import TTestAsked
from monosashi.measure.weighting.calibration import calibrate, weighted
from shared_data import shared

READINGS = {
    "t2b(q1)": "q1",
    "t2b(q_all)": "q_all",
    "q1": "q1",
    "nps_score(nps)": "nps",
    "visits": "visits",
    "minutes/visits": "minutes",
}
# (our interval, R's, tolerance): R's `logit` limits come from an iteration, `xlogit` is the formula itself
INTERVALS = (
    ("korn_graubard", "korn_graubard", 1e-9),
    ("wilson", "wilson", 1e-9),
    ("logit", "xlogit", 1e-9),
    ("logit", "logit", 1e-6),
    ("asin", "asin", 1e-9),
    ("beta", "beta", 1e-9),
    ("wald", "mean", 1e-9),
)
REDUCER = DuckDBReducer()


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
    return weighted(found, calibrate(REDUCER, found, calibration_of(raked, variance))[0])


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
    elif y == "nps_score(nps)":
        found = nps_of(REDUCER, asked, "nps", by=by)
    elif y == "visits":
        found = weighted_total_of(REDUCER, asked, "visits", by=by)
    elif y == "minutes/visits":
        found = ratio_of(REDUCER, asked, "minutes", "visits", by=by)
    else:
        found = mean_of(REDUCER, asked, READINGS[y], by=by)
    return {tuple(estimate.domain.values()): estimate for estimate in found}


def figure(case: dict[str, Any], domain: dict[str, Any], interval: str = "wald") -> Estimate:
    y = case.get("y") or f"{case['num']}/{case['den']}"
    return estimates(of_case(case), y, tuple(domain), interval)[tuple(domain.values())]


def figure_where(case: dict[str, Any]) -> Estimate:
    """One domain alone, by `where` instead of `by`."""
    where = tuple(Among(column, (value,)) for column, value in case["domain"].items())
    if case["y"] == "nps_score(nps)":
        (found,) = nps_of(REDUCER, of_case(case), "nps", where=where)
        return found
    asked = {"favourable": (4, 5), "where": where, "interval": "wald"}
    (found,) = proportion_of(REDUCER, of_case(case), READINGS[case["y"]], **asked)  # type: ignore[arg-type]
    return found


def wrong(asked: list[dict[str, Any]]) -> list[str]:
    return [
        case["id"]
        for case in asked
        if not agrees(figure(case, case["domain"]), case["expected"], 1e-7 if is_swept(case) else 1e-9)
    ]


def is_swept(case: dict[str, Any]) -> bool:
    return case.get("calibration") == "rake"


@pytest.mark.parametrize("design", DESIGNS)
def test_shares_and_means_of_every_domain(design: str) -> None:
    assert wrong(cases("mean", design)) == []


@pytest.mark.parametrize("variance", VARIANCES)
@pytest.mark.parametrize("method", CALIBRATED)
def test_raked_shares_and_means(method: str, variance: str) -> None:
    assert wrong(cases("mean", method, variance)) == []


@pytest.mark.parametrize("design", ["A", "B", "C"])
@pytest.mark.parametrize("kind", ["total", "ratio"])
def test_totals_and_ratios_of_every_domain(kind: str, design: str) -> None:
    assert wrong(cases(kind, design)) == []


@pytest.mark.parametrize("method", CALIBRATED)
@pytest.mark.parametrize("kind", ["total", "ratio"])
def test_raked_totals_and_ratios(kind: str, method: str) -> None:
    assert wrong(cases(kind, method, "calibrated")) == []


@pytest.mark.parametrize("rule", RULES[:-1])
def test_strata_with_a_single_psu(rule: str) -> None:
    assert wrong(cases("mean", rule)) == []


def test_strata_with_a_single_psu_that_are_refused() -> None:
    """A question is refused as in R: where a domain reaches into such a stratum."""
    refused = [case for case in cases("mean", "fail") if "error" in case["expected"]]
    allowed = [case for case in cases("mean", "fail") if "error" not in case["expected"]]
    assert (len(refused), len(allowed)) == (20, 4)
    for case in refused:
        with pytest.raises(Problem, match="single PSU"):
            figure_where(case)
    assert all(agrees(figure_where(case), case["expected"]) for case in allowed)


def meaningful(case: dict[str, Any], method: str) -> bool:
    """The gold set's README: at shares of exactly 0 or 1 only Korn–Graubard is to be compared."""
    return method == "korn_graubard" or case["expected"]["korn_graubard"]["est"] not in (0, 1)


def wrapped(case: dict[str, Any]) -> bool:
    """R lets the arcsine limit run past π/2, where the sine falls again: sin² of it can lie below the share
    itself. Ours ends at 1."""
    lower, share = case["expected"]["asin"]["ci"][0], case["expected"]["asin"]["est"]
    middle = math.asin(math.sqrt(share))
    return 2 * middle - math.asin(math.sqrt(lower)) > math.pi / 2


@pytest.mark.parametrize(("ours", "theirs", "tolerance"), INTERVALS)
def test_every_interval_of_a_share(ours: str, theirs: str, tolerance: float) -> None:
    asked = [case for case in cases("ciprop") if meaningful(case, theirs)]
    assert len(asked) == (30 if theirs == "korn_graubard" else 28)
    for case in asked:
        found, expected = figure(case, case["domain"], ours), case["expected"][theirs]
        assert found.interval is not None, case["id"]
        upper = 1.0 if theirs == "asin" and wrapped(case) else expected["ci"][1]
        assert close(found.value, expected["est"], tolerance), case["id"]
        assert close(found.se, expected["se"]), case["id"]
        assert close(found.interval.lower, expected["ci"][0], tolerance), case["id"]
        assert close(found.interval.upper, upper, tolerance), case["id"]
        if theirs == "korn_graubard":
            assert close(found.n_effective, expected["n_eff"]), case["id"]


def test_of_the_intervals_only_the_likelihood_is_left_out() -> None:
    found = {name for case in cases("ciprop") for name in case["expected"]} - {"n", "df"}
    assert found - {theirs for _, theirs, _ in INTERVALS} == {"likelihood"}


@pytest.mark.parametrize("method", CALIBRATED)
def test_raked_weights(method: str) -> None:
    for case in cases("calibration", method):
        found = calibrate(REDUCER, sample(case["design"]), calibration_of(method))[1]
        expected = case["expected"]
        weights = (found.total, found.smallest_weight, found.largest_weight)
        ours = (*weights, found.kish_deff, found.smallest_g, found.largest_g)
        theirs = tuple(expected[key] for key in ("sum", "min", "max", "kish_deff", "g_min", "g_max"))
        assert all(close(a, b) for a, b in zip(ours, theirs, strict=True)), case["id"]


def test_changes_between_independent_waves() -> None:
    """Design W crosses waves with strata, so that the two waves share no PSU."""
    for case in cases("difference", "independent waves"):
        before, after = (figure(case, case[key], "korn_graubard") for key in ("domain1", "domain2"))
        found, expected = change_between(before, after), case["expected"]
        assert found.interval is not None
        assert found.df == expected["df_union"]
        limits = (found.interval.lower, found.interval.upper)
        assert close(found.value, expected["est"])
        assert close(found.se, expected["se"])
        assert all(close(a, b) for a, b in zip(limits, expected["ci_t_union"], strict=True))
        assert close(p_value(found), expected["p_t_union"])


OF = {
    "t2b(q1)": {"statistic": "proportion", "item": "q1", "favourable": [4, 5]},
    "nps_score(nps)": {"statistic": "nps", "item": "nps"},
    "q1": {"statistic": "mean", "item": "q1"},
}


@pytest.mark.parametrize("kind", ["independent waves", "waves that share PSUs"])
def test_changes_with_the_covariance_of_what_is_shared(kind: str) -> None:
    for case in cases("difference", kind):
        asked = {"id": "c", "statistic": "change", "of": OF[case["y"]]}
        asked |= {"from": case["domain1"], "to": case["domain2"]}
        (found,) = ChangeAsked.model_validate(asked).answered(Given(REDUCER, of_case(case), 0.95))
        expected, tolerance = case["expected"], 1e-7 if is_swept(case) else 1e-9
        assert found.interval is not None, case["id"]
        limits = (found.interval.lower, found.interval.upper)
        assert close(found.value, expected["est"], 1e-8), case["id"]
        assert close(found.se, expected["se"], tolerance), case["id"]
        assert (found.more["from"], found.more["to"]) == pytest.approx((expected["m1"], expected["m2"]))
        if not case.get("calibration"):
            assert found.df == expected["df_union"], case["id"]
            assert all(close(a, b, 1e-8) for a, b in zip(limits, expected["ci_t_union"], strict=True)), case[
                "id"
            ]
            assert close(found.more["p"], expected["p_t_union"], 1e-8), case["id"]


def test_distributions_with_their_covariance() -> None:
    for case in cases("distribution"):
        found, expected = distribution_of(REDUCER, of_case(case), case["y"]), case["expected"]
        assert [one.more["category"] for one in found] == [str(level) for level in expected["levels"]]
        assert [one.value for one in found] == pytest.approx(expected["est"], rel=1e-9)
        assert [one.se for one in found] == pytest.approx(expected["se"], rel=1e-9)
        ours, theirs = (np.array([one.more["covariance"] for one in found]), np.array(expected["cov"]))
        assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-15)


def test_t_tests_of_two_groups() -> None:
    for case in cases("ttest"):
        asked = {"id": "t", "statistic": "ttest", "of": OF[case["y"]], "group": case["group"]}
        question = TTestAsked.model_validate({**asked, "groups": ["F", "M"]})
        (found,) = question.answered(Given(REDUCER, of_case(case), 0.95))
        expected = case["expected"]
        assert found.interval is not None
        ours = (found.value, found.more["t"], found.more["p"], found.interval.lower, found.interval.upper)
        theirs = (expected["diff"], expected["t"], expected["p"], *expected["ci"])
        assert found.df == expected["df"]
        assert ours == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("kind", ["replace", "wor"])
def test_design_effects(kind: str) -> None:
    """Without replacement, simple random sampling of n from N = Σw would have the variance times 1 − n/N."""
    for case in cases("deff", kind):
        found = figures(Question(of_case(case), Reading(Number(case["y"]))), REDUCER)
        drawn = found.n / found.size if kind == "wor" else 0
        assert close(float((found.deff / (1 - drawn))[0]), case["expected"]["deff"])


def test_every_case_is_compared() -> None:
    assert Counter(map(group, gold()["cases"])) == COMPARED
    assert sum(COMPARED.values()) == 1_817
