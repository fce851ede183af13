"""What a comment is about and how it is meant: suggestions by a code frame, with the words that caused them.

Suggestions are no decisions. A person codes (`coding`), and `measure.coding` says how well both agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from monosashi import errors
from monosashi.define.guideline import CodeFrame
from monosashi.define.text import LANGUAGES
from monosashi.gather.comments.denial import denials
from monosashi.gather.comments.morphemes import Words, language_of
from monosashi.gather.comments.units import Unit, normal_phrase, units_of
from monosashi.gather.comments.wishing import is_wished, wishes_among

Kind = Literal["good", "bad", "wish"]
Polarity = Literal["good", "bad", "wish", "mixed", "none"]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """text[begin:end] is the word `said` of the frame, or a form of it; perhaps it is denied there."""

    said: str
    begin: int
    end: int
    clause: int
    denied: bool = False


@dataclass(frozen=True)
class Suggestion:
    theme: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Feeling:
    """One word that says what somebody thinks."""

    kind: Kind
    cause: Cause


@dataclass(frozen=True)
class Reading:
    """`silent`: the whole answer says that there is nothing to say."""

    suggestions: tuple[Suggestion, ...] = ()
    feelings: tuple[Feeling, ...] = ()
    silent: bool = False

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(one.theme for one in self.suggestions)

    @property
    def polarity(self) -> Polarity:
        return together(feeling.kind for feeling in self.feelings)

    def feelings_about(self, theme: str) -> list[Feeling]:
        """Those in the clauses that speak of the theme."""
        clauses = {cause.clause for one in self.suggestions if one.theme == theme for cause in one.causes}
        return [one for one in self.feelings if one.cause.clause in clauses]

    def polarity_of(self, theme: str) -> Polarity:
        return together(one.kind for one in self.feelings_about(theme))


def together(kinds: Iterable[Kind]) -> Polarity:
    """Praise beside trouble or a wish is mixed; trouble with a wish is trouble."""
    there = set(kinds)
    if not there:
        return "none"
    if "good" in there:
        return "mixed" if len(there) > 1 else "good"
    return "bad" if "bad" in there else "wish"


class Reader:
    """A code frame made ready for reading: its words in normal form, by their first word."""

    def __init__(self, frame: CodeFrame, words: Words) -> None:
        """Raises `code-frame-word-unread` for words of which the analysis leaves nothing."""
        self.frame, self._words = frame, words
        self._themes = {language: _Lexicon() for language in LANGUAGES}
        self._feelings = {language: _Lexicon() for language in LANGUAGES}
        self._nothing = {language: set[Phrase]() for language in LANGUAGES}
        unread: list[str] = []
        for language in LANGUAGES:
            unread += self._prepare(language)
        if unread:
            raise errors.CODE_FRAME_WORD_UNREAD(where=frame.id, words=", ".join(unread))

    def _prepare(self, language: str) -> Iterator[str]:
        """Fills the lexicons of a language; yields what cannot be read."""
        for theme in self.frame.themes:
            for said in theme.words.of(language):
                if not self._themes[language].add(self._phrase(said, language), said, theme.id):
                    yield said
        for kind, wordings in self.frame.polarity.items():
            for said in wordings.of(language):
                if not self._feelings[language].add(self._phrase(said, language), said, kind):
                    yield said
        phrases = (self._phrase(said, language) for said in self.frame.nothing.of(language))
        self._nothing[language] = {phrase for phrase in phrases if phrase}

    def _phrase(self, said: str, language: str) -> Phrase:
        return normal_phrase(said, language, self._words)

    def read(self, text: str, language: str | None = None) -> Reading:
        """What a (masked) comment suggests. `language` by its writing, if not given."""
        chosen = language or language_of(text)
        units = units_of(text, chosen, self._words)
        if not units or tuple(unit.normal for unit in units) in self._nothing[chosen]:
            return Reading(silent=True)
        causes: dict[str, list[Cause]] = defaultdict(list)
        for theme, said, first, last in self._themes[chosen].matches(units):
            if not causes[theme] or units[first].begin >= causes[theme][-1].end:
                causes[theme].append(_cause(units, first, last, said))
        order = {theme.id: number for number, theme in enumerate(self.frame.themes)}
        suggestions = [
            Suggestion(theme, tuple(causes[theme])) for theme in sorted(causes, key=order.__getitem__)
        ]
        return Reading(tuple(suggestions), tuple(self._felt(units, chosen)))

    def _felt(self, units: Sequence[Unit], language: str) -> Iterator[Feeling]:
        """From left to right. What denies a word speaks for that word and not for itself."""
        used: set[int] = set()
        found = list(self._feelings[language].matches(units))
        wishes = wishes_among(units, ((kind, first) for kind, _, first, _ in found), language)
        for kind, said, first, last in found:
            if used.intersection(range(first, last + 1)):
                continue  # within a longer phrase, or a denial, that has been counted
            denying = denials(units, first, last, language) if kind != "wish" else ()
            used.update(range(first, last + 1), denying)
            denied = len(denying) % 2 == 1
            wished = kind == "good" and not denied and is_wished(units, first, last, wishes, language)
            if meant := _meant(kind, denied=denied, wished=wished):
                yield Feeling(meant, _cause(units, first, last, said, denied=denied))


def _meant(kind: str, *, denied: bool, wished: bool) -> Kind | None:
    if kind == "wish" or wished:
        return "wish"
    if kind == "able":
        return "bad" if denied else None
    return "bad" if (kind == "bad") != denied else "good"


def _cause(units: Sequence[Unit], first: int, last: int, said: str, *, denied: bool = False) -> Cause:
    return Cause(said, units[first].begin, units[last].end, units[first].clause, denied)


class _Lexicon:
    """Phrases by their first word."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[Phrase, str, str]]] = defaultdict(list)

    def add(self, phrase: Phrase, said: str, tag: str) -> bool:
        if phrase:
            self._by_first[phrase[0]].append((phrase, said, tag))
        return bool(phrase)

    def matches(self, units: Sequence[Unit]) -> Iterator[tuple[str, str, int, int]]:
        """(tag, what the frame says, first, last unit): the longest of each place and tag, longest first."""
        for first, unit in enumerate(units):
            found: dict[str, tuple[int, str]] = {}
            for phrase, said, tag in self._by_first.get(unit.normal, ()):
                last = first + len(phrase) - 1
                if last > found.get(tag, (-1, ""))[0] and _stands(units, first, phrase):
                    found[tag] = (last, said)
            for tag, (last, said) in sorted(found.items(), key=lambda one: -one[1][0]):
                yield tag, said, first, last


def _stands(units: Sequence[Unit], first: int, phrase: Phrase) -> bool:
    there = units[first : first + len(phrase)]
    return tuple(unit.normal for unit in there) == phrase and there[0].clause == there[-1].clause
