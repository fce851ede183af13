"""A questionnaire as JSON for programs, and as lines that a person reads before it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monosashi.define.questionnaire.form import CHOSEN, Group, Question, Questionnaire
from monosashi.define.text import Text

_KINDS = {
    "one": Text(ja="一つ選ぶ", en="choose one", simple="1つ えらぶ"),
    "many": Text(ja="いくつでも選ぶ", en="choose any number", simple="いくつでも えらぶ"),
    "text": Text(ja="言葉で書く", en="in words", simple="ことばで 書（か）く"),
    "integer": Text(ja="整数", en="whole number", simple="数字（すうじ）"),
    "decimal": Text(ja="数", en="number", simple="数字（すうじ）"),
    "date": Text(ja="日付", en="date", simple="日（ひ）"),
    "time": Text(ja="時刻", en="time of day", simple="時間（じかん）"),
    "note": Text(ja="読むだけ", en="to read", simple="読（よ）むだけ"),
}
_WORDS = {
    "required": Text(ja="必須", en="required"),
    "relevant": Text(ja="尋ねる条件", en="asked if"),
    "constraint": Text(ja="答えの条件", en="must fulfil"),
    "choice_filter": Text(ja="選択肢の条件", en="choices if"),
    "exclusive": Text(ja="ほかと一緒に選べない", en="goes with no other"),
    "missing": Text(ja="数えない", en="left out"),
    "other": Text(ja="記入欄が開く", en="opens a line of text"),
    "purpose": Text(ja="目的", en="purpose"),
    "item": Text(ja="設問", en="item"),
}


def counts(questionnaire: Questionnaire) -> dict[str, Any]:
    """How much is asked, and in which languages."""
    asked = [question for question in questionnaire.questions if question.is_asked]
    return {
        "languages": list(questionnaire.languages),
        "questions": len(asked),
        "notes": len(questionnaire.questions) - len(asked),
        "groups": len(questionnaire.groups),
        "tied_to_items": sum(question.item is not None for question in asked),
    }


def shape(questionnaire: Questionnaire) -> dict[str, Any]:
    """Every field, with the version that its content has."""
    return {
        "version": questionnaire.version,
        "languages": list(questionnaire.languages),
        **questionnaire.model_dump(mode="json"),
    }


def lines(questionnaire: Questionnaire, language: str) -> Iterator[str]:
    """The whole questionnaire, one question after the other, with everything that decides about it."""
    yield f"{questionnaire.title.said_in(language)} ({questionnaire.id} {questionnaire.version})"
    if questionnaire.about:
        yield from ("", questionnaire.about.said_in(language))
    inside: str | None = None
    number = 0
    for question in questionnaire.questions:
        if question.group != inside and question.group is not None:
            yield from _heading(questionnaire.group(question.group), language)
        inside = question.group
        number += question.is_asked
        yield from ("", *_question(question, number, language))
    if questionnaire.thanks:
        yield from ("", questionnaire.thanks.said_in(language))


def _heading(group: Group, language: str) -> Iterator[str]:
    yield from ("", f"== {group.label.said_in(language) if group.label else group.id}")
    if group.relevant:
        yield f"   {_word('relevant', language)}: {group.relevant}"


def _question(question: Question, number: int, language: str) -> Iterator[str]:
    mark = f"{number}." if question.is_asked else "-"
    kind = _KINDS[question.kind].said_in(language)
    yield f"{mark} {question.label.said_in(language)} [{question.id}; {kind}]"
    if question.hint:
        yield f"   ({question.hint.said_in(language)})"
    if question.purpose:
        yield f"   {_word('purpose', language)}: {question.purpose.said_in(language)}"
    for field in ("required", "relevant", "constraint", "choice_filter"):
        if rule := getattr(question, field):
            yield f"   {_word(field, language)}" + ("" if rule == "true()" else f": {rule}")
    if question.item:
        scale = f", {question.scale}" if question.scale else ""
        yield f"   {_word('item', language)}: {question.item} v{question.wording_version}{scale}"
    if question.kind in CHOSEN:
        yield from _choices(question, language)


def _choices(question: Question, language: str) -> Iterator[str]:
    for choice in question.choices:
        marks = [field for field in ("exclusive", "missing") if choice.code in getattr(question, field)]
        marks += ["other"] if choice.code == question.other else []
        said = "; ".join(_word(mark, language) for mark in marks)
        yield f"   {choice.code:>4}  {choice.label.said_in(language)}" + (f" [{said}]" if said else "")


def _word(field: str, language: str) -> str:
    return _WORDS[field].said_in(language)
