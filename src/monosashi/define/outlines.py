"""What must hold of the questionnaires of a guideline: their items are there, and their rules can work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monosashi import errors
from monosashi.define.fit import Placed, nearest
from monosashi.define.guideline import Item, Outline, Scale
from monosashi.define.parts import Parts
from monosashi.define.questionnaire.built import built
from monosashi.define.questionnaire.faults import Fault, faults
from monosashi.define.questionnaire.form import Questionnaire
from monosashi.errors import Finding

_ITEMS = "items/"
_WRITTEN_AS = {"id": "item", "choices": "item", "exclusive": "item", "missing": "item", "other": "item"}


def broken(parts: Parts) -> Iterator[Finding]:
    """Every questionnaire; its rules are judged once every item in it is known."""
    items = {placed.value.id: placed.value for placed in parts.items}
    scales = {placed.value.id: placed.value for placed in parts.scales}
    for scale in parts.scales:
        yield from _scale(scale)
    for outline in parts.questionnaires:
        found = [*_questions(parts, outline, items), *_worded_as(outline, items)]
        yield from found
        if not found and _is_whole(outline.value, items, scales):
            form = built(outline.value, items, scales)
            yield from (_placed(outline, form, fault) for fault in faults(form))


def _is_whole(outline: Outline, items: Mapping[str, Item], scales: Mapping[str, Scale]) -> bool:
    """Whether every item could be read. One that could not has been told of already."""
    asked = [question.item for question in outline.asked if question.item is not None]
    return all(item in items and items[item].scale in scales for item in asked)


def _questions(parts: Parts, outline: Placed[Outline], items: Mapping[str, Item]) -> Iterator[Finding]:
    for index, question in enumerate(outline.value.asked):
        path = ("questions", index)
        if (question.item is None) == (question.note is None):
            yield outline.found(errors.OUTLINE_ITEM_OR_NOTE, *path)
        elif question.item is None:
            if question.id is None:
                yield outline.found(errors.GUIDELINE_KEY_MISSING, *path, key="id")
        elif question.item not in parts.names.of(_ITEMS):
            if _ITEMS not in parts.names.unsure:
                near = nearest(question.item, parts.names.of(_ITEMS))
                where = {"where_ja": _ITEMS, "where_en": _ITEMS}
                details = {"key": "item", "id": question.item, "nearest": near, **where}
                yield outline.found(errors.GUIDELINE_NOT_THERE, *path, "item", **details)
        elif question.item in items and outline.value.id not in items[question.item].asked_in:
            details = {"item": question.item, "questionnaire": outline.value.id}
            yield outline.found(errors.OUTLINE_NOT_ASKED_IN, *path, "item", **details)


def _worded_as(outline: Placed[Outline], items: Mapping[str, Item]) -> Iterator[Finding]:
    """Somebody must know the instrument whose words are borrowed."""
    instrument = outline.value.worded_as
    known = sorted({name for item in items.values() for name in item.text_in})
    if instrument is not None and instrument not in known:
        details = {"key": "worded_as", "id": instrument, "nearest": nearest(instrument, known)}
        where = {"where_ja": "items/ の text_in ", "where_en": "text_in of items/"}
        yield outline.found(errors.GUIDELINE_NOT_THERE, "worded_as", **details, **where)


def _scale(scale: Placed[Scale]) -> Iterator[Finding]:
    """Codes stand where choices are made, bounds where a number is written."""
    value = scale.value
    chosen = value.kind in ("one", "many")
    if chosen != bool(value.codes):
        expected = ("codes が必要", "codes") if chosen else ("codes: {}", "codes: {}")
        yield _value(scale, "codes", ", ".join(map(str, value.codes)) or "{}", expected)
    further = [("properties", code) for code in value.properties]
    further += [("other", value.other)] if value.other is not None else []
    for field, code in further:
        if code not in value.codes:
            known = ", ".join(map(str, value.codes)) or "—"
            yield _value(scale, field, code, (f"codes のどれか（{known}）", f"one of codes ({known})"))
    for field in ("lowest", "highest"):
        if getattr(value, field) is not None and value.kind not in ("integer", "decimal"):
            expected = (
                "kind が integer か decimal の尺度だけ",
                "a bound only where kind is integer or decimal",
            )
            yield _value(scale, field, getattr(value, field), expected)
    if value.lowest is not None and value.highest is not None and value.lowest > value.highest:
        yield _value(scale, "highest", value.highest, (f"{value.lowest}以上の数", f"at least {value.lowest}"))


def _value(scale: Placed[Scale], field: str, value: object, expected: tuple[str, str]) -> Finding:
    details = {"key": field, "value": value, "expected_ja": expected[0], "expected_en": expected[1]}
    return scale.found(errors.GUIDELINE_VALUE, field, **details)


def _placed(outline: Placed[Outline], form: Questionnaire, fault: Fault) -> Finding:
    """A fault at its line. The groups of a form come in the order in which they are asked."""
    if fault.part == "questions":
        field = _WRITTEN_AS.get(fault.field, fault.field)
        return outline.found(fault.kind, fault.part, fault.index, field, **fault.details)
    written = [group.id for group in outline.value.groups]
    unique = len(set(written)) == len(written)
    index = written.index(form.groups[fault.index].id) if unique else fault.index
    return outline.found(fault.kind, fault.part, index, fault.field, **fault.details)
