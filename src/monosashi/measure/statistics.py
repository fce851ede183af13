"""Every statistic that a request may ask for: its name, and the class of its questions."""

from __future__ import annotations

from monosashi.measure.asked import Asked
from monosashi.measure.change import ChangeAsked
from monosashi.measure.crosstable import CrosstableAsked
from monosashi.measure.distribution import DistributionAsked
from monosashi.measure.drivers import DriversAsked
from monosashi.measure.gap import GapAsked
from monosashi.measure.mean import MeanAsked
from monosashi.measure.nps import NpsAsked
from monosashi.measure.proportion import ProportionAsked
from monosashi.measure.quantile import QuantileAsked
from monosashi.measure.ratio import RatioAsked
from monosashi.measure.regression import RegressionAsked
from monosashi.measure.total import TotalAsked
from monosashi.measure.trend import TrendAsked
from monosashi.measure.ttest import TTestAsked

STATISTICS: dict[str, type[Asked]] = {
    "proportion": ProportionAsked,
    "mean": MeanAsked,
    "nps": NpsAsked,
    "total": TotalAsked,
    "ratio": RatioAsked,
    "quantile": QuantileAsked,
    "distribution": DistributionAsked,
    "change": ChangeAsked,
    "gap": GapAsked,
    "trend": TrendAsked,
    "ttest": TTestAsked,
    "regression": RegressionAsked,
    "drivers": DriversAsked,
    "crosstable": CrosstableAsked,
}
