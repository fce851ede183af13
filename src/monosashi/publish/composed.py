"""Who is in a change: the composition of a figure of counts, from the lake to what may be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monosashi.define.guideline import Guideline, Indicator, Policy
from monosashi.define.period import Period
from monosashi.measure.reducer import Reducer
from monosashi.measure.volumes.composition import Composition
from monosashi.measure.volumes.of_measure import COMPARED, compositions
from monosashi.publish import rounding
from monosashi.publish.edition import Mixed, PublishedComposition, PublishedEstimate
from monosashi.publish.measured import Sources, measured
from monosashi.publish.suppression import Domain


@dataclass(frozen=True)
class Composed:
    """The composition of one change, before disclosure. smallest is the least volume of its groups."""

    indicator: Indicator
    measure: str
    domain: Mapping[str, str]
    from_period: str
    to_period: str
    found: Composition
    smallest: float


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
            yield Composed(indicator, measure.id, domain, before.name, now.name, one.found, one.smallest)


def published_composition(
    one: Composed, known: Mapping[tuple[str, str, str, Domain], PublishedEstimate], policy: Policy
) -> PublishedComposition:
    """Figures are shown where both periods' are, and where no group of them is smaller than a cell may be:
    those that left or joined could be worked out from the others."""
    before, after = (
        known.get((one.indicator.id, one.measure, period, tuple(sorted(one.domain.items()))))
        for period in (one.from_period, one.to_period)
    )
    shown = before is not None and after is not None and None not in (before.value, after.value)
    digits = min(before.digits, after.digits) if before and after else 0
    small = 0 < one.smallest < policy.minimum_cell

    def cut(value: float | None) -> float | None:
        if value is None or not shown or small:
            return None
        return rounding.nearest(value, one.indicator.unit, digits)

    found, parts, units = one.found, one.found.parts, one.found.units
    return PublishedComposition(
        indicator=one.indicator.id,
        measure=one.measure,
        domain=dict(one.domain),
        from_period=one.from_period,
        to_period=one.to_period,
        all_before=cut(found.everyone.before),
        all_after=cut(found.everyone.after),
        both_before=cut(found.both.before),
        both_after=cut(found.both.after),
        within=cut(parts.within if parts else None),
        shift=cut(parts.shift if parts else None),
        left=cut(parts.left if parts else None),
        joined=cut(parts.joined if parts else None),
        units_before=units.before,
        units_after=units.after,
        units_both=units.both,
        units_left=units.left,
        units_joined=units.joined,
        units_silent=units.silent,
        mixed=_mixed(found),
        digits=digits,
    )


def _mixed(found: Composition) -> Mixed:
    if not found.mixed:
        return "no"
    return "sign" if found.by_sign else "size"
