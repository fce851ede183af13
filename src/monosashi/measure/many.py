"""Many comparisons at once: which changes may still be called one, and how small a change could be seen.

A family is all the comparisons that a reader looks through for changes. Testing each at 5 % finds one in
twenty where nothing happened; Benjamini and Hochberg's step-up procedure (1995, J. R. Statist. Soc. B 57)
keeps the expected part of false ones among those called a change at that level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from monosashi.measure import interval as intervals
from monosashi.measure.estimate import Basis, Estimate
from monosashi.measure.judging_asked import FamilyAsked
from monosashi.measure.statistics.change import Verdict, p_value, verdict


def adjusted(p_values: Iterable[float | None]) -> list[float | None]:
    """p adjusted for the family: min over j ≥ i of p₍ⱼ₎·m/j, at most 1 (R: ``p.adjust(p, "BH")``).

    None and NaN are no members of the family (m does not count them) and stay None. Equal p stay equal, and
    a smaller p never becomes the larger one.
    """
    given = [math.nan if p is None else float(p) for p in p_values]
    p = np.array(given, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    found: list[float | None] = [None] * len(p)
    for place, value in zip(order, np.minimum.accumulate(raised[::-1])[::-1], strict=True):
        found[place] = min(float(value), 1.0)
    return found


def detectable_change(
    se: float, *, df: float = math.inf, level: float = 0.95, power: float = 0.8
) -> float | None:
    """(t(1 − α/2; df) + t(power; df))·se: the smallest true change that is found with that power.

    In the unit of the figure; None where df < 1. For a survey that is still to come see `sizes.detectable`.
    Bloom 1995, Evaluation Review 19(5).
    """
    sides = np.array([intervals.two_sided(level), power])
    multiple = float(sum(intervals.t_quantile(np.array(df), q) for q in sides))
    return None if math.isnan(multiple) else multiple * se


def verdicts(changes: Sequence[Estimate], *, threshold: float, adjust: bool = True) -> list[Verdict]:
    """Up, down or not distinguishable for each change of a family; threshold in the unit of the figure.

    What `change.verdict` says stands only where the adjusted p is at most 1 − level as well. A register has
    no p and is judged by its size; so is a share of 0 or 1, which is judged by its interval.
    """
    alone = [verdict(change, threshold) for change in changes]
    if not adjust:
        return alone
    raised = adjusted(tested_p(change) for change in changes)
    return [
        "not_distinguishable" if p is not None and p > 1 - change.level else one
        for one, p, change in zip(alone, raised, changes, strict=True)
    ]


def tested_p(change: Estimate) -> float | None:
    """The p that the change carries, else the one of its t; None for a register."""
    carried = change.more.get("p")
    if isinstance(carried, (int, float)):
        return float(carried)
    return None if change.basis is Basis.REGISTER else p_value(change)


def judged(
    found: Sequence[tuple[str, Estimate]], families: Sequence[FamilyAsked]
) -> list[tuple[str, Estimate]]:
    """(id, estimate) as they were, those of a family with `p_adjusted`, `verdict` and `detectable`."""
    new = list(found)
    for family in families:
        places = [i for i, (id_, _) in enumerate(found) if id_ in family.of]
        for i, more in zip(places, _said([found[i][1] for i in places], family), strict=True):
            id_, estimate = new[i]
            new[i] = id_, replace(estimate, more={**estimate.more, **more})
    return new


def _said(members: Sequence[Estimate], family: FamilyAsked) -> list[Mapping[str, object]]:
    adjust = family.adjust != "none"
    raised = adjusted(tested_p(one) for one in members) if adjust else [None] * len(members)
    decided = verdicts(members, threshold=family.threshold, adjust=adjust)
    return [
        {"p_adjusted": p, "verdict": one, "detectable": _detectable(member, family.power)}
        for p, one, member in zip(raised, decided, members, strict=True)
    ]


def _detectable(change: Estimate, power: float) -> float | None:
    if not change.se or not change.df:
        return None
    return detectable_change(change.se, df=float(change.df), level=change.level, power=power)
