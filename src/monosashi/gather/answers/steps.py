"""The course of an interview page by page: one question a page, with the notes that come before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.define.questionnaire.form import Question, Questionnaire
from monosashi.gather.answers.course import Answers, course


@dataclass(frozen=True)
class Step:
    """One question, what is read before it, and where it stands: the `number`-th of `total`."""

    question: Question
    notes: tuple[Question, ...]
    number: int
    total: int


def steps(questionnaire: Questionnaire, answers: Answers, *, today: str) -> tuple[Step, ...]:
    """The pages that come, given the answers so far."""
    coming = course(questionnaire, answers, today=today)
    total = sum(question.is_asked for question in coming)
    found: list[Step] = []
    notes: list[Question] = []
    for question in coming:
        if question.is_asked:
            found.append(Step(question, tuple(notes), len(found) + 1, total))
            notes = []
        else:
            notes.append(question)
    return tuple(found)


def last_notes(questionnaire: Questionnaire, answers: Answers, *, today: str) -> tuple[Question, ...]:
    """What is read after the last question."""
    notes: list[Question] = []
    for question in course(questionnaire, answers, today=today):
        notes = [] if question.is_asked else [*notes, question]
    return tuple(notes)


def step_of(coming: Sequence[Step], id: str) -> Step | None:
    return next((step for step in coming if step.question.id == id), None)


def first_open(coming: Sequence[Step], answers: Answers) -> Step | None:
    """The first question that nobody has looked at yet: neither answered nor passed over."""
    return next((step for step in coming if step.question.id not in answers), None)
