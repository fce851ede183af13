"""Weights that can be checked by hand: one respondent in each corner of a 2 × 2 table."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure.design import Design
from monosashi.measure.reducer import Among, Sample
from monosashi.measure.statistics.mean import mean_of
from monosashi.measure.statistics.total import weighted_total_of
from monosashi.measure.weighting.calibration import Calibration, calibrate, weighted
from monosashi.measure.weighting.diagnostics import Diagnostics
from monosashi.measure.weighting.nonresponse import Nonresponse, adjusted
from monosashi.measure.weighting.trimming import Trim
from monosashi.measure.weighting.words import nonresponse_sentences, sentences
from small_tables import table

CORNERS = """
  sex | age | one
  F   | Y   | 1
  F   | O   | 1
  M   | Y   | 1
  M   | O   | 1
"""
MARGINS = {"sex": {"F": 60, "M": 40}, "age": {"Y": 70, "O": 30}}
REDUCER = DuckDBReducer()


def weights(folder: Path, method: str, **more: Any) -> list[float]:
    """Of F Y, F O, M Y and M O."""
    sample = Sample(table(folder, CORNERS))
    weighting, _ = calibrate(REDUCER, sample, Calibration(MARGINS, method, **more))  # type: ignore[arg-type]
    found = weighted_total_of(REDUCER, weighted(sample, weighting), "one", by=("sex", "age"))
    by_corner = {tuple(one.domain.values()): one.value for one in found}
    return [by_corner[sex, age] or 0.0 for sex in "FM" for age in "YO"]


def test_raking_multiplies(tmp_path: Path) -> None:
    """100 people: 60 % × 70 %, 60 % × 30 %, …"""
    assert weights(tmp_path, "raking") == pytest.approx([42, 18, 28, 12])


def test_the_linear_method_adds(tmp_path: Path) -> None:
    """25 people each, 5 more for women, 10 more for the young."""
    assert weights(tmp_path, "linear") == pytest.approx([40, 20, 30, 10])


def test_bounds_hold_a_weight_and_the_others_make_up_for_it(tmp_path: Path) -> None:
    """The old man may not fall below 0.45 × 25 = 11.25; the totals then leave no choice."""
    found = weights(tmp_path, "linear", bounds=(0.45, 1.7))
    assert found == pytest.approx([41.25, 18.75, 28.75, 11.25])


def test_logit_is_additive_on_its_own_scale(tmp_path: Path) -> None:
    found = weights(tmp_path, "logit", bounds=(0.3, 1.8))
    fy, fo, my, mo = (math.log((w / 25 - 0.3) / (1.8 - w / 25)) for w in found)
    assert (found[0] + found[1], found[0] + found[2]) == pytest.approx((60, 70))
    assert fy - fo == pytest.approx(my - mo)


def test_post_stratification_takes_the_table_as_it_is(tmp_path: Path) -> None:
    cells = {("F", "Y"): 45, ("F", "O"): 15, ("M", "Y"): 22, ("M", "O"): 18}
    sample = Sample(table(tmp_path, CORNERS))
    wanted = Calibration({("sex", "age"): cells}, "poststratification")
    weighting, found = calibrate(REDUCER, sample, wanted)
    assert dict(zip(weighting.patterns.keys, weighting.g, strict=True)) == pytest.approx(cells)
    assert (found.rounds, found.independent) == (1, False)


def test_margins_are_crossed_as_if_independent_and_that_is_said(tmp_path: Path) -> None:
    assert weights(tmp_path, "poststratification") == pytest.approx([42, 18, 28, 12])
    _, found = calibrate(
        REDUCER, Sample(table(tmp_path, CORNERS)), Calibration(MARGINS, "poststratification")
    )
    assert "as if the variables were independent" in " ".join(text.en for text in sentences(found))
    assert "独立" in " ".join(text.ja for text in sentences(found))


def test_a_crossing_can_stand_beside_a_margin(tmp_path: Path) -> None:
    """Raking to a crossing and to one more margin: both are met."""
    rows = CORNERS.replace("| one", "| one | area").replace("| 1\n", "| 1 | n\n") + CORNERS.partition(
        "one\n"
    )[2].replace("| 1\n", "| 1 | s\n")
    cells = {("F", "Y"): 45, ("F", "O"): 15, ("M", "Y"): 22, ("M", "O"): 18}
    sample = Sample(table(tmp_path, rows))
    weighting, found = calibrate(
        REDUCER, sample, Calibration({("sex", "age"): cells, "area": {"n": 75, "s": 25}})
    )
    place = weighting.patterns.keys.index(("F", "Y", "n"))
    assert weighting.g[place] == pytest.approx(45 * 0.75)
    assert found.max_margin_error < 1e-12


def test_bounds_that_cannot_be_kept_come_with_the_nearest_that_can(tmp_path: Path) -> None:
    """With the old man at m people, the young woman has 30 + m: both within 25·(1 ± 0.5t) needs t = 1.2."""
    for method in ("linear", "logit"):
        with pytest.raises(Problem) as refused:
            weights(tmp_path, method, bounds=(0.5, 1.5))
        assert refused.value.kind.code == "bounds-unmet"
        assert "[0.399, 1.601]" in refused.value.as_text("ja")


TRIMMED = """
  weight | sex
  1      | F
  1      | F
  1      | F
  7      | F
"""


def test_trimming_shares_the_excess_equally(tmp_path: Path) -> None:
    """7 is cut to 4; of the 3 people left over each of the others takes one."""
    sample = Sample(table(tmp_path, TRIMMED), Design("weight"))
    _, found = calibrate(REDUCER, sample, Calibration({"sex": {"F": 10}}, trim=Trim(upper=4)))
    assert (found.smallest_weight, found.median_weight, found.largest_weight) == (2, 2, 4)
    assert (found.limit, found.at_limit, found.total) == (4, 1, 10)
    assert found.kish_deff == pytest.approx(4 * (3 * 2**2 + 4**2) / 10**2)
    assert found.heaviest_percent == pytest.approx(0.4)


def test_trimmed_weights_reach_the_figures(tmp_path: Path) -> None:
    """(2 + 2 + 2·1 + 4·5)/10 with the weights of the test above."""
    rows = TRIMMED.replace("sex", "sex | y").replace("F", "F | 1").replace("7      | F | 1", "7      | F | 5")
    sample = Sample(table(tmp_path, rows), Design("weight"))
    weighting, _ = calibrate(REDUCER, sample, Calibration({"sex": {"F": 10}}, trim=Trim(factor=4)))
    (found,) = mean_of(REDUCER, weighted(sample, weighting), "y")
    assert found.value == pytest.approx((2 * 3 * 1 + 4 * 5) / 10)


def test_a_limit_nobody_can_keep(tmp_path: Path) -> None:
    sample = Sample(table(tmp_path, TRIMMED), Design("weight"))
    with pytest.raises(Problem, match=r"smallest limit that the margins allow is 2\.5"):
        calibrate(REDUCER, sample, Calibration({"sex": {"F": 10}}, trim=Trim(upper=2.4)))


SAMPLED = """
  area  | status   | weight | y
  north | complete | 10     | 5
  north | complete | 10     | 3
  north | refused  | 20     |
  south | complete | 10     | 1
  south | away     | 5      |
"""
ANSWERED = Nonresponse(("area",), (Among("status", ("complete",)),))


def test_respondents_stand_for_those_of_their_cell_who_did_not_answer(tmp_path: Path) -> None:
    """North: 40 people for 20 who answered; south: 15 for 10. Mean: (20·5 + 20·3 + 15·1)/55."""
    sample, cells = adjusted(REDUCER, Sample(table(tmp_path, SAMPLED), Design("weight")), ANSWERED)
    assert [(c.values, c.sampled, c.respondents, c.factor) for c in cells] == [
        (("north",), 3, 2, 2.0),
        (("south",), 2, 1, 1.5),
    ]
    (found,) = mean_of(REDUCER, sample, "y")
    assert found.value == pytest.approx(175 / 55)
    assert (found.n, found.n_missing) == (3, 0)
    assert all(cell.flags == ("few_respondents",) for cell in cells)
    assert "3 respondents of 5 sampled" in nonresponse_sentences(cells)[0].en


def test_calibration_starts_from_the_adjusted_weights(tmp_path: Path) -> None:
    """One margin of everybody: 110 people in the proportions 20 : 20 : 15."""
    rows = SAMPLED.replace("| y", "| y | all").replace("\n  north", "\n  north").splitlines()
    drawing = "\n".join([rows[1], *(f"{line} | x" for line in rows[2:])])
    sample, _ = adjusted(REDUCER, Sample(table(tmp_path, drawing), Design("weight")), ANSWERED)
    weighting, found = calibrate(REDUCER, sample, Calibration({"all": {"x": 110}}, "linear"))
    assert found.total == pytest.approx(110)
    assert (found.smallest_g, found.largest_g) == pytest.approx((2, 2))
    assert weighting.g == pytest.approx([4, 3])
    (mean,) = mean_of(REDUCER, weighted(sample, weighting), "y")
    assert mean.value == pytest.approx(175 / 55)


def test_a_cell_without_respondents_is_refused(tmp_path: Path) -> None:
    silent = SAMPLED.replace("south | complete", "south | refused ")
    with pytest.raises(Problem, match="Cells without any respondent: south"):
        adjusted(REDUCER, Sample(table(tmp_path, silent), Design("weight")), ANSWERED)


def test_who_counts_how_much_in_words() -> None:
    found = Diagnostics(
        converged=True,
        max_margin_error=1e-14,
        kish_deff=2.5,
        n_effective=400,
        rounds=7,
        smallest_g=0.5,
        largest_g=3,
        smallest_weight=20,
        largest_weight=520,
        total=100_000,
        method="raking",
        n=1000,
        g_quantiles={},
        median_weight=100,
        heaviest_percent=0.0512,
        heaviest_ten=0.0512,
    )
    said = [text.en for text in sentences(found)]
    assert said == [
        "By raking the weights add up to the population totals (largest difference 0%).",
        "The heaviest respondent stands for 520 people, 5.2 times as many as the median one; "
        "the lightest stands for 20.",
        "The heaviest 1% of respondents hold 5.1% of all weight, the ten heaviest 5.1%.",
        "Calibration multiplied the design weights by 0.50 to 3.0.",
        "Unequal weights make 1,000 answers worth about 400 (design effect of the weights 2.50).",
        "Few respondents sway the results: set a limit on the weights (trim) or merge categories.",
    ]
    assert "中央の回答者の5.2倍" in sentences(found)[1].ja
