"""Answers as rows of the lake: one wide row of ``responses/<instrument>``, one row of `comments` a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monosashi.define.questionnaire.form import Question, Questionnaire
from monosashi.gather.answers.course import Answers, course
from monosashi.gather.record import ColumnType

Cell = int | float | str | bool | None
_TYPES: dict[str, ColumnType] = {"integer": "integer", "decimal": "number", "date": "date", "time": "text"}
_READ: dict[str, Callable[[str], Cell]] = {"integer": int, "number": float, "boolean": "1".__eq__}


def columns(questionnaire: Questionnaire) -> dict[str, ColumnType]:
    """The columns of a questionnaire's answers: one an item; of a multiple choice one a choice."""
    found: dict[str, ColumnType] = {}
    for question in questionnaire.questions:
        found.update(_columns_of(question))
    return found


def row(questionnaire: Questionnaire, answers: Answers, *, today: str) -> dict[str, Cell]:
    """One person's answers. A question that did not come, or was passed over, is empty in every column.

    Of a multiple choice that was answered, each choice is true or false.
    """
    found: dict[str, Cell] = dict.fromkeys(columns(questionnaire))
    for question in course(questionnaire, answers, today=today):
        if answer := answers.get(question.id, ""):
            found.update(_cells_of(question, answer))
    return found


def texts(questionnaire: Questionnaire, answers: Answers, *, today: str) -> dict[str, str]:
    """Item → what somebody wrote in words of their own: for the restricted table `comments`."""
    found = {}
    for question in course(questionnaire, answers, today=today):
        if question.kind == "text" and answers.get(question.id):
            found[question.id] = answers[question.id]
        elif question.other in answers.get(question.id, "").split() and answers.get(question.other_id):
            found[question.other_id] = answers[question.other_id]
    return found


def choice_column(question: Question, code: str) -> str:
    """used + tax → used_tax: the column that says whether a choice was taken."""
    return question.column_of(code)


def _columns_of(question: Question) -> Mapping[str, ColumnType]:
    if question.kind in ("note", "text"):
        return {}
    if question.kind == "many":
        return {choice_column(question, choice.code): "boolean" for choice in question.choices}
    return {question.id: _type_of_choices(question) or _TYPES.get(question.kind, "text")}


def _type_of_choices(question: Question) -> ColumnType | None:
    """Yes and no (1 and 0) are a truth; codes that are all whole numbers, as of a scale, can be averaged.

    The same as an import of the item stores (`gather.expect`), so that one table holds both.
    """
    if question.kind != "one" or not all(choice.code.isdecimal() for choice in question.choices):
        return None
    return "boolean" if {choice.code for choice in question.choices} == {"0", "1"} else "integer"


def _cells_of(question: Question, answer: str) -> Mapping[str, Cell]:
    if question.kind == "many":
        chosen = answer.split()
        return {choice_column(question, each.code): each.code in chosen for each in question.choices}
    kind = _columns_of(question).get(question.id)
    return {question.id: _READ.get(kind or "", str)(answer)} if kind else {}
