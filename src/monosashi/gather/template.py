"""Templates: what a sheet to be filled in asks for, column by column, so that it can be imported as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.define.text import Text
from monosashi.gather.expect import Instrument
from monosashi.gather.record import ColumnType, Range, Schema
from monosashi.gather.register.schemas import LISTS, REGISTER
from monosashi.gather.suggest import JAPAN_TIME
from monosashi.gather.words import COLUMNS, ENTRIES

_FORMS: dict[ColumnType, Text] = {
    "text": Text(ja="文字", en="text"),
    "integer": Text(ja="整数", en="a whole number"),
    "number": Text(ja="数", en="a number"),
    "boolean": Text(ja="1（はい）か 0（いいえ）", en="1 (yes) or 0 (no)"),
    "date": Text(ja="日付（例 2025-04-01）", en="a day such as 2025-04-01"),
    "timestamp": Text(
        ja="日本時間の日時（例 2025-04-01 09:30）", en="a day and time in Japan such as 2025-04-01 09:30"
    ),
}


_TYPES: dict[str, ColumnType] = {"integer": "integer", "decimal": "number", "date": "date"}  # else text


@dataclass(frozen=True)
class TemplateColumn:
    """`choices` are the only cells there may be, empty where any of the type will do."""

    field: str
    type: ColumnType
    title: Text
    required: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    range: Range | None = None

    @property
    def header(self) -> str:
        """People read the words, the import reads what stands in brackets."""
        clock = f"、{JAPAN_TIME}" if self.type == "timestamp" else ""
        return f"{self.title.ja.replace('`', '')}{clock}（{self.field}）"

    @property
    def form(self) -> Text:
        """What may stand in a cell, in words."""
        form = Text(ja="一覧から選ぶ", en="one of the list") if self.choices else _FORMS[self.type]
        if not self.required:
            return form
        return Text(ja=f"必ず入れる。{form.ja}", en=f"needed; {form.en}")


def template_columns(
    schema: Schema, instrument: Instrument, domains: Sequence[str] = ()
) -> list[TemplateColumn]:
    """The fixed columns of a table, those that figures are split by, then the questionnaire's."""
    fixed = [_fixed(name, schema) for name in schema.columns]
    split = [TemplateColumn(name, "text", Text(ja="区分", en="split by")) for name in domains]
    return fixed + split + [_asked(name, instrument) for name in instrument.columns()]


def _fixed(name: str, schema: Schema) -> TemplateColumn:
    positive = name in schema.positive
    return TemplateColumn(
        field=name,
        type=schema.columns[name],
        title=(ENTRIES if schema.name in REGISTER else COLUMNS)[name],
        required=name in schema.required,
        unique=schema.key == (name,),
        choices=() if name in LISTS else tuple(schema.words.get(name, ())),
        range=(0.0, None) if positive else schema.ranges.get(name),
    )


def _asked(name: str, instrument: Instrument) -> TemplateColumn:
    choice = instrument.choice(name)
    if choice is not None:
        return TemplateColumn(name, "boolean", choice[1], choices=("1", "0"))
    scale, title = instrument.scale(name), instrument.items[name].text_of(instrument.id)
    if scale is None or scale.kind != "one":
        bounds = (scale.lowest, scale.highest) if scale else None
        return TemplateColumn(name, _TYPES.get(scale.kind if scale else "", "text"), title, range=bounds)
    words = tuple(text.ja for text in scale.codes.values())
    return TemplateColumn(name, "text", title, choices=words)
