"""Names of people: by what the analysis of words knows of names, and by what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monosashi.gather.comments.morphemes import Morpheme
from monosashi.gather.comments.spans import Span

HONORIFICS = frozenset(
    [
        "さん",
        "さま",
        "様",
        "氏",
        "君",
        "くん",
        "クン",
        "ちゃん",
        "チャン",
        "殿",
        "どの",
        "先生",
        "さーん",
        "女史",
    ]
)
_TITLES = frozenset(
    [
        "部長",
        "課長",
        "係長",
        "係",
        "次長",
        "局長",
        "所長",
        "室長",
        "館長",
        "園長",
        "校長",
        "店長",
        "主任",
        "主事",
        "主査",
        "係員",
        "職員",
        "担当",
        "担当者",
        "補佐",
        "参事",
        "市長",
        "町長",
        "村長",
        "知事",
        "議員",
        "社長",
        "専務",
        "医師",
        "看護師",
        "保健師",
        "教授",
        "巡査",
        "駐在",
        "女将",
        "ガイド",
    ]
)
_BEFORE = frozenset(
    [
        "担当",
        "担当者",
        "係",
        "受付",
        "窓口",
        "名前",
        "氏名",
        "本名",
        "私",
        "わたし",
        "俺",
        "僕",
        "職員",
        "店員",
        "係員",
        "ガイド",
        "スタッフ",
    ]
)
_JOINTS = frozenset(["の", "は", ":", "：", "が", "が、", "、", "です"])
_INTRODUCED = frozenset(["申す", "言う"])
_PLACES_OF_PEOPLE = frozenset(
    [
        "遺跡",
        "史跡",
        "邸",
        "邸跡",
        "亭",
        "堂",
        "庭園",
        "館",
        "城",
        "跡",
        "屋敷",
        "記念館",
        "資料館",
        "美術館",
        "家",
        "神社",
        "公園",
    ]
)
_WITHIN = frozenset(["・", "･", "=", "＝"])
_CAPITALIZED = r"((?:[A-Z][A-Za-z'’-]+)(?: [A-Z][A-Za-z'’-]+){0,2})"
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Officer)\b\.? {_CAPITALIZED}")
_MY_NAME = re.compile(rf"\b[Mm]y name is {_CAPITALIZED}")


def people(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """A name with an honorific, a title or a word such as 担当 beside it, and every full name."""
    for pattern in (_TITLED, _MY_NAME):
        yield from (Span("name", *found.span(1)) for found in pattern.finditer(text))
    place = 0
    while place < len(words):
        after = _name_from(words, place)
        if after > place:
            if _is_somebody(words, place, after):
                yield Span("name", words[place].begin, words[after - 1].end)
            place = after
        else:
            place += 1


def _name_from(words: Sequence[Morpheme], place: int) -> int:
    """The place after the name that begins here; the place itself where none does."""
    if not _is_name(words[place]) and not _is_called(words, place):
        return place
    after = place + 1
    while after < len(words):
        joined = words[after].surface in _WITHIN or words[after].surface.isspace()
        following = after + 1 if joined else after
        if following >= len(words) or not _is_name(words[following]):
            break
        after = following + 1
    return after


def _is_name(word: Morpheme) -> bool:
    if not word.is_a("名詞", "固有名詞", "人名"):
        return False
    return not word.surface.isascii() or word.surface[:1].isupper()


def _is_called(words: Sequence[Morpheme], place: int) -> bool:
    """A noun no dictionary knows, or a short place that is a family name too, with an honorific behind it."""
    word = words[place]
    if place + 1 == len(words) or words[place + 1].surface not in HONORIFICS:
        return False
    unknown = word.is_a("名詞") and not word.known and not word.is_a("名詞", "数詞")
    return unknown or (word.is_a("名詞", "固有名詞", "地名") and len(word.surface) <= 2)


def _is_somebody(words: Sequence[Morpheme], place: int, after: int) -> bool:
    following = _next(words, after)
    if following and words[following].surface in HONORIFICS:
        behind = words[following + 1].surface if following + 1 < len(words) else ""
        return behind not in _PLACES_OF_PEOPLE
    title = words[following].surface if following else ""
    named = [word for word in words[place:after] if _is_name(word)]
    if title in _PLACES_OF_PEOPLE:
        return False
    return title in _TITLES or len(named) > 1 or _introduced(words, place, following)


def _next(words: Sequence[Morpheme], place: int) -> int:
    """The next word that is no blank; 0 at the end."""
    while place < len(words) and words[place].surface.isspace():
        place += 1
    return place if place < len(words) else 0


def _introduced(words: Sequence[Morpheme], place: int, following: int) -> bool:
    """担当の田中, 名前：田中, 田中と申します."""
    before = place - 1
    while before >= 0 and (words[before].surface in _JOINTS or words[before].surface.isspace()):
        before -= 1
    if 0 <= before < place and words[before].surface in _BEFORE:
        return True
    said = [word.normal for word in words[following : following + 2]] if following else []
    return len(said) == 2 and said[0] == "と" and said[1] in _INTRODUCED
