"""A questionnaire → the sheets of an XLSForm that reads back as the same questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monosashi.define.questionnaire.form import CHOSEN, Group, Question, Questionnaire
from monosashi.define.text import Text
from monosashi.gather.xlsform.headings import LANGUAGE_NAMES

Record = dict[str, str]  # heading → cell
_TYPES = {"one": "select_one", "many": "select_multiple"}
_SURVEY_SAID = ("label", "hint", "purpose", "required_message", "constraint_message")
_SURVEY = ("relevant", "required", "constraint", "choice_filter", "item", "scale", "wording_version")


def written(questionnaire: Questionnaire) -> dict[str, list[list[str]]]:
    """survey, choices and settings as rows of text, headings first."""
    lists = _lists(questionnaire.questions)
    names = {key: name for name, key in lists.items()}
    survey = list(_survey(questionnaire, names))
    choices = [
        row for name, (question, _) in _first_of(questionnaire, lists) for row in _choices(name, question)
    ]
    return {
        "survey": _grid(["type", "name"], survey),
        "choices": _grid(["list_name", "name"], choices),
        "settings": _grid(["form_id"], [_settings(questionnaire)]),
    }


def _survey(questionnaire: Questionnaire, names: dict[object, str]) -> Iterator[Record]:
    groups = {group.id: group for group in questionnaire.groups}
    inside: list[str] = []
    for question in questionnaire.questions:
        around = _around(question.group, groups)
        while inside != around[: len(inside)]:
            inside.pop()
            yield {"type": "end group"}
        for name in around[len(inside) :]:
            inside.append(name)
            yield _group(groups[name])
        yield _question(question, names)
    yield from ({"type": "end group"} for _ in inside)


def _around(name: str | None, groups: dict[str, Group]) -> list[str]:
    """The groups around a question, the outermost first."""
    found: list[str] = []
    while name is not None:
        found.insert(0, name)
        name = groups[name].parent
    return found


def _group(group: Group) -> Record:
    return {
        "type": "begin group",
        "name": group.id,
        **_said("label", group.label),
        **({"relevant": group.relevant} if group.relevant else {}),
    }


def _question(question: Question, names: dict[object, str]) -> Record:
    kind = question.kind
    type_ = f"{_TYPES[kind]} {names[_key(question)]}" if kind in CHOSEN else kind
    row: Record = {"type": type_, "name": question.id}
    for name in _SURVEY_SAID:
        row |= _said(name, getattr(question, name))
    row |= {name: value for name in _SURVEY if (value := getattr(question, name))}
    if question.lines > 1:
        row |= {"appearance": "multiline", "rows": str(question.lines)}
    return row


def _said(name: str, text: Text | None) -> Record:
    if text is None:
        return {}
    spoken = {"ja": text.ja, "en": text.en, "simple": text.simple}
    return {f"{name}::{LANGUAGE_NAMES[language]}": word for language, word in spoken.items() if word}


# ---- choices --------------------------------------------------------------------------------------


def _key(question: Question) -> tuple[str, ...]:
    """Questions that offer the very same choices share a list."""
    marks = (question.exclusive, question.missing, question.other)
    return (repr([choice.model_dump() for choice in question.choices]), repr(marks))


def _lists(questions: Sequence[Question]) -> dict[str, object]:
    """name → key of every list: the name of the scale where it is free, else that of the question."""
    found: dict[str, object] = {}
    for question in questions:
        if question.kind in CHOSEN and (key := _key(question)) not in found.values():
            name = question.scale or question.id
            found[name if name not in found else _free(question.id, found)] = key
    return found


def _free(name: str, taken: dict[str, object]) -> str:
    while name in taken:
        name = f"{name}_"
    return name


def _first_of(
    questionnaire: Questionnaire, lists: dict[str, object]
) -> Iterator[tuple[str, tuple[Question, object]]]:
    for name, key in lists.items():
        question = next(each for each in questionnaire.questions if each.kind in CHOSEN and _key(each) == key)
        yield name, (question, key)


def _choices(name: str, question: Question) -> Iterator[Record]:
    for choice in question.choices:
        marks = {
            "exclusive": choice.code in question.exclusive,
            "missing": choice.code in question.missing,
            "other": choice.code == question.other,
        }
        yield {
            "list_name": name,
            "name": choice.code,
            **_said("label", choice.label),
            **{mark: "yes" for mark, holds in marks.items() if holds},
            **choice.properties,
        }


# ---- settings -------------------------------------------------------------------------------------


def _settings(questionnaire: Questionnaire) -> Record:
    return {
        "form_id": questionnaire.id,
        "default_language": LANGUAGE_NAMES["ja"],
        "form_title": questionnaire.title.ja,  # the column that other programs read
        **_said("form_title", Text(ja="", en=questionnaire.title.en, simple=questionnaire.title.simple)),
        **_said("about", questionnaire.about),
        **_said("thanks", questionnaire.thanks),
    }


def _grid(first: Sequence[str], rows: Sequence[Record]) -> list[list[str]]:
    headings = list(dict.fromkeys([*first, *(heading for row in rows for heading in row)]))
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
