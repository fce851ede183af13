"""Our own survey (own/survey.csv) by `monosashi estimate` requests, against R's `survey` (own/r_survey.json).

Every case says what it asks of a request and which figures R gives; own/make_own.R makes both.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monosashi import errors
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure.answer import answer_to
from monosashi.measure.request import read_request
from monosashi.measure.statistics.catalog import STATISTICS

OWN = Path(__file__).with_name("own")
R = json.loads((OWN / "r_survey.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = R["cases"]
REDUCER = DuckDBReducer()
TOLERANCE = 1e-9

# how many cases of each kind there are: none is left out in silence
KINDS = {
    **{"share": 20, "mean": 20, "nps": 15, "total": 15, "ratio": 15, "quantile": 20, "distribution": 8},
    **{"ciprop": 10, "edges": 2, "gap": 2, "change": 18, "ttest": 3, "raoscott": 3, "regression": 6},
    **{"drivers": 1, "single_psu": 20, "calibrated": 168, "jackknife": 12},
}


def kind(case: dict[str, Any]) -> str:
    return str(case["id"]).partition("/")[0]


def frame(case: dict[str, Any]) -> dict[str, Any]:
    """The request that a case belongs in, still without estimates."""
    asked: dict[str, Any] = {**R["designs"][case["design"]]}
    asked["design"] = {**asked["design"], "single_psu": case.get("single_psu", "fail")}
    if "replicates" in case:
        asked["design"]["replicates"] = {"method": "jkn"}
    return {**asked, "calibration": case["calibration"]} if "calibration" in case else asked


def together(cases: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Cases of the same table, design and calibration in one request."""
    found: dict[str, list[dict[str, Any]]] = {}
    for case in cases:
        found.setdefault(json.dumps(frame(case)), []).append(case)
    for asked, members in found.items():
        yield json.loads(asked), members


def answer(asked: dict[str, Any], cases: list[dict[str, Any]]) -> dict[str, Any]:
    estimates = [{"id": case["id"], **case["asked"]} for case in cases]
    text = json.dumps({**asked, "estimates": estimates}, ensure_ascii=False)
    request = read_request("request.yaml", text.encode())
    table = load_table(OWN / request.table, request.table)
    return answer_to(request, table.source, REDUCER, sha256=table.sha256)


def close(found: Any, expected: Any, tolerance: float) -> bool:
    """Numbers within the tolerance; lists and mappings entry by entry, of what R gives."""
    if isinstance(expected, dict):
        return all(close(found[key], value, tolerance) for key, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(close, found, expected, [tolerance] * len(found)))
    if isinstance(expected, str) or expected is None or found is None:
        return bool(found == expected)
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=1e-12)


def compared(case: dict[str, Any], found: list[dict[str, Any]]) -> None:
    found = found[:1] if case.get("first_only") else found
    order = sorted(found, key=lambda one: list(map(str, one["domain"].values())))
    expected = sorted(case["expected"], key=lambda one: list(map(str, one["domain"].values())))
    assert len(order) == len(expected), case["id"]
    for one, wanted in zip(order, expected, strict=True):
        tolerance = case.get("tolerance", TOLERANCE)
        wrong = [key for key, value in wanted.items() if not close(one[key], value, tolerance)]
        assert not wrong, (case["id"], {key: (one[key], wanted[key]) for key in wrong})
        if "interval" not in wanted and "interval" in case["expected"][0]:
            assert one["interval"] is None, case["id"]


@pytest.mark.parametrize("name", KINDS)
def test_every_figure_agrees_with_r(name: str) -> None:
    cases = [case for case in CASES if kind(case) == name]
    assert len(cases) == KINDS[name]
    lacking = {case["asked"]["statistic"] for case in cases} - STATISTICS.keys()
    if lacking:
        pytest.skip(f"not there yet: the statistic {', '.join(sorted(lacking))}")
    for asked, members in together(cases):
        if not any(case["expected"] for case in members):  # R refuses strata with one PSU; so do we
            for case in members:
                with pytest.raises(errors.Problem) as refusal:
                    answer(asked, [case])
                assert refusal.value.kind is errors.SINGLE_PSU
            continue
        told = answer(asked, members)
        for case in members:
            compared(case, [one for one in told["estimates"] if one["id"] == case["id"]])
            if "told" in case:
                wanted = {key: case["told"][key] for key in ("kish_deff", "n_effective")}
                assert close(told["calibration"], wanted, TOLERANCE), case["id"]


def test_the_file_holds_the_kinds_that_are_compared() -> None:
    assert Counter(map(kind, CASES)) == KINDS
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
