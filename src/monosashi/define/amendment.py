"""One thing that a version of a guideline adds, changes or retires, as people would say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from monosashi.define import words
from monosashi.define.text import Text

Verdict = Literal["added", "changed", "retired"]


@dataclass(frozen=True)
class Amendment:
    """`noun` and `name` say what it is (KPI, 「…」), `where` what it belongs to (原則1「…」)."""

    verdict: Verdict
    path: str  # principles/customer/kpis/p01-nps
    kind: str
    id: str
    noun: Text
    name: Text | None = None
    where: Text | None = None
    before: Text | None = None
    after: Text | None = None

    @property
    def what(self) -> Text:
        if self.name is None:
            return self.noun
        return Text(ja=f"{self.noun.ja}{self.name.ja}", en=f"{self.noun.en} {self.name.en}")

    def said_in(self, language: str) -> str:
        if self.verdict == "changed":
            return self._changed(language)
        what = self.what.said_in(language)
        if language == "en" and self.name is None:
            what = words.article(what)
        return came_or_went(self.verdict, [what], self.where, language)

    def as_json(self) -> dict[str, Any]:
        said = {"ja": self.said_in("ja"), "en": self.said_in("en")}
        texts = {"before": self.before, "after": self.after}
        return {
            "path": self.path,
            "kind": self.kind,
            "id": self.id,
            **said,
            **{key: {"ja": text.ja, "en": text.en} for key, text in texts.items() if text},
        }

    def _changed(self, language: str) -> str:
        what, where = self.what.said_in(language), self.where
        before, after = (text.said_in(language) if text else "—" for text in (self.before, self.after))
        if language == "ja":
            around = f"{where.ja}の" if where else ""
            return f"{around}{what}が変わりました: {before} → {after}"
        around = f" of {where.en}" if where else ""
        return f"The {what}{around} changed: {before} → {after}"


def came_or_went(
    verdict: Verdict, what: Sequence[str], where: Text | None, language: str, *, plural: bool = False
) -> str:
    """One sentence for one or more things that were added to, or removed from, the same place."""
    if language == "ja":
        around = f"{where.ja}{'に' if verdict == 'added' else 'から'}" if where else ""
        done = "加わりました" if verdict == "added" else "なくなりました"
        return f"{around}{'、'.join(what)}が{done}。"
    listed = words.listed(what)
    around = f" {'to' if verdict == 'added' else 'from'} {where.en}" if where else ""
    done = "added" if verdict == "added" else "removed"
    return f"{listed[0].upper()}{listed[1:]} {'were' if plural else 'was'} {done}{around}."


@dataclass(frozen=True)
class Place:
    """A part of the guideline that other parts belong to. `percent`: its shares are said in percent."""

    path: str
    kind: str
    id: str
    said: Text
    short: Text  # 原則1, where the title would be too much
    percent: bool = False

    def field(self, name: str) -> str:
        return f"{self.path}/{name}"

    def amended(self, verdict: Verdict, name: str, old: Any, new: Any) -> Amendment:
        """A field that was filled in, rewritten or emptied."""
        percent = self.percent and name in ("value", "practical_threshold")
        before, after = words.pair(old, new, percent=percent)
        return Amendment(
            verdict,
            self.field(name),
            self.kind,
            self.id,
            words.noun(_FIELD_NOUNS.get((self.kind, name), name)),
            where=self.said,
            before=before if verdict != "added" else None,
            after=after if verdict != "retired" else None,
        )


# fields whose own name is the name of a concept
_FIELD_NOUNS = {
    ("measure", "item"): "item_used",
    ("item", "scale"): "scale_used",
    ("asked", "item"): "item_used",
}
