"""measure: table + indicator → Estimate. How good, and how sure?

The names below are the room's public face; each is imported when first used, so that pages which only
show estimates carry no numerical library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monosashi.measure.answer import answer_to
    from monosashi.measure.calibration import Calibration, calibrate, weighted
    from monosashi.measure.change import change_between, p_value, verdict
    from monosashi.measure.crosstable import crosstable_of
    from monosashi.measure.design import Design
    from monosashi.measure.diagnostics import Diagnostics
    from monosashi.measure.distribution import distribution_of
    from monosashi.measure.drivers import drivers_of
    from monosashi.measure.estimate import Basis, Estimate, Interval, Status
    from monosashi.measure.gap import gap_of
    from monosashi.measure.indicator import estimates_of
    from monosashi.measure.mean import mean_of
    from monosashi.measure.nonresponse import Nonresponse, adjusted
    from monosashi.measure.nps import nps_of
    from monosashi.measure.population import calibration_to
    from monosashi.measure.proportion import proportion_of
    from monosashi.measure.quantile import quantile_of
    from monosashi.measure.ratio import ratio_of
    from monosashi.measure.reducer import Among, Between, Reducer, Sample, Tally
    from monosashi.measure.regression import regression_of
    from monosashi.measure.reliability import Reliability
    from monosashi.measure.request import Request, read_request
    from monosashi.measure.share import share_of
    from monosashi.measure.sum import total_of
    from monosashi.measure.total import weighted_total_of
    from monosashi.measure.trimming import Trim

_HOMES = {
    "answer": ("answer_to",),
    "calibration": ("Calibration", "calibrate", "weighted"),
    "change": ("change_between", "p_value", "verdict"),
    "crosstable": ("crosstable_of",),
    "design": ("Design",),
    "diagnostics": ("Diagnostics",),
    "distribution": ("distribution_of",),
    "drivers": ("drivers_of",),
    "estimate": ("Basis", "Estimate", "Interval", "Status"),
    "gap": ("gap_of",),
    "indicator": ("estimates_of",),
    "mean": ("mean_of",),
    "nonresponse": ("Nonresponse", "adjusted"),
    "nps": ("nps_of",),
    "population": ("calibration_to",),
    "proportion": ("proportion_of",),
    "quantile": ("quantile_of",),
    "ratio": ("ratio_of",),
    "reducer": ("Among", "Between", "Reducer", "Sample", "Tally"),
    "regression": ("regression_of",),
    "reliability": ("Reliability",),
    "request": ("Request", "read_request"),
    "share": ("share_of",),
    "sum": ("total_of",),
    "total": ("weighted_total_of",),
    "trimming": ("Trim",),
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
    "Nonresponse",
    "Reducer",
    "Reliability",
    "Request",
    "Sample",
    "Status",
    "Tally",
    "Trim",
    "adjusted",
    "answer_to",
    "calibrate",
    "calibration_to",
    "change_between",
    "crosstable_of",
    "distribution_of",
    "drivers_of",
    "estimates_of",
    "gap_of",
    "mean_of",
    "nps_of",
    "p_value",
    "proportion_of",
    "quantile_of",
    "ratio_of",
    "read_request",
    "regression_of",
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
