"""A comparison of two guidelines as lines that a person reads in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monosashi.define import words
from monosashi.define.amendment import Amendment, Verdict, came_or_went
from monosashi.define.compare import Comparison
from monosashi.define.text import Text

_MANY = 40  # with more amendments than this, those of one place are told together
_NAMED = 12  # so many things are named one by one; of more, only the number is told

_SIGNS: dict[Verdict, str] = {"added": "+", "changed": "~", "retired": "-"}
_GROUPS = (  # heading and the folders of a path; the innermost decides
    (Text(ja="行動指針", en="The guideline"), ("guideline",)),
    (Text(ja="原則", en="Principles"), ("principles",)),
    (Text(ja="KPI", en="KPIs"), ("kpis",)),
    (Text(ja="仕組み・ルールと節目", en="Initiatives and milestones"), ("initiatives", "milestones")),
    (Text(ja="指標", en="Indicators"), ("indicators",)),
    (
        Text(ja="設問、尺度、コード枠", en="Items, scales and code frames"),
        ("items", "scales", "code_frames", "themes"),
    ),
    (Text(ja="調査票", en="Questionnaires"), ("questionnaires", "groups", "questions")),
    (Text(ja="調査", en="Surveys"), ("surveys",)),
    (Text(ja="公表された事実", en="Facts"), ("facts",)),
    (Text(ja="都市の人口", en="City populations"), ("populations", "margins")),
    (Text(ja="公表の決まり", en="Publication policy"), ("policy",)),
)
_NAMED_KINDS = {
    "principle",
    "kpi",
    "initiative",
    "milestone",
    "indicator",
    "target",
    "scale",
    "survey",
    "fact",
    "city",
    "code_frame",
    "theme",
}


def brief(comparison: Comparison, language: str) -> Iterator[str]:
    """Counts first, then one part of the guideline after the other."""
    before, after, amendments = comparison.before, comparison.after, comparison.amendments
    yield f"{before.id} {before.version} → {after.id} {after.version}"
    if not amendments:
        yield "違いはありません。" if language == "ja" else "There is no difference."
        return
    yield _counts(comparison, language)
    many = len(amendments) > _MANY
    for heading, folders in _GROUPS:
        inside = [each for each in amendments if _folder(each) in folders]
        if inside:
            yield from ("", heading.said_in(language))
            yield from _Group(comparison, inside, language).lines(together=many)
    if many:
        yield ""
        yield "全文は --format json で。" if language == "ja" else "Every text: --format json."


def _folder(amendment: Amendment) -> str:
    """principles/customer/kpis/p01-nps → kpis"""
    own = {folder for _, folders in _GROUPS for folder in folders}
    return next(step for step in reversed(amendment.path.split("/")[::2]) if step in own)


def _counts(comparison: Comparison, language: str) -> str:
    added, changed, retired = (len(comparison.of(verdict)) for verdict in _SIGNS)
    if language == "ja":
        return f"+ 加わったもの {added}、~ 変わったもの {changed}、- なくなったもの {retired}"
    return f"+ {added} added, ~ {changed} changed, - {retired} retired"


class _Group:
    """The amendments under one heading."""

    def __init__(self, comparison: Comparison, amendments: Sequence[Amendment], language: str) -> None:
        self.amendments, self.language = amendments, language
        self.numbers = {
            principle.id: principle.number
            for guideline in (comparison.before, comparison.after)
            for principle in guideline.principles
        }

    def lines(self, *, together: bool) -> Iterator[str]:
        for verdict, sign in _SIGNS.items():
            mine = [each for each in self.amendments if each.verdict == verdict]
            if verdict == "changed" or not together:
                yield from (f"  {sign} {each.said_in(self.language)}" for each in mine)
            else:
                yield from (f"  {sign} {line}" for line in self.together(verdict, mine))

    def together(self, verdict: Verdict, amendments: Sequence[Amendment]) -> Iterator[str]:
        """One sentence for all that came to, or went from, the same place."""
        whole = {each.id for each in amendments if each.kind == "initiative"}
        told = [each for each in amendments if each.kind != "milestone" or _initiative(each) not in whole]
        steps = [_initiative(each) for each in amendments if each.kind == "milestone"]
        for place, here in self.places(told):
            phrases = [self.phrase(same, steps) for same in _by_noun(here)]
            plural = len(phrases) > 1 or (here[0].name is not None and len(here) > 1)
            yield came_or_went(verdict, phrases, place, self.language, plural=plural)

    def places(self, amendments: Sequence[Amendment]) -> Iterator[tuple[Text | None, list[Amendment]]]:
        """What belongs to principles goes by their numbers; fields that the same ones share go together."""
        shared: dict[tuple[int, ...], list[Amendment]] = {}
        rest: dict[Text | None, list[Amendment]] = {}
        fields = [each for each in amendments if each.where and _folder(each) == "principles"]
        for same in _by_noun(fields):
            numbers = tuple(sorted({self.number(each) for each in same}))
            shared.setdefault(numbers, []).extend(same)
        for each in amendments:
            if each not in fields:
                inside = each.kind in ("kpi", "initiative")
                rest.setdefault(_principles([self.number(each)]) if inside else each.where, []).append(each)
        yield from ((_principles(numbers), here) for numbers, here in shared.items())
        yield from rest.items()

    def number(self, amendment: Amendment) -> int:
        return self.numbers[amendment.path.split("/")[1]]

    def phrase(self, same: Sequence[Amendment], steps: Sequence[str]) -> str:
        """A field by its noun, named parts by their names, many or long ones by their number."""
        first, noun = same[0], same[0].noun
        if first.name is None:
            return noun.ja if self.language == "ja" else words.article(noun.en)
        if first.kind not in _NAMED_KINDS or len(same) > _NAMED:
            return words.counted(noun, len(same)).said_in(self.language)
        names = [self.name(each, steps.count(each.id)) for each in same]
        if self.language == "ja":
            return f"{noun.ja}{''.join(names)}"
        return f"{noun.en if len(names) == 1 else words.plural(noun.en)} {words.listed(names)}"

    def name(self, amendment: Amendment, steps: int) -> str:
        name = amendment.name.said_in(self.language) if amendment.name else ""
        if amendment.kind != "initiative" or not steps:
            return name
        count = words.counted(words.noun("milestone"), steps).said_in(self.language)
        return f"{name}（{count}）" if self.language == "ja" else f"{name} ({count})"


def _by_noun(amendments: Sequence[Amendment]) -> list[list[Amendment]]:
    groups: dict[str, list[Amendment]] = {}
    for each in amendments:
        groups.setdefault(each.noun.en, []).append(each)
    return list(groups.values())


def _initiative(milestone: Amendment) -> str:
    return milestone.id.partition("#")[0]


def _principles(numbers: Sequence[int]) -> Text:
    """1, 2, 3, 5 → 原則1〜3、5"""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    ja = [f"{span[0]}〜{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans]
    en = [f"{span[0]}–{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans]
    return Text(
        ja=f"原則{'、'.join(ja)}",
        en=f"principle{'' if len(numbers) == 1 else 's'} {words.listed(en)}",
    )
