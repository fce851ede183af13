"""R's results (../shared/gold): the cases in groups, and what agreement means.

Each case belongs to one group, and a test compares all cases of the group: nothing is left out.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any

from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.weighting.calibration import Calibration, Method
from shared_data import shared

CALIBRATED = ("rake", "cal_raking", "cal_linear", "cal_logit", "cal_linear_bounded", "post")
OURS: dict[str, Method] = {
    "cal_linear": "linear",
    "cal_logit": "logit",
    "cal_linear_bounded": "linear",
    "post": "poststratification",
}
DESIGNS = ("A", "B", "C", "D", "E", "W")
VARIANCES = ("calibrated", "weights_fixed")
RULES = ("remove", "certainty", "adjust", "average", "fail")


# how many cases of each group are compared
COMPARED = {
    **{("mean", design): 78 for design in DESIGNS},
    **{("mean", method, variance): 66 for method in CALIBRATED for variance in VARIANCES},
    **{(kind, design): 26 for kind in ("total", "ratio") for design in ("A", "B", "C")},
    **{(kind, method, "calibrated"): 2 for kind in ("total", "ratio") for method in CALIBRATED},
    **{("mean", rule): 24 for rule in RULES},
    **{("calibration", method): 2 for method in CALIBRATED},
    ("ciprop",): 30,
    ("difference", "independent waves"): 18,
    ("difference", "waves that share PSUs"): 51,
    ("deff", "replace"): 2,
    ("deff", "wor"): 2,
    ("distribution",): 2,
    ("quantile",): 130,
    ("ttest",): 2,
    ("glm",): 4,
    ("raoscott_F",): 2,
    ("drivers",): 1,
    ("trim",): 1,
}


@cache
def gold() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared("gold", "expected.json").read_text(encoding="utf-8"))
    return found


def group(case: dict[str, Any]) -> tuple[str, ...]:
    kind, raked = case["kind"], case.get("calibration") or case.get("method")
    if kind == "deff":
        return kind, raked
    if kind == "difference":
        alone = case["design"] == "W"  # waves crossed with strata share no PSU
        return kind, "independent waves" if alone else "waves that share PSUs"
    if kind in ("mean", "total", "ratio"):
        return kind, *([raked, case["variance"]] if raked else [case.get("lonely_psu", case["design"])])
    return (kind, raked) if kind == "calibration" else (kind,)


def cases(*wanted: str) -> list[dict[str, Any]]:
    """All cases of one group, as many as there ought to be."""
    found = [case for case in gold()["cases"] if group(case) == wanted]
    assert len(found) == COMPARED[wanted]
    return found


def close(found: float | None, expected: float | None, tolerance: float = 1e-9) -> bool:
    if expected is None or found is None:
        return expected is found
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)


def agrees(found: Estimate, expected: dict[str, Any], se_tolerance: float = 1e-9) -> bool:
    if not expected["n"]:
        absent = found.n_missing == expected.get("n_missing", found.n_missing)
        return found.status is Status.NOT_COLLECTED and absent
    limits = [found.interval.lower, found.interval.upper] if found.interval else [None, None]
    if found.interval_method == "korn_graubard":  # the share is 0 or 1: R's Wald interval is no yardstick
        limits = expected["ci_t_domain"]
    counts = {
        "n": found.n,
        "n_missing": found.n_missing,
        "n_psu": found.n_psu,
        "df_domain": found.df,
    }
    return (
        all(counts[key] == expected[key] for key in counts if key in expected)
        and close(found.value, expected["est"])
        and close(found.se, expected["se"], se_tolerance)
        and all(close(a, b, se_tolerance) for a, b in zip(limits, expected["ci_t_domain"], strict=True))
    )


def calibration_of(method: str, variance: str = "calibrated") -> Calibration:
    """R's calibration of a case as ours; `rake` takes the residuals of R's function of that name."""
    meta = gold()["meta"]
    margins, bounds = dict(meta["margins"]), meta["bounds"].get(method)
    if method == "post":
        del margins["age_band"]
    return Calibration(
        margins,
        OURS.get(method, "raking"),
        variance,  # type: ignore[arg-type]
        "swept" if method == "rake" else "regression",
        tuple(bounds) if bounds else None,
    )
