"""Counts of procedures by month: sums, shares, growth, reduction, and what is not counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monosashi.errors import Problem
from monosashi.measure.answer import answer_to
from monosashi.measure.reducer import Reducer
from monosashi.measure.request import read_request
from reducers import REDUCERS
from small_tables import table

Ask = Callable[..., list[dict[str, Any]]]

COUNTS = """
period | bureau | subject | channel | status         | quantity
2024   | east   | a       | online  | value          |       30
2024   | east   | a       | counter | value          |       70
2024   | east   | b       | online  | value          |      900
2024   | east   | b       | counter | value          |      100
2024   | west   | c       | online  | value          |        0
2024   | west   | c       | counter | value          |      100
2025   | east   | a       | online  | value          |       60
2025   | east   | a       | counter | value          |       40
2025   | east   | b       | online  | not_collected  |
2025   | east   | b       | counter | value          |      100
2025   | west   | c       | online  | value          |       10
2025   | west   | c       | counter | value          |       90
2025   | west   | d       | online  | not_applicable |
2025   | west   | d       | counter | value          |       50
"""
SHARE = {
    "statistic": "share",
    "quantity": "quantity",
    "numerator": {"channel": "online"},
    "unit": ["subject"],
    "status": "status",
}


@pytest.fixture(params=REDUCERS)
def ask(tmp_path: Path, request: pytest.FixtureRequest) -> Ask:
    reducer: Reducer = REDUCERS[request.param]()

    def answers(drawing: str, *estimates: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        listed = [{"id": f"e{i}", **one} for i, one in enumerate(estimates)]
        text = json.dumps({"table": "t.csv", "estimates": listed, **more})  # JSON is YAML too
        asked = read_request("request.yaml", text.encode())
        name = f"{len(list(tmp_path.iterdir()))}.csv"
        answer = answer_to(asked, table(tmp_path, drawing, name), reducer, sha256="")
        found: list[dict[str, Any]] = json.loads(json.dumps(answer, allow_nan=False))["estimates"]
        return found

    return answers


def test_the_share_leaves_out_a_unit_that_lacks_half_a_count(ask: Ask) -> None:
    """2025: a 60/100, c 10/100, d 0/50; b has no count online and stays out, 0 would make it 70/350."""
    (found,) = ask(COUNTS, {**SHARE, "where": {"period": 2025}})
    assert found["value"] == pytest.approx(70 / 250)
    assert (found["volume"], found["n"], found["n_missing"]) == (250, 3, 1)
    assert found["flags"] == ["units_left_out"]


def test_coverage_says_how_many_units_and_how_much_of_the_volume_are_counted(ask: Ask) -> None:
    """Last known: b had 1,000 in 2024. The three that are counted hold 250 of 1,250."""
    (found,) = ask(COUNTS, {**SHARE, "where": {"period": 2025}})
    assert found["coverage"]["units_expected"] == 4
    assert found["coverage"]["units_counted"] == 3
    assert found["coverage"]["share_of_last_known_volume"] == pytest.approx(250 / 1250)
    assert found["coverage"]["states"]["not_collected"] == 1


def test_the_rate_falls_only_because_one_unit_went_silent(ask: Ask) -> None:
    """All: 930/1,200 → 70/250. In both, a and c: 30/200 → 70/200. b left; d joined."""
    change = {"statistic": "change", "of": SHARE, "from": {"period": 2024}, "to": {"period": 2025}}
    (found,) = ask(COUNTS, change)
    assert found["value"] == pytest.approx(70 / 250 - 930 / 1200)
    mix = found["composition"]
    assert (mix["both"]["from"], mix["both"]["to"]) == pytest.approx((30 / 200, 70 / 200))
    assert (mix["changed"], found["flags"]) == (True, ["composition", "units_left_out"])
    units = {"before": 3, "after": 3, "both": 2, "left": 1, "joined": 1, "silent": 1, "partial": 0}
    assert mix["units"] == units
    # each of a and c is half of the volume: ½·0.3 + ½·0.1; the rest is who is in it
    parts = {"within": 0.2, "shift": 0, "left": 30 / 200 - 930 / 1200, "joined": 70 / 250 - 70 / 200}
    assert mix["parts"] == pytest.approx(parts)
    assert sum(mix["parts"].values()) == pytest.approx(found["value"])
    assert mix["words"]["ja"].startswith("全体では77.50%から28.00%に下がりましたが、")
    assert "変わったのは内訳で、質ではありません" in mix["words"]["ja"]
    assert mix["words"]["en"].endswith(
        "on the 2 units present in both periods it rose from 15.00% to 35.00%: the mix changed, not the "
        "quality (1 left, 1 of them without a count any more; 1 joined)."
    )


def test_where_nobody_joined_or_left_both_changes_are_one(ask: Ask) -> None:
    change = {"statistic": "change", "of": SHARE, "from": {"period": 2024}, "to": {"period": 2025}}
    (found,) = ask(COUNTS, {**change, "where": {"subject": ["a", "c"]}})
    assert found["composition"]["all"] == found["composition"]["both"]
    assert (found["composition"]["changed"], found["flags"]) == (False, [])
    assert found["composition"]["words"]["en"].endswith("the same story as on all units.")


def test_growth_on_all_units_and_on_those_in_both(ask: Ask) -> None:
    """All: 1,200 → 350 with the 100 of b at the counter; b is no whole unit, so 250. Both: 200 → 200."""
    growth = {"statistic": "growth", "quantity": "quantity", "unit": ["subject"], "status": "status"}
    (found,) = ask(COUNTS, {**growth, "from": {"period": 2024}, "to": {"period": 2025}})
    assert found["value"] == pytest.approx(250 / 1200 - 1)
    assert found["composition"]["both"]["change"] == pytest.approx(0)
    parts = {"within": 0, "shift": 0, "left": -1000 / 1200, "joined": 50 / 1200}
    assert found["composition"]["parts"] == pytest.approx(parts)
    assert "the difference is a change of the mix" in found["composition"]["words"]["en"]


def test_growth_from_nothing_is_not_applicable(ask: Ask) -> None:
    rows = "period|subject|quantity\n2024|a|0\n2025|a|5"
    growth = {"statistic": "growth", "quantity": "quantity", "unit": ["subject"]}
    (found,) = ask(rows, {**growth, "from": {"period": 2024}, "to": {"period": 2025}})
    assert (found["status"], found["value"], found["from"]) == ("not_applicable", None, 0)
    assert found["flags"][0] == "nothing_to_grow_from"


def test_zero_is_a_count_and_a_blank_is_none(ask: Ask) -> None:
    rows = "period|subject|quantity\n2025|a|0\n2025|b|\n2025|c|-9"
    total = {"statistic": "sum", "quantity": "quantity", "unit": ["subject"], "missing": [-9]}
    (found,) = ask(rows, total)
    assert (found["value"], found["status"], found["n"], found["n_missing"]) == (0, "value", 1, 2)
    (blank,) = ask(rows, {**total, "where": {"subject": "b"}})
    assert (blank["value"], blank["status"], blank["flags"][0]) == (None, "not_collected", "no_counts")


def test_not_applicable_is_neither_missing_nor_zero(ask: Ask) -> None:
    rows = "period|subject|channel|status|quantity\n2025|d|online|not_applicable|\n2025|e|online|value|3"
    share = {**SHARE, "by": ["subject"], "unit": ["channel"]}
    d, e = ask(rows, share)
    assert (d["status"], d["value"], d["flags"]) == ("not_applicable", None, ["not_applicable"])
    assert d["coverage"]["share_of_units"] is None
    assert (e["status"], e["value"]) == ("value", 1)


def test_reduction_against_a_locked_baseline(ask: Ask) -> None:
    """100 pages of paper in 2023, 60 + 20 now: 20 % less."""
    rows = "period|subject|quantity\n2025|a|60\n2025|b|20"
    baseline = {"value": 100, "period": "FY2023", "reference": "plan, p. 3"}
    paper = {"statistic": "reduction", "quantity": "quantity", "unit": ["subject"], "baseline": baseline}
    (found,) = ask(rows, paper)
    assert (found["value"], found["status"], found["sum"]) == (pytest.approx(0.2), "value", 80)
    assert found["baseline"] == {**baseline, "units": None}


def test_a_reduction_by_silence_is_no_reduction(ask: Ask) -> None:
    """b had 40 in 2024 and is silent in 2025: 60 of 100 looks like 40 % less, as last seen it is 0."""
    rows = "period|subject|quantity\n2024|a|60\n2024|b|40\n2025|a|60\n2025|b|"
    baseline = {"value": 100, "period": "2024", "reference": "plan", "units": 2}
    paper = {"statistic": "reduction", "quantity": "quantity", "unit": ["subject"], "baseline": baseline}
    (found,) = ask(rows, {**paper, "where": {"period": 2025}})
    assert (found["status"], found["value"]) == ("unreliable", pytest.approx(0.4))
    assert found["flags"] == ["units_missing", "units_left_out", "fewer_units_than_baseline"]
    assert found["value_with_last_known"] == pytest.approx(0)


COSTS = """
subject | measure      | quantity
a       | cost         |     1000
a       | transactions |      100
b       | cost         |      300
b       | transactions |      300
c       | cost         |    99999
"""


def test_cost_per_transaction_is_a_ratio_of_sums_over_units_with_both(ask: Ask) -> None:
    """(1,000 + 300)/(100 + 300); c has a cost and no transactions. The mean of ratios would be 5.5."""
    cost, count = ({"quantity": "quantity", "where": {"measure": one}} for one in ("cost", "transactions"))
    (found,) = ask(COSTS, {"statistic": "per", "numerator": cost, "denominator": count, "unit": ["subject"]})
    assert found["value"] == pytest.approx(1300 / 400)
    assert (found["n"], found["n_missing"], found["volume"]) == (2, 1, 400)


def test_months_are_compared_with_the_same_month_of_the_other_span(ask: Ask) -> None:
    """a reports April and May, then April only: its May is left out of both sides, the unit is partial."""
    rows = "period|subject|quantity\n2024-04|a|10\n2024-05|a|90\n2025-04|a|12\n2025-05|b|5"
    growth = {"statistic": "growth", "quantity": "quantity", "unit": ["subject"]}
    spans = {"from": {"period": ["2024-04", "2024-05"]}, "to": {"period": ["2025-04", "2025-05"]}}
    (found,) = ask(rows, {**growth, **spans})
    assert found["value"] == pytest.approx(17 / 100 - 1)
    assert found["composition"]["both"] == {"from": 10, "to": 12, "change": pytest.approx(0.2)}
    units = found["composition"]["units"]
    assert (units["both"], units["joined"], units["left"], units["partial"]) == (1, 1, 0, 1)


WIDE = """
subject | 2024: all | 2024: online | 2025: all | 2025: online
a       |       100 |           20 |       100 |           30
b       |       900 |          900 |           |
c       |           |              |       100 |            0
"""


WIDE_SHARE = {
    "statistic": "share",
    "quantity": "{period}: all",
    "numerator": "{period}: online",
    "unit": ["subject"],
}


def test_a_column_for_each_period_is_read_alike(ask: Ask) -> None:
    share = WIDE_SHARE
    change = {"statistic": "change", "of": share, "from": {"period": 2024}, "to": {"period": 2025}}
    now, found = ask(WIDE, {**share, "where": {"period": 2025}}, change)
    assert now["value"] == pytest.approx(30 / 200)
    assert now["coverage"]["share_of_last_known_volume"] == pytest.approx(200 / 1100)
    assert (found["from"], found["to"]) == (pytest.approx(0.92), pytest.approx(0.15))
    assert found["composition"]["both"]["change"] == pytest.approx(0.1)
    assert found["composition"]["units"]["silent"] == 1


def test_a_tree_of_organizations_is_rolled_up_by_volume(ask: Ask) -> None:
    """Divisions x 90/100 and y 0/900 make 9 % of the bureau, not the mean of 90 % and 0 %."""
    rows = """
      period | division | subject | channel | quantity
      2024   | y        | q       | online  |        0
      2024   | y        | q       | counter |     1000
      2025   | x        | p       | online  |       90
      2025   | x        | p       | counter |       10
      2025   | y        | q       | online  |        0
      2025   | y        | q       | counter |      900
      2025   | y        | r       | online  |
      2025   | y        | r       | counter |        1
    """
    tree = {"x": "bureau", "y": "bureau", "bureau": "city"}
    share = {**SHARE, "status": None, "by": ["division"], "tree": tree, "where": {"period": 2025}}
    found = {one["domain"]["division"]: one for one in ask(rows, share)}
    assert {name: one["value"] for name, one in found.items()} == pytest.approx(
        {"x": 0.9, "y": 0.0, "bureau": 0.09, "city": 0.09}
    )
    assert (found["bureau"]["coverage"]["units_expected"], found["bureau"]["n_missing"]) == (3, 1)


def test_a_tree_may_be_columns_of_the_table(ask: Ask) -> None:
    rows = """
      period | division | bureau | city  | subject | channel | quantity
      2025   | x        | land   | tokyo | p       | online  |       90
      2025   | x        | land   | tokyo | p       | counter |       10
      2025   | y        | land   | tokyo | q       | online  |        0
      2025   | y        | land   | tokyo | q       | counter |      900
      2025   | z        | water  | tokyo | r       | online  |      500
      2025   | z        | water  | tokyo | r       | counter |      500
    """
    share = {**SHARE, "status": None, "by": ["division"], "where": {"period": 2025}}
    found = ask(rows, {**share, "tree": ["bureau", "city"]})
    assert {one["domain"]["division"]: one["value"] for one in found} == pytest.approx(
        {"x": 0.9, "y": 0.0, "z": 0.5, "land": 0.09, "water": 0.5, "tokyo": 590 / 2000}
    )
    (only,) = [one for one in ask(rows, {**share, "tree": "bureau"}) if one["domain"]["division"] == "land"]
    assert only["value"] == pytest.approx(0.09)
    torn = rows.replace("y        | land   | tokyo | q       | counter", "y | water | tokyo | q | counter")
    with pytest.raises(Problem, match="volume-tree-parents"):
        ask(torn, {**share, "tree": "bureau"})


def test_without_units_rows_are_added_up_and_those_without_a_count_told(ask: Ask) -> None:
    rows = "channel|quantity\nonline|3\ncounter|1\npost|"
    share, total = ask(
        rows,
        {"statistic": "share", "quantity": "quantity", "numerator": {"channel": "online"}},
        {"statistic": "sum", "quantity": "quantity"},
    )
    assert (share["value"], share["n_missing"]) == (0.75, 1)
    assert (total["value"], total["n_missing"]) == (4, 1)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"of": {**SHARE, "unit": []}}, "volume-unit-needed"),
        ({"to": {"period": [2024, 2025]}}, "volume-spans-differ"),
        ({"of": {**SHARE, "status": "channel"}}, "volume-status"),
        ({"of": {**SHARE, "tree": {"a": "b"}}}, "volume-tree-by"),
        ({"of": {**SHARE, "by": ["bureau"], "tree": {"east": "x", "x": "east"}}}, "volume-tree-cycle"),
    ],
)
def test_what_cannot_be_compared_is_refused(ask: Ask, asked: dict[str, Any], code: str) -> None:
    change = {"statistic": "change", "of": SHARE, "from": {"period": 2024}, "to": {"period": 2025}}
    with pytest.raises(Problem) as refused:
        ask(COUNTS, {**change, **asked})
    assert (refused.value.kind.code, refused.value.where) == (code, "e0")


def test_unknown_columns_and_cells_that_are_no_numbers_are_named(ask: Ask) -> None:
    share = {**WIDE_SHARE, "numerator": "{period}: on line"}
    with pytest.raises(Problem) as refused:
        ask(WIDE, {**share, "where": {"period": 2031}})
    assert [one.column for one in refused.value.findings] == ["2031: all", "2031: on line"]
    with pytest.raises(Problem) as unusable:
        ask(
            "subject|quantity\na|1,234\n|5", {"statistic": "sum", "quantity": "quantity", "unit": ["subject"]}
        )
    assert [(one.kind.code, one.row) for one in unusable.value.findings] == [
        ("cell-not-number", 2),
        ("cell-missing", 3),
    ]
