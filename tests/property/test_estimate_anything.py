"""Whatever the table holds: finite numbers in JSON, or a refusal with words; never a stack trace."""

from __future__ import annotations

import json
import math
import tempfile
import warnings
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import answer_to, read_request
from small_tables import written

SOME = settings(max_examples=settings().max_examples // 4)
HEADER = ["q", "weight", "stratum", "psu", "size", "sex"]
SIZES = ["1", "2", "5", "0.001", "1000", "1e-50", "1e50", "1e-30", "3.3333333333333333", "1e12"]
ANSWERS = st.sampled_from(
    ["1", "2", "3", "4", "5", "9", "", "0", "-1e50", "1e50", "1e-200", "4.000000000001"]
)
ROWS = st.lists(
    st.tuples(
        ANSWERS,
        st.sampled_from(SIZES),
        st.sampled_from(["A", "B", "01", "1"]),
        st.sampled_from(["1", "2", "x"]),
        st.sampled_from(["0.5", "1", "40"]),
        st.sampled_from("FM"),
    ),
    min_size=1,
    max_size=12,
)
COLUMNS = st.fixed_dictionaries(
    {},
    optional={
        "weight": st.just("weight"),
        "stratum": st.just(["stratum"]),
        "psu": st.just("psu"),
        "fpc": st.just("size"),
        "single_psu": st.sampled_from(["remove", "certainty", "adjust", "average", "fail"]),
    },
)
TOTALS = st.sampled_from([None, {"F": 60, "M": 40}, {"F": 1e-50, "M": 1e-50}, {"F": 1e50, "M": 1}, {"F": 1}])
VARIANCES = st.sampled_from(["calibrated", "weights_fixed"])


@st.composite
def requests(draw: Any) -> dict[str, Any]:
    common = {"item": "q", "missing": [9], "by": draw(st.sampled_from([[], ["stratum"], ["sex", "psu"]]))}
    level = draw(st.sampled_from([0.95, 0.5, 0.999999]))
    interval = draw(st.sampled_from(["korn_graubard", "wilson", "logit", "beta", "asin", "wald"]))
    share = {"id": "p", "statistic": "proportion", "favourable": [4, 5], "interval": interval, **common}
    mean = {"id": "m", "statistic": "mean", "level": level, **common}
    asked = {"table": "t.csv", "design": draw(COLUMNS), "level": level, "estimates": [share, mean]}
    if totals := draw(TOTALS):
        asked["calibration"] = {"method": "raking", "margins": {"sex": totals}, "variance": draw(VARIANCES)}
    return asked


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [number for one in value for number in numbers(one)]
    return [value] if isinstance(value, float) else []


@SOME
@given(requests(), ROWS)
def test_finite_numbers_or_a_refusal(request: dict[str, Any], rows: list[Any]) -> None:
    asked = read_request("request.yaml", json.dumps(request).encode())
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        source = written(Path(folder), [HEADER, *rows])
        try:
            told = answer_to(asked, source, DuckDBReducer(), sha256="")
        except Problem as problem:
            told = {"refused": [problem.as_text(language) for language in ("ja", "en")], "estimates": []}
    assert all(math.isfinite(number) for number in numbers(told))
    json.dumps(told, allow_nan=False)
    for one in told["estimates"]:
        assert (one["value"] is None) == (one["n"] == 0)
        if one["interval"]:
            assert one["interval"][0] <= one["value"] <= one["interval"][1]
