"""Every statistic that a request may ask for: its name, and the class of its questions."""

from __future__ import annotations

from monosashi.measure.asked import Asked
from monosashi.measure.statistics.change import ChangeAsked
from monosashi.measure.statistics.crosstable import CrosstableAsked
from monosashi.measure.statistics.distribution import DistributionAsked
from monosashi.measure.statistics.drivers import DriversAsked
from monosashi.measure.statistics.gap import GapAsked
from monosashi.measure.statistics.growth import GrowthAsked
from monosashi.measure.statistics.mean import MeanAsked
from monosashi.measure.statistics.nps import NpsAsked
from monosashi.measure.statistics.per import PerAsked
from monosashi.measure.statistics.proportion import ProportionAsked
from monosashi.measure.statistics.quantile import QuantileAsked
from monosashi.measure.statistics.ratio import RatioAsked
from monosashi.measure.statistics.reduction import ReductionAsked
from monosashi.measure.statistics.regression import RegressionAsked
from monosashi.measure.statistics.share import ShareAsked
from monosashi.measure.statistics.sum import SumAsked
from monosashi.measure.statistics.total import TotalAsked
from monosashi.measure.statistics.trend import TrendAsked
from monosashi.measure.statistics.ttest import TTestAsked

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
    "sum": SumAsked,
    "share": ShareAsked,
    "per": PerAsked,
    "growth": GrowthAsked,
    "reduction": ReductionAsked,
}
