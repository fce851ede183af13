"""The words of a text, as a morphological analysis tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_JAPANESE = (("\u3005", "\u3007"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uff66", "\uff9d"))


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One word: text[begin:end], the form it is looked up by (わかり → 分かる) and its part of speech.

    part: from the general to the particular, without what does not apply: ("名詞", "固有名詞", "人名", "姓").
    known: whether a dictionary has it.
    """

    begin: int
    end: int
    surface: str
    normal: str
    part: tuple[str, ...]
    known: bool = True

    def is_a(self, *part: str) -> bool:
        return self.part[: len(part)] == part


Words = Callable[[str], Sequence[Morpheme]]


def is_japanese(text: str) -> bool:
    """Whether kana or kanji occur. 人 and かな do; ， and 。 alone do not."""
    return any(low <= one <= high for one in text for low, high in _JAPANESE)


def language_of(text: str) -> str:
    return "ja" if is_japanese(text) else "en"
