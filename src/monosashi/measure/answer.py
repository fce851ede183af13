"""The answer to a request: every estimate it asks for, ready for JSON, in full double precision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monosashi import __version__, errors
from monosashi.keep.table import Source
from monosashi.measure import calibration as calibrations
from monosashi.measure.asked import Asked, Given
from monosashi.measure.calibration import Calibration, Diagnostics
from monosashi.measure.checks import design_checks
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate, Status
from monosashi.measure.reducer import Check, Reducer, Sample
from monosashi.measure.request import Request


def answer_to(request: Request, source: Source, reducer: Reducer, *, sha256: str) -> dict[str, Any]:
    """The JSON-ready answer: software, table, calibration (where asked for) and estimates.

    Figures that do not exist are null, never NaN. Raises a Problem that lists every unknown column, or
    every cell that cannot be used, before anything is computed.
    """
    unknown = request.unknown_columns(reducer.columns(source))
    if unknown:
        raise errors.REQUEST_INVALID(where=request.document.file, findings=unknown, count=len(unknown))
    rows = reducer.rows(source)
    if not rows:
        raise errors.TABLE_EMPTY(where=request.table)
    sample = Sample(source, _design(request), missing=request.missing)
    findings = reducer.faults(sample, list(dict.fromkeys(_checks(request, sample.design))))
    if findings:
        raise errors.TABLE_UNUSABLE(where=request.table, findings=findings, count=len(findings))
    sample, diagnostics = _calibrated(request, sample, reducer)
    result: dict[str, Any] = {
        "software": f"monosashi {__version__}",
        "table": {"path": request.table, "rows": rows, "sha256": sha256},
    }
    if diagnostics:
        result["calibration"] = _diagnostics(diagnostics)
    result["estimates"] = [
        _entry(asked, estimate)
        for asked in request.estimates
        for estimate in asked.answered(Given(reducer, sample, request.level))
        or [_no_domain(asked, asked.level or request.level)]
    ]
    return result


def _design(request: Request) -> Design:
    asked = request.design
    return Design(asked.weight, asked.strata, asked.psu, asked.fpc, asked.single_psu)


def _checks(request: Request, design: Design) -> list[Check]:
    checks = design_checks(design)
    for asked in request.estimates:
        checks += asked.checks()
    margins = request.calibration.margins if request.calibration else ()
    return checks + [Check(column, "present") for column in margins]


def _calibrated(request: Request, sample: Sample, reducer: Reducer) -> tuple[Sample, Diagnostics | None]:
    if request.calibration is None:
        return sample, None
    asked = request.calibration
    wanted = Calibration(asked.margins, asked.method, asked.variance)
    weighting, diagnostics = calibrations.calibrate(reducer, sample, wanted)
    return calibrations.weighted(sample, weighting), diagnostics


def _no_domain(asked: Asked, level: float) -> Estimate:
    """Nobody belongs to any domain that was asked for: that is said, not passed over in silence."""
    nowhere = dict.fromkeys(asked.by)
    return Estimate(asked.statistic, nowhere, Status.NOT_COLLECTED, level=level, n_psu=0, reason="no_domain")


def _entry(asked: Asked, estimate: Estimate) -> dict[str, Any]:
    """One estimate by the contract's keys; why a figure is not a plain value is the first flag."""
    interval = estimate.interval
    return {
        "id": asked.id,
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
    return {
        "converged": found.converged,
        "max_margin_error": found.max_margin_error,
        "kish_deff": found.kish_deff,
        "n_effective": found.n_effective,
    }
