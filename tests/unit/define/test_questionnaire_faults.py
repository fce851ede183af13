"""What cannot work about the choices of a question, whoever wrote it."""

from __future__ import annotations

import pytest

from monosashi.define.questionnaire.faults import faults
from monosashi.define.questionnaire.form import Choice, Group, Question, Questionnaire
from monosashi.define.text import Text

SAID = Text(ja="あ", en="a")
TWO = (Choice(code="a", label=SAID), Choice(code="b", label=SAID))


def found(**question):
    form = Questionnaire(
        id="f", title=SAID, questions=(Question(**{"id": "q", "kind": "many", "label": SAID, **question}),)
    )
    return [(fault.kind.code, fault.part, fault.index, fault.field) for fault in faults(form)]


@pytest.mark.parametrize(
    ("question", "code", "field"),
    [
        ({}, "choices-lacking", "choices"),
        ({"kind": "text", "choices": TWO}, "choices-unused", "choices"),
        ({"kind": "date", "choice_filter": "true()"}, "choices-unused", "choices"),
        ({"choices": (*TWO, TWO[0])}, "choice-twice", "choices"),
        ({"choices": TWO, "exclusive": ("c",)}, "choice-unknown", "exclusive"),
        ({"choices": TWO, "missing": ("c",)}, "choice-unknown", "missing"),
        ({"choices": TWO, "other": "c"}, "choice-unknown", "other"),
        ({"kind": "one", "choices": TWO, "exclusive": ("a",)}, "exclusive-of-one", "exclusive"),
        ({"choices": TWO, "group": "g"}, "group-unknown", "group"),
        ({"choices": TWO, "constraint": "${q} = 'a' and ${p} = 1"}, "expression-name", "constraint"),
    ],
)
def test_a_fault_names_its_question_and_field(question, code, field):
    assert found(**question) == [(code, "questions", 0, field)]


def test_the_line_of_other_is_no_column_beside_the_choice_other():
    choices = (TWO[0], Choice(code="other", label=SAID))
    assert found(choices=choices, other="other", exclusive=("a",), missing=("a",)) == []


def test_properties_are_names_that_a_filter_can_write():
    assert Choice(code="a", label=SAID, properties={"ward": "", "x": "1"}).properties == {"x": "1"}
    for name in ("label", "Exclusive", "a b", "1a", ""):
        with pytest.raises(ValueError, match="a name of letters"):
            Choice(code="a", label=SAID, properties={name: "1"})


@pytest.mark.parametrize(
    ("expression", "unknown"),
    [
        ("selected(${q}, 'a') or ${q} = 'b'", []),
        ("selected(${q}, 'c')", ["c"]),
        ("${q} != 'x' and ${q} = \"b\"", ["x"]),
        ("${q} = 1", ["1"]),
        ("${q} = ''", []),
        ("${q} = 1 + 1 or ${q} = 1.5 or count-selected(${q}) = 3", []),
    ],
)
def test_a_code_that_nobody_can_choose_is_noticed_in_an_expression(expression, unknown):
    note = Question(id="n", kind="note", label=SAID, relevant=expression)
    form = Questionnaire(
        id="f", title=SAID, questions=(Question(id="q", kind="many", label=SAID, choices=TWO), note)
    )
    assert [fault.details["code"] for fault in faults(form) if fault.kind.code == "choice-unknown"] == unknown
    inside = form.model_copy(
        update={
            "groups": (Group(id="g", relevant=expression),),
            "questions": (form.questions[0], note.model_copy(update={"group": "g", "relevant": None})),
        }
    )
    assert [fault.part for fault in faults(inside)] == ["groups"] * len(unknown)
