"""What a new version adds, changes and retires, on a guideline small enough to keep in mind."""

from __future__ import annotations

import pytest

from monosashi.define import guideline as defined
from monosashi.define import words
from monosashi.define.compare import PARTS, SEPARATE, TEXTS, compare
from monosashi.define.guideline import Guideline, Principle
from small_guideline import FILES, guideline

LISTEN, EASE, ROAD = "principles/01-listen.yaml", "indicators/ease.yaml", "roadmap/milestones.csv"


def amended(*edits, **options):
    return compare(guideline(), guideline(*edits, **options)).amendments


def said(*edits, language="en", **options):
    return [f"{each.verdict}: {each.said_in(language)}" for each in amended(*edits, **options)]


def test_a_guideline_does_not_differ_from_itself():
    assert amended() == ()


def test_who_decided_it_when_is_not_a_change_of_what_it_asks():
    header = "guideline.yaml"
    assert amended((header, "version: 1.0.0", "version: 1.1.0"), (header, "2024-03-31", "2025-03-31")) == ()


def test_a_changed_text_is_told_before_and_after_in_both_languages():
    edit = (LISTEN, "{ja: 聞こう, en: Listen}", "{ja: 聴こう, en: Listen well}")
    assert said(edit) == ["changed: The title of principle 1 “Listen well” changed: Listen → Listen well"]
    assert said(edit, language="ja") == ["changed: 原則1「聴こう」の題が変わりました: 聞こう → 聴こう"]


def test_a_correction_in_the_other_language_is_told_as_such():
    edit = (LISTEN, "en: Listen}", "en: Listen well}")
    assert said(edit, language="ja") == [
        "changed: 原則1「聞こう」の題が変わりました: （英語）Listen → （英語）Listen well"
    ]


def test_what_was_silent_and_speaks_now_is_added_not_changed():
    edit = ("guideline.yaml", "vision: null", "vision: {ja: よい町, en: A good town}")
    assert said(edit) == ["added: A vision was added to the guideline."]
    assert amended(edit)[0].after.en == "A good town"
    assert said((LISTEN, "summary: {ja: 人の話を聞く, en: Hear what people say}\n", "")) == [
        "retired: A summary was removed from principle 1 “Listen”."
    ]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            ("  - {ja: 声を聞いているか, en: Are people heard?}\n", ""),
            "retired: Viewpoint “Are people heard?” was removed from principle 1 “Listen”.",
        ),
        (
            ("viewpoints:\n", "viewpoints:\n  - {ja: 待たせていないか, en: Does anybody wait?}\n"),
            "added: Viewpoint “Does anybody wait?” was added to principle 1 “Listen”.",
        ),
        (
            ("声を聞いているか, en: Are people heard?", "声をよく聞いているか, en: Are people well heard?"),
            "changed: The viewpoint of principle 1 “Listen” changed: "
            "Are people heard? → Are people well heard?",
        ),
        (
            (
                "      - {ja: たずねる, en: Ask}",
                "      - {ja: たずねる, en: Ask}\n      - {ja: 待つ, en: Wait}",
            ),
            "added: Practice “Wait” was added to phase “Planning” of principle 1.",
        ),
    ],
)
def test_texts_of_a_list_are_known_by_their_likeness(edit, sentence):
    assert said((LISTEN, *edit)) == [sentence]


def test_a_text_of_a_list_is_numbered_from_1_in_the_version_that_has_it():
    second = "  - {ja: 使う人を知っているか, en: Are the users known?}\n"
    assert [each.path for each in amended((LISTEN, second, ""))] == ["principles/listen/viewpoints/2"]
    first = ("viewpoints:\n", "viewpoints:\n  - {ja: 待たせていないか, en: Does anybody wait?}\n")
    assert [each.path for each in amended((LISTEN, *first))] == ["principles/listen/viewpoints/1"]


def test_texts_that_only_change_places_are_no_change():
    lines = FILES[LISTEN].splitlines(keepends=True)
    first, second = (index for index, line in enumerate(lines) if line.startswith("  - {ja:"))
    assert amended((LISTEN, lines[first] + lines[second], lines[second] + lines[first])) == ()


def test_a_kpi_is_added_retired_and_moved():
    trust = "  - {id: trust, level: outcome, title: {ja: 信頼, en: Trust}}\n"
    mend = ("principles/02-mend.yaml", "not_applicable: [kpis.outcome]\n", f"kpis:\n{trust}")
    assert said((LISTEN, trust, "")) == [
        "retired: Outcome KPI “Trust” was removed from principle 1 “Listen”."
    ]
    assert said((LISTEN, trust, ""), mend)[1:] == [
        "changed: The principle of outcome KPI “Trust” changed: principle 1 “Listen” → principle 2 “Mend”"
    ]
    (back,) = compare(guideline((LISTEN, trust, "")), guideline()).amendments
    assert (back.verdict, back.path, back.kind, back.id) == (
        "added",
        "principles/listen/kpis/trust",
        "kpi",
        "trust",
    )


def test_a_kpi_that_counts_on_another_level():
    edit = (LISTEN, "id: trust, level: outcome", "id: trust, level: output")
    assert said(edit, ("principles/02-mend.yaml", "not_applicable: [kpis.outcome]\n", ""))[1:] == [
        "changed: The level of output KPI “Trust” of principle 1 changed: outcome → output"
    ]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            ("2024H1,2024H2,週に一度試す", "2024H2,2025H1,週に一度試す"),
            "changed: The span of milestone “second half of fiscal 2024 to first half of fiscal 2025: "
            "Try once a week” of initiative “Open at night” of principle 1 changed: "
            "fiscal 2024 → second half of fiscal 2024 to first half of fiscal 2025",
        ),
        (
            ("毎日開ける,Open every day", "毎日開ける,Open every single day"),
            "changed: The wording of milestone “fiscal 2025: Open every single day” of initiative "
            "“Open at night” of principle 1 changed: Open every day → Open every single day",
        ),
        (
            ("open-hours,2025H1,2025H2,毎日開ける,Open every day,,\n", ""),
            "retired: Milestone “fiscal 2025: Open every day” was removed from initiative "
            "“Open at night” of principle 1.",
        ),
        (
            ("open-hours,2024H1", "open-hours,2024H1,2024H1,人を集める,Find people,,\nopen-hours,2024H1"),
            "added: Milestone “first half of fiscal 2024: Find people” was added to initiative "
            "“Open at night” of principle 1.",
        ),
    ],
)
def test_milestones_are_known_by_their_words_and_then_by_their_time(edit, sentence):
    assert said((ROAD, *edit)) == [sentence]


def test_a_new_initiative_brings_its_milestones():
    old = guideline(without=("roadmap/initiatives.yaml", ROAD))
    found = [(each.kind, each.id, each.path) for each in compare(old, guideline()).amendments]
    assert found == [
        ("initiative", "open-hours", "principles/listen/initiatives/open-hours"),
        ("milestone", "open-hours#1", "principles/listen/initiatives/open-hours/milestones/open-hours#1"),
        ("milestone", "open-hours#2", "principles/listen/initiatives/open-hours/milestones/open-hours#2"),
    ]


@pytest.mark.parametrize(
    ("edits", "sentences"),
    [
        (
            [("value: 0.70", "value: 0.75")],
            ["changed: The value of target “fiscal 2024: 75%” of indicator “Ease” changed: 70% → 75%"],
        ),
        (
            [("fiscal_year: 2024, value: 0.70", "fiscal_year: 2025, value: 0.80")],
            [
                "added: Target “fiscal 2025: 80%” was added to indicator “Ease”.",
                "retired: Target “fiscal 2024: 70%” was removed from indicator “Ease”.",
            ],
        ),
        (
            [("  - {method: survey}", "  - {method: survey}\n  - {method: records, perspective: actual}")],
            ["added: Way of measuring “records, actual” was added to indicator “Ease”."],
        ),
        (
            [("favourable: [4, 5]", "favourable: [5]")],
            [
                "changed: The set of favorable answers of measure “perceived” of indicator “Ease” changed: "
                "4, 5 → 5"
            ],
        ),
        (
            [("practical_threshold: 0.03", "practical_threshold: 0.02")],
            ["changed: The smallest change that counts of indicator “Ease” changed: 3% → 2%"],
        ),
    ],
)
def test_indicators_targets_and_measures(edits, sentences):
    assert said(*((EASE, *edit) for edit in edits)) == sentences


def test_a_condition_is_told_by_its_columns():
    def asked_in(wave):
        return guideline((EASE, "    item: easy\n", f"    item: easy\n    where: {{wave: {wave}}}\n"))

    (changed,) = compare(asked_in(1), asked_in(2)).amendments
    assert changed.said_in("en").endswith("of indicator “Ease” changed: wave: 1 → wave: 2")


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "facts.csv",
            ",12000,",
            ",12100,",
            "changed: The value of fact “Population” changed: 12000 → 12100",
        ),
        (
            "items/easy.yaml",
            "en: Is it easy?",
            "en: Is it easy to use?",
            "changed: The wording of item “Is it easy to use?” changed: Is it easy? → Is it easy to use?",
        ),
        (
            "scales.yaml",
            '    1: {ja: いいえ, en: "No"}\n',
            '    1: {ja: いいえ, en: "No"}\n    9: {ja: 不明, en: Unknown}\n',
            "added: Choice “Unknown” was added to scale “Five steps”.",
        ),
        (
            "guideline.yaml",
            "{from: 2024H1, to: 2025H2}",
            "{from: 2024H1, to: 2026H2}",
            "changed: The span of the roadmap of the guideline changed: "
            "fiscal 2024 to fiscal 2025 → fiscal 2024 to fiscal 2026",
        ),
    ],
)
def test_facts_items_scales_and_the_guideline_itself(file, old, new, sentence):
    assert said((file, old, new)) == [sentence]


def test_going_back_retires_what_going_forward_added():
    new = guideline(
        (LISTEN, "viewpoints:\n", "viewpoints:\n  - {ja: 待たせていないか, en: Does anybody wait?}\n")
    )
    there, back = compare(guideline(), new), compare(new, guideline())
    assert [each.path for each in there.of("added")] == [each.path for each in back.of("retired")]


def test_the_json_has_a_place_a_kind_and_both_sentences():
    comparison = compare(guideline(), guideline((LISTEN, "title: {ja: 聞こう", "title: {ja: 聴こう")))
    result = comparison.as_json()
    assert (result["from"], result["to"], result["added"], result["retired"]) == ("1.0.0", "1.0.0", [], [])
    assert result["changed"] == [
        {
            "path": "principles/listen/title",
            "kind": "principle",
            "id": "listen",
            "ja": "原則1「聴こう」の題が変わりました: 聞こう → 聴こう",
            "en": "The title of principle 1 “Listen” changed: (Japanese) 聞こう → (Japanese) 聴こう",
            "before": {"ja": "聞こう", "en": "(Japanese) 聞こう"},
            "after": {"ja": "聴こう", "en": "(Japanese) 聴こう"},
        }
    ]


def test_every_field_of_every_concept_has_a_name_for_people():
    concepts = [concept for concept in vars(defined).values() if hasattr(concept, "model_fields")]
    whole = {
        "Guideline",
        "Model",
        "Reference",
        "Roadmap",
        "Text",
        "Wordings",
    }  # said as one value, or by their parts
    apart = {"id", "phase", "fiscal_year", "milestones", *PARTS, *set().union(*SEPARATE.values())}
    assert {noun for noun in TEXTS.values() if not words.knows(noun)} == set()
    for concept in concepts:
        named = {field for field in concept.model_fields if words.knows(field) or field in TEXTS}
        assert concept.__name__ in whole or set(concept.model_fields) - named <= apart, concept


def test_a_principle_that_only_one_version_has():
    one = guideline()
    two = Guideline.model_validate({**one.model_dump(by_alias=True), "principles": one.principles[:1]})
    assert [each.said_in("ja") for each in compare(one, two).amendments] == [
        "原則2「直そう」がなくなりました。"
    ]
    assert isinstance(two.principles[0], Principle)
