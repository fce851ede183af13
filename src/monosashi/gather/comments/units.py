"""A comment as words in the form they are compared in, each in its clause. Japanese and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monosashi.gather.comments.mask import MASKED
from monosashi.gather.comments.morphemes import Morpheme, Words

_ENDS = frozenset("。．.!！?？\n\r;；…♪☆★")
_SKIPPED = ("空白", "補助記号", "記号")
_TURNS = frozenset({"が", "けれど", "けど", "けれども", "のに", "物の", "ものの"})  # conjunctive: X, but Y
_CONTRARY = frozenset({"然し", "しかし", "但し", "ただ", "でも", "けれど", "けど", "唯"})
_ENGLISH = re.compile(r"[A-Za-z0-9]+(?:['’/-][A-Za-z0-9]+)*|[.!?;\n]")
_BUT = frozenset({"but", "however", "although", "though", "yet", "except"})
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Unit:
    """text[begin:end] in its normal form. part: of speech, empty in English."""

    begin: int
    end: int
    normal: str
    clause: int
    part: tuple[str, ...] = ()
    surface: str = ""

    def is_a(self, *part: str) -> bool:
        return self.part[: len(part)] == part


def units_of(text: str, language: str, words: Words) -> list[Unit]:
    """Words only; masks, blanks and signs are none. A new sentence or a "but" begins a clause."""
    found = _english(text) if language == "en" else _japanese(words(text))
    masked = [one.span() for one in MASKED.finditer(text)]
    return [unit for unit in found if not any(low < unit.end and unit.begin < high for low, high in masked)]


def normal_phrase(said: str, language: str, words: Words) -> tuple[str, ...]:
    """The normal forms of a word or phrase of a code frame; empty where it holds no word."""
    found = _english(said) if language == "en" else _japanese(words(said))
    return tuple(unit.normal for unit in found)


def _japanese(words: Sequence[Morpheme]) -> list[Unit]:
    units: list[Unit] = []
    clause = 0
    for place, word in enumerate(words):
        if word.is_a("接続詞") and word.normal in _CONTRARY:
            clause += 1
        elif word.part[:1] and word.part[0] in _SKIPPED:
            clause += any(one in _ENDS for one in word.surface)
            continue
        normal = _good_after_all(words, place) or word.normal.casefold()
        units.append(Unit(word.begin, word.end, normal, clause, word.part, word.surface))
        if word.is_a("助詞", "接続助詞") and word.normal in _TURNS:
            clause += 1
    return units


def _good_after_all(words: Sequence[Morpheme], place: int) -> str:
    """いい at an end, which the analysis takes for 言う: 案内があるといい."""
    word = words[place]
    if word.surface != "いい" or word.normal != "言う":
        return ""
    behind = words[place + 1] if place + 1 < len(words) else None
    goes_on = behind is not None and (
        behind.is_a("接尾辞") or behind.normal in ("ます", "て", "た", "始める")
    )
    return "" if goes_on else "良い"


def _english(text: str) -> list[Unit]:
    units: list[Unit] = []
    clause = 0
    for found in _ENGLISH.finditer(text):
        word = found[0].casefold().replace("’", "'")
        if word in _ENDS or word in _BUT:
            clause += 1
        else:
            units.append(Unit(*found.span(), stem(word), clause, surface=found[0]))
    return units


def stem(word: str) -> str:
    """waiting, waited, waits → wait; tries → try; confuse, confusing → confus. A light rule, no dictionary.

    Words that differ in more (good and better) stay two; a frame has to list both.
    """
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWELS.intersection(rest):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return _without_e(rest[:-1] if doubled else rest)
    return _without_e(word)


def _without_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
