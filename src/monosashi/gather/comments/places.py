"""Postal addresses down to the house, in Japanese and English. A town alone is nobody's address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from monosashi.gather.comments.morphemes import Morpheme
from monosashi.gather.comments.spans import Span

_N = r"(?:\d{1,5}|[〇一二三四五六七八九十百]{1,5})"
_ROOM = (
    r"(?:[ 、,]?[ァ-ヴー一-鿿A-Za-zⅠ-Ⅹ・ ]{0,24}"
    r"(?:マンション|アパート|コーポ|ハイツ|ハイム|メゾン|レジデンス|ビル|荘|団地|号棟|タワー|パレス|ハウス|寮)"
    r"[ァ-ヴー一-鿿A-Za-zⅠ-Ⅹ・ ]{0,12}(?:[A-Za-z]?-?\d{1,5}[A-Za-z]?(?:号室|号棟|号|階|F|-)?){0,3}"
    r"|[ -]?\d{1,5}号室)?"
)
# 4丁目6-48, 2丁目3番4号, 12番地の3, 71-7-1
_STRONG = re.compile(
    rf"(?<![\d年/-])(?:{_N}丁目[ の]?{_N}(?:(?:番地?|-|の){{1,2}}{_N}){{0,3}}(?:番地?|号)?(?!\d)"
    rf"|{_N}番地?(?:の?{_N}(?:号|(?!\d)))?(?:-{_N}号?)?"
    rf"|\d{{1,5}}(?:-\d{{1,4}}){{2,3}}号?(?![\d-])){_ROOM}"
)
_UNITS = "回|人|時|分|日|泊|年|月|週|か月|ヶ月|ヵ月|か所|ヶ所|箇所|名|本|個|度|km|m|円|台|軒"
_COUNTED = _UNITS + "|種|つ|点|歳|割|倍|%|匹|枚|店|代|階|段|杯|品"
# 1-2, only behind a town and not when something is counted
_WEAK = re.compile(
    rf"(?<![\d/-])\d{{1,4}}-\d{{1,4}}号?(?![\d-])(?! ?(?:{_COUNTED.replace(' ', '|')})){_ROOM}"
)
_ADMINISTRATIVE = re.compile(r"[都道府県市区町村郡]")
_TOWN = re.compile(r"[\u3400-\u9fff々ァ-ヴーヶケのノ大字]+\Z")
_LONGEST_TOWN = 24
_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][A-Za-z'’.]+ ){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|Square|Terrace)\b\.?"
    r"(?:,? (?:Apt|Apartment|Flat|Unit|Suite|#)\.? ?\w{1,6})?(?:,? [A-Z]{2} \d{5}(?:-\d{4})?)?"
)
_UK_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")


def places(text: str, words: Sequence[Morpheme]) -> Iterator[Span]:
    """Of a folded text and the words of the text itself."""
    for found in _STRONG.finditer(text):
        begin = _town(text, words, found.start())
        counted = not (begin < found.start() or "丁目" in found[0] or "番地" in found[0])
        if not counted:
            yield Span("address", begin, found.end())
    for found in _WEAK.finditer(text):
        begin = _town(text, words, found.start())
        if _ADMINISTRATIVE.search(text, begin, found.start()):
            yield Span("address", begin, found.end())
    yield from (Span("address", *found.span()) for found in _STREET.finditer(text))
    yield from (Span("postal_code", *found.span()) for found in _UK_POSTCODE.finditer(text))


def _town(text: str, words: Sequence[Morpheme], end: int) -> int:
    """Where the names of places begin that lead up to `end`; `end` itself where there are none."""
    end_of_town = end - (text[end - 1 : end] == " ")
    said = _TOWN.search(text, max(0, end_of_town - _LONGEST_TOWN), end_of_town)
    if not said:
        return end
    first = bisect_left(words, said.start() + 1, key=lambda word: word.end)
    last = bisect_left(words, end_of_town, key=lambda word: word.begin)
    named = [word for word in words[first:last] if _is_place(word)]
    begin = named[-1].begin if named else end
    for word in reversed(named):
        begin = word.begin if word.end >= begin else begin
    return begin


def _is_place(word: Morpheme) -> bool:
    return word.is_a("名詞", "固有名詞", "地名") or word.surface in ("大字", "字")
