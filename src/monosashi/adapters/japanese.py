"""Japanese words by SudachiPy and its core dictionary (split mode C: names and compounds stay whole)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from monosashi.gather.comments.morphemes import Morpheme

_LONGEST = 8_000  # characters analyzed at a time; SudachiPy refuses more than 49,149 bytes
_BREAKS = "\n。！？!? 、"


def words(text: str) -> Sequence[Morpheme]:
    """`gather.comments.morphemes.Words`. Places count characters of the text, whatever its length."""
    return [
        Morpheme(
            begin + one.begin(),
            begin + one.end(),
            one.surface(),
            one.normalized_form(),
            tuple(part for part in one.part_of_speech()[:4] if part != "*"),
            not one.is_oov(),
        )
        for begin, part in _parts(text)
        for one in _analyzed(part)
    ]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    while begin < len(text):
        end = min(begin + _LONGEST, len(text))
        if end < len(text):
            end = max((text.rfind(one, begin, end) for one in _BREAKS), default=-1) + 1 or end
            end = end if end > begin else min(begin + _LONGEST, len(text))
        yield begin, text[begin:end]
        begin = end


def _analyzed(text: str) -> Any:
    return _tokenizer().tokenize(text)


@cache
def _tokenizer() -> Any:
    """The dictionary is opened once (some 50 ms) and shared; it is mapped from the disk, not read."""
    from sudachipy import Dictionary, SplitMode

    return Dictionary().tokenizer(mode=SplitMode.C)
