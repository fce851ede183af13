"""Codes that people type, and the digests that are kept in their place.

A code has 16 signs of Crockford's base 32 (80 random bits), shown in fours: ``7K3M-Q9TD-0WBX-42ZN``. Case,
blanks and hyphens do not matter, O is read as 0, I and L as 1. What the database keeps is a digest under a
purpose of its own, so that the digest of one thing never opens another.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

LENGTH = 16
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011", "- \u3000\u2010\u2011\u2012\u2013\u2014\u2212\u30fc")


def fresh() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH))


def typed(text: str) -> str:
    """The code as it was given out, whichever way somebody typed it. Not a code: an empty text."""
    code = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD).strip()
    return code if len(code) == LENGTH and set(code) <= set(_SIGNS) else ""


def shown(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def digest(purpose: str, *parts: str) -> str:
    return hashlib.sha256("\0".join((purpose, *parts)).encode()).hexdigest()


def receipt(wave: int, key: str) -> str:
    """The receipt of a submission follows from its key, so that sending again gives the same one.

    Only the sender has the key; the database keeps digests of both, from which neither can be found.
    """
    number = int(digest("receipt", str(wave), key), 16)
    return "".join(_SIGNS[(number >> (5 * place)) & 31] for place in range(LENGTH))
