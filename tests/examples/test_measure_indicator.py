"""A measure of the guideline, a table of the lake and a period → figures in one of the five states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.define.guideline import Measure
from monosashi.define.period import Period
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.measure import Basis, Reliability, Status, estimates_of
from small_tables import table

WORD = Text(ja="こと", en="thing")
FY2025 = Period.named("FY2025")
REDUCER = DuckDBReducer()


def measure(**given: Any) -> Measure:
    fields: dict[str, Any] = {
        "id": "perceived",
        "table": "responses/resident",
        "statistic": "proportion",
        "item": "overall",
        "favourable": (4, 5),
        "missing": (9,),
        "basis": "quota_panel",
        "population": WORD,
        "definition_version": "1",
    }
    return Measure(**{**fields, **given})


RESIDENTS = """
period | city  | stratum | weight | overall
FY2024 | tokyo | tokyo   |      1 |       1
FY2025 | tokyo | tokyo   |      1 |       5
FY2025 | tokyo | tokyo   |      3 |       2
FY2025 | seoul | seoul   |      1 |       4
FY2025 | seoul | seoul   |      1 |       9
"""


def test_residents_of_one_period_by_city(tmp_path: Path) -> None:
    found = estimates_of(measure(by=((), ("city",))), table(tmp_path, RESIDENTS), FY2025, REDUCER)
    figures = {tuple(one.domain.values()): (one.value, one.n, one.n_missing) for one in found}
    assert figures == {(): (0.4, 3, 1), ("seoul",): (1.0, 1, 1), ("tokyo",): (0.25, 2, 0)}
    assert {one.basis for one in found} == {Basis.QUOTA_PANEL}
    assert found[0].lineage["definition_version"] == "1"
    assert found[0].lineage["period"] == "FY2025"


@pytest.mark.parametrize("period", ["FY2023", "FY2026"])
def test_a_period_without_rows_is_not_collected(tmp_path: Path, period: str) -> None:
    asked = measure(by=(("city",),), headline={"city": "tokyo"})
    (found,) = estimates_of(asked, table(tmp_path, RESIDENTS), Period.named(period), REDUCER)
    assert (found.status, found.reason, found.domain) == (Status.NOT_COLLECTED, "no_rows", {"city": "tokyo"})


def test_a_table_that_does_not_exist_is_not_collected() -> None:
    (found,) = estimates_of(measure(), None, FY2025, REDUCER)
    assert (found.status, found.reason, found.value) == (Status.NOT_COLLECTED, "no_table", None)


def test_a_question_that_this_survey_did_not_ask_is_not_collected(tmp_path: Path) -> None:
    asked = measure(item="usability", by=(("city",),), headline={"city": "tokyo"})
    (found,) = estimates_of(asked, table(tmp_path, RESIDENTS), FY2025, REDUCER)
    assert (found.status, found.reason, found.domain) == (
        Status.NOT_COLLECTED,
        "not_asked",
        {"city": "tokyo"},
    )


def test_a_survey_without_ages_is_split_by_what_it_knows(tmp_path: Path) -> None:
    asked = measure(by=(("city",), ("city", "age_band")), headline={"city": "tokyo"})
    found = estimates_of(asked, table(tmp_path, RESIDENTS), FY2025, REDUCER)
    assert {tuple(one.domain) for one in found} == {("city",)}


def test_a_survey_without_the_headline_s_column_is_an_error(tmp_path: Path) -> None:
    asked = measure(by=(("ward",), ("city",)), headline={"ward": "east"})
    with pytest.raises(Problem, match="ward"):
        estimates_of(asked, table(tmp_path, RESIDENTS), FY2025, REDUCER)


def test_opt_in_answers_claim_no_precision(tmp_path: Path) -> None:
    (found,) = estimates_of(measure(basis="opt_in"), table(tmp_path, RESIDENTS), FY2025, REDUCER)
    assert found.value == 0.4
    assert (found.se, found.interval, found.df, found.deff) == (None, None, None, None)
    assert "opt_in_no_interval" in found.flags


def test_a_staff_census_corrects_for_those_who_answered(tmp_path: Path) -> None:
    """Bureau a: 2 of 4 answered and differ; b answered in full, so nothing about it is unsure."""
    source = table(
        tmp_path,
        """
        period | bureau | bureau_staff | weight | overall
        FY2025 | a      |            4 |      1 |       5
        FY2025 | a      |            4 |      1 |       1
        FY2025 | b      |            2 |      1 |       5
        FY2025 | b      |            2 |      1 |       1
        """,
    )
    asked = measure(basis="census", stratum=("bureau",), fpc="bureau_staff", by=((), ("bureau",)))
    whole, a, b = estimates_of(asked, source, FY2025, REDUCER)
    assert a.se == pytest.approx((0.5 * 2 * 2 / 16) ** 0.5)  # z = ±1/4, c = (1 − 2/4)·2/1
    assert b.se == 0
    assert whole.se == pytest.approx((0.5 * 2 * 2 / 64) ** 0.5)


def test_a_missing_weight_stops_the_work(tmp_path: Path) -> None:
    source = table(tmp_path, "period|weight|overall\nFY2025|1|5\nFY2025||4\nFY2024|-1|4")
    with pytest.raises(Problem) as stopped:
        estimates_of(measure(), source, FY2025, REDUCER)
    assert [(one.row, one.column) for one in stopped.value.findings] == [(3, "weight")]


VOLUMES = """
subject | organization | measure      | period  | channel | status         | quantity
p1      | x            | applications | 2025-04 | online  | value          |       30
p1      | x            | applications | 2025-04 | counter | value          |       70
p1      | x            | applications | 2025-05 | online  | value          |       50
p1      | x            | applications | 2025-05 | counter | not_collected  |
p2      | y            | applications | 2025-04 | online  | not_applicable |
p2      | y            | applications | 2025-04 | counter | value          |      100
p2      | y            | visits       | 2025-04 | online  | value          |      999
p1      | x            | applications | 2026-04 | online  | value          |      888
p3      | z            | applications | 2025-04 | online  | value          |        0
p3      | z            | applications | 2025-04 | counter | value          |        0
"""


def share(**given: Any) -> Measure:
    fields = {
        "table": "volumes",
        "statistic": "share",
        "item": None,
        "where": {"measure": "applications"},
        "numerator": {"channel": "online"},
        "basis": "register",
    }
    return measure(**{**fields, **given})


def test_the_online_share_leaves_out_months_with_half_a_count(tmp_path: Path) -> None:
    """p1 in May lacks its counter; p2 has no online channel at all, which is a fact and no gap."""
    (found,) = estimates_of(share(), table(tmp_path, VOLUMES), FY2025, REDUCER)
    assert found.value == 30 / 200
    assert (found.n, found.n_missing, found.interval) == (200, 1, None)
    assert found.flags == ("units_left_out",)


def test_nothing_to_have_a_share_of(tmp_path: Path) -> None:
    found = estimates_of(share(by=(("organization",),)), table(tmp_path, VOLUMES), FY2025, REDUCER)
    states = {one.domain["organization"]: (one.status, one.value) for one in found}
    assert states == {
        "x": (Status.VALUE, 0.3),
        "y": (Status.VALUE, 0.0),  # a share of zero is a figure
        "z": (Status.NOT_APPLICABLE, None),
    }


def test_practices_are_added_and_counted(tmp_path: Path) -> None:
    source = table(
        tmp_path,
        """
        practice_id | kind               | occurred_at | quantity
        1           | training_completed | 2025-04-01  |       12
        2           | training_completed | 2026-03-31  |       30
        3           | training_completed | 2026-04-01  |      500
        4           | training_completed | 2025-06-01  |
        5           | user_test          | 2025-06-01  |        7
        """,
    )
    fields = {
        "table": "practices",
        "item": None,
        "where": {"kind": "training_completed"},
        "basis": "register",
    }
    (added,) = estimates_of(measure(statistic="sum", quantity="quantity", **fields), source, FY2025, REDUCER)
    assert (added.value, added.n, added.n_missing) == (42, 2, 1)
    (counted,) = estimates_of(measure(statistic="count", **fields), source, FY2025, REDUCER)
    assert counted.value == 3


def test_reliability_rules_mark_and_keep_the_value(tmp_path: Path) -> None:
    (found,) = estimates_of(measure(), table(tmp_path, RESIDENTS), FY2025, REDUCER)
    judged = Reliability(minimum_n=30).judged(found)
    assert (judged.status, judged.reason, judged.value) == (Status.UNRELIABLE, "few_answers", 0.4)
    assert Reliability(maximum_interval_width=0.1).judged(found).reason == "wide_interval"
    assert Reliability().judged(found) == found
