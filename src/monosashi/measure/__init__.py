"""measure: table + indicator → Estimate. How good, and how sure?

The names below are the room's public face; each is imported when first used, so that pages which only
show estimates carry no numerical library.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monosashi.measure.answer import answer_to
    from monosashi.measure.design import Design
    from monosashi.measure.estimate import Basis, Estimate, Interval, Status
    from monosashi.measure.indicator import estimates_of
    from monosashi.measure.reducer import Among, Between, Reducer, Sample, Tally
    from monosashi.measure.reliability import Reliability
    from monosashi.measure.request import Request, read_request
    from monosashi.measure.statistics.change import change_between, p_value, verdict
    from monosashi.measure.statistics.crosstable import crosstable_of
    from monosashi.measure.statistics.distribution import distribution_of
    from monosashi.measure.statistics.drivers import drivers_of
    from monosashi.measure.statistics.gap import gap_of
    from monosashi.measure.statistics.mean import mean_of
    from monosashi.measure.statistics.nps import nps_of
    from monosashi.measure.statistics.proportion import proportion_of
    from monosashi.measure.statistics.quantile import quantile_of
    from monosashi.measure.statistics.ratio import ratio_of
    from monosashi.measure.statistics.regression import regression_of
    from monosashi.measure.statistics.share import share_of
    from monosashi.measure.statistics.sum import total_of
    from monosashi.measure.statistics.total import weighted_total_of
    from monosashi.measure.weighting.calibration import Calibration, calibrate, weighted
    from monosashi.measure.weighting.diagnostics import Diagnostics
    from monosashi.measure.weighting.nonresponse import Nonresponse, adjusted
    from monosashi.measure.weighting.population import calibration_to
    from monosashi.measure.weighting.trimming import Trim

_HOMES = {
    "answer": ("answer_to",),
    "weighting.calibration": ("Calibration", "calibrate", "weighted"),
    "statistics.change": ("change_between", "p_value", "verdict"),
    "statistics.crosstable": ("crosstable_of",),
    "design": ("Design",),
    "weighting.diagnostics": ("Diagnostics",),
    "statistics.distribution": ("distribution_of",),
    "statistics.drivers": ("drivers_of",),
    "estimate": ("Basis", "Estimate", "Interval", "Status"),
    "statistics.gap": ("gap_of",),
    "indicator": ("estimates_of",),
    "statistics.mean": ("mean_of",),
    "weighting.nonresponse": ("Nonresponse", "adjusted"),
    "statistics.nps": ("nps_of",),
    "weighting.population": ("calibration_to",),
    "statistics.proportion": ("proportion_of",),
    "statistics.quantile": ("quantile_of",),
    "statistics.ratio": ("ratio_of",),
    "reducer": ("Among", "Between", "Reducer", "Sample", "Tally"),
    "statistics.regression": ("regression_of",),
    "reliability": ("Reliability",),
    "request": ("Request", "read_request"),
    "statistics.share": ("share_of",),
    "statistics.sum": ("total_of",),
    "statistics.total": ("weighted_total_of",),
    "weighting.trimming": ("Trim",),
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
