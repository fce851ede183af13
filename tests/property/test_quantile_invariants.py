"""What must not change a quantile, and what every quantile must satisfy."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.measure import Design, Estimate, Sample, quantile_of
from monosashi.measure.cells import Profiles
from monosashi.measure.statistics.cumulative import TIE, cumulative
from reducers import REDUCERS
from small_tables import written

FEW = settings(max_examples=settings().max_examples // 8)  # each example opens a file or two
HEADER = ["stratum", "psu", "weight", "city", "minutes"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.integers(1, 4),
        st.floats(0.01, 1000),
        st.sampled_from(["東京", "ソウル"]),
        st.one_of(st.just(""), st.integers(-3, 12), st.floats(-1e6, 1e6)),
    ),
    min_size=1,
    max_size=40,
)
AT = (0.1, 0.5, 0.9)


def quantiles(rows: Sequence[Any], reducer: str = "duckdb", **how: Any) -> list[Estimate]:
    with tempfile.TemporaryDirectory() as folder:
        sample = Sample(written(Path(folder), [HEADER, *rows]), Design("weight", ("stratum",), "psu"))
        return quantile_of(REDUCERS[reducer](), sample, "minutes", **{"at": AT, "by": ("city",), **how})


def shown(found: list[Estimate]) -> list[Any]:
    """Values and limits are answers that somebody gave: they agree to the last bit."""
    return [(one.domain, one.more, one.status, one.value, one.interval, one.df, one.flags) for one in found]


@FEW
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Any], dice: Any) -> None:
    assert shown(quantiles(rows)) == shown(quantiles(dice.sample(rows, len(rows))))


@FEW
@given(ROWS, st.sampled_from([0.001, 7.0, 1e6]))
def test_the_scale_of_weights_does_not_matter(rows: list[Any], factor: float) -> None:
    scaled = [(*row[:2], row[2] * factor, *row[3:]) for row in rows]
    assert shown(quantiles(rows)) == shown(quantiles(scaled))


@FEW
@given(ROWS)
def test_both_reducers_give_the_same_quantiles(rows: list[Any]) -> None:
    assert shown(quantiles(rows)) == shown(quantiles(rows, "numpy"))


@FEW
@given(ROWS)
def test_a_quantile_is_the_smallest_answer_whose_share_reaches_p(rows: list[Any]) -> None:
    answers = sorted((row[4], row[2]) for row in rows if row[4] != "")
    for one in quantiles(rows, by=()):
        if not answers:
            assert one.value is None
            continue
        total = math.fsum(weight for _, weight in answers)
        reached = [
            x
            for x, _ in answers
            if math.fsum(w for y, w in answers if y <= x) >= (one.more["at"] - TIE) * total
        ]
        assert one.value == reached[0]
        if one.interval:
            assert one.interval.lower <= one.value <= one.interval.upper


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5), st.floats(1e-9, 1e9)), max_size=60))
def test_cumulated_shares(groups: list[tuple[int, int, float]]) -> None:
    """Whatever stands beside it, a domain's shares rise and end at exactly 1."""
    domain, answer, weight = (
        (np.array(column, dtype=float) for column in zip(*groups, strict=True))
        if groups
        else (np.zeros(0),) * 3
    )
    of = cumulative(profiles(domain.astype(int), answer, weight))
    for d in range(4):
        share = of.share[of.domain == d]
        known = sorted({y for k, y, _ in groups if k == d})
        assert of.answer[of.domain == d].tolist() == known
        assert np.all(np.diff(share) >= 0)
        assert not known or share[-1] == 1
        whole = math.fsum(w for k, _, w in groups if k == d)
        for x, found in zip(known, share, strict=True):
            part = math.fsum(w for k, y, w in groups if k == d and y <= x)
            assert found == pytest.approx(part / whole, abs=1e-15)


def profiles(domain: Any, answer: Any, weight: Any) -> Profiles:
    zero = np.zeros(len(domain), dtype=np.int64)
    return Profiles(
        by=("d",),
        domains=tuple((d,) for d in range(4)),
        levels=((),),
        domain=domain,
        stratum=zero,
        unit=None,
        pattern=None,
        values=answer[:, None],
        weight=weight,
        weight_squared=weight**2,
        design_weight=weight,
        n=zero + 1,
    )
