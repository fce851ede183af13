"""Whether a word of praise is part of a wish: あるといい, もっと簡単に, 分かりやすくしてほしい."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from monosashi.gather.comments.units import Unit

_CONDITIONS = frozenset({"と", "ば"})
_REACH = 6
_MAKING = frozenset({"為る", "成る"})  # 簡単にしてほしい, 安くなってほしい
_ENGLISH_REACH = 4


def wishes_among(units: Sequence[Unit], found: Iterable[tuple[str, int]], language: str) -> set[int]:
    """Where a wish begins: at a word of wishing, or at one of praise behind a condition (…といい)."""
    return {
        first
        for kind, first in found
        if kind == "wish" or (kind == "good" and language != "en" and _conditional(units, first))
    }


def is_wished(units: Sequence[Unit], first: int, last: int, wishes: Container[int], language: str) -> bool:
    """`wishes`: where words of wishing begin."""
    clause = units[first].clause
    if language == "en":
        before = range(max(0, first - _ENGLISH_REACH), first)
        return any(place in wishes and units[place].clause == clause for place in before)
    before = range(max(0, first - _REACH), first)
    asked_for = any(place in wishes and units[place].clause == clause for place in before)
    return asked_for or _conditional(units, first) or _made(units, last, wishes)


def _conditional(units: Sequence[Unit], first: int) -> bool:
    """あるといい, 増やせばうれしい, あったらいい: it is not so yet."""
    if first == 0:
        return False
    before = units[first - 1]
    supposed = before.is_a("助動詞") and before.surface.endswith(("たら", "だら", "なら"))
    return supposed or (before.is_a("助詞") and before.normal in _CONDITIONS)


def _made(units: Sequence[Unit], last: int, wishes: Container[int]) -> bool:
    """綺麗にしてほしい, 安いと嬉しい: over する, なる or と to the wish, and nothing else between."""
    made = False
    for place in range(last + 1, min(len(units), last + 1 + _REACH)):
        unit = units[place]
        if unit.clause != units[last].clause:
            return False
        if place in wishes:
            return made
        if unit.normal in _MAKING or (unit.is_a("助詞") and unit.normal in _CONDITIONS):
            made = True
        elif not unit.is_a("助詞") and not unit.is_a("助動詞") and not unit.is_a("接尾辞"):
            return False
    return False
