"""What views ask of editions."""

from __future__ import annotations

from django.http import Http404

from monosashi.define.guideline import Indicator, Principle
from monosashi.publish.edition import Edition
from monosashi.web.publish import editions


def latest() -> Edition | None:
    return editions.reader().latest()


def ids() -> list[str]:
    """Published editions, newest first."""
    return list(reversed(editions.reader().ids()))


def indicator(edition: Edition, id: str) -> Indicator:
    found = next((found for found in edition.guideline.indicators if found.id == id), None)
    if found is None:
        raise Http404
    return found


def principle(edition: Edition, number: int) -> Principle:
    found = next((found for found in edition.guideline.principles if found.number == number), None)
    if found is None:
        raise Http404
    return found


def file(id: str, name: str) -> tuple[Edition, bytes]:
    """A file that the inventory of a published edition names; anything else does not exist."""
    reader = editions.reader()
    edition = reader.get(id)
    if edition is None or name not in edition.files:
        raise Http404
    return edition, reader.files(id)[name]


def sizes(edition: Edition) -> dict[str, int]:
    """Bytes of each file of an edition."""
    return {name: len(body) for name, body in editions.reader().files(edition.id).items()}
