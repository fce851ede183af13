"""Who is in a change: the composition of a figure of counts, from the lake to what may be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from monosashi.define.guideline import Guideline, Indicator, Policy
from monosashi.define.period import Period
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.reducer import Reducer
from monosashi.measure.volumes.composition import Composition
from monosashi.measure.volumes.counts import Count
from monosashi.measure.volumes.of_measure import COMPARED, compositions
from monosashi.publish import rounding
from monosashi.publish.edition import Mixed, PublishedComposition, PublishedEstimate
from monosashi.publish.measured import Sources, measured
from monosashi.publish.suppression import Domain, disclosive_counts, dominated


@dataclass(frozen=True)
class Composed:
    """The composition of one change, before disclosure, with the counts that could be told from it."""

    indicator: Indicator
    measure: str
    domain: Mapping[str, str]
    from_period: str
    to_period: str
    found: Composition
    statistic: str
    groups: tuple[tuple[Count, ...], ...]


def composed_of(
    guideline: Guideline, before: Period, now: Period, sources: Sources, reducer: Reducer
) -> Iterator[Composed]:
    """The composition of every change of a figure of counts."""
    for indicator, measure in measured(guideline):
        source = sources.get("volumes")
        if source is None or measure.table != "volumes" or measure.statistic not in COMPARED:
            continue
        threshold, share = indicator.practical_threshold, indicator.unit == "share"
        for one in compositions(measure, source, (before, now), reducer, threshold=threshold, share=share):
            domain = {name: str(value) for name, value in one.domain.items()}
            yield Composed(
                indicator=indicator,
                measure=measure.id,
                domain=domain,
                from_period=before.name,
                to_period=now.name,
                found=one.found,
                statistic=measure.statistic,
                groups=one.groups,
            )


def published_composition(
    one: Composed, known: Mapping[tuple[str, str, str, Domain], PublishedEstimate], policy: Policy
) -> PublishedComposition:
    """Figures are shown where both periods' are, and where no group of them would be hidden as a cell: those
    that left or joined could be worked out from the others."""
    before, after = (
        known.get((one.indicator.id, one.measure, period, tuple(sorted(one.domain.items()))))
        for period in (one.from_period, one.to_period)
    )
    figures = _Figures()
    disclosive = any(_disclosive(one, group, policy) for group in one.groups if group)
    if before is not None and after is not None and not disclosive:
        figures = _figures(one, before, after, policy)
    units = one.found.units
    return PublishedComposition(
        indicator=one.indicator.id,
        measure=one.measure,
        domain=dict(one.domain),
        from_period=one.from_period,
        to_period=one.to_period,
        units_before=units.before,
        units_after=units.after,
        units_both=units.both,
        units_left=units.left,
        units_joined=units.joined,
        units_silent=units.silent,
        mixed=_mixed(one.found),
        **asdict(figures),
    )


@dataclass(frozen=True)
class _Figures:
    """What a composition shows, in the words of its file; nothing where it shows nothing."""

    all_before: float | None = None
    all_after: float | None = None
    both_before: float | None = None
    both_after: float | None = None
    within: float | None = None
    shift: float | None = None
    left: float | None = None
    joined: float | None = None
    digits: int = 0


def _figures(one: Composed, before: PublishedEstimate, after: PublishedEstimate, policy: Policy) -> _Figures:
    """All units as their figures were published, those in both alike: rounded as if they were published.

    Where figures are made of rounded counts, so are the parts: from the figures that are shown.
    """
    unit, parts = one.indicator.unit, one.found.parts
    stayed = [
        _shown(one, *pair, policy)
        for pair in zip((one.found.both.before, one.found.both.after), one.groups[:2], strict=True)
    ]
    if before.value is None or after.value is None or None in stayed or parts is None:
        return _Figures()
    was, became = (shown for shown in stayed if shown is not None)
    digits = min(before.digits, after.digits, was.digits, became.digits)

    def cut(value: float) -> float:
        return rounding.nearest(value, unit, digits)

    coarse = unit == "count" or min(before.n or 0, after.n or 0, was.n, became.n) < policy.whole_percent_from
    left, joined = was.value - before.value, after.value - became.value
    return _Figures(
        all_before=cut(before.value),
        all_after=cut(after.value),
        both_before=cut(was.value),
        both_after=cut(became.value),
        within=None if coarse and parts.shift else cut(became.value - was.value if coarse else parts.within),
        shift=None if coarse and parts.shift else cut(parts.shift),
        left=cut(left if coarse else parts.left),
        joined=cut(joined if coarse else parts.joined),
        digits=digits,
    )


@dataclass(frozen=True)
class _Shown:
    value: float
    digits: int
    n: int


def _shown(one: Composed, value: float | None, group: tuple[Count, ...], policy: Policy) -> _Shown | None:
    """A figure of the units in both, rounded by the policy as a published one is."""
    if value is None:
        return None
    n = round(sum(count.a if one.statistic == "sum" else count.b for count in group))
    shown = rounding.shown(
        Estimate(one.statistic, one.domain, Status.VALUE, value=value, n=n), one.indicator.unit, policy
    )
    return _Shown(shown.value, shown.digits, n)


def _disclosive(one: Composed, group: tuple[Count, ...], policy: Policy) -> bool:
    """Whether a group is too small, answers all alike, or (a sum of a part) is nearly that of one unit."""
    a, b = (sum(getattr(count, side) for count in group) for side in ("a", "b"))
    if one.statistic == "sum":
        return 0 < a < policy.minimum_cell or (bool(one.domain) and dominated([c.a for c in group], policy))
    if one.statistic == "share":
        return disclosive_counts(round(a), round(b), policy) is not None
    return bool(b < policy.minimum_cell)


def _mixed(found: Composition) -> Mixed:
    if not found.mixed:
        return "no"
    return "sign" if found.by_sign else "size"
