"""What is personal in a text, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monosashi.define.text import Text

KINDS = {  # what a mask says instead
    "mail": Text(ja="メールアドレス", en="mail address"),
    "link": Text(ja="リンク", en="link"),
    "phone": Text(ja="電話番号", en="phone"),
    "individual_number": Text(ja="個人番号", en="individual number"),
    "card": Text(ja="カード番号", en="card number"),
    "number": Text(ja="番号", en="number"),
    "postal_code": Text(ja="郵便番号", en="postal code"),
    "address": Text(ja="住所", en="address"),
    "name": Text(ja="氏名", en="name"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """text[begin:end] is personal data of a kind."""

    kind: str
    begin: int
    end: int


def mask_of(kind: str, language: str) -> str:
    """【電話番号】 or [phone]."""
    return f"【{KINDS[kind].ja}】" if language == "ja" else f"[{KINDS[kind].en}]"


MASKS = tuple(mask_of(kind, language) for language in ("ja", "en") for kind in KINDS)


def apart(spans: Iterable[Span]) -> list[Span]:
    """In their order; those that touch the same characters become one, of the kind that begins first.

    Of two that begin together the longer one gives the kind.
    """
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.begin, -one.end)):
        if found and span.begin < found[-1].end:
            last = found[-1]
            found[-1] = Span(last.kind, last.begin, max(last.end, span.end))
        else:
            found.append(span)
    return found
