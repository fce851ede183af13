"""The server killed while answers come in, a few times; `make crash` does it hundreds of times."""

from __future__ import annotations

import os

import pytest

from answering import Site
from crash_answers import compared, crashed

KILLS = int(os.environ.get("MONOSASHI_TEST_CRASHES", "3"))


@pytest.mark.skipif("MONOSASHI_DATABASE_URL" in os.environ, reason="a SQLite of its own")
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path) -> None:
    site = Site(tmp_path / "home")
    site.prepare()
    sent = crashed(site, kills=KILLS, senders=4)
    stored = site.stored()
    assert len(sent.keys) >= 4
    assert compared(sent, stored) == (set(), set())
    assert len(stored) == len(set(sent.keys))


def test_what_is_lost_or_doubled_would_be_noticed() -> None:
    from answering import Sent
    from crash_answers import _digest

    sent = Sent(keys=["one", "two"])
    assert compared(sent, {_digest("one"): 2}) == ({"two"}, {_digest("one")})
