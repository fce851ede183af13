"""What cannot work about a questionnaire: names, choices, groups, and every expression.

Whoever reads questionnaires (from the guideline, from a spreadsheet) asks here and adds the place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.questionnaire.expression import codes_named, fault, looks_at_itself, names, strangers
from monosashi.define.questionnaire.form import CHOSEN, Group, Question, Questionnaire
from monosashi.errors import Kind

_EXPRESSIONS = ("relevant", "required", "constraint", "choice_filter")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the question or group at `index`, in its `field`."""

    part: Literal["questions", "groups"]
    index: int
    field: str
    kind: Kind
    details: dict[str, Any]


def faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Every fault, questions first. An answer can depend on earlier answers only."""
    yield from _names_and_columns(questionnaire.questions)
    yield from _groups(questionnaire)
    known = [question.id for question in questionnaire.questions if question.is_asked]
    before: list[str] = []
    for index, question in enumerate(questionnaire.questions):
        yield from _choices(index, question)
        yield from _rules(index, question, before, known)
        if question.is_asked:
            before.append(question.id)
    yield from _group_rules(questionnaire, known)
    yield from _codes(questionnaire)


# ---- names ----------------------------------------------------------------------------------------


def _names_and_columns(questions: Sequence[Question]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for index, question in enumerate(questions):
        for column in _columns(question):
            if column in first:
                same = column == question.id == first[column]
                kind = errors.QUESTION_TWICE if same else errors.QUESTION_COLUMN_TWICE
                details = {"id": column, "first": first[column]}
                yield Fault("questions", index, "id", kind, details)
            first.setdefault(column, question.id)


def _columns(question: Question) -> Iterator[str]:
    """The names under which a question is stored; a choice twice is said elsewhere."""
    yield question.id
    if question.kind == "many":
        yield from dict.fromkeys(question.column_of(choice.code) for choice in question.choices)
    if question.other and question.other_id not in map(question.column_of, (question.other,)):
        yield question.other_id


# ---- groups ---------------------------------------------------------------------------------------


def _groups(questionnaire: Questionnaire) -> Iterator[Fault]:
    groups = {group.id: group for group in questionnaire.groups}
    for index, group in enumerate(questionnaire.groups):
        if [each.id for each in questionnaire.groups[:index]].count(group.id):
            yield Fault("groups", index, "id", errors.QUESTION_TWICE, {"id": group.id, "first": group.id})
        if group.parent is not None and (group.parent not in groups or _is_inside_itself(group, groups)):
            details = {"group": group.parent, "nearest": nearest(group.parent, groups)}
            yield Fault("groups", index, "parent", errors.GROUP_UNKNOWN, details)
    left: set[str] = set()
    inside: list[str] = []
    for index, question in enumerate(questionnaire.questions):
        if question.group is not None and question.group not in groups:
            details = {"group": question.group, "nearest": nearest(question.group, groups)}
            yield Fault("questions", index, "group", errors.GROUP_UNKNOWN, details)
        around = _around(question.group, groups)
        left |= set(inside) - set(around)
        if back := [group for group in around if group in left]:
            yield Fault("questions", index, "group", errors.GROUP_APART, {"group": back[0]})
            left -= set(back)
        inside = around
    filled = {name for question in questionnaire.questions for name in _around(question.group, groups)}
    for index, group in enumerate(questionnaire.groups):
        if group.id not in filled:
            yield Fault("groups", index, "id", errors.GROUP_EMPTY, {"group": group.id})


def _around(name: str | None, groups: dict[str, Group]) -> list[str]:
    """A group and those around it, from the innermost; ends where a name is unknown or comes again."""
    found: list[str] = []
    while name is not None and name in groups and name not in found:
        found.append(name)
        name = groups[name].parent
    return found


def _is_inside_itself(group: Group, groups: dict[str, Group]) -> bool:
    name, seen = group.parent, {group.id}
    while name is not None and name in groups:
        if name in seen:
            return True
        seen.add(name)
        name = groups[name].parent
    return False


# ---- choices --------------------------------------------------------------------------------------


def _choices(index: int, question: Question) -> Iterator[Fault]:
    def found(field: str, kind: Kind, **details: Any) -> Fault:
        return Fault("questions", index, field, kind, {"id": question.id, **details})

    codes = [choice.code for choice in question.choices]
    if question.kind in CHOSEN and not codes:
        yield found("choices", errors.CHOICES_LACKING)
    if question.kind not in CHOSEN and (codes or question.choice_filter):
        yield found("choices", errors.CHOICES_UNUSED)
    small = [code.lower() for code in codes]  # they become columns, and engines do not tell A from a
    for code in dict.fromkeys(code for code in codes if small.count(code.lower()) > 1):
        yield found("choices", errors.CHOICE_TWICE, code=code)
    if question.exclusive and question.kind != "many":
        yield found("exclusive", errors.EXCLUSIVE_OF_ONE)
    for field in ("exclusive", "missing", "other"):
        named = getattr(question, field)
        for code in (named,) if isinstance(named, str) else named or ():
            if code not in codes:
                yield found(field, errors.CHOICE_UNKNOWN, code=code, nearest=nearest(code, codes))


# ---- expressions ----------------------------------------------------------------------------------


def _rules(index: int, question: Question, before: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    columns = {name for choice in question.choices for name in choice.properties}
    for field in _EXPRESSIONS:
        expression = getattr(question, field)
        if expression is None:
            continue
        own = [question.id] if field == "constraint" else []
        plain = columns if field == "choice_filter" else ()
        for kind, details in wrong(expression, [*before, *own], known, plain, itself=bool(own)):
            yield Fault("questions", index, field, kind, details)


def _group_rules(questionnaire: Questionnaire, known: Sequence[str]) -> Iterator[Fault]:
    groups = {group.id: group for group in questionnaire.groups}
    for index, group in enumerate(questionnaire.groups):
        if group.relevant is None:
            continue
        before = []
        for question in questionnaire.questions:
            if group.id in _around(question.group, groups):
                break
            before.append(question.id)
        for kind, details in wrong(group.relevant, before, known, (), itself=False):
            yield Fault("groups", index, "relevant", kind, details)


def _codes(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Codes in expressions that no choice has: what they ask for can never come."""
    offered = {
        question.id: [choice.code for choice in question.choices]
        for question in questionnaire.questions
        if question.kind in CHOSEN
    }
    rules = [
        (Fault("questions", index, field, errors.CHOICE_UNKNOWN, {}), getattr(question, field))
        for index, question in enumerate(questionnaire.questions)
        for field in _EXPRESSIONS
    ]
    rules += [
        (Fault("groups", index, "relevant", errors.CHOICE_UNKNOWN, {}), group.relevant)
        for index, group in enumerate(questionnaire.groups)
    ]
    for place, expression in rules:
        for name, code in codes_named(expression or ""):
            if name in offered and code not in offered[name]:
                details = {"id": name, "code": code, "nearest": nearest(code, offered[name])}
                yield replace(place, details=details)


def wrong(
    expression: str, before: Sequence[str], known: Sequence[str], plain: Collection[str], *, itself: bool
) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """What is wrong with one expression, given the questions it may name."""
    for name in names(expression):
        if name not in known:
            yield errors.EXPRESSION_NAME, {"name": name, "nearest": nearest(name, known)}
        elif name not in before:
            yield errors.EXPRESSION_LATER, {"name": name}
    if strange := [name for name in strangers(expression) if name not in plain]:
        yield errors.EXPRESSION_STRANGER, {"name": ", ".join(strange), "columns": ", ".join(plain) or "—"}
    elif problem := fault(expression):
        yield errors.EXPRESSION_FAULT, {"expression": expression, "problem": problem}
    elif not itself and looks_at_itself(expression):
        yield errors.EXPRESSION_ITSELF, {"expression": expression}
