"""The answer to a request: every estimate it asks for, ready for JSON, in full double precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from monosashi import __version__, errors
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.keep.table import Source
from monosashi.measure import many
from monosashi.measure.asked import Asked, Given
from monosashi.measure.checks import design_checks
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.reducer import Check, Reducer, Sample
from monosashi.measure.request import Request
from monosashi.measure.weighting import calibration as calibrations
from monosashi.measure.weighting.diagnostics import Diagnostics
from monosashi.measure.weighting.nonresponse import ResponseCell, adjusted, respondents
from monosashi.measure.weighting.words import nonresponse_sentences, sentences


@dataclass(frozen=True, eq=False)
class Answered:
    """What each question of a request found, the weighted sample and what there is to tell of its weights.

    rows counts those of the table.
    """

    sample: Sample
    rows: int
    told: Mapping[str, Any]
    found: tuple[tuple[Asked, Sequence[Estimate]], ...]


def answered(request: Request, source: Source, reducer: Reducer) -> Answered:
    """Every question of a request, answered; estimates of many domains stay columns.

    Raises a Problem that lists every unknown column, or every cell that cannot be used, before anything is
    computed.
    """
    unknown = request.unknown_columns(reducer.columns(source))
    if unknown:
        raise errors.REQUEST_INVALID(where=request.document.file, findings=unknown, count=len(unknown))
    rows = reducer.rows(source)
    if not rows:
        raise errors.TABLE_EMPTY(where=request.table)
    sample = Sample(source, _design(request), missing=request.missing)
    findings = _faults(request, sample, reducer)
    if findings:
        raise errors.TABLE_UNUSABLE(where=request.table, findings=findings, count=len(findings))
    sample, told = _weighted(request, sample, reducer)
    replicates = request.design.replicates
    replication = replicates.replication(reducer, sample) if replicates else None
    given = Given(reducer, sample, request.level, replication)
    found = _side_by_side(lambda asked: _answered(asked, given), request.estimates, reducer.at_once)
    return Answered(sample, rows, told, tuple(zip(request.estimates, found, strict=True)))


def _side_by_side(
    ask: Callable[[Asked], Sequence[Estimate]], questions: Sequence[Asked], at_once: int
) -> list[Sequence[Estimate]]:
    if at_once == 1 or len(questions) == 1:
        return [ask(one) for one in questions]
    with ThreadPoolExecutor(at_once) as workers:
        return list(workers.map(ask, questions))


def answer_to(request: Request, source: Source, reducer: Reducer, *, sha256: str) -> dict[str, Any]:
    """The JSON-ready answer: software, table, calibration (where asked for) and estimates.

    Figures that do not exist are null, never NaN. Raises what `answered` raises.
    """
    return answer_of(request, answered(request, source, reducer), sha256=sha256)


def answer_of(request: Request, found: Answered, *, sha256: str) -> dict[str, Any]:
    """As `answer_to`, from what was answered already."""
    listed = [
        (asked.id, request.reliability.judged(estimate))
        for asked, estimates in found.found
        for estimate in estimates
    ]
    return {
        "software": f"monosashi {__version__}",
        "table": {"path": request.table, "rows": found.rows, "sha256": sha256},
        **found.told,
        "estimates": [_entry(id_, estimate) for id_, estimate in many.judged(listed, request.families)],
    }


def _design(request: Request) -> Design:
    asked = request.design
    return Design(asked.weight, asked.strata, asked.psu, asked.fpc, asked.single_psu)


def _faults(request: Request, sample: Sample, reducer: Reducer) -> list[Finding]:
    """What the design needs is asked of every row, the rest of the rows that are estimated from."""
    everywhere, answered = design_checks(sample.design), sample
    if request.design.replicates:
        everywhere += request.design.replicates.checks(reducer.columns(sample.source))
    if request.nonresponse:
        everywhere += [Check(column, "present") for column in request.nonresponse.cells]
        answered = respondents(sample, request.nonresponse.wanted)
    of_answers = [check for asked in request.estimates for check in asked.checks()]
    margins = request.calibration.columns() if request.calibration else ()
    of_answers += [Check(column, "present") for _, column in margins]
    if answered is sample:
        everywhere, of_answers = everywhere + of_answers, []
    findings = reducer.faults(sample, list(dict.fromkeys(everywhere)))
    return findings + (reducer.faults(answered, list(dict.fromkeys(of_answers))) if of_answers else [])


def _weighted(request: Request, sample: Sample, reducer: Reducer) -> tuple[Sample, dict[str, Any]]:
    """The sample with the weights asked for, and what there is to tell about them."""
    told: dict[str, Any] = {}
    if request.nonresponse:
        sample, cells = adjusted(reducer, sample, request.nonresponse.wanted)
        told["nonresponse"] = _nonresponse(request.nonresponse.cells, cells)
    if request.calibration:
        weighting, diagnostics = calibrations.calibrate(reducer, sample, request.calibration.wanted)
        sample = calibrations.weighted(sample, weighting)
        told["calibration"] = _diagnostics(diagnostics)
    return sample, told


def _answered(asked: Asked, given: Given) -> Sequence[Estimate]:
    """What was asked for, or a problem that says which estimate it is about."""
    try:
        return asked.answered(given) or [_no_domain(asked, asked.level_in(given))]
    except errors.Problem as problem:
        if problem.where:
            raise
        raise problem.kind(asked.id, problem.findings, **problem.details) from problem


def _no_domain(asked: Asked, level: float) -> Estimate:
    """Nobody belongs to any domain that was asked for: that is said, not passed over in silence."""
    nowhere = dict.fromkeys(asked.by)
    return Estimate(asked.statistic, nowhere, Status.NOT_COLLECTED, level=level, n_psu=0, reason="no_domain")


def _entry(id_: str, estimate: Estimate) -> dict[str, Any]:
    """One estimate by the contract's keys; why a figure is not a plain value is the first flag."""
    interval = estimate.interval
    return {
        "id": id_,
        "statistic": estimate.statistic,
        "domain": dict(estimate.domain),
        "status": str(estimate.status),
        "value": estimate.value,
        "se": estimate.se,
        "interval": [interval.lower, interval.upper] if interval else None,
        "interval_method": estimate.interval_method,
        "level": estimate.level,
        "df": estimate.df,
        "n": estimate.n,
        "n_missing": estimate.n_missing,
        "n_effective": estimate.n_effective,
        "n_psu": estimate.n_psu,
        "deff": estimate.deff,
        "cv": estimate.cv,
        **estimate.more,
        "flags": [*([estimate.reason] if estimate.reason else []), *estimate.flags],
    }


def _diagnostics(found: Diagnostics) -> Mapping[str, Any]:
    """What the calibration did, in numbers and in words."""
    return {
        "converged": found.converged,
        "max_margin_error": found.max_margin_error,
        "kish_deff": found.kish_deff,
        "n_effective": found.n_effective,
        "method": found.method,
        "rounds": found.rounds,
        "g": {
            "min": found.smallest_g,
            "max": found.largest_g,
            "quantiles": [{"at": p, "value": g} for p, g in found.g_quantiles.items()],
        },
        "weights": {
            "total": found.total,
            "min": found.smallest_weight,
            "median": found.median_weight,
            "max": found.largest_weight,
            "heaviest_percent_share": found.heaviest_percent,
            "heaviest_ten_share": found.heaviest_ten,
        },
        **({"trim": {"upper": found.limit, "n_at_upper": found.at_limit}} if found.limit else {}),
        "words": _words(sentences(found)),
    }


def _nonresponse(columns: Sequence[str], cells: tuple[ResponseCell, ...]) -> Mapping[str, Any]:
    return {
        "cells": [
            {
                "cell": dict(zip(columns, cell.values, strict=True)),
                "sampled": cell.sampled,
                "respondents": cell.respondents,
                "factor": cell.factor,
                "flags": list(cell.flags),
            }
            for cell in cells
        ],
        "words": _words(nonresponse_sentences(cells)),
    }


def _words(said: Sequence[Text]) -> dict[str, list[str]]:
    return {"ja": [text.ja for text in said], "en": [text.en for text in said]}
