"""Services that look alike: by their names, and by the information they collect."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from monosashi.gather.register.normal import trigrams

NAMES, ITEMS, SHARED = 0.4, 0.5, 2  # from which share of the names or items, and of how many items, to say so
_SLACK = 1e-9  # what sums in another order may differ by


@dataclass(frozen=True)
class Described:
    """A service as far as likeness goes; `items` are the information and attachments it asks for."""

    code: str
    name: str
    items: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """How like another service is, and why: both shares lie between 0 and 1."""

    code: str
    names: float
    items: float
    shared: tuple[str, ...]
    by_name: bool
    by_items: bool


def likeness_of_names(one: str, other: str) -> float:
    """Jaccard's index of the sets of character trigrams: |A ∩ B| / |A ∪ B|; 0 where a name has none."""
    return _shared_weight(trigrams(one), trigrams(other), None)


def likeness_of_items(one: Collection[str], other: Collection[str], weights: Mapping[str, float]) -> float:
    """Jaccard's index with weights: Σ over A ∩ B of w / Σ over A ∪ B of w; 0 where nothing weighs."""
    return _shared_weight(frozenset(one), frozenset(other), weights)


def weights_of(services: Collection[Described]) -> dict[str, float]:
    """w = ln(N / n) for an item asked by n of N services: what everyone asks for tells nobody apart.

    (Spärck Jones 1972, Journal of Documentation 28(1), inverse document frequency.)
    """
    asked = Counter(item for service in services for item in service.items)
    return {item: math.log(len(services) / times) for item, times in asked.items()}


def alike(one: Described, services: Collection[Described]) -> list[Likeness]:
    """Other services that are alike by name or by items, the most alike first. `services` holds them all."""
    weights = weights_of(services)
    found = (_likeness(one, other, weights) for other in services if other.code != one.code)
    return sorted(
        (each for each in found if each.by_name or each.by_items),
        key=lambda each: (-max(each.names, each.items), each.code),
    )


@dataclass(frozen=True)
class Pair:
    """Two services that are alike: `likeness.code` is the other one."""

    code: str
    likeness: Likeness


def pairs(services: Collection[Described]) -> list[Pair]:
    """Every two services that are alike by name or by items, each pair once, the most alike first."""
    held = {service.code: service for service in sorted(services, key=lambda service: service.code)}
    weights = weights_of(services)
    near = _near({code: trigrams(one.name) for code, one in held.items()}, None, NAMES)
    near |= _near({code: one.items for code, one in held.items()}, weights, ITEMS)
    found = (Pair(one, _likeness(held[one], held[other], weights)) for one, other in near)
    return sorted(
        (pair for pair in found if pair.likeness.by_name or pair.likeness.by_items),
        key=lambda pair: (-max(pair.likeness.names, pair.likeness.items), pair.code, pair.likeness.code),
    )


def _near(
    parts: Mapping[str, Collection[str]], weights: Mapping[str, float] | None, share: float
) -> set[tuple[str, str]]:
    """Pairs that may reach the share: sums in whatever order, with some slack, decided by the one formula."""
    weight = {part: 1.0 if weights is None else weights[part] for own in parts.values() for part in own}
    whole = {code: sum(weight[part] for part in own) for code, own in parts.items()}
    holders: dict[str, list[str]] = {}
    for code, own in parts.items():
        for part in own:
            holders.setdefault(part, []).append(code)
    common: dict[tuple[str, str], float] = defaultdict(float)
    for part, codes in holders.items():
        for pair in combinations(codes, 2):
            common[pair] += weight[part]
    return {
        (one, other)
        for (one, other), both in common.items()
        if both >= share * (whole[one] + whole[other] - both) - _SLACK
    }


def _likeness(one: Described, other: Described, weights: Mapping[str, float]) -> Likeness:
    names = likeness_of_names(one.name, other.name)
    items = likeness_of_items(one.items, other.items, weights)
    shared = tuple(sorted(one.items & other.items, key=lambda item: (-weights.get(item, 0.0), item)))
    telling = sum(weights.get(item, 0.0) > 0 for item in shared)
    return Likeness(other.code, names, items, shared, names >= NAMES, items >= ITEMS and telling >= SHARED)


def _shared_weight(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float] | None) -> float:
    def sum_of(words: Iterable[str]) -> float:
        return math.fsum(1.0 if weights is None else weights.get(word, 0.0) for word in sorted(words))

    whole = sum_of(one | other)
    return sum_of(one & other) / whole if whole > 0 else 0.0
