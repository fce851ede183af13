"""The people of the six cities in the guideline, and samples weighted to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.compare import compare
from monosashi.define.guideline import Guideline, Margin, Population, Reference
from monosashi.define.show import counts, shape
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.measure.reducer import Sample
from monosashi.measure.weighting.calibration import calibrate
from monosashi.measure.weighting.population import calibration_to
from small_tables import table

TOKYO = load_guideline("tokyo/1.1.0")
CITIES = {"london", "new-york", "paris", "seoul", "singapore", "tokyo"}


def town(*margins: tuple[str, str, dict[str, int]]) -> Population:
    """A made-up town."""
    name = Text(ja="町", en="Town")
    reference = Reference(source="register")
    found = tuple(
        Margin(variable=variable, as_of=day, totals=totals, reference=reference)  # type: ignore[arg-type]
        for variable, day, totals in margins
    )
    return Population(id="town", title=name, covers=name, terms=name, margins=found)


CROSSED = town(
    (
        "sex,age",
        "2020",
        {"f,child": 100, "m,child": 90, "f,adult": 210, "m,adult": 200, "f,old": 50, "m,old": 40},
    )
)


def test_the_six_cities_are_there_with_their_references() -> None:
    assert {city.id for city in TOKYO.populations} == CITIES
    assert counts(TOKYO)["populations"] == 6
    for city in TOKYO.populations:
        assert all(margin.reference.source and margin.reference.place for margin in city.margins)


@pytest.mark.parametrize(
    ("city", "people"),
    [("paris", 2_206_488), ("new-york", 8_354_889), ("seoul", 9_331_860), ("london", 6_781_716)],
)
def test_a_city_crossed_by_sex_and_age(city: str, people: int) -> None:
    (margin,) = TOKYO.population(city).margins
    assert margin.variables == ("sex", "age")
    assert margin.known is not None
    assert sum(margin.known.values()) == people


def test_what_nobody_published_stays_unknown() -> None:
    unknown = {margin.key for margin in TOKYO.population("tokyo").margins if margin.known is None}
    assert unknown == {"age@2021-01-01", "sex,age@unknown"}
    with pytest.raises(Problem, match="For 'Tokyo' there is no margin of 'age' with every count known"):
        calibration_to(TOKYO.population("tokyo"), ["sex", "age"])


def test_the_last_count_is_taken_unless_a_day_is_named() -> None:
    tokyo = TOKYO.population("tokyo")
    assert calibration_to(tokyo, ["sex"]).margins["sex"] == {"male": 6_846_000, "female": 7_075_000}
    earlier = calibration_to(tokyo, ["sex"], as_of="2015-10-01")
    assert earlier.margins["sex"] == {"male": 6_666_690, "female": 6_848_581}


def test_margins_are_added_up_from_the_crossing() -> None:
    found = calibration_to(CROSSED, ["sex", "age"]).margins
    assert found == {"sex": {"f": 360, "m": 330}, "age": {"child": 190, "adult": 410, "old": 90}}


def test_bands_are_collapsed_and_those_without_a_code_left_out() -> None:
    """A survey of adults in two bands: 500 people, of whom 260 are women."""
    codes = {"sex": {"f": 1, "m": 2}, "age": {"adult": "18+", "old": "18+"}}
    found = calibration_to(CROSSED, ["sex", "age"], codes=codes, columns={"sex": "q0"}).margins
    assert found == {"q0": {1: 260, 2: 240}, "age": {"18+": 500}}


def test_post_stratification_takes_the_crossing() -> None:
    codes = {"age": {"adult": "18+", "old": "18+"}}
    found = calibration_to(CROSSED, ["sex", "age"], method="poststratification", codes=codes)
    assert found.margins == {("sex", "age"): {("f", "18+"): 260, ("m", "18+"): 240}}


def test_separate_tables_of_one_day_are_brought_to_one_total() -> None:
    """Singapore publishes rounded numbers, and by sex and by age only apart."""
    found = calibration_to(TOKYO.population("singapore"), ["sex", "age"]).margins
    assert sum(found["sex"].values()) == pytest.approx(4_180_900)
    assert sum(found["age"].values()) == pytest.approx(4_180_900)


def test_tables_of_different_days_do_not_go_together() -> None:
    apart = town(("sex", "2015", {"f": 10, "m": 10}), ("age", "2020", {"y": 12, "o": 10}))
    with pytest.raises(Problem, match="different times for different variables: 2015, 2020"):
        calibration_to(apart, ["sex", "age"])


def test_a_code_for_a_category_that_is_not_there() -> None:
    with pytest.raises(Problem, match="no category 'adlut'"):
        calibration_to(CROSSED, ["age"], codes={"age": {"adlut": 1}})


def test_a_sample_is_weighted_to_paris(tmp_path: Path) -> None:
    rows = "sex | age\n" + "\n".join(
        f"{sex} | {age}" for sex in "FM" for age in ("15-44", "45+") for _ in "ab"
    )
    codes = {
        "sex": {"female": "F", "male": "M"},
        "age": {
            "15-29": "15-44",
            "30-44": "15-44",
            **dict.fromkeys(["45-59", "60-74", "75-89", "90+"], "45+"),
        },
    }
    wanted = calibration_to(TOKYO.population("paris"), ["sex", "age"], codes=codes)
    _, found = calibrate(DuckDBReducer(), Sample(table(tmp_path, rows)), wanted)
    assert found.total == pytest.approx(sum(wanted.margins["sex"].values()))
    assert found.max_margin_error < 1e-12


def test_show_and_diff_know_them() -> None:
    shown = shape(TOKYO)["populations"]
    assert {city["id"] for city in shown} == CITIES
    assert shown[0]["margins"][0]["reference"].keys() == {"source", "place"}
    changed = changed_guideline(TOKYO)
    told = [each.said_in("en") for each in compare(TOKYO, changed).amendments]
    assert len(told) == 2
    assert "number of people" in told[0]
    assert told[1].startswith("City population “Town” was added") or "Town" in told[1]


def changed_guideline(guideline: Guideline) -> Guideline:
    first, *others = guideline.populations
    margin = first.margins[0]
    more = margin.model_copy(update={"totals": {**margin.totals, next(iter(margin.totals)): 1}})
    rewritten = first.model_copy(update={"margins": (more, *first.margins[1:])})
    return guideline.model_copy(update={"populations": (rewritten, *others, CROSSED)})
