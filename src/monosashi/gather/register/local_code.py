"""Codes of Japanese local governments (全国地方公共団体コード): two digits, three digits, a check digit."""

from __future__ import annotations

import re

_WEIGHTS = (6, 5, 4, 3, 2)
_FIVE, _SIX = re.compile(r"\d{5}", re.ASCII), re.compile(r"\d{6}", re.ASCII)


def check_digit(five: str) -> str:
    """The sixth digit: the last digit of 11 − (Σ wᵢ·dᵢ mod 11), with the weights 6, 5, 4, 3, 2.

    The rule is that of 総務省「全国地方公共団体コード」 (modulus 11); the five digits are those of JIS X 0401
    and 0402. For 13101: 6·1 + 5·3 + 4·1 + 3·0 + 2·1 = 27, 27 mod 11 = 5, 11 − 5 = 6. Raises ValueError
    for anything but five digits.
    """
    if not _FIVE.fullmatch(five):
        raise ValueError(f"not five digits: {five!r}")
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, five, strict=True)) % 11
    return str(11 - remainder)[-1]


def is_local_code(code: str) -> bool:
    """Whether these are six digits of which the last is the right one."""
    return bool(_SIX.fullmatch(code)) and code[5] == check_digit(code[:5])
