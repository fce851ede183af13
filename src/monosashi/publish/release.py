"""From the guideline's measures to figures and tested changes, all before disclosure control."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from monosashi.define.guideline import Guideline, Measure
from monosashi.define.period import Period
from monosashi.keep.table import Source
from monosashi.measure.cells import Key
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.indicator import estimates_of, fitted, in_period
from monosashi.measure.reducer import Among, Reducer, Tally
from monosashi.measure.statistics.change import change_between
from monosashi.publish.disclosure import Difference, Figures
from monosashi.publish.edition import Edition
from monosashi.publish.measured import Sources, measured
from monosashi.publish.suppression import Domain, domain_of


def figures_of(
    guideline: Guideline, period: Period, sources: Sources, reducer: Reducer, report: Callable[[str], None]
) -> list[Figures]:
    """The figures of every measure in one period."""
    found = []
    for indicator, wanted in measured(guideline):
        report(f"{period} {indicator.id}/{wanted.id}")
        source = sources.get(wanted.table)
        measure = fitted(wanted, reducer.columns(source)) if source else wanted
        for domain in set(wanted.by) - set(measure.by):
            report(f"{wanted.table}: not split by {' × '.join(domain)}, which is not in the table")
        estimates = estimates_of(measure, source, period, reducer)
        if source is not None and measure.statistic == "proportion" and _is_asked(estimates):
            estimates = _with_counts(estimates, measure, source, period, reducer)
        found.append(
            Figures(
                indicator=indicator,
                measure=measure.id,
                period=period.name,
                definition_version=measure.definition_version,
                estimates=tuple(estimates),
                contributions=_contributions(measure, source, period, reducer),
            )
        )
    return found


def _is_asked(estimates: Sequence[Estimate]) -> bool:
    return any(estimate.reason != "not_asked" for estimate in estimates)


def _with_counts(
    estimates: Sequence[Estimate], measure: Measure, source: Source, period: Period, reducer: Reducer
) -> list[Estimate]:
    """Adds how many people gave a favourable answer, unweighted: disclosure counts people, not weights."""
    counts: dict[Domain, int] = {}
    only = (*in_period(measure.table, period, reducer.columns(source)), *conditions(measure.where))
    for by in measure.by:
        part = (Among(measure.item or "", measure.favourable),)
        totals = reducer.totals(Tally(source, None, by, only, part))
        for key, count in zip(totals.domains, totals.part, strict=True):
            counts[_domain(by, key)] = round(float(count))
    return [
        replace(estimate, lineage={**estimate.lineage, "n_favourable": counts.get(domain_of(estimate))})
        for estimate in estimates
    ]


def _contributions(
    measure: Measure, source: Source | None, period: Period, reducer: Reducer
) -> dict[Domain, list[float]]:
    """What each service added to a sum by organization (for the rule on dominance)."""
    if source is None or measure.statistic != "sum" or "service" not in reducer.columns(source):
        return {}
    only = (*in_period(measure.table, period, reducer.columns(source)), *conditions(measure.where))
    found: dict[Domain, list[float]] = {}
    for by in filter(None, measure.by):
        totals = reducer.totals(Tally(source, measure.quantity or "quantity", (*by, "service"), only))
        for key, quantity in zip(totals.domains, totals.total, strict=True):
            found.setdefault(_domain(by, key[: len(by)]), []).append(float(quantity))
    return found


def _domain(by: Sequence[str], key: Key) -> Domain:
    return tuple(sorted((name, str(value)) for name, value in zip(by, key, strict=True)))


def period_before(previous: Edition | None, period: Period) -> Period | None:
    """The latest period before this one that an edition holds figures of."""
    names = {row.period for row in previous.estimates} if previous else set()
    earlier = [known for known in map(Period.named, names) if known.end <= period.start]
    return max(earlier, key=lambda known: (known.end, known.start), default=None)


def differences_of(
    guideline: Guideline, before: Sequence[Figures], now: Sequence[Figures], previous: Edition | None
) -> list[Difference]:
    """A test of every figure that both periods have."""
    comparable_with = {
        (i.id, m.id): {m.definition_version, *m.comparable_with} for i, m in measured(guideline)
    }
    versions = (
        {(r.indicator, r.measure, r.period): r.definition_version for r in previous.estimates}
        if previous
        else {}
    )
    return [
        _difference(old, new, versions.get((new.indicator.id, new.measure, old.period)) in comparable, pair)
        for old, new in zip(before, now, strict=True)
        for comparable in [comparable_with[new.indicator.id, new.measure]]
        for pair in _pairs(old, new)
    ]


def _pairs(old: Figures, new: Figures) -> Iterator[tuple[Estimate, Estimate]]:
    known = {domain_of(estimate): estimate for estimate in old.estimates}
    for estimate in new.estimates:
        if domain_of(estimate) in known:
            yield known[domain_of(estimate)], estimate


def _difference(old: Figures, new: Figures, comparable: bool, pair: tuple[Estimate, Estimate]) -> Difference:
    tested = change_between(*pair)
    return Difference(
        indicator=new.indicator,
        measure=new.measure,
        domain=dict(domain_of(pair[1])),
        from_period=old.period,
        to_period=new.period,
        tested=tested,
        comparable=comparable and tested.status is Status.VALUE,
    )
