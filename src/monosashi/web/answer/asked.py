"""A question as a page shows it, and what a form sent about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict

from monosashi.define.questionnaire.expression import holds
from monosashi.define.questionnaire.form import CHOSEN, Question
from monosashi.define.text import Text
from monosashi.gather.answers.course import Answers, choices
from monosashi.gather.answers.fitting import Misfit, tidy

Shape = Literal["radios", "checkboxes", "scale", "line", "box"]
_MANY_STEPS = 7  # a scale of numbers as long as this stands in rows of numbers rather than beneath each other
_KEYBOARDS = {"integer": "numeric", "decimal": "decimal", "date": "numeric", "time": "numeric"}


@dataclass(frozen=True)
class Offered:
    code: str
    label: Text
    id: str
    is_chosen: bool
    opens_line: bool  # "other": a line of text beneath it


@dataclass(frozen=True)
class Asked:
    """One question with its answer so far. `wrong` is what to correct about it."""

    question: Question
    shape: Shape
    answer: str
    other: str
    choices: Sequence[Offered]
    is_required: bool
    wrong: Text | None

    @property
    def id(self) -> str:
        return f"q-{self.question.id}"

    @property
    def first(self) -> str:
        """Where a link to this question leads: its first field."""
        return self.choices[0].id if self.choices else self.id

    @property
    def keyboard(self) -> str:
        return _KEYBOARDS.get(self.question.kind, "text")

    @property
    def described_by(self) -> str:
        parts = (
            ("hint", self.question.hint),
            ("purpose", self.question.purpose),
            ("wrong", self.wrong),
        )
        return " ".join(f"{self.id}-{name}" for name, text in parts if text)

    @property
    def ends(self) -> tuple[Offered, Offered]:
        return self.choices[0], self.choices[-1]


def asked(question: Question, answers: Answers, *, today: str, wrong: Iterable[Misfit] = ()) -> Asked:
    answer = answers.get(question.id, "")
    offered = _offered(question, answers, answer.split(), today)
    misfit = next((one for one in wrong if one.question == question.id), None)
    return Asked(
        question=question,
        shape=_shape(question, offered),
        answer=answer,
        other=answers.get(question.other_id, ""),
        choices=offered,
        is_required=bool(question.required and holds(question.required, answers, today=today)),
        wrong=misfit.text if misfit else None,
    )


def sent(questions: Iterable[Question], form: QueryDict) -> dict[str, str]:
    """What a form says about these questions and about nothing else, without what the keyboard added."""
    found: dict[str, str] = {}
    for question in questions:
        values = form.getlist(question.id)
        answer = " ".join(values) if question.kind == "many" else "".join(values[-1:])
        found[question.id] = tidy(question, answer)
        if question.other:
            found[question.other_id] = form.get(question.other_id, "")
    return found


def in_words(question: Question, answers: Mapping[str, str]) -> list[Text | str]:
    """An answer as it is read back: the labels of what was chosen, or what was typed."""
    answer = answers.get(question.id, "")
    if question.kind not in CHOSEN:
        return [answer] if answer else []
    labels: list[Text | str] = [choice.label for code in answer.split() if (choice := question.choice(code))]
    other = answers.get(question.other_id, "")
    return [*labels, other] if question.other in answer.split() and other else labels


def _offered(question: Question, answers: Answers, chosen: Sequence[str], today: str) -> list[Offered]:
    return [
        Offered(
            code=choice.code,
            label=choice.label,
            id=f"q-{question.id}-{number}",
            is_chosen=choice.code in chosen,
            opens_line=choice.code == question.other,
        )
        for number, choice in enumerate(choices(question, answers, today=today), start=1)
    ]


def _shape(question: Question, offered: Sequence[Offered]) -> Shape:
    if question.kind == "many":
        return "checkboxes"
    if question.kind == "one":
        numbered = len(offered) >= _MANY_STEPS and all(one.code.isdecimal() for one in offered)
        return "scale" if numbered else "radios"
    return "box" if question.kind == "text" and question.lines > 1 else "line"
