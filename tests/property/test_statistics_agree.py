"""What must hold between statistics on any table: the same figure by two roads, and nothing from nothing."""

from __future__ import annotations

import csv
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure import Design, Estimate, Sample
from monosashi.measure.asked import Given
from monosashi.measure.statistics.catalog import STATISTICS

COLUMNS = ("stratum", "psu", "wave", "ward", "weight", "y", "z", "nps")
ROW = st.tuples(
    st.sampled_from("AB"),
    st.sampled_from("pqrs"),
    st.sampled_from((1, 2)),
    st.sampled_from(("east", "west", "")),
    st.sampled_from((0.5, 1, 2, 3)),
    st.sampled_from((1, 2, 3, 4, 5, "")),
    st.sampled_from((1, 2, 3, 4, 5, "")),
    st.sampled_from((0, 5, 6, 7, 9, 10, "")),
)
ROWS = st.lists(ROW, min_size=6, max_size=30)
PSUS = Design(weight="weight", stratum=("stratum",), psu="psu")
EACH = Design(weight="weight", stratum=("stratum",))
DESIGNS = st.sampled_from((PSUS, EACH))
FEW = settings(max_examples=settings().max_examples // 12)  # each example opens a file
MEAN = {"statistic": "mean", "item": "y"}
SHARE = {"statistic": "proportion", "item": "y", "favourable": [4, 5]}


def answers(rows: list[tuple[Any, ...]], design: Design, *asked: dict[str, Any]) -> list[list[Estimate]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([COLUMNS, *rows])
        sample = Sample(load_table(path, "table.csv").source, design)
        questions = [STATISTICS[one["statistic"]].model_validate({"id": "q", **one}) for one in asked]
        together = Given(DuckDBReducer(), sample, 0.95)
        return [question.answered(together) for question in questions]


def close(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return found == pytest.approx(expected, rel=1e-9, abs=1e-9)


ALL = (
    SHARE,
    MEAN,
    {"statistic": "nps", "item": "nps"},
    {"statistic": "total", "item": "y", "by": ["ward"]},
    {"statistic": "ratio", "numerator": "y", "denominator": "z"},
    {"statistic": "gap", "items": ["y", "z"]},
    {"statistic": "distribution", "item": "y", "by": ["ward"]},
    {"statistic": "change", "of": MEAN, "from": {"wave": 1}, "to": {"wave": 2}},
    {"statistic": "ttest", "of": SHARE, "group": "wave", "groups": [1, 2]},
)


def told(found: list[Estimate]) -> list[tuple[Any, ...]]:
    return [(one.domain, one.status, one.n, one.df, one.more.get("category")) for one in found]


@FEW
@given(rows=ROWS, design=DESIGNS, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(rows, design, seed):
    mixed = random.Random(seed).sample(rows, len(rows))
    for one, other in zip(answers(rows, design, *ALL), answers(mixed, design, *ALL), strict=True):
        assert told(one) == told(other)
        for a, b in zip(one, other, strict=True):
            assert close(a.value, b.value)
            assert close(a.se, b.se)


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_weights_count_by_their_proportions_and_totals_by_their_size(rows, design):
    heavier = [(*row[:4], row[4] * 8, *row[5:]) for row in rows]
    for asked, one, other in zip(
        ALL, answers(rows, design, *ALL), answers(heavier, design, *ALL), strict=True
    ):
        times = 8 if asked["statistic"] == "total" else 1
        for a, b in zip(one, other, strict=True):
            assert close(None if a.value is None else a.value * times, b.value)
            assert close(None if a.se is None else a.se * times, b.se)


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_shares_of_a_distribution_are_those_of_each_answer_and_sum_to_one(rows, design):
    (found,) = answers(rows, design, {"statistic": "distribution", "item": "y"})
    shares = [one for one in found if one.value is not None]
    asked = [{**SHARE, "favourable": [int(one.more["category"])]} for one in shares]
    for one, (alone,) in zip(shares, answers(rows, design, *asked), strict=True):
        assert close(one.value, alone.value)
        assert close(one.se, alone.se)
        assert (one.n, one.df, one.n_psu) == (alone.n, alone.df, alone.n_psu)
        assert close(sum(one.more["covariance"]), 0.0)
    assert not shares or close(sum(one.value for one in shares), 1.0)


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_a_change_is_the_difference_and_turns_round_with_its_sign(rows, design):
    there, back, before, after = answers(
        rows,
        design,
        {"statistic": "change", "of": MEAN, "from": {"wave": 1}, "to": {"wave": 2}},
        {"statistic": "change", "of": MEAN, "from": {"wave": 2}, "to": {"wave": 1}},
        {**MEAN, "where": {"wave": 1}},
        {**MEAN, "where": {"wave": 2}},
    )
    assert close(there[0].more["from"], before[0].value)
    assert close(there[0].more["to"], after[0].value)
    if there[0].value is not None:
        assert close(there[0].value, after[0].value - before[0].value)
        assert close(there[0].value, -back[0].value)
        assert close(there[0].se, back[0].se)


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_totals_of_the_parts_are_the_total_of_the_whole(rows, design):
    placed = [row for row in rows if row[3]]
    if not placed:
        return
    whole, parts = answers(
        placed,
        design,
        {"statistic": "total", "item": "y"},
        {"statistic": "total", "item": "y", "by": ["ward"]},
    )
    assert close(whole[0].value or 0.0, sum(part.value or 0.0 for part in parts))


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_a_score_is_promoters_less_detractors_and_an_answer_is_as_far_as_itself(rows, design):
    score, promote, detract, gap = answers(
        rows,
        design,
        {"statistic": "nps", "item": "nps"},
        {"statistic": "proportion", "item": "nps", "favourable": [9, 10]},
        {"statistic": "proportion", "item": "nps", "favourable": [0, 5, 6]},
        {"statistic": "gap", "items": ["y", "y"]},
    )
    if score[0].value is not None:
        assert close(score[0].value, 100 * (promote[0].value - detract[0].value))
    assert gap[0].value in (0.0, None)
    assert not gap[0].se


@FEW
@given(rows=ROWS, design=DESIGNS)
def test_an_interval_contains_its_value_and_shares_stay_shares(rows, design):
    for asked, found in zip(ALL, answers(rows, design, *ALL), strict=True):
        for one in found:
            if one.interval is None or one.value is None:
                continue
            assert one.interval.lower - 1e-9 <= one.value <= one.interval.upper + 1e-9
            if asked["statistic"] in ("proportion", "distribution"):
                assert -1e-12 <= one.interval.lower <= one.interval.upper <= 1 + 1e-12
