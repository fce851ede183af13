"""One text, character for character the same length, in which widths, digits and hyphens are alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

HYPHENS = frozenset("-\u00ad‐‑‒–—―−﹘﹣－ｰ~〜～")
_KANA_HYPHEN = "ー"  # also typed for a hyphen between digits, and part of a word anywhere else


def folded(text: str) -> str:
    """０９０−１２３４ → 090-1234. What cannot be seen becomes \\x00, any space a blank.

    Places in the result are places in the text.
    """
    plain = [_folded(one) for one in text]
    for place in range(1, len(plain) - 1):
        if plain[place] == _KANA_HYPHEN and plain[place - 1].isdigit() and plain[place + 1].isdigit():
            plain[place] = "-"
    return "".join(plain)


@lru_cache(maxsize=20_000)
def _folded(one: str) -> str:
    if one in HYPHENS:
        return "-"
    if "！" <= one <= "～":
        return chr(ord(one) - 0xFEE0)
    kind = unicodedata.category(one)
    if kind == "Nd":
        return str(unicodedata.decimal(one))
    if kind == "Zs":
        return " "
    return "\0" if kind == "Cf" else one
