"""Which cells of a published table are hidden, and why.

Primary: cells that tell about few people by themselves. Secondary: cells that must go so that the first
ones do not follow from a published total by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monosashi.define.guideline import Policy
from monosashi.measure.estimate import Basis, Estimate, Status

Domain = tuple[tuple[str, str], ...]


def hidden_cells(
    estimates: Sequence[Estimate],
    policy: Policy,
    contributions: Mapping[Domain, Sequence[float]] | None = None,
) -> dict[Domain, str]:
    """Each hidden domain with its reason: first the cells disclosive by themselves, then, line by line,
    the smallest visible ones until no hidden cell follows from a published total by subtraction."""
    cells = {domain_of(estimate): estimate for estimate in estimates if has_figure(estimate)}
    hidden = {
        domain: reason
        for domain, estimate in cells.items()
        if (reason := _primary(estimate, policy, (contributions or {}).get(domain, ())))
    }
    lines = _lines(cells)
    while more := next(
        (d for total, line in lines if (d := _secondary(total, line, cells, hidden, policy))), None
    ):
        hidden[more] = "secondary_suppression"
    return hidden


def _primary(estimate: Estimate, policy: Policy, contributions: Sequence[float]) -> str | None:
    """Why a cell may not be shown by itself, or None."""
    if estimate.n < policy.minimum_cell and estimate.basis is not Basis.REGISTER:
        return "small_cell"
    if dominated(contributions, policy):
        return "dominance"
    if estimate.statistic not in ("proportion", "share"):
        return None
    return disclosive_counts(_favourable(estimate), estimate.n, policy)


def disclosive_counts(favourable: int, n: int, policy: Policy) -> str | None:
    """0 % and 100 % tell everyone's answer; fewer than the minimum on either side tell a few people's."""
    rest = n - favourable
    if min(favourable, rest) == 0:
        return "class_disclosure" if policy.class_disclosure else None
    return "small_cell" if min(favourable, rest) < policy.minimum_cell else None


def dominated(contributions: Sequence[float], policy: Policy) -> bool:
    """Whether the largest `dominance_contributors` hold more than `dominance_share` of a sum."""
    largest = sorted(contributions, reverse=True)[: policy.dominance_contributors]
    total = sum(contributions)
    return total > 0 and sum(largest) > policy.dominance_share * total


def _lines(cells: Mapping[Domain, Estimate]) -> list[tuple[Domain, tuple[Domain, ...]]]:
    """Every published total with the cells that add up to it, one split dimension at a time."""
    found: dict[tuple[Domain, str], list[Domain]] = {}
    for domain in cells:
        for name, _ in domain:
            total = tuple(pair for pair in domain if pair[0] != name)
            if total in cells:
                found.setdefault((total, name), []).append(domain)
    return [(total, tuple(sorted(line))) for (total, _), line in sorted(found.items())]


def _secondary(
    total: Domain,
    line: tuple[Domain, ...],
    cells: Mapping[Domain, Estimate],
    hidden: Mapping[Domain, str],
    policy: Policy,
) -> Domain | None:
    """The next cell to hide in a line, if what is hidden could still be read from the total."""
    gone = [cells[domain] for domain in line if domain in hidden] + _unlisted(total, line, cells)
    visible = [domain for domain in line if domain not in hidden]
    if total in hidden or not gone or not visible or not _readable(gone, policy):
        return None
    return min(visible, key=lambda domain: (cells[domain].n, domain))


def _unlisted(total: Domain, line: tuple[Domain, ...], cells: Mapping[Domain, Estimate]) -> list[Estimate]:
    """People of the total who are in no cell of the line (no age given): they count as one hidden cell."""
    whole, parts = cells[total], [cells[domain] for domain in line]
    n = whole.n - sum(part.n for part in parts)
    if n <= 0 or whole.basis is Basis.REGISTER:
        return []
    favourable = min(max(_favourable(whole) - sum(map(_favourable, parts)), 0), n)
    return [replace(whole, n=n, value=favourable / n, lineage={})]


def _readable(gone: Sequence[Estimate], policy: Policy) -> bool:
    """Whether the hidden cells of a line, taken together, are one cell or would themselves be hidden."""
    n = sum(estimate.n for estimate in gone)
    if len(gone) == 1 or n < policy.minimum_cell:
        return True
    if any(estimate.statistic not in ("proportion", "share") for estimate in gone):
        return False
    return disclosive_counts(sum(map(_favourable, gone)), n, policy) is not None


def _favourable(estimate: Estimate) -> int:
    """How many people stand behind a share: counted, or else read from the share itself."""
    counted = estimate.lineage.get("n_favourable")
    return int(counted) if counted is not None else round((estimate.value or 0.0) * estimate.n)


def has_figure(estimate: Estimate) -> bool:
    return estimate.status in (Status.VALUE, Status.UNRELIABLE)


def domain_of(estimate: Estimate) -> Domain:
    return tuple(sorted((name, str(value)) for name, value in estimate.domain.items()))
