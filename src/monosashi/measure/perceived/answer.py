"""A checked request, a survey and a log → the result of `monosashi gap`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monosashi import __version__, errors
from monosashi.define.period import Period
from monosashi.keep.table import Source
from monosashi.measure.answer import answered
from monosashi.measure.cells import Value
from monosashi.measure.estimate import Estimate
from monosashi.measure.log.business import Holidays
from monosashi.measure.log.cases import Cases, EventLog
from monosashi.measure.perceived.asked import ComparisonAsked
from monosashi.measure.perceived.both import Both, entry_of
from monosashi.measure.perceived.happened import Key, factor, happened, need_of
from monosashi.measure.perceived.request import GapRequest, entry
from monosashi.measure.reducer import Reducer

Domain = dict[str, Value]
Felt = Mapping[Key, tuple[Domain, Estimate]]
FeltAt = Callable[[float], Mapping[str, Felt]]  # level → entry → its estimates


@dataclass(frozen=True)
class Inputs:
    """What is compared. `sha256` are those of the two files."""

    survey: Source
    reducer: Reducer
    log: EventLog
    holidays: Holidays
    sha256: tuple[str, str]


def gap_answer(request: GapRequest, inputs: Inputs) -> dict[str, Any]:
    """The JSON of a comparison: software, the two files, and one entry for each comparison and domain.

    Raises REQUEST_INVALID for unknown columns of either file, TABLE_UNUSABLE for cells that cannot be used.
    """
    unknown = request.log.unknown_columns(inputs.log.columns)
    if unknown:
        raise errors.REQUEST_INVALID(where=request.document.file, findings=unknown, count=len(unknown))
    felt_at = _remembered(request, inputs)
    felt = felt_at(request.asked.level)
    cases = inputs.log.reduced(need_of(request))
    comparisons = [
        one
        for comparison in request.asked.comparisons
        for one in _compared(request, comparison, felt_at, cases, inputs.holidays)
    ]
    return {
        "software": f"monosashi {__version__}",
        "survey": {"path": request.asked.survey.table, "sha256": inputs.sha256[0], "domains": _count(felt)},
        "log": {
            "path": request.log.log,
            "sha256": inputs.sha256[1],
            "cases": cases.count,
            "quarantined": dict(cases.quarantined),
        },
        "comparisons": comparisons,
    }


def _count(felt: Mapping[str, Felt]) -> int:
    return len({key for found in felt.values() for key in found})


def _remembered(request: GapRequest, inputs: Inputs) -> FeltAt:
    known: dict[float, Mapping[str, Felt]] = {}

    def felt_at(level: float) -> Mapping[str, Felt]:
        if level not in known:
            known[level] = _felt(request, inputs, level)
        return known[level]

    return felt_at


def _felt(request: GapRequest, inputs: Inputs, level: float) -> Mapping[str, Felt]:
    """What the survey says of each entry and domain, by the key that the log has for the domain."""
    asked = request.survey(level)
    names, splits = tuple(request.asked.by), tuple(request.asked.by.values())
    found: dict[str, dict[Key, tuple[Domain, Estimate]]] = {}
    for one, estimates in answered(asked, inputs.survey, inputs.reducer).found:
        of_entry = found.setdefault(one.id, {})
        for estimate in map(asked.reliability.judged, estimates):
            values = [estimate.domain[split.survey] for split in splits]
            if estimate.reason == "no_domain" or None in values:
                continue
            key = tuple(split.key(value) for split, value in zip(splits, values, strict=True))
            if key in of_entry:
                known = " / ".join(map(str, of_entry[key][0].values()))
                raise errors.GAP_DOMAIN_TWICE(one=known, other=" / ".join(map(str, values)))
            of_entry[key] = dict(zip(names, values, strict=True)), estimate
    return found


def _periods(request: GapRequest, felt: Felt) -> list[Period]:
    """The periods that the survey was asked in. Raises PERIOD_UNKNOWN for a label that is none."""
    name = next((name for name, one in request.asked.by.items() if one is request.asked.period), None)
    if name is None:
        return []
    labels = dict.fromkeys(_label(domain[name]) for domain, _ in felt.values())
    return sorted(Period.named(label) for label in labels)


def _label(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# ---- one comparison -------------------------------------------------------------------------------------


def _compared(
    request: GapRequest, comparison: ComparisonAsked, felt_at: FeltAt, cases: Cases, holidays: Holidays
) -> Iterator[dict[str, Any]]:
    """One entry a domain that either side knows: what one of them lacks is said, not left out.

    Verdicts of a comparison are read together: with m domains each is made at the level 1 − (1 − level)/m
    (Dunn 1961, JASA 56, 52–64), so that the chance of any false one stays at 1 − level.
    """
    level = request.asked.level
    felt = felt_at(level)[entry(comparison, "perceived")]
    found = happened(request, comparison, cases, holidays, _periods(request, felt))
    reasonable = felt_at(level).get(entry(comparison, "reasonable"), {})
    unit = comparison.perceived.unit or comparison.unit
    scale = factor(request.log, comparison, unit)
    joint = 1 - (1 - level) / max(len(felt.keys() & found.keys()), 1)
    wider = felt_at(joint)[entry(comparison, "perceived")]
    for key in dict.fromkeys([*felt, *found]):
        told = Both(
            comparison=comparison,
            domain=felt[key][0] if key in felt else found[key].domain,
            felt=felt[key][1] if key in felt else None,
            happened=found.get(key),
            scale=scale,
            level=level,
        )
        judged = replace(told, felt=wider[key][1] if key in wider else None, level=joint)
        said = reasonable[key][1] if key in reasonable else None
        yield entry_of(told, said, verdict=judged.verdict, joint=joint)
