"""Whether a word is denied: 見つからない, 分かりにくい, 使いやすいとは言えない, not easy, couldn't find.

Grammar, not judgment: which words matter is said by the code frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monosashi.gather.comments.units import Unit

_REACH = 6  # words behind a Japanese word among which its denial stands
_DENIALS = frozenset({"ない", "無い", "ず", "なし", "まい", "兼ねる"})
_HARD = frozenset({"難い", "辛い"})  # as suffixes: にくい, づらい
_BETWEEN = frozenset(  # content words that may stand between a word and its denial: 良いとは思わない
    [
        "言う",
        "思う",
        "感じる",
        "居る",
        "有る",
        "為る",
        "成る",
        "事",
        "こと",
        "訳",
        "わけ",
        "所",
        "物",
        "感じ",
        "出来る",
        "御座る",
        "そう",
        "余り",
    ]
)
_DUTY = frozenset({"行く", "いける", "成る", "駄目"})  # 行かないといけない, しなければならない
_BINDING = frozenset({"と", "ば", "て", "は", "では"})
_GLUE = ("助詞", "助動詞", "接尾辞", "副詞")
_STOPS = frozenset(
    {"から", "ので", "し", "て", "のに", "ながら", "たり"}
)  # what follows is said of something else
_ENGLISH_REACH = 4
_NOT = frozenset({"not", "never", "no", "without", "hardly", "cannot", "unabl", "nothing", "noth", "neither"})


def denials(units: Sequence[Unit], first: int, last: int, language: str) -> tuple[int, ...]:
    """The places of what denies the word at units[first … last]: it is denied where their number is odd."""
    return tuple(_english(units, first) if language == "en" else _japanese(units, first, last))


def _japanese(units: Sequence[Unit], first: int, last: int) -> Iterator[int]:
    if _ends_duty(units, first):
        return
    place = last + 1
    while place < min(len(units), last + 1 + _REACH) and units[place].clause == units[last].clause:
        unit = units[place]
        if _denies(unit):
            if _is_duty(units, place):
                return
            yield from (place, place) if _is_asked(units, place) else (place,)
        elif not _passes(unit):
            return
        place += 1


def _is_asked(units: Sequence[Unit], place: int) -> bool:
    """足りないんじゃないか: who asks so, means it, as if it were denied twice."""
    after = units[place + 1].surface if place + 1 < len(units) else ""
    return after in ("か", "かな", "かしら") and units[place - 1].surface in ("じゃ", "は")


def _ends_duty(units: Sequence[Unit], first: int) -> bool:
    """The いけない of 行かないといけない denies nothing."""
    if units[first].normal not in _DUTY:
        return False
    before = [unit for unit in units[max(0, first - 3) : first] if unit.normal not in _BINDING]
    return bool(before) and before[-1] is not units[first - 1] and _denies(before[-1])


def _denies(unit: Unit) -> bool:
    return unit.normal in _DENIALS or (unit.normal in _HARD and unit.is_a("接尾辞"))


def _passes(unit: Unit) -> bool:
    if unit.is_a("助詞", "接続助詞") and unit.normal in _STOPS:
        return unit.normal == "て" and unit.surface in ("て", "で")
    return unit.part[:1] != () and (unit.part[0] in _GLUE or unit.normal in _BETWEEN)


def _is_duty(units: Sequence[Unit], place: int) -> bool:
    behind = [unit.normal for unit in units[place + 1 : place + 4]]
    bound = next((at for at, normal in enumerate(behind) if normal in _DUTY), 0)
    return bound > 0 and all(normal in _BINDING for normal in behind[:bound])


def _english(units: Sequence[Unit], first: int) -> Iterator[int]:
    for place in range(max(0, first - _ENGLISH_REACH), first):
        unit = units[place]
        only = units[place + 1].normal == "only"
        if unit.clause == units[first].clause and not only and _is_not(unit.normal):
            yield place


def _is_not(word: str) -> bool:
    return word in _NOT or word.endswith("n't")
