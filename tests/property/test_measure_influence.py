"""The covariance of many figures and the variance of one are the same formula, whatever the design."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import Calibration, Design, Sample, calibrate, mean_of, weighted
from monosashi.measure.influence import covariance_of
from monosashi.measure.reducer import Number, Survey
from small_tables import written

HEADER = ["stratum", "psu", "weight", "city", "sex", "q"]
ANSWERS = st.tuples(
    st.sampled_from("ABC"),
    st.integers(1, 4),
    st.floats(0.01, 1000),
    st.sampled_from(["tokyo", "seoul"]),
    st.sampled_from("FM"),
    st.sampled_from(["1", "2", "3", "4", "5", ""]),
)
TABLES = st.lists(ANSWERS, min_size=2, max_size=40)
RULES = ("fail", "remove", "certainty", "adjust", "average")
FEW = settings(max_examples=settings().max_examples // 8)


def by_influence(reducer: DuckDBReducer, sample: Sample) -> dict[Any, tuple[float, int]]:
    """The variance of the mean, and of twice the mean beside it, from u = (y − ȳ)/Σw."""
    profiles = reducer.profiles(Survey(sample, (Number("q"),), ("city",)))
    y = profiles.values[:, 0]
    member = ~np.isnan(y)
    u = np.zeros((len(y), 2))
    for d in range(len(profiles.domains)):
        mine = member & (profiles.domain == d)
        if mine.any():
            w = profiles.weight[mine]
            u[mine] = ((y[mine] - w @ y[mine] / w.sum()) / w.sum())[:, None] * [1, 2]
    found = covariance_of(profiles, u, member, sample, reducer)
    v = found.covariance
    assert v[:, 0, 1] == pytest.approx(2 * v[:, 0, 0], rel=1e-6, abs=1e-12, nan_ok=True)
    assert v[:, 1, 1] == pytest.approx(4 * v[:, 0, 0], rel=1e-6, abs=1e-12, nan_ok=True)
    return {key[0]: (float(v[d, 0, 0]), int(found.df[d])) for d, key in enumerate(profiles.domains)}


@FEW
@given(TABLES, st.sampled_from(RULES), st.booleans(), st.booleans(), st.booleans())
def test_a_mean_has_the_same_variance_either_way(
    rows: list[Any], rule: str, in_domain: bool, psus: bool, raked: bool
) -> None:
    design = Design(
        "weight", ("stratum",), "psu" if psus else None, single_psu=rule, single_in_domain=in_domain
    )  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        sample, reducer = Sample(written(Path(folder), [HEADER, *rows]), design), DuckDBReducer()
        if raked:
            totals = dict.fromkeys(sorted({row[4] for row in rows}), 100.0)
            sample = weighted(sample, calibrate(reducer, sample, Calibration({"sex": totals}))[0])  # type: ignore[dict-item]
        try:
            expected = mean_of(reducer, sample, "q", by=("city",))
        except Problem:
            with pytest.raises(Problem, match="single PSU"):
                by_influence(reducer, sample)
            return
        found = by_influence(reducer, sample)
    for one in expected:
        v, df = found[one.domain["city"]]
        if one.n:
            assert df == one.df
            assert np.sqrt(v) == pytest.approx(
                np.nan if one.se is None else one.se, rel=1e-6, abs=1e-7, nan_ok=True
            )


def test_a_stratum_in_which_nobody_answered_is_no_part_of_the_domain(tmp_path: Path) -> None:
    """`average` counts strata with members only: V = 2/1·…, not 3/2 of it, and `fail` has no reason to."""
    rows = [["A", 1, 1, "tokyo", "F", 1], ["A", 2, 1, "tokyo", "F", 3], ["B", 1, 1, "tokyo", "F", ""]]
    sample = Sample(
        written(tmp_path, [HEADER, *rows]), Design("weight", ("stratum",), "psu", single_psu="fail")
    )
    reducer = DuckDBReducer()
    plain = by_influence(reducer, sample)["tokyo"]
    average = replace(sample, design=replace(sample.design, single_psu="average"))
    assert plain == by_influence(reducer, average)["tokyo"] == (pytest.approx(1.0), 1)  # 2·(½² + ½²)
