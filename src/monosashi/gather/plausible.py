"""How much decoded bytes read like a language: the evidence that tells encodings apart."""

from __future__ import annotations

from collections import Counter

_PUNCTUATION = range(0x3000, 0x3040)
_KANA = range(0x3040, 0x3100)
_KANJI = range(0x4E00, 0xA000)
_HANGUL = range(0xAC00, 0xD7A4)
_WIDE = range(0xFF01, 0xFF61)
_HALF_KANA = range(0xFF61, 0xFFA0)
_COMMON_SIGNS = frozenset("①②③④⑤⑥⑦⑧⑨⑩■□●○◎△▲▽▼◆◇★☆※→←↑↓─×÷±°′″―‐…‥‘’“”々〆㈱№℡")


def likeness(data: bytes, codec: str) -> float | None:
    """Share of characters beyond ASCII that people of that encoding write often; None if undecodable.

    Japanese: kana, JIS level 1 kanji, wide signs. Korean: hangul. Western: letters beside other letters.
    Half-width kana count half: they are also what EUC and Western bytes look like when read as CP932.
    """
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    if codec == "cp1252":
        return _western(text)
    beyond = Counter(character for character in text if not character.isascii())
    common = sum(_weight(character, codec) * times for character, times in beyond.items())
    return common / max(1, beyond.total())


def _weight(character: str, codec: str) -> float:
    point = ord(character)
    if codec == "cp949":
        return 1.0 if point in _HANGUL else 0.0
    if point in _KANJI:
        return 1.0 if _level_one(character) else 0.0
    if point in _HALF_KANA:
        return 0.5
    wide = point in _KANA or point in _PUNCTUATION or point in _WIDE
    return 1.0 if wide or character in _COMMON_SIGNS else 0.0


def _level_one(kanji: str) -> bool:
    """JIS level 1: rows 16 to 47, lead bytes 88 to 98 in CP932. A few names use rarer ones."""
    try:
        return kanji.encode("cp932")[0] <= 0x98
    except UnicodeEncodeError:
        return False


def _western(text: str) -> float:
    """Accented letters stand alone among plain ones; runs of them are another encoding misread."""
    beyond = alone = 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if not character.isascii():
            beyond += 1
            alone += character.isalpha() and before.isascii() and after.isascii()
    return alone / max(1, beyond)
