"""Numbers that lead to a person: telephones, individual numbers, cards, accounts, postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monosashi.gather.comments.spans import Span

_BETWEEN = r"[-.()\[\] \0・]"  # what stands between the digits of one number
# 03-1234-5678, (03)1234-5678, 090 1234 5678, 0120-123-456: ten or eleven digits from 0 on
_DOMESTIC = re.compile(rf"(?<!\d)\(?0(?:{_BETWEEN}{{0,2}}\d){{9,10}}(?!\d)")
# E.164: + or 00, country, at most fifteen digits; (0) may stand before the area
_ABROAD = re.compile(rf"(?<!\d)(?:\+|00){_BETWEEN}?[1-9](?:{_BETWEEN}{{0,2}}\d){{7,14}}(?!\d)")
_AMERICAN = re.compile(r"(?<!\d)\(?[2-9]\d\d(?:\) ?|[-. ])[2-9]\d\d[-. ]\d{4}(?!\d)")
_COUNTED = (
    r"(?![,.]?\d|-\d| ?(?:円|人|名|回|件|個|台|枚|年|分|時|日|歳|代|点|%|km|cm|mm|kg|m\b|g\b|yen|people))"
)
_CALLED = re.compile(
    r"(?:電話|でんわ|携帯|℡|☎|📞|連絡先|(?i:(?<![a-z])(?:tel|phone|fax|call|mobile)(?![a-z])))[^\d\n]{0,8}"
    rf"(\+?\d(?:{_BETWEEN}{{0,2}}\d){{4,14}}){_COUNTED}"
)
_DAY = r"(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}(?!\d)"
_GROUPS = re.compile(rf"(?<!\d)(?!{_DAY})\d(?:{_BETWEEN}?\d){{11,}}(?!\d)")
_LONG = re.compile(rf"(?<!\d)(?:\d{{7,9}}{_COUNTED}|\d{{10,}})")
_NUMBERED = re.compile(
    r"(?:番号|口座|会員|受付|免許|旅券|パスポート|保険証"
    r"|(?i:(?<![a-z])(?:number|account|passport|licen[cs]e|id)(?![a-z])))"
    rf"[^\d\n]{{0,8}}?([A-Za-z]{{0,3}}-?\d(?:{_BETWEEN}?\d){{3,}}){_COUNTED}"
)
_POSTAL = re.compile(rf"〒\0? ?\d{{3}}-?\d{{4}}(?!\d)|(?<![\d.,-])\d{{3}}-\d{{4}}{_COUNTED}")


def numbers(text: str) -> Iterator[Span]:
    """Of a folded text. Whatever is not sure to be another kind of number is a `number`, and masked too."""
    for found in _POSTAL.finditer(text):
        yield Span("postal_code", *found.span())
    groups = [Span(_kind(found[0]), *found.span()) for found in _GROUPS.finditer(text)]
    yield from (span for span in groups if span.kind != "number")
    for pattern in (_DOMESTIC, _ABROAD, _AMERICAN):
        yield from (Span("phone", *found.span()) for found in pattern.finditer(text))
    yield from (Span("phone", *found.span(1)) for found in _CALLED.finditer(text))
    yield from (Span("number", *found.span(1)) for found in _NUMBERED.finditer(text))
    yield from (Span("number", *found.span()) for found in _LONG.finditer(text))
    yield from groups


def _kind(said: str) -> str:
    digits = [int(one) for one in said if one.isdigit()]
    if len(digits) == 12 and is_individual_number(digits):
        return "individual_number"
    return "card" if 14 <= len(digits) <= 16 and is_card(digits) else "number"


def is_individual_number(digits: list[int]) -> bool:
    """Twelve digits of which the last checks the others.

    check = 11 − (Σ P_n·Q_n mod 11), 0 where the remainder is 0 or 1; P_n is the nth digit of the first
    eleven from the right, Q_n = n + 1 for n ≤ 6 and n − 5 from 7 on.
    Source: 総務省令第85号 (2014), article 5.
    """
    if len(digits) != 12:
        return False
    weighed = (digit * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:11]), start=1))
    rest = sum(weighed) % 11
    return digits[11] == (0 if rest <= 1 else 11 - rest)


def is_card(digits: list[int]) -> bool:
    """Luhn's check of payment cards (ISO/IEC 7812-1): from the right, every second digit counts double."""
    doubled = (
        digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0
