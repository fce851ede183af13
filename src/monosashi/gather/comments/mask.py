"""Masking: personal data give way to a word for their kind, before anyone reads a comment.

The original is kept beside it. What is found is masked, and the rest is looked at again until nothing more
is found, so that masking a masked text changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from monosashi.gather.comments.folding import folded
from monosashi.gather.comments.links import links
from monosashi.gather.comments.morphemes import Words, language_of
from monosashi.gather.comments.numbers import numbers
from monosashi.gather.comments.people import people
from monosashi.gather.comments.places import places
from monosashi.gather.comments.spans import MASKS, Span, apart, mask_of

VERSION = "1"  # of the rules; a masked text says by which it was made
MASKED = re.compile("|".join(map(re.escape, MASKS)))


@dataclass(frozen=True)
class Masked:
    """`marks` are in the order of the text; their places are those in the original."""

    original: str
    text: str
    marks: tuple[Span, ...]

    @property
    def counts(self) -> Counter[str]:
        return Counter(mark.kind for mark in self.marks)


def mask(text: str, words: Words, *, language: str | None = None) -> Masked:
    """`language` is that of the masks: ja 【電話番号】, en [phone]; by the writing of the text if not given.

    words: the analysis of Japanese words, for names and places.
    """
    chosen = language or language_of(text)
    marks: list[Span] = []
    shown, back = text, list(range(len(text) + 1))
    while found := _personal(shown, words):
        marks = apart([*marks, *(Span(one.kind, back[one.begin], back[one.end]) for one in found)])
        shown, back = _written(text, marks, chosen)
    return Masked(text, shown, tuple(marks))


def _personal(text: str, words: Words) -> list[Span]:
    """What is personal in a text that may be masked in part already; masks themselves are not."""
    plain, known = folded(text), words(text)
    found = apart([*links(plain), *numbers(plain), *places(plain, known), *people(plain, known)])
    taken = [one.span() for one in MASKED.finditer(text)]
    return [part for span in found for part in _outside(span, taken)]


def _outside(span: Span, taken: list[tuple[int, int]]) -> Iterator[Span]:
    """The parts of a span that are not masked yet."""
    begin = span.begin
    for low, high in taken:
        if low < span.end and high > begin:
            if low > begin:
                yield Span(span.kind, begin, low)
            begin = max(begin, high)
    if begin < span.end:
        yield Span(span.kind, begin, span.end)


def _written(text: str, marks: list[Span], language: str) -> tuple[str, list[int]]:
    """The masked text, and for each of its places the one in the original that it stands for."""
    parts: list[str] = []
    back: list[int] = []
    done = 0
    for mark in marks:
        said = mask_of(mark.kind, language)
        parts += [text[done : mark.begin], said]
        back += [*range(done, mark.begin), *[mark.begin] * len(said)]
        done = mark.end
    parts.append(text[done:])
    back += range(done, len(text) + 1)
    return "".join(parts), back
