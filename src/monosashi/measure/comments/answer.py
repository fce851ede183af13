"""Comments → the result of `monosashi comments`: shares of respondents, their words, and masked examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from monosashi import __version__
from monosashi.define.guideline import CodeFrame, Guideline, Theme
from monosashi.gather.comments.mask import VERSION
from monosashi.gather.comments.reading import Feeling, Polarity, together
from monosashi.measure.coding.agreement import Kappa, agreement
from monosashi.measure.coding.quality import Quality, Share, quality, quality_of_all, share
from monosashi.measure.comments.comments import Comment
from monosashi.measure.comments.request import CommentsAsked
from monosashi.measure.estimate import Basis, Interval

POLARITIES: tuple[Polarity, ...] = ("good", "bad", "wish", "mixed", "none")
_SAMPLED = frozenset({Basis.PROBABILITY, Basis.QUOTA_PANEL})  # others have no sampling error to speak of
_WORDS, _LONGEST = 10, 300
Entry = dict[str, Any]


def comments_answer(
    asked: CommentsAsked, comments: Sequence[Comment], guideline: Guideline, frame: CodeFrame, *, digest: str
) -> Entry:
    """Ready for JSON. Examples are masked, and only of themes with at least `minimum_cell` respondents."""
    least = guideline.policy.minimum_cell if guideline.policy else None
    domains: dict[tuple[str, ...], list[Comment]] = defaultdict(list)
    for comment in comments:
        domains[comment.domain].append(comment)
    return {
        "software": f"monosashi {__version__}",
        "table": {"path": asked.table, "rows": len(comments), "sha256": digest},
        "column": asked.column,
        "frame": {
            "id": frame.id,
            "version": frame.version,
            "guideline": f"{guideline.id}/{guideline.version}",
        },
        "masking": VERSION,
        "unit": "respondent" if asked.respondent else "row",
        "comments": [
            _of_domain(dict(zip(asked.by, domain, strict=True)), domains[domain], asked, frame, least)
            for domain in sorted(domains)
        ],
        **({"coders": _of_coders(asked, comments, frame)} if asked.coders else {}),
    }


# ---- shares of respondents ----------------------------------------------------------------------------


def _of_domain(
    domain: dict[str, str],
    comments: Sequence[Comment],
    asked: CommentsAsked,
    frame: CodeFrame,
    least: int | None,
) -> Entry:
    speaking: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        if comment.speaks:
            speaking[comment.respondent].append(comment)
    n = len({comment.respondent for comment in comments})
    told = _Told(asked, speaking, least)
    themed = {name for name, own in speaking.items() if any(one.reading.themes for one in own)}
    return {
        "domain": domain,
        "status": "value" if speaking else "not_collected",
        "basis": asked.basis,
        "n": n,
        "n_text": len(speaking),
        "n_missing": n - len(speaking),
        "rows": len(comments),
        "rows_silent": sum(one.masked is not None and one.reading.silent for one in comments),
        "masked": _masked(comments),
        "polarity": [told.polarity(one) for one in POLARITIES],
        "themes": [told.theme(one) for one in frame.themes],
        "without_theme": told.share(len(speaking) - len(themed)),
        "flags": [] if asked.basis in _SAMPLED else ["no_design_based_interval"],
    }


def _masked(comments: Sequence[Comment]) -> Entry:
    counts: Counter[str] = Counter()
    for comment in comments:
        counts += comment.masked.counts if comment.masked else Counter()
    return {
        "rows": sum(bool(one.masked and one.masked.marks) for one in comments),
        "by_kind": dict(sorted(counts.items())),
    }


class _Told:
    """Figures of one domain: respondents who spoke, each with their comments."""

    def __init__(self, asked: CommentsAsked, speaking: dict[str, list[Comment]], least: int | None) -> None:
        self.asked, self.speaking, self.least = asked, speaking, least

    def share(self, k: int) -> Entry:
        found = share(k, len(self.speaking), self.asked.level)
        sampled = self.asked.basis in _SAMPLED
        return {
            "n": found.k,
            "value": found.value,
            "interval": _limits(found.interval) if sampled else None,
            "interval_method": found.interval_method if sampled else None,
            "level": self.asked.level,
        }

    def polarity(self, which: Polarity) -> Entry:
        kinds = (
            together(feeling.kind for one in own for feeling in one.reading.feelings)
            for own in self.speaking.values()
        )
        felt = {
            name: [feeling for one in own for feeling in one.reading.feelings]
            for name, own in self.speaking.items()
        }
        words = [one for one in _felt_words(felt) if one["polarity"] == which]
        return {
            "polarity": which,
            **self.share(sum(kind == which for kind in kinds)),
            "words": words[:_WORDS],
        }

    def theme(self, theme: Theme) -> Entry:
        own = {
            name: [one for one in comments if theme.id in one.reading.themes]
            for name, comments in self.speaking.items()
        }
        about = {name: comments for name, comments in own.items() if comments}
        kinds = Counter(_polarity(comments, theme.id) for comments in about.values())
        return {
            "theme": theme.id,
            "title": {"ja": theme.title.ja, "en": theme.title.en},
            **self.share(len(about)),
            "polarity": {kind: kinds[kind] for kind in POLARITIES},
            "words": _words(about, theme.id),
            "polarity_words": _felt_words(
                {
                    name: [feeling for one in own for feeling in one.reading.feelings_about(theme.id)]
                    for name, own in about.items()
                }
            )[:_WORDS],
            "examples": list(self._examples(about, theme.id)),
        }

    def _examples(self, about: dict[str, list[Comment]], theme: str) -> Iterator[Entry]:
        """In an order that tells nothing about that of the rows; no comment twice, and nobody twice."""
        if self.least is None or len(about) < self.least:
            return
        texts = {comments[0].masked.text: comments[0] for comments in about.values() if comments[0].masked}
        for text in sorted(texts, key=_shuffled)[: self.asked.examples]:
            cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
            yield {"text": cut, "polarity": texts[text].reading.polarity_of(theme)}


def _polarity(comments: Sequence[Comment], theme: str) -> Polarity:
    """Of one respondent's comments on a theme, together."""
    found = {one.reading.polarity_of(theme) for one in comments} - {"none"}
    if not found:
        return "none"
    if len(found) == 1:
        return found.pop()
    return "bad" if found == {"bad", "wish"} else "mixed"


def _words(about: dict[str, list[Comment]], theme: str) -> list[Entry]:
    """How many respondents used each word of the frame, the most frequent first."""
    counts: Counter[str] = Counter()
    for comments in about.values():
        suggestions = (s for one in comments for s in one.reading.suggestions if s.theme == theme)
        counts.update({cause.said for one in suggestions for cause in one.causes})
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"word": word, "n": n} for word, n in ordered[:_WORDS]]


def _felt_words(felt: Mapping[str, Sequence[Feeling]]) -> list[Entry]:
    """How many respondents used each word that says what they think, and whether they denied it."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for feelings in felt.values():
        counts.update({(one.kind, one.cause.said, one.cause.denied) for one in feelings})
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"polarity": kind, "word": word, "denied": denied, "n": n} for (kind, word, denied), n in ordered]


def _shuffled(text: str) -> str:
    return sha256(text.encode()).hexdigest()


# ---- coders -------------------------------------------------------------------------------------------


def _of_coders(asked: CommentsAsked, comments: Sequence[Comment], frame: CodeFrame) -> Entry:
    """How good the suggestions are by each coder, and how well two coders agree on what both coded."""
    themes = [theme.id for theme in frame.themes]
    return {
        "suggestions": [
            _judged(coder, comments, place, themes, asked.level) for place, coder in enumerate(asked.coders)
        ],
        "agreement": _agreed(comments, themes, asked.level) if len(asked.coders) == 2 else None,
    }


def _judged(coder: str, comments: Sequence[Comment], place: int, themes: list[str], level: float) -> Entry:
    pairs = [(frozenset(one.reading.themes), one.coded[place]) for one in comments]
    suggested = [one for one, given in pairs if given is not None]
    coded = [given for _, given in pairs if given is not None]
    return {
        "coder": coder,
        "n": len(coded),
        **_quality(quality_of_all(suggested, coded, level)),
        "themes": [
            {"theme": theme, **_quality(one)}
            for theme, one in quality(suggested, coded, themes, level).items()
        ],
    }


def _quality(found: Quality) -> Entry:
    return {"precision": _share(found.precision), "recall": _share(found.recall)}


def _share(found: Share) -> Entry:
    return {
        "value": found.value,
        "interval": _limits(found.interval),
        "interval_method": found.interval_method,
        "k": found.k,
        "n": found.n,
    }


def _agreed(comments: Sequence[Comment], themes: list[str], level: float) -> Entry:
    both = [one.coded for one in comments if None not in one.coded]
    first, second = ([codes[place] or frozenset() for codes in both] for place in (0, 1))
    found = agreement(first, second, themes, level)
    return {"n": len(both), "themes": [{"theme": theme, **_kappa(one)} for theme, one in found.items()]}


def _kappa(found: Kappa) -> Entry:
    return {
        "kappa": found.value,
        "se": found.se,
        "interval": _limits(found.interval),
        "observed": found.observed,
        "flags": list(found.flags),
    }


def _limits(interval: Interval | None) -> list[float] | None:
    return [interval.lower, interval.upper] if interval else None
