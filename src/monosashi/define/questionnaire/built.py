"""An outline of the guideline and its bank of items → the questionnaire that people answer."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.define.guideline import Guideline, Item, Outline, OutlinedGroup, OutlinedQuestion, Scale
from monosashi.define.questionnaire.form import Choice, Group, Question, Questionnaire
from monosashi.define.text import Text


def questionnaire(guideline: Guideline, id: str) -> Questionnaire:
    """The questionnaire of the guideline with this id (StopIteration where there is none)."""
    return questionnaire_of(guideline, next(each for each in guideline.questionnaires if each.id == id))


def questionnaires(guideline: Guideline) -> tuple[Questionnaire, ...]:
    return tuple(questionnaire_of(guideline, outline) for outline in guideline.questionnaires)


def questionnaire_of(guideline: Guideline, outline: Outline) -> Questionnaire:
    items = {item.id: item for item in guideline.items}
    return built(outline, items, {scale.id: scale for scale in guideline.scales})


def built(outline: Outline, items: Mapping[str, Item], scales: Mapping[str, Scale]) -> Questionnaire:
    """Every item in its words for the instrument, with the choices of its scale. Nothing is reworded."""
    return Questionnaire(
        id=outline.id,
        title=outline.title,
        about=outline.about,
        thanks=outline.thanks,
        groups=tuple(
            Group(id=group.id, label=group.title, relevant=group.relevant, parent=group.parent)
            for group in _in_order(outline)
        ),
        questions=tuple(_question(outlined, outline.instrument, items, scales) for outlined in outline.asked),
    )


def _in_order(outline: Outline) -> list[OutlinedGroup]:
    """The groups as they come: by their first question, an outer before those within it."""
    named = {group.id: group for group in outline.groups}
    if len(named) < len(outline.groups):
        return list(outline.groups)  # two of one name: a fault, told where it is looked for
    found: dict[str, None] = {}
    for question in outline.asked:
        around: list[str] = []
        name = question.group
        while name in named and name not in around:
            around.insert(0, name)
            name = named[name].parent
        found.update(dict.fromkeys(around))
    found.update(dict.fromkeys(named))
    return [named[name] for name in found]


def _question(
    outlined: OutlinedQuestion, instrument: str, items: Mapping[str, Item], scales: Mapping[str, Scale]
) -> Question:
    if outlined.note is not None:
        return Question(
            id=outlined.name,
            kind="note",
            label=outlined.note,
            group=outlined.group,
            relevant=outlined.relevant,
        )
    item = items[outlined.item or ""]
    scale = scales[item.scale]
    return Question(
        id=outlined.name,
        kind=scale.kind,
        label=item.text_of(instrument),
        hint=item.hint,
        purpose=item.purpose,
        group=outlined.group,
        choices=_choices(scale),
        choice_filter=outlined.choice_filter,
        exclusive=tuple(str(code) for code in scale.codes if code in scale.exclusive),
        other=None if scale.other is None else str(scale.other),
        missing=tuple(str(code) for code in scale.codes if code in scale.missing),
        required=_required(outlined.required),
        required_message=outlined.required_message,
        relevant=outlined.relevant,
        constraint=_range(scale),
        constraint_message=_range_said(scale),
        lines=scale.lines,
        item=item.id,
        scale=scale.id,
        wording_version=item.wording_version,
    )


def _choices(scale: Scale) -> tuple[Choice, ...]:
    return tuple(
        Choice(code=str(code), label=label, properties=scale.properties.get(code, {}))
        for code, label in scale.codes.items()
    )


def _required(required: bool | str) -> str | None:
    if isinstance(required, str):
        return required
    return "true()" if required else None


def _range(scale: Scale) -> str | None:
    bounds = [
        f". {sign} {bound}"
        for sign, bound in ((">=", scale.lowest), ("<=", scale.highest))
        if bound is not None
    ]
    return " and ".join(bounds) or None


def _range_said(scale: Scale) -> Text | None:
    low, high = scale.lowest, scale.highest
    if low is not None and high is not None:
        return Text(
            ja=f"{low}から{high}までの数を書いてください。",
            en=f"Please write a number from {low} to {high}.",
            simple=f"{low}から {high}までの 数字（すうじ）を 書（か）いて ください。",
        )
    if low is not None:
        return Text(
            ja=f"{low}以上の数を書いてください。",
            en=f"Please write a number of {low} or more.",
            simple=f"{low}か、{low}より 大（おお）きい 数字（すうじ）を 書（か）いて ください。",
        )
    if high is not None:
        return Text(
            ja=f"{high}以下の数を書いてください。",
            en=f"Please write a number of {high} or less.",
            simple=f"{high}か、{high}より 小（ちい）さい 数字（すうじ）を 書（か）いて ください。",
        )
    return None
