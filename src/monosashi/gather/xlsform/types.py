"""Types of questions in an XLSForm: what becomes of each, or what to do instead.

Source: XLSForm reference (question types, metadata); the list of types that pyxform knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.questionnaire.form import Kind
from monosashi.gather.xlsform.refusals import instead_of

_SELECT_ONE = ("select_one", "select one", "select1", "select one from", "add select one prompt using")
_SELECT_MULTIPLE = (
    "select_multiple", "select multiple", "select all that apply", "select all that apply from",
    "select_multiple from", "add select multiple prompt using",
)  # fmt: skip
_PLAIN: dict[str, Kind] = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal",
    "date": "date", "time": "time", "note": "note",
}  # fmt: skip
_BRACKETS = {
    "begin group": "begin", "begin_group": "begin", "end group": "end", "end_group": "end",
}  # fmt: skip
KNOWN = ("select_one", "select_multiple", "text", "integer", "decimal", "range", "date", "time", "note",
         "calculate", "begin group", "end group")  # fmt: skip


@dataclass(frozen=True)
class Type:
    """`role`: a question, a calculation, or the beginning or the end of a group."""

    role: str
    kind: Kind = "note"
    list_name: str = ""
    or_other: bool = False
    is_range: bool = False


def type_of(written: str) -> Type | None:
    """The type that somebody wrote, or None where there is no such type (`refusals` knows some of them)."""
    words = " ".join(written.split())
    plain = words.lower()
    if plain in _BRACKETS:
        return Type(_BRACKETS[plain])
    if plain in _PLAIN:
        return Type("question", _PLAIN[plain])
    if plain == "range":
        return Type("question", "integer", is_range=True)
    if plain == "calculate":
        return Type("calculation")
    return None if instead_of(written) else _select(words, plain)


def _select(words: str, plain: str) -> Type | None:
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("one", _SELECT_ONE), ("many", _SELECT_MULTIPLE))
    found = [
        (len(name), kind)
        for kind, names in kinds
        for name in names
        if plain == name or plain.startswith(f"{name} ")
    ]
    if not found:
        return None
    length, kind = max(found)
    rest = words[length:].split()
    other = rest[-1:] in (["or_other"], ["or_specify_other"])
    if rest[-3:] == ["or", "specify", "other"]:
        rest, other = rest[:-2], True
    names = rest[:-1] if other else rest
    return Type("question", kind, " ".join(names), or_other=other)
