"""What must hold within a code frame: a word is there, stands once, and says one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monosashi import errors
from monosashi.define.fit import Placed
from monosashi.define.guideline import CodeFrame, Wordings
from monosashi.define.text import LANGUAGES
from monosashi.errors import Finding

_Path = tuple[str | int, ...]


def wordings_broken(frame: Placed[CodeFrame]) -> Iterator[Finding]:
    """A word may suggest several themes; within one theme, or among those of polarity, it stands once."""
    for language in LANGUAGES:
        for index, theme in enumerate(frame.value.themes):
            path: _Path = ("themes", index, "words", language)
            yield from _once(frame, [(path, theme.words)], language)
        polarity = [((kind, language), words) for kind, words in frame.value.polarity.items()]
        yield from _once(frame, polarity, language)


def _once(
    frame: Placed[CodeFrame], lists: Sequence[tuple[_Path, Wordings]], language: str
) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for path, words in lists:
        for index, word in enumerate(words.of(language)):
            place = (*path, index)
            said = " ".join(word.casefold().split())
            if not said:
                yield frame.found(errors.CODE_FRAME_WORD_EMPTY, *place)
            elif said in first:
                yield frame.found(errors.CODE_FRAME_WORD_TWICE, *place, word=word, first=first[said])
            first.setdefault(said, f"{frame.document.file}:{frame.document.line(place)}")
