"""Whether an answer fits its question. Every door (page, paper, widget, API, file) asks here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from monosashi.define.questionnaire.expression import holds
from monosashi.define.questionnaire.form import CHOSEN, NUMBERS, Question, Questionnaire
from monosashi.define.text import Text
from monosashi.gather.answers import words
from monosashi.gather.answers.course import Answers, choices, course

LONGEST = 5_000  # characters of a free text
_DIGITS = {
    "integer": re.compile(r"[+-]?[0-9]{1,15}"),
    "decimal": re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Misfit:
    """An answer that does not fit: of which question, why in one word, and what to say to the person."""

    question: str
    code: str
    text: Text


def tidy(question: Question, answer: str) -> str:
    """The answer as it is kept: what a person typed, less what only the keyboard put there.

    Full-width digits of numbers and dates become plain ones, codes chosen twice count once, and texts lose
    the blanks around them and nothing else.
    """
    if question.kind == "text":
        return answer.replace("\r\n", "\n").strip()
    if question.kind == "many":
        return " ".join(dict.fromkeys(answer.split()))
    return unicodedata.normalize("NFKC", answer).strip().replace(" ", "")


def misfits(questionnaire: Questionnaire, answers: Answers, *, today: str) -> tuple[Misfit, ...]:
    """Everything that does not fit among the questions that come. Nothing means: may be stored."""
    asked = course(questionnaire, answers, today=today)
    counted = {question.id: answers.get(question.id, "") for question in asked}
    counted = {**dict.fromkeys((each.id for each in questionnaire.questions), ""), **counted}
    given = {**answers, **counted}
    return tuple(found for question in asked for found in misfits_of(question, given, today=today))


def misfits_of(question: Question, answers: Answers, *, today: str) -> Iterator[Misfit]:
    """What does not fit about the answer to one question, given the others."""
    answer = answers.get(question.id, "")
    if not question.is_asked:
        return
    if not answer:
        if question.required and holds(question.required, answers, today=today):
            yield _misfit(question, "missing", question.required_message)
        return
    if code := _wrong_form(question, answers, today=today):
        yield _misfit(question, code, None)
    elif question.constraint and not holds(question.constraint, answers, today=today, itself=answer):
        yield _misfit(question, "constraint", question.constraint_message)
    yield from _of_other(question, answers)


def _misfit(question: Question, code: str, text: Text | None) -> Misfit:
    return Misfit(question.id, code, text or words.MISFITS[code])


def _wrong_form(question: Question, answers: Answers, *, today: str) -> str | None:
    answer = answers[question.id]
    if question.kind in CHOSEN:
        return _wrong_choice(question, answers, today=today)
    if question.kind in NUMBERS:
        return None if _DIGITS[question.kind].fullmatch(answer) else question.kind
    if question.kind == "text":
        return _wrong_text(answer)
    return None if _is_moment(question, answer) else question.kind


def _wrong_choice(question: Question, answers: Answers, *, today: str) -> str | None:
    chosen = answers[question.id].split()
    offered = {choice.code for choice in choices(question, answers, today=today)}
    if not set(chosen) <= offered:
        return "choice"
    if question.kind == "one" and len(chosen) > 1:
        return "one"
    return "exclusive" if len(chosen) > 1 and set(chosen) & set(question.exclusive) else None


def _wrong_text(answer: str) -> str | None:
    if _CONTROL.search(answer):
        return "characters"
    return "long" if len(answer) > LONGEST else None


def _is_moment(question: Question, answer: str) -> bool:
    parse = date.fromisoformat if question.kind == "date" else time.fromisoformat
    try:
        parse(answer)
    except ValueError:
        return False
    return len(answer) == (10 if question.kind == "date" else 5)


def _of_other(question: Question, answers: Answers) -> Iterator[Misfit]:
    text = answers.get(question.other_id, "")
    if question.other in answers[question.id].split() and (code := _wrong_text(text)):
        yield Misfit(question.id, code, words.MISFITS[code])
