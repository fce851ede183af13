"""Many comparisons: Benjamini and Hochberg's own example, R's p.adjust, verdicts, rules of reliability."""

from __future__ import annotations

import json
import math

import pytest

from estimate_command import run
from monosashi.measure.estimate import Basis, Estimate, Interval, Status
from monosashi.measure.many import adjusted, detectable_change, verdicts

# Benjamini and Hochberg 1995, section 3.2: fifteen tests of a trial of thrombolysis
TRIAL = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
# R: p.adjust(c(0.0001, 0.0004, …, 1), "BH")
TRIAL_IN_R = [
    *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857142857142862, 0.063857142857142862),
    *(0.0645, 0.0765, 0.486, 0.58118181818181813, 0.71487499999999993, 0.75323076923076926),
    *(0.81321428571428567, 1.0),
]


def change(value: float, se: float, df: int = 40, **more: object) -> Estimate:
    half = 2.021 * se
    interval = Interval(value - half, value + half)
    return Estimate("change", {}, Status.VALUE, value, se, interval, "t", df=df, n=100, **more)  # type: ignore[arg-type]


def test_the_example_of_1995_rejects_four() -> None:
    """ "… the procedure rejects the four hypotheses with the smallest p", at 5 %."""
    found = adjusted(TRIAL)
    assert found == pytest.approx(TRIAL_IN_R, rel=1e-12)
    assert sum(p <= 0.05 for p in found if p is not None) == 4


def test_ties_and_gaps_as_in_r() -> None:
    """R: p.adjust(c(.03, NA, .01, .03, NaN, .5), "BH") is 0.04 NA 0.04 0.04 NaN 0.5."""
    found = adjusted([0.03, None, 0.01, 0.03, math.nan, 0.5])
    assert found[1] is None
    assert found[4] is None
    assert [found[i] for i in (0, 2, 3, 5)] == pytest.approx([0.04, 0.04, 0.04, 0.5], rel=1e-12)


def test_order_does_not_matter() -> None:
    """R: p.adjust(c(.01, .04, .03, .005, .03, .2, .99, .04), "BH")."""
    expected = [0.04, 0.16 / 3, 0.16 / 3, 0.04, 0.16 / 3, 1.6 / 7, 0.99, 0.16 / 3]
    assert adjusted([0.01, 0.04, 0.03, 0.005, 0.03, 0.2, 0.99, 0.04]) == pytest.approx(expected, rel=1e-12)
    assert adjusted([]) == []
    assert adjusted([None]) == [None]


def test_the_smallest_change_that_a_standard_error_can_show() -> None:
    """(1.959964 + 0.841621)·0.02 = 0.05603; R: (qt(.975, 10) + qt(.8, 10))*0.02 is 0.06214."""
    assert detectable_change(0.02) == pytest.approx(0.0560317, rel=1e-5)
    assert detectable_change(0.02, df=10) == pytest.approx(0.0621439, rel=1e-5)
    assert detectable_change(0.02, df=0) is None


def test_one_small_p_among_many_is_no_change() -> None:
    """p = 0.04 alone is a change; among ten it is 0.4. A p of 0.0001 stays one."""
    alone = [change(0.0425, 0.02)]
    assert verdicts(alone, threshold=0.03) == ["up"]
    among = [*alone, *(change(0.001, 0.02) for _ in range(8)), change(-0.1, 0.02)]
    assert verdicts(among, threshold=0.03)[0] == "not_distinguishable"
    assert verdicts(among, threshold=0.03)[-1] == "down"
    assert verdicts(among, threshold=0.03, adjust=False)[0] == "up"
    assert verdicts(among, threshold=0.05, adjust=False)[0] == "not_distinguishable"


def test_a_register_is_judged_by_its_size() -> None:
    register = Estimate("change", {}, Status.VALUE, 0.04, basis=Basis.REGISTER)
    nothing = Estimate("change", {}, Status.NOT_COLLECTED)
    assert verdicts([register, nothing], threshold=0.03) == ["up", "not_distinguishable"]


ANSWERS = "service,wave,y\n" + "".join(
    f"{service},{wave},{int(i < yes)}\n"
    for service, before, after in (("a", 20, 36), ("b", 25, 26), ("c", 30, 18))
    for wave, yes in ((1, before), (2, after))
    for i in range(50)
)
REQUEST = """
table: answers.csv
{extra}
estimates:
  - {{id: s1, statistic: proportion, item: y, favourable: [1], by: [service, wave]}}
  - {{id: c1, statistic: change, of: {{statistic: proportion, item: y, favourable: [1]}},
     from: {{wave: 1}}, to: {{wave: 2}}, by: [service]}}
"""


def answered(tmp_path, capsys, extra: str) -> list[dict]:
    code, out, err = run(tmp_path, capsys, REQUEST.format(extra=extra), ANSWERS)
    assert code == 0, err
    return json.loads(out)["estimates"]


def test_a_family_in_a_request(tmp_path, capsys) -> None:
    """Shares 0.40 → 0.72, 0.50 → 0.52, 0.60 → 0.36: up, nothing, down, after adjustment too."""
    found = answered(tmp_path, capsys, "families: [{of: [c1], threshold: 0.05}]")
    changes = [one for one in found if one["id"] == "c1"]
    assert [one["verdict"] for one in changes] == ["up", "not_distinguishable", "down"]
    p = [one["p"] for one in changes]
    raised = [one["p_adjusted"] for one in changes]
    assert raised == pytest.approx([3 * p[0], p[1], 1.5 * p[2]], rel=1e-12)
    assert changes[1]["detectable"] > abs(changes[1]["value"])
    assert "verdict" not in found[0]


def test_a_family_of_an_estimate_that_is_not_there(tmp_path, capsys) -> None:
    code, _, err = run(tmp_path, capsys, REQUEST.format(extra="families: [{of: [c2]}]"), ANSWERS)
    assert code == 2
    assert "line 3" in err
    assert "No estimate has the id 'c2'. Nearest: c1" in err


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("minimum_n: 51", "few_answers"),
        ("minimum_n_effective: 50.5", "few_effective_answers"),
        ("maximum_interval_width: 0.25", "wide_interval"),
        ("minimum_df: 50", "few_degrees_of_freedom"),
    ],
)
def test_a_rule_of_reliability_marks_a_value(tmp_path, capsys, rule: str, reason: str) -> None:
    """Each share has 50 answers, 49 degrees of freedom, and a Clopper–Pearson interval of 0.26 to 0.29."""
    found = answered(tmp_path, capsys, f"reliability: {{{rule}}}")[:6]
    assert {one["status"] for one in found} == {"unreliable"}
    assert {one["flags"][0] for one in found} == {reason}
    assert all(one["value"] is not None and one["interval"] for one in found)


def test_rules_that_are_met_change_nothing(tmp_path, capsys) -> None:
    rules = (
        "reliability: {minimum_n: 30, minimum_n_effective: 30, maximum_interval_width: 0.3, minimum_df: 8}"
    )
    assert answered(tmp_path, capsys, rules) == answered(tmp_path, capsys, "")


def test_a_rule_that_is_no_rule_is_told_by_its_line(tmp_path, capsys) -> None:
    bad = "reliability: {minimum_n: -1, minimum_df: yes, width: 3}"
    code, _, err = run(tmp_path, capsys, REQUEST.format(extra=bad), ANSWERS)
    assert code == 2
    assert all(word in err for word in ("minimum_n", "minimum_df", "width"))
