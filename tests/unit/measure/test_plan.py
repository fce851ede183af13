"""Plans: sample sizes by hand, what they can show, and requests that cannot be meant."""

from __future__ import annotations

import json
import math

import pytest

from monosashi.cli import main
from monosashi.errors import Problem
from monosashi.measure.planning.plan import plan_of
from monosashi.measure.planning.request import read_plan
from monosashi.measure.planning.sizes import Circumstances, Expected, design_effect, half_width, n_exact

CITIES = (
    "{tokyo: 14000000, seoul: 9400000, london: 8900000, paris: 2100000, newyork: 8300000, singapore: 5900000}"
)


def plan(text: str) -> dict:
    return plan_of(read_plan("plan.yaml", text.encode()))


def refused(text: str) -> str:
    with pytest.raises(Problem) as refusal:
        plan(text)
    return str(refusal.value)


def need(text: str) -> tuple[int, int | None]:
    (domain,) = plan(text)["domains"]
    (found,) = domain["needs"]
    return found["n_normal"], found["n_exact"]


def test_five_points_of_a_half_take_385() -> None:
    """1.959964² · 0.25 / 0.05² = 384.15; Clopper and Pearson's interval asks for 402."""
    assert need("precision: 0.05") == (385, 402)
    assert plan("{precision: 0.05, method: normal}")["domains"][0]["n"] == 385


def test_the_exact_number_is_the_smallest() -> None:
    """R: binom.test(201, 402)$conf.int is 0.450035 to 0.549965; with 401 answers it is wider than 0.1."""
    of = Circumstances()
    assert half_width(402, of) <= 0.05 < half_width(401, of)
    assert half_width(402, of) == pytest.approx((0.549965 - 0.450035) / 2, abs=1e-6)


def test_a_small_population_needs_fewer() -> None:
    """384.146 / (1 + 384.146/1000) = 277.5."""
    assert need("{precision: 0.05, population: 1000}")[0] == 278


def test_clusters_and_weights_need_more() -> None:
    """(1 + 19·0.05)(1 + 0.4²) = 2.262; 384.146 · 2.262 = 868.9."""
    assert design_effect(0.05, 20, 0.4) == pytest.approx(2.262)
    effect = "design_effect: {intraclass_correlation: 0.05, cluster_size: 20, weights_cv: 0.4}"
    assert need(f"{{precision: 0.05, {effect}}}")[0] == 869
    assert need("{precision: 0.05, design_effect: 2.262}")[0] == 869


def test_a_mean_is_planned_with_its_spread() -> None:
    """1.959964² · 2² / 0.1² = 1536.6; t with 1538 degrees of freedom asks for three more."""
    assert need("{precision: 0.1, expected: {mean: 7, sd: 2}}") == (1537, 1540)


def test_a_change_of_five_points() -> None:
    """(1.959964 + 0.841621)² · (0.5·0.5 + 0.45·0.55) / 0.05² = 1561.9 in each wave."""
    assert need("{change: 0.05, power: 0.8}") == (1562, None)


def test_six_cities_of_500_see_nine_points_each_and_fewer_together() -> None:
    """δ = 2.801585·√((0.25 + 0.25 − δ²)/500): δ² = 0.0156978·(0.5 − δ²), δ = 0.08791."""
    found = plan(f"{{n: 500, domains: {CITIES}}}")
    seen = [city["minimum_detectable_change"] for city in found["domains"]]
    assert seen == pytest.approx([math.sqrt(0.0156978 * 0.5 / 1.0156978)] * 6, rel=2e-4)
    assert found["overall"]["n"] == 3000
    assert 0.0366 < found["overall"]["minimum_detectable_change"] < 0.045  # 3000 at random would see 3.6
    assert "8.8 points" in found["domains"][0]["sentence"]["en"]
    assert "8.8ポイント" in found["domains"][0]["sentence"]["ja"]


def test_invitations_follow_the_response_rate() -> None:
    (domain,) = plan("{n: 385, response_rate: 0.35}")["domains"]
    assert domain["invitations"] == 1100
    (few,) = plan("{n: 385, response_rate: 0.35, population: 1000}")["domains"]
    assert few["flags"] == ["invitations_exceed_population"]


@pytest.mark.parametrize(
    ("allocation", "expected"),
    [
        ("proportional", [600, 300, 100]),
        ("equal", [334, 333, 333]),
        ("neyman", [551, 344, 105]),  # 0.6·0.4, 0.3·0.5, 0.1·0.4583: of 0.4358
        ("power", [273, 386, 341]),  # √W·σ/p: 0.7746·0.5, 0.5477·1, 0.3162·1.5275: of 1.4181
    ],
)
def test_a_thousand_answers_are_divided(allocation: str, expected: list[int]) -> None:
    domains = (
        "{a: {part: 6, expected: {share: 0.8}}, b: {part: 3, expected: {share: 0.5}}, "
        "c: {part: 1, expected: {share: 0.3}}}"
    )
    found = plan(f"{{n: 1000, for: overall, allocation: {allocation}, domains: {domains}}}")
    assert [one["n"] for one in found["domains"]] == expected


def test_minimum_and_rounding_hold_and_the_sum_stays() -> None:
    found = plan("{n: 1000, for: overall, minimum: 100, round_to: 10, domains: {a: 900, b: 90, c: 9000}}")
    counts = [one["n"] for one in found["domains"]]
    assert counts == [100, 90, 810]  # b has 90 people: all of them; a's part would be 90.1


def test_the_whole_reaches_its_precision_with_no_answer_too_many() -> None:
    text = "{{precision: {}, for: overall, allocation: neyman, domains: {}}}"
    found = plan(text.format(0.02, CITIES))
    assert 0.0199 < found["overall"]["half_width"] <= 0.02
    assert found["overall"]["half_width_normal"] < found["overall"]["half_width"]


def test_quotas_of_six_cities_add_up() -> None:
    quotas = plan(
        "{n: 500, quotas: {each: city, n: 500, by: {city: [tokyo, seoul, london, paris, newyork, singapore], "
        "age_band: {10s: 11, 20s: 17.3, 30s: 20, 40s: 21.7, 50s: 30}, sex: {F: 51.3, M: 48.7}}}}"
    )["quotas"]
    assert quotas["n"] == sum(cell["n"] for cell in quotas["cells"]) == 3000
    assert quotas["margins"]["city"] == dict.fromkeys(quotas["margins"]["city"], 500)
    assert quotas["margins"]["age_band"] == {"10s": 330, "20s": 519, "30s": 600, "40s": 651, "50s": 900}
    assert quotas["margins"]["sex"] == {"F": 1539, "M": 1461}
    tokyo = [cell for cell in quotas["cells"] if cell["city"] == "tokyo"]
    assert sum(cell["n"] for cell in tokyo if cell["sex"] == "F") in (256, 257)  # 256.5
    assert {cell["n"] for cell in tokyo if cell["age_band"] == "10s"} <= {26, 27, 28, 29}  # 28.2 and 26.8


def test_quotas_take_the_planned_numbers() -> None:
    quotas = plan(
        "{precision: 0.05, domains: {a: 1000, b: 9000}, quotas: {by: {place: [a, b], sex: [F, M]}}}"
    )
    assert quotas["quotas"]["margins"]["place"] == {d["domain"]: d["n"] for d in quotas["domains"]}


def test_every_mistake_is_told_by_its_line() -> None:
    told = refused("precission: 0.05\nlevel: 95\nexpected: {share: 1.2}\ndomains: {a: {part: yes}}\n")
    for line, words in ((1, "precission"), (2, "below 1"), (3, "expected share"), (4, "domains a part")):
        assert any(f"line {line}" in each and words in each for each in told.splitlines())


def test_what_contradicts_itself_is_told_by_its_line() -> None:
    told = refused(
        "change: 0.7\nn: 1001\nround_to: 10\nexpected: {share: 0.6, sd: 2}\n"
        "design_effect: {value: 2, intraclass_correlation: 0.1}\ndomains: {a: 100, b: {}}\n"
        "quotas: {by: {city: [a]}, each: sex}\n"
    )
    for words in ("change and n", "multiple of round_to", "a mean and its sd", "value and intra", "size"):
        assert words in told
    assert "up to 0.6" in told
    assert "stands under by" in told


@pytest.mark.parametrize("text", ["{}", "- 1", "level: 0.9"])
def test_a_plan_without_an_aim_says_what_it_needs(text: str) -> None:
    assert "precision (half of an interval), change (to be told apart) or n" in refused(text)


def test_the_command_prints_json(tmp_path, capsys) -> None:
    request = tmp_path / "plan.yaml"
    request.write_text("precision: 0.05\n", encoding="utf-8")
    with pytest.raises(SystemExit) as done:
        main(["plan", str(request)])
    assert not done.value.code
    assert json.loads(capsys.readouterr().out)["domains"][0]["n"] == 402


def test_a_rare_share_is_wider_than_the_normal_formula_says() -> None:
    """Two per cent, half a point: 3,012 by the normal formula; Clopper and Pearson's needs more."""
    of = Circumstances(Expected(0.02))
    assert n_exact(0.005, of) > 3012
