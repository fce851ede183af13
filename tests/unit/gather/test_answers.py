"""A small questionnaire, answered by hand: which questions come, what fits, what is stored."""

from __future__ import annotations

import pytest

from monosashi.define.questionnaire.expression import fault, holds, names
from monosashi.define.questionnaire.form import Choice, Group, Question, Questionnaire
from monosashi.define.text import Text
from monosashi.gather.answers.course import choices, course, kept
from monosashi.gather.answers.fitting import misfits, tidy
from monosashi.gather.answers.row import columns, row, texts

TODAY = "2026-11-25"
GIVEN = {"used": "tax move", "age": "20", "none": "", "day": "2026-11-25", "a-b": "3"}


def said(word: str) -> Text:
    return Text(ja=word, en=word)


def choice(code: str, **properties: str) -> Choice:
    return Choice(code=code, label=said(code), properties=properties)


FORM = Questionnaire(
    id="small",
    title=said("小さな調査"),
    groups=(Group(id="online", relevant="selected(${used}, 'tax')"),),
    questions=(
        Question(
            id="used",
            kind="many",
            label=said("used"),
            choices=(choice("tax"), choice("move"), choice("no"), choice("else")),
            exclusive=("no",),
            other="else",
            required="true()",
        ),
        Question(id="hello", kind="note", label=said("hello"), group="online"),
        Question(
            id="minutes",
            kind="integer",
            label=said("minutes"),
            group="online",
            constraint=". >= 1 and . <= 600",
            constraint_message=said("1 to 600"),
        ),
        Question(
            id="slow",
            kind="one",
            label=said("slow"),
            choices=(choice("1"), choice("0")),
            relevant="${minutes} > 60",
        ),
        Question(id="ward", kind="one", label=said("ward"), choices=(choice("north"), choice("south"))),
        Question(
            id="office",
            kind="one",
            label=said("office"),
            choices=(choice("a", ward="north"), choice("b", ward="south")),
            choice_filter="ward = ${ward}",
        ),
        Question(id="words", kind="text", label=said("words")),
    ),
)


def wrong(**answers: str) -> list[tuple[str, str]]:
    answers = {"used": "no", **answers}
    return [(misfit.question, misfit.code) for misfit in misfits(FORM, answers, today=TODAY)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("selected(${used}, 'tax') and ${age} >= 18", True),
        ("selected(${used}, 'ta')", False),
        ("${none} >= 1", False),
        ("not(${none} >= 1)", True),
        ("${none} < 1", False),
        ("${none} = ''", True),
        ("${none} != 3", True),
        (". > 3 and string-length(.) = 1", True),
        ("if(${none} = '', ${age}, 3) + 1 = 21", True),
        ("${age} = 20.0", True),
        ("${day} <= today()", True),
        ("${day} > date('2026-11-26')", False),
        ("${day} - date('2026-11-20') = 5", True),
        ("count-selected(${used}) = 2 and selected-at(${used}, 1) = 'move'", True),
        ("selected-at(${used}, 2) = ''", True),
        ("-${a-b} * 2 = -6", True),
        ("${age} mod 7 = 6 and ${age} div 8 = 2.5", True),
        ("${age} div 0 > 1", False),
        ("regex(., '[0-9]')", True),
        ("regex(${age}, '[0-9]')", False),
        ("coalesce(${none}, 'z') = 'z' and join('-', 'a', 'b') = 'a-b'", True),
        ("int(2.7) = 2 and round(2.5) = 3 and number('x') != 1", True),
        ("true() and not(false())", True),
    ],
)
def test_expressions_mean_what_xlsform_says(expression: str, expected: bool) -> None:
    assert fault(expression) is None
    assert holds(expression, GIVEN, today=TODAY, itself="5") is expected


@pytest.mark.parametrize(
    "expression",
    [
        "selekted(., 'x')",
        "1 + ",
        "${age} >",
        "${age",
        "document('x')",
        "regex(., '[')",
        "if(1, 2)",
        "selected('a')",
    ],
)
def test_an_expression_that_cannot_be_evaluated_is_noticed_when_it_is_read(expression: str) -> None:
    assert fault(expression)
    assert not holds(expression, GIVEN, today=TODAY)


def test_names_are_the_questions_an_expression_refers_to() -> None:
    assert names("${a} + ${ b } - ${a}") == ("a", "b")


def test_a_group_is_skipped_whole_and_what_hangs_on_it_too() -> None:
    answers = {"used": "tax", "minutes": "90", "slow": "1"}
    ids = [question.id for question in course(FORM, answers, today=TODAY)]
    assert ids == ["used", "hello", "minutes", "slow", "ward", "office", "words"]
    answers["used"] = "move"  # minutes still holds 90, but no longer counts: slow goes with it
    assert [q.id for q in course(FORM, answers, today=TODAY)] == ["used", "ward", "office", "words"]
    assert kept(FORM, answers, today=TODAY) == {"used": "move"}


def test_a_choice_filter_lets_through_what_the_answer_before_allows() -> None:
    office = FORM.question("office")
    assert [each.code for each in choices(office, {"ward": "south"}, today=TODAY)] == ["b"]
    assert wrong(ward="south", office="a") == [("office", "choice")]
    assert wrong(ward="south", office="b") == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"used": ""}, [("used", "missing")]),
        ({"used": "tax no"}, [("used", "exclusive")]),
        ({"used": "tax move"}, []),
        ({"used": "bus"}, [("used", "choice")]),
        ({"used": "tax", "minutes": "0"}, [("minutes", "constraint")]),
        ({"used": "tax", "minutes": "1.5"}, [("minutes", "integer")]),
        ({"minutes": "0"}, []),  # does not come, is not judged
        ({"ward": "north south"}, [("ward", "one")]),
        ({"words": "a\x00b"}, [("words", "characters")]),
        ({"words": "あ" * 5_001}, [("words", "long")]),
        ({"words": "あ" * 5_000}, []),
        ({"used": "else", "used_other": "x" * 5_001}, [("used", "long")]),
    ],
)
def test_what_does_not_fit_is_named(answers: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert wrong(**answers) == expected


def test_a_form_says_its_own_words_where_it_has_some() -> None:
    found = misfits(FORM, {"used": "tax", "minutes": "601"}, today=TODAY)
    assert found[0].text == said("1 to 600")


def test_typing_is_tidied_and_texts_are_kept() -> None:
    assert tidy(FORM.question("minutes"), " ９０ ") == "90"
    assert tidy(FORM.question("used"), "tax  tax move") == "tax move"
    assert tidy(FORM.question("words"), "  Ｔokyo\r\n 都 ") == "Ｔokyo\n 都"


def test_a_row_has_a_column_a_choice_and_empties_what_did_not_come() -> None:
    assert columns(FORM) == {
        "used_tax": "boolean",
        "used_move": "boolean",
        "used_no": "boolean",
        "used_else": "boolean",
        "minutes": "integer",
        "slow": "boolean",
        "ward": "text",
        "office": "text",
    }
    answers = {"used": "move else", "used_other": "library", "minutes": "90", "ward": "north", "words": "ok"}
    assert row(FORM, answers, today=TODAY) == {
        "used_tax": False,
        "used_move": True,
        "used_no": False,
        "used_else": True,
        "minutes": None,
        "slow": None,
        "ward": "north",
        "office": None,
    }
    assert texts(FORM, answers, today=TODAY) == {"used_other": "library", "words": "ok"}


def test_a_version_is_the_content() -> None:
    again = FORM.model_copy(update={"title": said("小さな調査。")})
    assert FORM.version == FORM.model_copy().version != again.version
    assert len(FORM.version) == 12
