"""A statistic of counts in two periods: the change, who is in it, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from monosashi import errors
from monosashi.measure.asked import Given, Where
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.volumes.asked import Snapshot, VolumeAsked, said
from monosashi.measure.volumes.composition import Composition, Pair, composition_of
from monosashi.measure.volumes.counts import Place
from monosashi.measure.volumes.coverage import UnitCoverage, coverage_of_units
from monosashi.measure.volumes.reading import moments_in
from monosashi.measure.volumes.words import as_ratio, as_share, as_sum, mix_sentence


def compared(
    of: VolumeAsked, given: Given, start: Where, end: Where, *, statistic: str, relative: bool
) -> Sequence[Estimate]:
    """The change of every domain from one span to another; a domain that one span lacks has none.

    Spans of several periods are compared period by period, in the order in which they are listed. Raises
    `volume-spans-differ` where one of them has more, `volume-unit-needed` where nothing tells units apart.
    """
    if not of.unit:
        raise errors.VOLUME_UNIT_NEEDED(statistic=of.statistic)
    before, after = (len(moments_in({**of.where, **span}, of.period)) for span in (start, end))
    if before != after:
        raise errors.VOLUME_SPANS_DIFFER(before=before, after=after)
    old, new = (of.snapshots(given, span) for span in (start, end))
    return [_change(of, old[domain], new[domain], statistic, relative) for domain in new]


def _change(of: VolumeAsked, old: Snapshot, new: Snapshot, statistic: str, relative: bool) -> Estimate:
    found = _composition(of, old, new, relative=relative)
    missing = found.everyone.before is None or found.everyone.after is None
    value, reason = found.everyone.change, None
    if value is None:
        reason = "one_period_missing" if missing else "nothing_to_grow_from"
    status = Status.NOT_COLLECTED if missing else Status.NOT_APPLICABLE
    coverage = _since(old, new, ratio=of.ratio)
    return Estimate(
        statistic=statistic,
        domain=new.domain,
        status=status if value is None else Status.VALUE,
        value=value,
        n=found.units.after,
        n_missing=coverage.expected - coverage.counted,
        basis=Basis.REGISTER,
        flags=_flags(found, coverage),
        reason=reason,
        more={
            "from": found.everyone.before,
            "to": found.everyone.after,
            "coverage": {"from": said(old.coverage), "to": said(coverage)},
            "composition": as_said(found, of),
        },
    )


def _composition(of: VolumeAsked, old: Snapshot, new: Snapshot, *, relative: bool) -> Composition:
    """Sums and ratios other than shares are judged by growth: what is much depends on how large they are."""
    tolerance = of.usual_tolerance if of.tolerance is None else of.tolerance
    found = composition_of(old.counts, new.counts, ratio=of.ratio, tolerance=tolerance, relative=relative)
    if relative or not of.relative:
        return found
    size = abs(found.both.before or found.everyone.before or 0.0)
    return composition_of(old.counts, new.counts, ratio=of.ratio, tolerance=tolerance * size)


def _since(old: Snapshot, new: Snapshot, *, ratio: bool) -> UnitCoverage:
    """The coverage of the later span, its silent units standing with what they had in the earlier one."""
    had: dict[Place, float] = dict(new.known)
    for place, count in old.counts.items():
        if count.status is Status.VALUE:
            had[place] = count.b if ratio else count.a
    return coverage_of_units(new.counts, new.units, had, ratio=ratio)


def _flags(found: Composition, coverage: UnitCoverage) -> tuple[str, ...]:
    flags = ("composition",) if found.mixed else ()
    return (*flags, "units_left_out") if coverage.counted < coverage.expected else flags


def as_said(found: Composition, of: VolumeAsked) -> dict[str, Any]:
    """The composition as it stands in the answer to a request, with a sentence in both languages."""
    writes = as_sum if not of.ratio else as_ratio if of.relative else as_share
    return {
        "changed": found.mixed,
        "tolerance": found.tolerance,
        "all": _pair(found.everyone),
        "both": _pair(found.both),
        "units": asdict(found.units),
        "parts": asdict(found.parts) if found.parts else None,
        "words": mix_sentence(found, writes),
    }


def _pair(pair: Pair) -> dict[str, float | None]:
    return {"from": pair.before, "to": pair.after, "change": pair.change}
