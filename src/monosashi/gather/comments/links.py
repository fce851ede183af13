"""Mail addresses, and links that tell more than which page is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monosashi.gather.comments.spans import Span

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+ ?(?:@|[(\[] ?(?:at|アット) ?[)\]]) ?"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]|(?:\.|[(\[] ?(?:dot|ドット) ?[)\]])(?=[A-Za-z0-9]))*"
)
_LINK = re.compile(r"(?:https?://|www\.)[!-;=?-Z\\^-z|~]+", re.IGNORECASE)
_TELLING = re.compile(r"[?#@=]|\d{4}|[0-9a-f]{8}-[0-9a-f]{4}|/[^/]{24,}", re.IGNORECASE)


def links(text: str) -> Iterator[Span]:
    """Of a folded text. The bare address of a page stays; one with a query, an account or an id goes."""
    yield from (Span("mail", *found.span()) for found in _MAIL.finditer(text))
    for found in _LINK.finditer(text):
        if _TELLING.search(found[0].partition("//")[2] or found[0]):
            yield Span("link", *found.span())
