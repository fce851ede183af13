"""Texts made alike, so that the same thing written twice is found and compared as one."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)  # category Cc, but for those that are blanks


def normalized(text: str) -> str:
    """NFKC (full-width letters, half-width kana, ㈱ …), case folded, blanks as one; controls dropped."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BLANKS.sub(" ", _CONTROLS.sub("", plain)).strip()


def trigrams(text: str) -> frozenset[str]:
    """Runs of three characters of the normalized text without blanks and marks; a shorter text is its own."""
    plain = "".join(one for one in normalized(text) if one.isalnum())
    if len(plain) < 3:
        return frozenset({plain} if plain else ())
    return frozenset(plain[at : at + 3] for at in range(len(plain) - 2))
