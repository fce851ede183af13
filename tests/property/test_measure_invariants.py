"""What must not change a figure, and what every figure must satisfy, whatever the answers are."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
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
from monosashi.measure import interval as intervals
from small_tables import written

HEADER = ["row", "stratum", "psu", "weight", "city", "sex", "満足度"]
ANSWERS = st.tuples(
    st.sampled_from("AB"),
    st.integers(1, 4),
    st.floats(0.01, 1000),
    st.sampled_from(["東京", "ソウル", "ロンドン"]),
    st.sampled_from("FM"),
    st.sampled_from(["1", "2", "3", "4", "5", "9", ""]),
)
TABLES = st.lists(ANSWERS, min_size=2, max_size=40)
FEW = settings(max_examples=settings().max_examples // 8)  # each example opens a file or two
PSUS = Design("weight", ("stratum",), "psu")
ROWS = Design("weight", ("stratum",))


def estimates(
    rows: Sequence[Sequence[Any]],
    design: Design = PSUS,
    *,
    raked: bool = False,
    mean: bool = False,
    **how: Any,
) -> dict[Any, Estimate]:
    with tempfile.TemporaryDirectory() as folder:
        records = [HEADER, *([i, *row] for i, row in enumerate(rows))]
        sample, reducer = Sample(written(Path(folder), records), design), DuckDBReducer()
        if raked:
            totals = dict.fromkeys(sorted({row[4] for row in rows}), 100.0)
            sample = weighted(sample, calibrate(reducer, sample, Calibration({"sex": totals}))[0])  # type: ignore[dict-item]
        asked = {"missing": (9,), "by": ("city",), **how}
        if mean:
            found = mean_of(reducer, sample, "満足度", **asked)
        else:
            found = proportion_of(reducer, sample, "満足度", favourable=(4, 5), **asked)
    return {tuple(one.domain.values()): one for one in found}


def assert_same(found: dict[Any, Estimate], other: dict[Any, Estimate]) -> None:
    assert found.keys() == other.keys()
    for key, one in found.items():
        two = other[key]
        assert (one.status, one.n, one.n_missing, one.df) == (two.status, two.n, two.n_missing, two.df)
        assert one.value == (two.value if two.value is None else pytest.approx(two.value, rel=1e-9))
        assert one.se == (two.se if two.se is None else pytest.approx(two.se, rel=1e-6, abs=1e-9))


@FEW
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Any], dice: Any) -> None:
    shuffled = dice.sample(rows, len(rows))
    assert_same(estimates(rows), estimates(shuffled))


@FEW
@given(TABLES, st.sampled_from([0.001, 7.0, 1e6]))
def test_the_scale_of_weights_does_not_matter(rows: list[Any], factor: float) -> None:
    scaled = [(*row[:2], row[2] * factor, *row[3:]) for row in rows]
    assert_same(estimates(rows), estimates(scaled))


@FEW
@given(TABLES, st.booleans(), st.booleans())
def test_rows_as_psus_equal_psus_of_one_row(rows: list[Any], raked: bool, mean: bool) -> None:
    """Moments of rows and cells of PSUs are two ways to the same variance, calibrated or not."""
    one_each = Design("weight", ("stratum",), "row")
    assert_same(
        estimates(rows, ROWS, raked=raked, mean=mean), estimates(rows, one_each, raked=raked, mean=mean)
    )


@FEW
@given(TABLES)
def test_a_stratum_outside_the_domain_changes_nothing(rows: list[Any]) -> None:
    more = [*rows, ("C", 1, 5.0, "", "F", "5"), ("C", 2, 5.0, "", "F", "1")]
    assert_same(estimates(rows), estimates(more))


@FEW
@given(TABLES)
def test_codes_are_only_names(rows: list[Any]) -> None:
    swapped = [(*row[:5], {"5": "4", "4": "5", "1": "3", "3": "1"}.get(row[5], row[5])) for row in rows]
    assert_same(estimates(rows), estimates(swapped))


@FEW
@given(TABLES)
def test_domains_add_up_to_everybody(rows: list[Any]) -> None:
    (everybody,) = estimates(rows, by=()).values()
    parts = list(estimates(rows).values())
    assert sum(one.n for one in parts) == everybody.n
    assert sum(one.n_missing for one in parts) == everybody.n_missing


@FEW
@given(TABLES, st.sampled_from(sorted(intervals.SHARE_METHODS)))
def test_intervals_contain_the_share_and_stay_in_range(rows: list[Any], method: str) -> None:
    for one in estimates(rows, interval=method).values():
        assert not any(
            isinstance(x, float) and math.isnan(x) for x in (one.value, one.se, one.deff, one.n_effective)
        )
        if one.interval is None or one.value is None:
            assert one.df is None or one.df == 0
            continue
        assert one.interval.lower <= one.value + 1e-12
        assert one.interval.upper >= one.value - 1e-12
        if method != "wald":
            assert 0 <= one.interval.lower <= one.interval.upper <= 1


@FEW
@given(TABLES)
def test_one_stratum_and_weights_near_zero(rows: list[Any]) -> None:
    tiny = [("A", row[1], 1e-9, *row[3:]) for row in rows]
    ones = [("A", row[1], 1.0, *row[3:]) for row in rows]
    assert_same(estimates(tiny), estimates(ones))
