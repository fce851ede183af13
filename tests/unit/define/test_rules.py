"""What must hold between the files of a guideline, on one small enough to keep in mind."""

from __future__ import annotations

import pytest

from small_guideline import FILES, files, findings, guideline, told

EASE, LISTEN, ROAD = "indicators/ease.yaml", "principles/01-listen.yaml", "roadmap/milestones.csv"


def test_the_small_guideline_keeps_every_rule():
    assert told(files()) == []


@pytest.mark.parametrize(
    ("statistic", "needed"),
    [
        ("proportion", ["favourable", "item"]),
        ("mean", ["item"]),
        ("share", ["numerator"]),
        ("sum", ["quantity"]),
        ("per", ["denominator", "numerator"]),
        ("growth", ["quantity"]),
        ("reduction", ["baseline", "quantity"]),
    ],
)
def test_a_statistic_says_what_it_cannot_do_without(statistic, needed):
    bare = files(
        (EASE, "statistic: proportion", f"statistic: {statistic}"),
        (EASE, "    item: easy\n    favourable: [4, 5]\n", ""),
    )
    lacking = [each for each in findings(bare) if each.kind.code == "guideline-measure"]
    assert sorted(each.details["key"] for each in lacking) == needed


def test_growth_is_of_counts_and_not_of_answers():
    edits = ((EASE, "statistic: proportion", "statistic: growth"), (EASE, "    item: easy\n", ""))
    (found,) = [each for each in findings(files(*edits)) if each.kind.code == "guideline-volumes"]
    assert found.details["statistic"] == "growth"


def test_counting_needs_nothing():
    edits = (EASE, "statistic: proportion", "statistic: count"), (EASE, "    item: easy\n", "")
    assert told(files(*edits)) == []


def test_a_share_is_written_from_0_to_1_and_a_count_as_it_is():
    percent = (EASE, "value: 0.70", "value: 70")
    assert told(files(percent)) == [("guideline-share", EASE, 21)]
    assert told(files(percent, (EASE, "unit: share", "unit: count"))) == []
    assert told(files((EASE, "practical_threshold: 0.03", "practical_threshold: 3"))) == [
        ("guideline-share", EASE, 22)
    ]


@pytest.mark.parametrize("span", ["2024H1,2024H1", "2025H2,2025H2", "2024H1,2025H2"])
def test_the_first_and_the_last_half_belong_to_the_roadmap(span):
    assert told(files((ROAD, "2024H1,2024H2", span))) == []


@pytest.mark.parametrize(
    ("span", "columns"),
    [
        ("2023H2,2024H1", ["from"]),
        ("2024H1,2026H1", ["to"]),
        ("2023H1,2023H2", ["from", "to"]),
        ("2025H1,2024H2", ["to"]),
        ("FY2024,2024H2", ["from"]),
        ("2024-Q1,soon", ["from", "to"]),
    ],
)
def test_a_milestone_lies_within_the_roadmap_and_ends_after_it_begins(span, columns):
    found = findings(files((ROAD, "2024H1,2024H2", span)))
    assert [(each.kind.code, each.row, each.column) for each in found] == [
        ("guideline-half", 2, column) for column in columns
    ]


def test_a_roadmap_itself_must_be_two_halves_in_order():
    for roadmap in ("{from: FY2024, to: 2025H2}", "{from: 2025H2, to: 2024H1}"):
        contents = files(("guideline.yaml", "{from: 2024H1, to: 2025H2}", roadmap))
        assert told(contents) == [("guideline-roadmap", "guideline.yaml", 12)]


def test_the_count_of_principles_is_held_against_their_numbers():
    contents = files(("guideline.yaml", "principle_count: 2", "principle_count: 3"))
    (finding,) = findings(contents)
    assert (finding.details["lacking"], finding.details["extra"], finding.row) == ("3", "—", 11)
    assert told(files(("guideline.yaml", "principle_count: 2\n", ""))) == []


def test_a_part_that_is_not_applicable_is_empty():
    contents = files((LISTEN, "number: 1\n", "number: 1\nnot_applicable: [kpis.output]\n"))
    assert told(contents) == [("guideline-not-applicable", LISTEN, 2)]


def test_names_are_looked_for_among_what_is_there():
    (finding,) = findings(files((EASE, "item: easy", "item: eazy")))
    assert finding.as_text("en") == (
        "indicators/ease.yaml, line 15: 'item' names 'eazy', which does not exist. "
        "Nearest: easy. Correct the name, or add it to items/."
    )


def test_an_indicator_is_not_its_own_parent():
    assert told(files((EASE, "order: 1", "order: 1\nparent: ease"))) == [("guideline-not-there", EASE, 4)]


def test_a_principle_that_the_roadmap_serves_is_there():
    contents = files(("roadmap/initiatives.yaml", "principle: 1", "principle: 7"))
    assert told(contents) == [("guideline-not-there", "roadmap/initiatives.yaml", 2)]


def test_a_measure_is_named_once_within_its_indicator():
    text = FILES[EASE]
    measure = text[text.index("  - id: perceived") : text.index("targets:")]
    assert told(files((EASE, "targets:", f"{measure}targets:"))) == [("guideline-id-twice", EASE, 20)]


def test_the_small_guideline_is_what_it_says():
    assert [len(part) for part in (guideline().principles, guideline().indicators)] == [2, 1]
