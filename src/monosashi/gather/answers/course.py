"""The course of an interview: which questions are asked, given the answers so far."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.define.questionnaire.expression import holds
from monosashi.define.questionnaire.form import Choice, Question, Questionnaire

Answers = Mapping[
    str, str
]  # id → answer as text: a code, codes apart by spaces, a number, a date; "" is none


def course(questionnaire: Questionnaire, answers: Answers, *, today: str) -> tuple[Question, ...]:
    """The questions and notes that come, in order. A skipped question counts as unanswered for later ones.

    Rules look back only (the questionnaire is read that way), so one walk from first to last decides all.
    """
    counted = dict.fromkeys((question.id for question in questionnaire.questions), "")
    groups: dict[str, bool] = {}
    asked = []
    for question in questionnaire.questions:
        if _comes(questionnaire, question, counted, groups, today):
            asked.append(question)
            counted[question.id] = answers.get(question.id, "")
    return tuple(asked)


def kept(questionnaire: Questionnaire, answers: Answers, *, today: str) -> dict[str, str]:
    """The answers that count: those to questions that come, without empty ones and without strangers."""
    found = {}
    for question in course(questionnaire, answers, today=today):
        chosen = answers.get(question.id, "").split()
        names = (question.id, question.other_id) if question.other in chosen else (question.id,)
        found.update({name: answers[name] for name in names if answers.get(name)})
    return found


def choices(question: Question, answers: Answers, *, today: str) -> tuple[Choice, ...]:
    """The choices that are offered: all, or those that a choice filter lets through."""
    if question.choice_filter is None:
        return question.choices
    return tuple(
        choice
        for choice in question.choices
        if holds(question.choice_filter, answers, today=today, properties=choice.properties)
    )


def _comes(
    questionnaire: Questionnaire, question: Question, counted: Answers, groups: dict[str, bool], today: str
) -> bool:
    inside = question.group is None or _group_comes(questionnaire, question.group, counted, groups, today)
    return inside and (question.relevant is None or holds(question.relevant, counted, today=today))


def _group_comes(
    questionnaire: Questionnaire, name: str, counted: Answers, groups: dict[str, bool], today: str
) -> bool:
    """Decided once, where the group begins: nothing inside a group may skip it."""
    if name not in groups:
        group = questionnaire.group(name)
        outer = group.parent is None or _group_comes(questionnaire, group.parent, counted, groups, today)
        groups[name] = outer and (group.relevant is None or holds(group.relevant, counted, today=today))
    return groups[name]
