"""Where pages find editions. Tests and other installations put another reader in place of the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from monosashi.adapters.home import Home
from monosashi.publish.edition import Edition


class Reader(Protocol):
    """Published editions. Implemented by `adapters.editions.Editions`."""

    def ids(self) -> Sequence[str]: ...

    def latest(self) -> Edition | None: ...

    def get(self, id: str) -> Edition | None: ...

    def files(self, id: str) -> Mapping[str, bytes]: ...


def reader() -> Reader:
    """The reader named by the setting MONOSASHI_EDITION_READER, over the folder `editions` of the home."""
    name = getattr(settings, "MONOSASHI_EDITION_READER", "monosashi.adapters.editions.Editions")
    made: Reader = import_string(name)(Home.of_environment().editions)
    return made
