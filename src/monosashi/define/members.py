"""Parts of a guideline that have a name, and how they are called when a person speaks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from monosashi.define import words
from monosashi.define.amendment import Amendment, Place, Verdict
from monosashi.define.guideline import Indicator, Model
from monosashi.define.text import Text

_ONE = ("guideline", "policy")  # there is one of them; it needs no name
_FOLDERS = {
    "city": "populations",
    "asked": "questions",
}  # where the parts of a kind lie, if not in its plural
_KEYS = {
    "phase": "phase",
    "target": "fiscal_year",
    "margin": "key",
    "asked": "name",
}  # what stays the same from version to version; else id

_CODES = {"measure": "id", "group": "id", "asked": "name"}  # called by a name that is code


@dataclass(frozen=True)
class Member:
    """A named part and what it belongs to."""

    kind: str
    id: str
    value: Model
    home: Place | None = None

    @property
    def noun(self) -> Text:
        noun = words.noun(self.kind)
        if self.kind != "kpi":
            return noun
        level = words.value(getattr(self.value, "level", ""))
        return Text(ja=f"{level.ja}{noun.ja}", en=f"{level.en} {noun.en}")

    @property
    def name(self) -> Text | None:
        return _name(self.kind, self.value, percent=self._percent)

    @property
    def place(self) -> Place:
        folder = _FOLDERS.get(self.kind, f"{self.kind}s")
        folder = self.kind if self.kind in _ONE else f"{folder}/{self.id}"
        path = self.home.field(folder) if self.home else folder
        return Place(path, self.kind, self.id, self._said, self._short, self._percent)

    def amended(self, verdict: Verdict) -> Amendment:
        where = self.home.said if self.home else None
        return Amendment(verdict, self.place.path, self.kind, self.id, self.noun, self.name, where)

    @property
    def _percent(self) -> bool:
        if isinstance(self.value, Indicator):
            return self.value.unit == "share"
        return self.home is not None and self.home.percent

    @property
    def bare(self) -> Text:
        """KPI「…」, wherever it belongs."""
        name = self.name
        if name is None:
            return Text(ja=self.noun.ja, en=f"the {self.noun.en}")
        return Text(ja=f"{self.noun.ja}{name.ja}", en=f"{self.noun.en} {name.en}")

    @property
    def _said(self) -> Text:
        if self.home is None:
            return self.bare
        return Text(ja=f"{self.home.short.ja}の{self.bare.ja}", en=f"{self.bare.en} of {self.home.short.en}")

    @property
    def _short(self) -> Text:
        """Principle 1, without its title."""
        number = getattr(self.value, "number", "")
        return (
            Text(ja=f"{self.noun.ja}{number}", en=f"{self.noun.en} {number}")
            if self.kind == "principle"
            else self._said
        )


def members(kind: str, parts: Iterable[Any], home: Place | None = None) -> list[Member]:
    return [Member(kind, key(kind, part), part, home) for part in parts]


def key(kind: str, part: Any) -> str:
    """The name by which a part is known again in another version."""
    if kind in _ONE:
        return kind
    if kind == "measurement":
        return "-".join(each for each in (part.method, part.perspective) if each)
    return str(getattr(part, _KEYS.get(kind, "id")))


def _name(kind: str, part: Any, *, percent: bool) -> Text | None:
    if kind in _ONE:
        return None
    if kind == "principle":
        title = words.quoted(part.title)
        return Text(ja=f"{part.number}{title.ja}", en=f"{part.number} {title.en}")
    return words.quoted(_called(kind, part, percent=percent))


def _called(kind: str, part: Any, *, percent: bool) -> Text:
    if kind == "milestone":
        when = words.span(part.start, part.end)
        return Text(ja=f"{when.ja}: {part.text.ja}", en=f"{when.en}: {part.text.en}")
    if kind == "target":
        value = words.value(part.value, percent=percent)
        return Text(ja=f"{part.fiscal_year}年度 {value.ja}", en=f"fiscal {part.fiscal_year}: {value.en}")
    if kind == "measurement":
        return words.value([each for each in (part.method, part.perspective) if each])
    if kind == "margin":
        return words.value(f"{part.variable}, {part.as_of}")
    if kind in _CODES:
        return words.value(getattr(part, _CODES[kind]))
    text: Text = part.text if kind == "item" else part.title
    return text
