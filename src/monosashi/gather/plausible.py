"""How much decoded bytes read like a language: the evidence that tells encodings apart."""

from __future__ import annotations

import re
from collections import Counter

_PUNCTUATION = range(0x3000, 0x3040)
_KANA = range(0x3040, 0x3100)
_KANJI = range(0x4E00, 0xA000)
_HANGUL = range(0xAC00, 0xD7A4)
_WIDE = range(0xFF01, 0xFF61)
_HALF_KANA = range(0xFF61, 0xFFA0)
# bytes that CP932 does not have, and the letters that Python makes of them
_STRAY = {0x80: 0x80, 0xF8F0: 0xA0, 0xF8F1: 0xFD, 0xF8F2: 0xFE, 0xF8F3: 0xFF}
_STRAYS = re.compile("[\x80\uf8f0-\uf8f3]")
_COMMON_SIGNS = frozenset("①②③④⑤⑥⑦⑧⑨⑩■□●○◎△▲▽▼◆◇★☆※→←↑↓─×÷±°′″―‐…‥‘’“”々〆㈱№℡")
_WESTERN_SIGNS = frozenset("‘’‚“”„–—…•€£¢¥§©®™°·±×÷¼½¾«»¿¡ªº²³µ")


def likeness(data: bytes, codec: str) -> float | None:
    """Share of characters beyond ASCII that people of that encoding write often; None if undecodable.

    Japanese: kana, JIS level 1 kanji, wide signs. Korean: the hangul of KS X 1001; the rare ones beyond it
    are what Japanese looks like when read as CP949. Western: letters and signs beside plain ones.
    Half-width kana count half in CP932, where EUC and Western bytes look like them; in EUC-JP each has a
    mark of its own, which CP932 would take for the first half of a kanji.
    """
    try:
        text = decode(data, codec)
    except UnicodeDecodeError:
        return None
    if codec == "cp1252":
        return _western(text)
    beyond = Counter(character for character in text if not character.isascii())
    common = sum(_weight(character, codec) * times for character, times in beyond.items())
    return common / max(1, beyond.total())


def decode(data: bytes, codec: str, errors: str = "strict") -> str:
    """As Python decodes, but bytes that no CP932 file has are no characters."""
    text = data.decode(codec, errors)
    if codec == "cp932" and (stray := _STRAYS.search(text)):
        if errors == "strict":
            lost = text[: stray.start()].encode(codec)
            raise UnicodeDecodeError(codec, data, len(lost), len(lost) + 1, "not a byte of CP932")
        return text.translate({point: 0xDC00 + byte for point, byte in _STRAY.items()})
    return text


def _weight(character: str, codec: str) -> float:
    point = ord(character)
    if codec == "cp949":
        return 1.0 if point in _HANGUL and _ks_x_1001(character) else 0.0
    if point in _KANJI:
        return 1.0 if _level_one(character) else 0.0
    if point in _HALF_KANA:
        return 1.0 if codec == "euc_jp" else 0.5
    wide = point in _KANA or point in _PUNCTUATION or point in _WIDE
    return 1.0 if wide or character in _COMMON_SIGNS else 0.0


def _level_one(kanji: str) -> bool:
    """JIS level 1: rows 16 to 47, lead bytes 88 to 98 in CP932. A few names use rarer ones."""
    try:
        return kanji.encode("cp932")[0] <= 0x98
    except UnicodeEncodeError:
        return False


def _ks_x_1001(hangul: str) -> bool:
    """The 2,350 that are written; CP949 has 8,822 more."""
    lead, trail = hangul.encode("cp949")
    return lead >= 0xB0 and trail >= 0xA1


def _western(text: str) -> float:
    """Accented letters and signs stand alone among plain ones; runs are another encoding misread.

    The apostrophe of “don’t” and the letter after it are a kanji of CP932.
    """
    beyond = alone = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if not character.isascii():
            beyond += 1
            written = character.isalpha() or character in _WESTERN_SIGNS
            alone += written and before.isascii() and after.isascii()
    return alone / max(1, beyond)
