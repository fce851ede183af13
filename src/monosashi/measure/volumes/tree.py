"""Counts rolled up through a tree of organizations, which is data: child → parent, or a table's columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from monosashi import errors
from monosashi.measure.cells import Key
from monosashi.measure.volumes.counts import Counts, Place


def ancestors(node: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The parent of a node, its parent, … up to the root. Raises `volume-tree-cycle` where it never ends."""
    found: list[str] = []
    at = node
    while at in parents:
        at = parents[at]
        if at == node or at in found:
            raise errors.VOLUME_TREE_CYCLE(cycle=" → ".join((node, *found, at)))
        found.append(at)
    return tuple(found)


def parents_in(paths: Iterable[Key]) -> dict[str, str]:
    """The tree in rows that name a node and those above it: division, bureau, city.

    Raises `volume-tree-parents` where one node has two parents.
    """
    found: dict[str, str] = {}
    for path in paths:
        nodes = [str(node) for node in path if node not in (None, "")]
        for child, parent in pairwise(nodes):
            if found.setdefault(child, parent) != parent:
                raise errors.VOLUME_TREE_PARENTS(node=child, one=found[child], other=parent)
    return found


def rolled_up(own: Mapping[str, Counts], parents: Mapping[str, str]) -> dict[str, Counts]:
    """The counts of every node: its own and those of everything beneath it.

    A figure of a node is a ratio of sums, hence weighted by volume (`counts.figure`): a bureau's rate is not
    the mean of its divisions' rates. A unit counted in two nodes is two units.
    """
    found: dict[str, dict[Place, object]] = {}
    for node in sorted(own):
        for holder in (node, *ancestors(node, parents)):
            into = found.setdefault(holder, {})
            into.update({Place((node, *place.unit), place.moment): one for place, one in own[node].items()})
    return found  # type: ignore[return-value]
