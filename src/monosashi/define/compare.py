"""Two guidelines → what the second adds to the first, changes in it and retires from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from monosashi.define import words
from monosashi.define.amendment import Amendment, Place, Verdict
from monosashi.define.guideline import Guideline, Header, Initiative, Milestone, OutlinedQuestion
from monosashi.define.members import Member, members
from monosashi.define.text import Text

_ALIKE = 0.5  # texts at least so similar are one text rewritten

# what says which version it is, not what the version asks for
_OF_THE_VERSION = {"id", "version", "decided_on", "supersedes", "reference", "principle_count"}
SEPARATE = {  # compared on their own, so that a part that moves is seen to move
    "guideline": {*Guideline.model_fields} - {*Header.model_fields} | _OF_THE_VERSION,
    "principle": {"id", "kpis", "initiatives"},
    "initiative": {"id", "milestones"},
}
_LISTS = (
    ("indicator", "indicators"),
    ("item", "items"),
    ("scale", "scales"),
    ("survey", "surveys"),
    ("fact", "facts"),
    ("city", "populations"),
    ("code_frame", "code_frames"),
    ("questionnaire", "questionnaires"),
)
PARTS = {
    "phases": "phase",
    "measures": "measure",
    "targets": "target",
    "measurement": "measurement",
    "margins": "margin",
    "themes": "theme",
    "groups": "group",
    "asked": "asked",
}
TEXTS = {  # a list of texts → what one of them is
    "viewpoints": "viewpoint",
    "actions": "action",
    "practices": "practice",
    "topics": "topic",
    "notes": "note",
    "also": "other_wording",
    "governance": "governance_rule",
    "management": "management_rule",
    "additions": "addition",
    "comments": "comment",
    "questions": "question",
    "codes": "code",
    "text_in": "text_in",
}


@dataclass(frozen=True)
class Comparison:
    before: Guideline
    after: Guideline
    amendments: tuple[Amendment, ...]

    def of(self, verdict: Verdict) -> list[Amendment]:
        return [each for each in self.amendments if each.verdict == verdict]

    def as_json(self) -> dict[str, Any]:
        """`from` and `to` are versions; the names of the guidelines stand beside them."""
        return {
            "from": self.before.version,
            "to": self.after.version,
            "from_id": self.before.id,
            "to_id": self.after.id,
            "added": [each.as_json() for each in self.of("added")],
            "changed": [each.as_json() for each in self.of("changed")],
            "retired": [each.as_json() for each in self.of("retired")],
        }


def compare(before: Guideline, after: Guideline) -> Comparison:
    return Comparison(before, after, tuple(_amendments(before, after)))


def _amendments(before: Guideline, after: Guideline) -> Iterator[Amendment]:
    yield from _both(members("guideline", [before]), members("guideline", [after]))
    yield from _both(members("principle", before.principles), members("principle", after.principles))
    for kind, parts in (
        ("kpi", "kpis"),
        ("initiative", "initiatives"),
    ):
        yield from _both(_of_principles(before, kind, parts), _of_principles(after, kind, parts))
    for kind, parts in _LISTS:
        yield from _both(members(kind, getattr(before, parts)), members(kind, getattr(after, parts)))
    yield from _both(*(members("policy", [one.policy] if one.policy else []) for one in (before, after)))


def _of_principles(guideline: Guideline, kind: str, field: str) -> list[Member]:
    """Every KPI, or every initiative, each at home in its principle."""
    return [
        member
        for principle in members("principle", guideline.principles)
        for member in members(kind, getattr(principle.value, field), principle.place)
    ]


def _both(old: Sequence[Member], new: Sequence[Member]) -> Iterator[Amendment]:
    was, now = {member.id: member for member in old}, {member.id: member for member in new}
    for member in new:
        if member.id in was:
            yield from _rewritten(was[member.id], member)
        else:
            yield from _whole("added", member)
    for member in old:
        if member.id not in now:
            yield from _whole("retired", member)


def _whole(verdict: Verdict, member: Member) -> Iterator[Amendment]:
    yield member.amended(verdict)
    if isinstance(member.value, Initiative):
        for index, milestone in enumerate(member.value.milestones, start=1):
            yield _milestone(member, index, milestone).amended(verdict)


def _rewritten(old: Member, new: Member) -> Iterator[Amendment]:
    """What changed in a part that both versions have."""
    place = new.place
    if old.home and new.home and old.home.id != new.home.id:
        yield replace(place.amended("changed", "home", old.home.said, new.home.said), where=new.bare)
    if isinstance(old.value, Initiative) and isinstance(new.value, Initiative):
        yield from _milestones(old, new)
    for field in type(new.value).model_fields:
        if field in SEPARATE.get(new.kind, {"id"}):
            continue
        was, now = getattr(old.value, field), getattr(new.value, field)
        if field in PARTS:
            kind = PARTS[field]
            yield from _both(members(kind, was, place), members(kind, now, place))
            if field == "asked":
                yield from _reordered(place, was, now)
        else:
            yield from _field(place, field, was, now)


def _reordered(
    place: Place, old: Sequence[OutlinedQuestion], new: Sequence[OutlinedQuestion]
) -> Iterator[Amendment]:
    """What is asked earlier colors what is asked later: another order is a change."""
    was, now = ([question.name for question in questions] for questions in (old, new))
    shared = set(was) & set(now)
    if [name for name in was if name in shared] != [name for name in now if name in shared]:
        yield place.amended("changed", "sequence", was, now)


# ---- fields -----------------------------------------------------------------------------------------


def _field(place: Place, field: str, old: Any, new: Any) -> Iterator[Amendment]:
    if old == new:
        return
    if field in TEXTS:
        yield from _texts(place, field, old, new)
    elif _empty(old):
        yield place.amended("added", field, old, new)
    elif _empty(new):
        yield place.amended("retired", field, old, new)
    else:
        yield place.amended("changed", field, old, new)


def _empty(value: Any) -> bool:
    return value is None or value in ((), {}, "")


def _texts(place: Place, field: str, old: Any, new: Any) -> Iterator[Amendment]:
    """Texts of a list, paired by likeness; texts with a code, paired by their code."""
    if isinstance(new, dict):
        pairs = [(old.get(key), new.get(key), key) for key in [*new, *(key for key in old if key not in new)]]
    else:
        pairs = [(was, now, _number(now, new) or _number(was, old)) for was, now in _paired(old, new)]
    for was, now, key in pairs:
        if was != now:
            yield _text(place, field, key, was, now)


def _text(place: Place, field: str, key: object, was: Text | None, now: Text | None) -> Amendment:
    kind, path = TEXTS[field], f"{place.field(field)}/{key}"
    if was is not None and now is not None:
        before, after = words.pair(was, now)
        return Amendment("changed", path, kind, place.id, words.noun(kind), None, place.said, before, after)
    verdict: Verdict = "added" if now is not None else "retired"
    said = now or was
    name = words.quoted(said) if said else None
    return Amendment(verdict, path, kind, place.id, words.noun(kind), name, place.said)


def _number(text: Text | None, texts: Sequence[Text]) -> int:
    """The place of a text in its list, counted from 1; 0 where there is no text."""
    return texts.index(text) + 1 if text is not None else 0


def _paired(old: Sequence[Text], new: Sequence[Text]) -> list[tuple[Text | None, Text | None]]:
    """Each new text with the old one it was or was made from; what is left of the old stands alone."""
    left = [text for text in old if text not in new]
    pairs: list[tuple[Text | None, Text | None]] = []
    for text in new:
        if text in old:
            continue
        made_from = max(left, key=lambda one: _likeness(one, text), default=None)
        if made_from is not None and _likeness(made_from, text) >= _ALIKE:
            left.remove(made_from)
            pairs.append((made_from, text))
        else:
            pairs.append((None, text))
    return [*pairs, *((text, None) for text in left)]


def _likeness(one: Text, other: Text) -> float:
    return max(
        SequenceMatcher(None, one.ja, other.ja, autojunk=False).ratio(),
        SequenceMatcher(None, one.en, other.en, autojunk=False).ratio(),
    )


# ---- milestones: they have no name, so they are known by their words, then by their time ------------


def _milestones(old: Member, new: Member) -> Iterator[Amendment]:
    was: list[Milestone] = list(getattr(old.value, "milestones", ()))
    now: list[Milestone] = list(getattr(new.value, "milestones", ()))
    left = [each for each in was if each not in now]
    for index, milestone in enumerate(now, start=1):
        if milestone in was:
            continue
        member = _milestone(new, index, milestone)
        before = _made_from(milestone, left)
        if before is None:
            yield member.amended("added")
        else:
            left.remove(before)
            yield from _moved(member, before, milestone)
    for milestone in left:
        yield _milestone(old, was.index(milestone) + 1, milestone).amended("retired")


def _milestone(initiative: Member, number: int, milestone: Milestone) -> Member:
    return Member("milestone", f"{initiative.id}#{number}", milestone, initiative.place)


def _made_from(milestone: Milestone, left: Sequence[Milestone]) -> Milestone | None:
    same = [each for each in left if each.text == milestone.text]
    alike = [each for each in left if _likeness(each.text, milestone.text) >= _ALIKE]
    best = max(alike, key=lambda each: _likeness(each.text, milestone.text), default=None)
    return same[0] if same else best


def _moved(member: Member, old: Milestone, new: Milestone) -> Iterator[Amendment]:
    place = member.place
    before, after = words.span(old.start, old.end), words.span(new.start, new.end)
    if before != after:
        yield place.amended("changed", "span", before, after)
    yield from _field(place, "text", old.text, new.text)
    yield from _field(place, "note", old.note, new.note)
