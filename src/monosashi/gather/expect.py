"""What a field may hold, said by the table, by the questionnaire and by the mapping together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.guideline import Item, Scale, ScaleCode
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.mapping import FieldMapping, MappingFile, Value
from monosashi.gather.record import ColumnType, Range, Schema, is_column
from monosashi.gather.written import Numbers

_NUMERIC = ("integer", "number")
_PLAIN: Mapping[str, ColumnType] = {  # kinds of answers that are written, not chosen
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "time": "text",
}


@dataclass(frozen=True)
class Expectation:
    """`codes`: cell → what is stored; empty where any cell of the type will do. `labels`: stored → said.

    `numbers` shows how numbers are written where the field itself does not say. In a `workbook` a day and
    its midnight are the same.
    """

    name: str
    type: ColumnType
    mapping: FieldMapping
    missing: tuple[str, ...] = ("",)
    codes: Mapping[str, Value] = field(default_factory=dict)
    labels: Mapping[Value, str] = field(default_factory=dict)
    required: bool = False
    positive: bool = False
    range: Range | None = None
    numbers: Numbers = "1234.5"
    workbook: bool = False
    comment: bool = False


@dataclass(frozen=True)
class Instrument:
    """The items of one questionnaire with their scales, from the guideline. One it does not know has none."""

    id: str
    items: Mapping[str, Item] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)

    @classmethod
    def of(cls, id: str, items: Iterable[Item], scales: Iterable[Scale]) -> Instrument:
        asked = {item.id: item for item in items if id in item.asked_in}
        return cls(id, asked, {scale.id: scale for scale in scales})

    def columns(self) -> list[str]:
        """Those that answers to the questionnaire can have: each item, or each choice of one with many."""
        return [column for name in self.items for column in self._columns_of(name)]

    def _columns_of(self, name: str) -> list[str]:
        scale = self.scale(name)
        if scale is None or scale.kind != "many":
            return [name] if scale else []
        return [f"{name}_{str(code).lower()}" for code in scale.codes]

    def choice(self, name: str) -> tuple[Item, Text] | None:
        """The item and the words of the choice that a column such as `knows_3` stands for."""
        for item in self.items.values():
            scale = self.scale(item.id)
            for code, text in scale.codes.items() if scale and scale.kind == "many" else ():
                if name == f"{item.id}_{str(code).lower()}":
                    return item, text
        return None

    def scale(self, name: str) -> Scale | None:
        item = self.items.get(name)
        return self.scales.get(item.scale) if item else None

    def is_choice(self, name: str) -> bool:
        """`knows_3` is choice 3 of the item `knows`, which offers any number of choices."""
        return self.choice(name) is not None


def expectations(
    mapping: MappingFile, schema: Schema, instrument: Instrument
) -> tuple[list[Expectation], list[Finding]]:
    """One for each field of the mapping, in its order, and what the mapping asks for in vain."""
    findings = list(_lacking(mapping, schema))
    expected: list[Expectation] = []
    key = mapping.key or schema.key
    for name, given in mapping.fields.items():
        found = _expected(name, given, schema, instrument)
        if isinstance(found, Finding):
            findings.append(found)
        elif given.bounds and found.type not in _NUMERIC:
            findings.append(errors.FIELD_RANGE.found(field=name, type=found.type))
        elif given.split and found.type != "text":
            findings.append(errors.FIELD_SPLIT.found(field=name, type=found.type))
        else:
            missing = given.missing if given.missing is not None else mapping.file.missing
            missing = (*missing, *(cell for cell in given.states if cell not in missing))
            needed = found.required or name in key
            numbers = mapping.file.numbers
            expected.append(replace(found, missing=missing, required=needed, numbers=numbers))
            findings += _useless(name, given, found.type, schema)
    return expected, findings


def _useless(name: str, given: FieldMapping, kind: ColumnType, schema: Schema) -> Iterator[Finding]:
    """What a mapping says of a field that cannot mean anything there: a mistake of somebody."""
    numeric, timely = kind in _NUMERIC, kind in {"date", "timestamp"}
    meant = {"numbers": numeric, "percent": numeric, "serial": timely, "states": _has_states(name, schema)}
    for option, means in meant.items():
        if not means and getattr(given, option):
            yield errors.FIELD_OPTION.found(field=name, option=option, type=kind)
    if given.states and _has_states(name, schema):
        yield from (errors.STATE_TWICE.found(field=name, cell=shown(cell)) for cell in _both(given))


def _has_states(name: str, schema: Schema) -> bool:
    return name == "quantity" and "status" in schema.columns


def _both(given: FieldMapping) -> list[str]:
    return [cell for cell in given.states if cell in given.codes or cell in (given.missing or ())]


def derives_status(mapping: MappingFile, schema: Schema) -> bool:
    """The cells of `quantity` say their states themselves, and no field says it again."""
    quantity = mapping.fields.get("quantity")
    return bool(
        quantity and quantity.states and "status" not in mapping.fields and "status" in schema.columns
    )


def _lacking(mapping: MappingFile, schema: Schema) -> Iterator[Finding]:
    for name in dict.fromkeys((*schema.required, *(mapping.key or schema.key))):
        if name not in mapping.fields and not (name == "status" and derives_status(mapping, schema)):
            yield errors.FIELD_LACKING.found(field=name, table=schema.name)


def _expected(
    name: str, given: FieldMapping, schema: Schema, instrument: Instrument
) -> Expectation | Finding:
    if not is_column(name):
        return errors.FIELD_NAME.found(field=name)
    scale = instrument.scale(name)
    if given.comment or (scale is not None and scale.kind == "text" and name not in schema.columns):
        return _comment(name, given, schema, instrument)
    if name in schema.columns:
        return _fixed(name, given, schema)
    if scale is not None:
        return _item(name, given, scale)
    kind = "boolean" if instrument.is_choice(name) else given.type
    if kind is None:
        known = [*instrument.items, *schema.columns]
        return errors.FIELD_UNKNOWN.found(field=name, nearest=nearest(name, known))
    return _typed(name, given, kind)


def _fixed(name: str, given: FieldMapping, schema: Schema) -> Expectation | Finding:
    found = _typed(name, given, schema.columns[name])
    if isinstance(found, Finding):
        return found
    words: Mapping[str, Value] = {word: word for word in schema.words.get(name, ())}
    if words and (strange := _strange(found, words)):
        return _not_offered(name, strange, words)
    return replace(
        found,
        codes=found.codes or words,
        labels={word: str(word) for word in words.values()},
        required=name in schema.required or name in schema.positive,
        positive=name in schema.positive,
        range=_narrower(given.bounds, schema.ranges.get(name)),
    )


def _narrower(given: Range | None, fixed: Range | None) -> Range | None:
    """A mapping can ask for more than the table does, never for less."""
    if given is None or fixed is None:
        return given or fixed
    lows, highs = zip(given, fixed, strict=True)
    low = max((bound for bound in lows if bound is not None), default=None)
    high = min((bound for bound in highs if bound is not None), default=None)
    return low, high


def _comment(name: str, given: FieldMapping, schema: Schema, instrument: Instrument) -> Expectation | Finding:
    """Free text of a questionnaire: an item that is answered in words, or a column of your own."""
    scale = instrument.scale(name)
    chosen = (scale is not None and scale.kind != "text") or instrument.is_choice(name)
    if schema.name != "responses" or name in schema.columns or chosen:
        return errors.FIELD_FREE_TEXT.found(field=name)
    found = _typed(name, given, "text")
    return found if isinstance(found, Finding) else replace(found, comment=True)


def _item(name: str, given: FieldMapping, scale: Scale) -> Expectation | Finding:
    """Cells hold the code of an answer, or its words in any language, unless `codes` says else."""
    if scale.kind == "many":
        columns = [f"{name}_{str(code).lower()}" for code in scale.codes]
        return errors.FIELD_MANY.found(field=name, columns=", ".join(columns))
    if scale.kind in _PLAIN:
        found = _typed(name, given, _PLAIN[scale.kind])
        bounds = None if scale.lowest is None and scale.highest is None else (scale.lowest, scale.highest)
        return found if isinstance(found, Finding) else replace(found, range=_narrower(given.bounds, bounds))
    whole = _type_of_codes(scale)
    found = _typed(name, given, whole)
    if isinstance(found, Finding):
        return found
    stored: dict[ScaleCode, Value] = {
        code: bool(code) if whole == "boolean" else str(code) if whole == "text" else code
        for code in scale.codes
    }
    if strange := _strange(found, stored.values()):
        return _not_offered(name, strange, stored)
    words: dict[str, Value] = {}
    for code, text in scale.codes.items():
        words |= dict.fromkeys(filter(None, (text.simple, text.en, text.ja, str(code))), stored[code])
    labels: dict[Value, str] = {stored[code]: text.ja for code, text in scale.codes.items()}
    return replace(found, codes=found.codes or words, labels=labels)


def _type_of_codes(scale: Scale) -> ColumnType:
    if not all(isinstance(code, int) for code in scale.codes):
        return "text"
    return "boolean" if set(scale.codes) == {0, 1} else "integer"


def _strange(found: Expectation, offered: Collection[Value]) -> list[Value]:
    """What `codes` lead to and nobody offers."""
    return [value for value in found.codes.values() if value is not None and value not in offered]


def _not_offered(name: str, strange: list[Value], offered: Iterable[object]) -> Finding:
    known = ", ".join(map(str, offered))
    return errors.CODE_NOT_OFFERED.found(field=name, value=shown(str(strange[0])), known=known)


def _typed(name: str, given: FieldMapping, kind: ColumnType) -> Expectation | Finding:
    if given.type not in {None, kind}:
        return errors.FIELD_TYPE.found(field=name, given=given.type, expected=kind)
    return Expectation(name, kind, given, codes=given.codes, range=given.bounds)
