"""measure: table + indicator → Estimate. How good, and how sure?

The names below are the room's public face; each is imported when first used, so that pages which only
show estimates carry no numerical library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monosashi.measure.answer import answer_to
    from monosashi.measure.calibration import Calibration, Diagnostics, calibrate, weighted
    from monosashi.measure.change import change_between, p_value, verdict
    from monosashi.measure.design import Design
    from monosashi.measure.distribution import distribution_of
    from monosashi.measure.estimate import Basis, Estimate, Interval, Status
    from monosashi.measure.gap import gap_of
    from monosashi.measure.indicator import estimates_of
    from monosashi.measure.mean import mean_of
    from monosashi.measure.nps import nps_of
    from monosashi.measure.proportion import proportion_of
    from monosashi.measure.quantile import quantile_of
    from monosashi.measure.ratio import ratio_of
    from monosashi.measure.reducer import Among, Between, Reducer, Sample, Tally
    from monosashi.measure.reliability import Reliability
    from monosashi.measure.request import Request, read_request
    from monosashi.measure.share import share_of
    from monosashi.measure.sum import total_of
    from monosashi.measure.total import weighted_total_of

_HOMES = {
    "answer": ("answer_to",),
    "calibration": ("Calibration", "Diagnostics", "calibrate", "weighted"),
    "change": ("change_between", "p_value", "verdict"),
    "design": ("Design",),
    "distribution": ("distribution_of",),
    "estimate": ("Basis", "Estimate", "Interval", "Status"),
    "gap": ("gap_of",),
    "indicator": ("estimates_of",),
    "mean": ("mean_of",),
    "nps": ("nps_of",),
    "proportion": ("proportion_of",),
    "quantile": ("quantile_of",),
    "ratio": ("ratio_of",),
    "reducer": ("Among", "Between", "Reducer", "Sample", "Tally"),
    "reliability": ("Reliability",),
    "request": ("Request", "read_request"),
    "share": ("share_of",),
    "sum": ("total_of",),
    "total": ("weighted_total_of",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Among",
    "Basis",
    "Between",
    "Calibration",
    "Design",
    "Diagnostics",
    "Estimate",
    "Interval",
    "Reducer",
    "Reliability",
    "Request",
    "Sample",
    "Status",
    "Tally",
    "answer_to",
    "calibrate",
    "change_between",
    "distribution_of",
    "estimates_of",
    "gap_of",
    "mean_of",
    "nps_of",
    "p_value",
    "proportion_of",
    "quantile_of",
    "ratio_of",
    "read_request",
    "share_of",
    "total_of",
    "verdict",
    "weighted",
    "weighted_total_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"monosashi.measure.{_HOME[name]}"), name)
