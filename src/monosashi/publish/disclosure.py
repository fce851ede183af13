"""Disclosure control: the only way from an estimate to a figure that may be written.

A `Disclosed` holds what everyone may see. Only `disclose` and the reader of published files can make one,
and the writers of files accept nothing else, so an undisclosed figure cannot be written by mistake.
The rules are those of section 7 of the security promises; every number in them comes from the policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from monosashi.define.guideline import Indicator, Policy
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.many import verdicts
from monosashi.measure.reliability import Reliability
from monosashi.publish import rounding
from monosashi.publish.composed import Composed, published_composition
from monosashi.publish.edition import Change, Coverage, PublishedComposition, PublishedEstimate, Verdict
from monosashi.publish.suppression import Domain, domain_of, has_figure, hidden_cells


class _Seal:
    """Held by this module and the reader of editions; nobody else has one to pass."""


_SEAL: Final = _Seal()


@dataclass(frozen=True)
class Disclosed:
    """Figures that may be published. Raises TypeError when made anywhere but here."""

    estimates: tuple[PublishedEstimate, ...]
    changes: tuple[Change, ...]
    coverage: tuple[Coverage, ...]
    seal: _Seal = field(repr=False, compare=False)
    compositions: tuple[PublishedComposition, ...] = ()

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("only monosashi.publish.disclosure makes Disclosed figures")


@dataclass(frozen=True)
class Figures:
    """All estimates of one measure of one indicator in one period, every published breakdown together.

    They must come together: whether a cell may be shown depends on its neighbors and on the total.
    `contributions` gives, for sums by a domain, what each contributor added (the dominance rule).
    """

    indicator: Indicator
    measure: str
    period: str
    definition_version: str
    estimates: tuple[Estimate, ...]
    contributions: Mapping[Domain, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A tested change of one figure (`measure.change`), before disclosure."""

    indicator: Indicator
    measure: str
    domain: Mapping[str, str]
    from_period: str
    to_period: str
    tested: Estimate
    comparable: bool = True


def disclose(
    figures: Iterable[Figures],
    differences: Iterable[Difference] = (),
    coverage: Iterable[Coverage] = (),
    *,
    policy: Policy,
    earlier: Disclosed | None = None,
    composed: Iterable[Composed] = (),
) -> Disclosed:
    """What may be seen of new figures, beside the `earlier` ones of other periods, which never move."""
    rows = [row for group in figures for row in _measure(group, policy)]
    periods = {row.period for row in rows}
    kept = [row for row in earlier.estimates if row.period not in periods] if earlier else []
    kept_changes = (
        [change for change in earlier.changes if change.to_period not in periods] if earlier else []
    )
    kept_mixes = [mix for mix in earlier.compositions if mix.to_period not in periods] if earlier else []
    known = {_key(row): row for row in (*kept, *rows)}
    mixes = [published_composition(one, known, policy) for one in composed]
    rows = _flagged(rows, mixes)
    differences = list(differences)
    pairs = zip(differences, _verdicts(differences), strict=True)
    changes = [_change(difference, decided, known, policy) for difference, decided in pairs]
    return Disclosed(
        (*kept, *rows),
        (*kept_changes, *changes),
        (*_people_in_fives(coverage, policy), *_units_shown(rows)),
        _SEAL,
        (*kept_mixes, *mixes),
    )


def _flagged(
    rows: Iterable[PublishedEstimate], mixes: Iterable[PublishedComposition]
) -> list[PublishedEstimate]:
    """Marks the figures whose change is one of the mix."""
    mixed = {
        (mix.indicator, mix.measure, mix.to_period, tuple(sorted(mix.domain.items())))
        for mix in mixes
        if mix.mixed != "no"
    }
    return [
        replace(row, flags=tuple(dict.fromkeys((*row.flags, "composition")))) if _key(row) in mixed else row
        for row in rows
    ]


def already_disclosed(
    estimates: Iterable[PublishedEstimate],
    changes: Iterable[Change],
    coverage: Iterable[Coverage],
    compositions: Iterable[PublishedComposition] = (),
) -> Disclosed:
    """Figures read back from published files whose digests were checked. For `edition_files` only."""
    return Disclosed(tuple(estimates), tuple(changes), tuple(coverage), _SEAL, tuple(compositions))


# ---- how the others are shown --------------------------------------------------------------------


def _measure(group: Figures, policy: Policy) -> list[PublishedEstimate]:
    hidden = hidden_cells(group.estimates, policy, group.contributions)
    return [
        _published(group, estimate, hidden.get(domain_of(estimate)), policy) for estimate in group.estimates
    ]


def _published(group: Figures, estimate: Estimate, hidden: str | None, policy: Policy) -> PublishedEstimate:
    if hidden or not has_figure(estimate) or estimate.value is None:
        status = Status.SUPPRESSED if hidden else estimate.status
        if has_figure(estimate) and not hidden:
            status = Status.UNRELIABLE
        return _without_figure(group, estimate, status, hidden or estimate.reason)
    shown = rounding.shown(estimate, group.indicator.unit, policy)
    reason = unreliable(estimate, policy)
    return PublishedEstimate(
        indicator=group.indicator.id,
        measure=group.measure,
        period=group.period,
        definition_version=group.definition_version,
        domain=dict(domain_of(estimate)),
        status=Status.UNRELIABLE if reason else Status.VALUE,
        reason=reason,
        value=shown.value,
        lower=shown.lower,
        upper=shown.upper,
        level=estimate.level if shown.lower is not None else None,
        interval_method=estimate.interval_method if shown.lower is not None else None,
        n=rounding.count(estimate.n, policy),
        n_effective=None if estimate.n_effective is None else rounding.count(estimate.n_effective, policy),
        deff=None if estimate.deff is None else round(estimate.deff, 2),
        basis=str(estimate.basis or ""),
        digits=shown.digits,
        flags=tuple(estimate.flags),
    )


def _without_figure(
    group: Figures, estimate: Estimate, status: Status, reason: str | None
) -> PublishedEstimate:
    return PublishedEstimate(
        indicator=group.indicator.id,
        measure=group.measure,
        period=group.period,
        definition_version=group.definition_version,
        domain=dict(domain_of(estimate)),
        status=status,
        reason=reason,
        value=None,
        lower=None,
        upper=None,
        level=None,
        interval_method=None,
        n=None,
        n_effective=None,
        deff=None,
        basis=str(estimate.basis or ""),
        digits=0,
    )


def unreliable(estimate: Estimate, policy: Policy) -> str | None:
    """Why a figure is too uncertain to lean on, or None."""
    if estimate.status is Status.UNRELIABLE:
        return estimate.reason or "unreliable"
    limits = Reliability(
        minimum_n=policy.reliable_minimum_n,
        minimum_n_effective=policy.reliable_minimum_n_effective,
        maximum_interval_width=policy.reliable_maximum_interval_width,
        minimum_df=policy.reliable_minimum_df,
    )
    return limits.reason_against(estimate)


# ---- changes and coverage ------------------------------------------------------------------------


def _key(row: PublishedEstimate) -> tuple[str, str, str, Domain]:
    return row.indicator, row.measure, row.period, tuple(sorted(row.domain.items()))


def _verdicts(differences: Sequence[Difference]) -> list[Verdict]:
    """What may be called a change. Those that a reader looks through together are one family: the same
    figure in all domains of one split (`measure.many`)."""
    families: dict[tuple[object, ...], list[int]] = {}
    for place, one in enumerate(differences):
        if one.comparable:
            key = (one.indicator.id, one.measure, one.from_period, one.to_period, *sorted(one.domain))
            families.setdefault(key, []).append(place)
    decided: list[Verdict] = ["not_comparable"] * len(differences)
    for places in families.values():
        threshold = differences[places[0]].indicator.practical_threshold
        found = verdicts([differences[place].tested for place in places], threshold=threshold)
        for place, verdict in zip(places, found, strict=True):
            decided[place] = verdict
    return decided


def _change(
    difference: Difference,
    decided: Verdict,
    known: Mapping[tuple[str, str, str, Domain], PublishedEstimate],
    policy: Policy,
) -> Change:
    """A change is shown only between two figures that are both shown, to the coarser one's digits."""
    domain = tuple(sorted(difference.domain.items()))
    before, after = (
        known.get((difference.indicator.id, difference.measure, period, domain))
        for period in (difference.from_period, difference.to_period)
    )
    blank = Change(
        indicator=difference.indicator.id,
        measure=difference.measure,
        domain=dict(domain),
        from_period=difference.from_period,
        to_period=difference.to_period,
        difference=None,
        lower=None,
        upper=None,
        verdict="not_comparable",
        digits=0,
    )
    tested = difference.tested
    if not difference.comparable or tested.value is None or before is None or after is None:
        return blank
    if before.value is None or after.value is None:
        return blank
    unit, digits = difference.indicator.unit, min(before.digits, after.digits)
    coarse = unit == "count" or min(before.n or 0, after.n or 0) < policy.whole_percent_from
    size = after.value - before.value if coarse else tested.value
    interval = _around(size, tested)
    return replace(
        blank,
        difference=rounding.nearest(size, unit, digits),
        lower=rounding.down(interval.lower, unit, digits) if interval else None,
        upper=rounding.up(interval.upper, unit, digits) if interval else None,
        verdict=decided,
        digits=digits,
    )


def _around(size: float, tested: Estimate) -> Interval | None:
    """The interval of a change, moved to the size that is shown: its middle must not tell the exact one."""
    if tested.interval is None or tested.value is None:
        return None
    moved = size - tested.value
    return Interval(tested.interval.lower + moved, tested.interval.upper + moved)


def _people_in_fives(rows: Iterable[Coverage], policy: Policy) -> list[Coverage]:
    """People and what they did are counted in fives, and none is not written as 0; procedures are no
    persons, hence exact."""
    return [
        replace(row, count=count)
        for row in rows
        if (count := rounding.count(row.count, policy) if row.subject in _IN_FIVES else row.count)
    ]


_IN_FIVES = ("people_asked", "volume")
_UNITS = {"bureau": "bureaus", "organization": "bureaus", "service": "services"}


def _units_shown(rows: Iterable[PublishedEstimate]) -> list[Coverage]:
    """For how many bureaus or services a figure is shown, hidden, or not there at all."""
    counted = Counter(
        (row.indicator, row.measure, _UNITS[dimension], str(row.status))
        for row in rows
        for dimension in row.domain
        if len(row.domain) == 1 and dimension in _UNITS
    )
    return [Coverage(*key, count=count) for key, count in counted.items()]
