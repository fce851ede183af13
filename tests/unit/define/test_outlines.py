"""Questionnaires of a guideline: built from the bank in its words, and refused where they cannot work."""

from __future__ import annotations

import pytest

from monosashi.define.compare import compare
from monosashi.define.questionnaire.built import questionnaire
from small_guideline import FILES, files, findings, guideline, told

FORM, ITEM, SCALES = "questionnaires/resident.yaml", "items/easy.yaml", "scales.yaml"
TEXT = """\
id: resident
title: {ja: 町の調査, en: Survey of the town}
groups:
  - {id: ease, title: {ja: 使いやすさ, en: Ease}}
questions:
  - {note: {ja: こんにちは, en: Hello}, id: hello}
  - {item: easy, group: ease, required: true}
  - {item: easy, id: again, group: ease, relevant: "${easy} = 1"}
"""


def small(*edits, **options):
    FILES[FORM] = TEXT
    try:
        return files(*edits, **options)
    finally:
        del FILES[FORM]


def whole(*edits):
    FILES[FORM] = TEXT
    try:
        return guideline(*edits)
    finally:
        del FILES[FORM]


def test_a_question_has_the_words_and_the_choices_of_the_bank():
    form = questionnaire(whole(), "resident")
    hello, easy, again = form.questions
    assert (hello.kind, hello.label.en, hello.is_asked) == ("note", "Hello", False)
    assert (easy.id, easy.kind, easy.required, easy.group) == ("easy", "one", "true()", "ease")
    assert (easy.label.ja, easy.purpose.ja) == ("使いやすいですか", "知るため")
    assert (easy.item, easy.scale, easy.wording_version) == ("easy", "five", "1")
    assert [(choice.code, choice.label.ja) for choice in easy.choices] == [
        ("5", "とても"),
        ("4", "まあ"),
        ("1", "いいえ"),
    ]
    assert (again.id, again.item, again.relevant) == ("again", "easy", "${easy} = 1")


def test_the_words_for_the_instrument_are_used():
    edit = (ITEM, "scale: five", "scale: five\ntext_in: {resident: {ja: 町では, en: In town}}")
    assert questionnaire(whole(edit), "resident").questions[1].label.ja == "町では"


def test_numbers_have_the_bounds_of_their_scale():
    number = "- id: five\n  title: {ja: 分, en: Minutes}\n  kind: integer\n  codes: {}\n  lowest: 0\n"
    edits = [
        (SCALES, FILES[SCALES], f"{number}  highest: 60\n"),
        (FORM, "${easy} = 1", "${easy} > 1"),
        ("indicators/ease.yaml", "favourable: [4, 5]", "favourable: []"),
    ]
    contents = small(*edits)
    assert told(contents) == [("guideline-measure", "indicators/ease.yaml", 11)]
    edits[2] = (
        "indicators/ease.yaml",
        "statistic: proportion\n    item: easy\n    favourable: [4, 5]",
        "statistic: count",
    )
    easy = questionnaire(whole(*edits), "resident").questions[1]
    assert (easy.kind, easy.constraint, easy.choices) == ("integer", ". >= 0 and . <= 60", ())
    assert easy.constraint_message.en == "Please write a number from 0 to 60."


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("{item: easy, group", "{item: eazy, group", "guideline-not-there", 7),
        ("{item: easy, group: ease, required", "{group: ease, required", "outline-item-or-note", 7),
        (", id: hello", "", "guideline-key-missing", 6),
        (", id: again", "", "question-twice", 8),
        ("id: again", "id: easy_other", None, None),
        ("group: ease, relevant", "group: eese, relevant", "group-unknown", 8),
        ("groups:\n", "groups:\n  - {id: x, parent: x}\n", "group-unknown", 4),
        ("groups:\n", "groups:\n  - {id: ease}\n", "question-twice", 5),
        (
            "id: hello}",
            "id: hello}\n  - {item: easy, id: out, group: ease}\n  - {item: easy, id: in}",
            "group-apart",
            9,
        ),
        ("${easy} = 1", "${eazy} = 1", "expression-name", 8),
        ("${easy} = 1", "${again} = 1", "expression-later", 8),
        ("${easy} = 1", "${easy} = ", "expression-fault", 8),
        ("${easy} = 1", "${easy}/b = 1", "expression-stranger", 8),
        ("${easy} = 1", "easy = 1", "expression-stranger", 8),
        ("${easy} = 1", "${easy} = 1 or . = 2", "expression-itself", 8),
        ("required: true", 'required: "${easy} = 1"', "expression-later", 7),
        ("required: true", 'choice_filter: "ward = 1"', "expression-stranger", 7),
        ("{ja: 使いやすさ, en: Ease}", '{ja: あ, en: b}, relevant: "${easy} = 1"', "expression-later", 4),
        ("id: resident\n", "id: resident\nworded_as: nobody\n", "guideline-not-there", 2),
        ("title: {ja: 町の調査, en: Survey of the town}\n", "", "guideline-key-missing", 1),
    ],
)
def test_what_cannot_work_is_told_with_its_line(old, new, code, line):
    found = [(kind, row) for kind, _, row in told(small((FORM, old, new))) if kind != "group-empty"]
    assert found == ([(code, line)] if code else [])


def test_an_empty_group_is_told_at_its_own_line_whatever_the_order():
    assert told(small((FORM, "groups:\n", "groups:\n  - {id: never}\n"))) == [("group-empty", FORM, 4)]


def test_an_item_says_where_it_is_asked():
    contents = small((ITEM, "asked_in: [resident]", "asked_in: [staff]"))
    assert {code for code, *_ in told(contents)} == {"outline-not-asked-in"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  title: {ja: 五段階, en: Five steps}\n", "  title: {ja: あ, en: b}\n  kind: text\n", 4),
        ("favourable: [4, 5]", "favourable: [4, 5]\n  other: 7", 8),
        ("favourable: [4, 5]", "favourable: [4, 5]\n  properties: {7: {ward: north}}", 8),
        ("favourable: [4, 5]", "favourable: [4, 5]\n  lowest: 1", 8),
        ("favourable: [4, 5]", "favourable: [4, 5]\n  missing: [8]", 8),
        ("favourable: [4, 5]", "favourable: [4, 5]\n  exclusive: [8]", 8),
    ],
)
def test_a_scale_fits_its_kind(old, new, line):
    assert [(file, row) for _, file, row in told(files((SCALES, old, new)))] == [(SCALES, line)]


def test_choices_of_many_are_checked_where_they_are_asked():
    many = (SCALES, "title: {ja: 五段階, en: Five steps}", "title: {ja: あ, en: b}\n  kind: many")
    twice = (FORM, "id: again", "id: easy_5")
    assert [code for code, *_ in told(small(many, twice))] == ["question-column-twice"]
    one = (SCALES, "favourable: [4, 5]", "favourable: [4, 5]\n  exclusive: [1]")
    assert {code for code, *_ in told(small(one))} == {"exclusive-of-one"}
    both = (SCALES, '    1: {ja: いいえ, en: "No"}', '    A: {ja: あ, en: "No"}\n    a: {ja: い, en: b}')
    assert {code for code, *_ in told(small(both))} == {"choice-twice", "choice-unknown"}  # ${easy} = 1
    (finding, *_) = findings(small(both))
    assert finding.as_text("en").startswith(
        "questionnaires/resident.yaml, line 7: The choice 'A' stands twice"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("required: true", "required: false", "changed: The condition of an answer being required"),
        (', relevant: "${easy} = 1"', "", "retired: A condition of asking was removed"),
        (
            "  - {note: {ja: こんにちは, en: Hello}, id: hello}\n",
            "",
            "retired: Question asked “hello” was removed from questionnaire “Survey of the town”.",
        ),
    ],
)
def test_a_new_version_of_a_questionnaire_is_told(old, new, sentence):
    (amendment,) = compare(whole(), whole((FORM, old, new))).amendments
    assert f"{amendment.verdict}: {amendment.said_in('en')}".startswith(sentence)


def test_another_order_is_a_change():
    free = (FORM, ', relevant: "${easy} = 1"', "")
    turned = (
        (FORM, ", id: again", ", id: x"),
        (FORM, "easy, group: ease, r", "easy, id: again, group: ease, r"),
    )
    amendments = compare(whole(free), whole(free, *turned, (FORM, "id: x", "id: easy"))).amendments
    sentence = "調査票「町の調査」の質問の並びが変わりました: hello、easy、again → hello、again、easy"
    assert sentence in [amendment.said_in("ja") for amendment in amendments]


def test_a_file_is_named_after_its_questionnaire():
    assert ("guideline-file-name", FORM, 1) in told(small((FORM, "id: resident", "id: residents")))
