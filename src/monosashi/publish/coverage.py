"""What the figures of a period cover, and what they do not: silence is a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from monosashi.define.guideline import Guideline, Measure
from monosashi.define.period import Period
from monosashi.keep.table import Source
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Status
from monosashi.measure.indicator import in_period
from monosashi.measure.reducer import Condition, Reducer, Tally
from monosashi.measure.volumes.of_measure import COMPARED, reach
from monosashi.publish.composed import Composed
from monosashi.publish.disclosure import Figures
from monosashi.publish.edition import Coverage
from monosashi.publish.measured import Sources, measured


def coverage_of(
    guideline: Guideline, period: Period, sources: Sources, reducer: Reducer, figures: Sequence[Figures]
) -> list[Coverage]:
    """Rows for every measure: people asked and answering, procedures with and without counts."""
    found: list[Coverage] = []
    for (indicator, measure), group in zip(measured(guideline), figures, strict=True):
        source = sources.get(measure.table)
        if source is None:
            continue
        counts = _counts(measure, source, period, reducer, group)
        found += [
            Coverage(indicator.id, measure.id, subject, state, count)
            for subject, state, count in counts
            if count
        ]
    return found


def _counts(
    measure: Measure,
    source: Source,
    period: Period,
    reducer: Reducer,
    group: Figures,
) -> Iterator[tuple[str, str, int]]:
    only = (*in_period(measure.table, period, reducer.columns(source)), *conditions(measure.where))
    if measure.table.startswith("responses/"):
        yield from _people(measure, source, only, reducer, group)
    if measure.table == "volumes":
        yield from _subjects(source, only, reducer)
        yield from _volume(measure, source, period, reducer)


def _people(
    measure: Measure, source: Source, only: tuple[Condition, ...], reducer: Reducer, group: Figures
) -> Iterator[tuple[str, str, int]]:
    """Who was asked, as far as the table knows, and who answered the item."""
    census = measure.fpc is not None and measure.basis == "census"
    asked = _population(measure, source, only, reducer) if census else reducer.rows(source, only)
    answered = _answers(group)
    yield "people_asked", "answered", answered
    yield "people_asked", "not_answered", max(0, asked - answered)


def _answers(group: Figures) -> int:
    """Answers to the item: the widest published breakdown (fewest dimensions) adds up to them."""
    sizes = Counter[frozenset[str]]()
    for estimate in group.estimates:
        sizes[frozenset(estimate.domain)] += estimate.n
    return max(sizes.values(), default=0)


def _population(measure: Measure, source: Source, only: tuple[Condition, ...], reducer: Reducer) -> int:
    """People in the strata of a census: each stratum names its own size in the fpc column."""
    totals = reducer.totals(Tally(source, None, (*measure.stratum, measure.fpc or ""), only))
    return round(sum(float(key[-1]) for key in totals.domains))


def _subjects(
    source: Source, only: tuple[Condition, ...], reducer: Reducer
) -> Iterator[tuple[str, str, int]]:
    """Each procedure once, in its weakest state: counted throughout, or not counted at least once."""
    totals = reducer.totals(Tally(source, None, ("subject", "status"), only))
    states: dict[str, set[str]] = {}
    for subject, status in totals.domains:
        states.setdefault(str(subject), set()).add(str(status))
    counted = Counter(_state(found) for found in states.values())
    yield from (("procedures", state, counted[state]) for state in Status)


def _volume(
    measure: Measure, source: Source, period: Period, reducer: Reducer
) -> Iterator[tuple[str, str, int]]:
    """How much of the last known volume the counted procedures hold: those without a count stand with the
    last one they had. Where none is known from earlier, nothing is said."""
    if measure.statistic not in COMPARED:
        return
    _, counted, lacking = reach(measure, source, period, reducer)
    if lacking > 0:
        yield "volume", "value", round(counted)
        yield "volume", "not_collected", round(lacking)


def movements(composed: Iterable[Composed]) -> Iterator[Coverage]:
    """What became of the procedures of the period before: silence is a number here too."""
    for one in composed:
        if one.domain:
            continue
        units = one.found.units
        counts = (
            ("stayed", units.both),
            ("joined", units.joined),
            ("silent", units.silent),
            ("left", units.left - units.silent),
        )
        for state, count in counts:
            yield Coverage(one.indicator.id, one.measure, "procedures_since", state, count)


def _state(found: Iterable[str]) -> str:
    """`not_applicable` for one channel leaves the others; a procedure is uncounted if any channel is."""
    states = set(found)
    if "not_collected" in states:
        return "not_collected"
    return "value" if "value" in states else min(states)
