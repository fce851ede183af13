"""One domain with both of its sides: the gap between them, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from monosashi.measure.cells import Value
from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.measure.perceived.asked import ComparisonAsked
from monosashi.measure.perceived.figures import Figure, mean_of, median_of
from monosashi.measure.perceived.happened import Happened
from monosashi.measure.perceived.words import sentences

Verdict = Literal["longer", "shorter", "not_distinguishable"]


@dataclass(frozen=True)
class Both:
    """What people felt and what happened in one domain. `scale` turns the survey's unit into that of the
    comparison; level is that of the intervals of both sides."""

    comparison: ComparisonAsked
    domain: dict[str, Value]
    felt: Estimate | None
    happened: Happened | None
    scale: float
    level: float

    @property
    def perceived(self) -> Figure | None:
        if self.felt is None or self.felt.value is None:
            return None
        return Figure(self.felt.value, self.felt.interval).times(self.scale)

    @property
    def actual(self) -> Figure | None:
        """The same statistic of the finished cases."""
        if self.happened is None or not len(self.happened.lasted):
            return None
        find = mean_of if self.comparison.statistic == "mean" else median_of
        found = find(self.happened.lasted, self.level)
        return Figure.certain(found.value) if self.comparison.actual.read_as == "period" else found

    @property
    def promised(self) -> Figure | None:
        """The standard, if all cases of the domain have the same one."""
        asked = self.comparison.promised
        if asked is None:
            return None
        if asked.value is not None:
            return Figure.certain(asked.value)
        known = self.happened.standards if self.happened else ()
        return Figure.certain(known[0]) if len(known) == 1 else None

    @property
    def gap(self) -> Figure | None:
        return self.perceived.minus(self.actual) if self.perceived and self.actual else None

    @property
    def verdict(self) -> Verdict | None:
        """Longer or shorter than what happened, by at least the threshold; None where it cannot be told."""
        if self.gap is None or self.gap.interval is None:
            return None
        if abs(self.gap.value) < self.comparison.threshold:
            return "not_distinguishable"
        if self.gap.interval.lower > 0:
            return "longer"
        return "shorter" if self.gap.interval.upper < 0 else "not_distinguishable"


def entry_of(
    both: Both, reasonable: Estimate | None, *, verdict: Verdict | None, joint: float
) -> dict[str, Any]:
    """One entry of the answer. `verdict` was made at the level `joint`."""
    gap = _difference(both.perceived, both.actual)
    lacking = [name for name in ("perceived", "actual") if getattr(both, name) is None]
    if lacking:
        gap |= {"status": "not_collected", "reason": "_and_".join(lacking) + "_missing"}
    entry = {
        "id": both.comparison.id,
        "domain": both.domain,
        "statistic": both.comparison.statistic,
        "unit": both.comparison.unit,
        "level": both.level,
        "perceived": _perceived(both),
        "actual": _actual(both),
        "gap": gap | {"verdict": verdict, "verdict_level": joint},
        "promised": _promised(both) if both.comparison.promised else None,
        "reasonable": _said(reasonable) if both.comparison.reasonable else None,
    }
    return entry | {"words": sentences(both, reasonable, verdict)}


def _difference(one: Figure | None, other: Figure | None) -> dict[str, Any]:
    found = one.minus(other) if one and other else None
    without = found is not None and found.interval is None
    return {
        "status": "not_collected" if found is None else "unreliable" if without else "value",
        "value": found.value if found else None,
        "interval": _limits(found.interval if found else None),
        "interval_method": "mover" if found and found.interval else None,
        "reason": "no_interval" if without else None,
    }


def _limits(interval: Interval | None) -> list[float] | None:
    return [interval.lower, interval.upper] if interval else None


def _perceived(both: Both) -> dict[str, Any]:
    said, figure = _said(both.felt), both.perceived
    if figure is None:
        return said
    se = said["se"] * both.scale if said["se"] is not None else None
    return said | {"value": figure.value, "se": se, "interval": _limits(figure.interval)}


def _said(estimate: Estimate | None) -> dict[str, Any]:
    """What a survey says; nobody was asked where there is no estimate at all."""
    if estimate is None:
        estimate = Estimate("", {}, Status.NOT_COLLECTED, reason="not_asked")
    return {
        "status": str(estimate.status),
        "value": estimate.value,
        "se": estimate.se,
        "interval": _limits(estimate.interval),
        "interval_method": estimate.interval_method,
        "df": estimate.df,
        "n": estimate.n,
        "n_missing": estimate.n_missing,
        "n_effective": estimate.n_effective,
        "deff": estimate.deff,
        "reason": estimate.reason,
        "flags": list(estimate.flags),
    }


def _actual(both: Both) -> dict[str, Any]:
    """The time that cases took. The median stands there whatever the statistic, and open cases are told."""
    told, figure = both.happened.told if both.happened else {}, both.actual
    interval = figure.interval if figure else None
    method = None
    if interval:
        method = "t" if both.comparison.statistic == "mean" else "order_statistics"
        method = "complete" if both.comparison.actual.read_as == "period" else method
    status, reason = ("value", None) if interval else ("unreliable", "few_cases")
    if figure is None:
        status, reason = "not_collected", "no_finished_cases" if told else "no_cases"
    return {
        "status": status,
        "value": figure.value if figure else None,
        "interval": _limits(interval),
        "interval_method": method,
        "median": told.get("value"),
        "mean": told.get("mean"),
        "censored_median": told.get("censored_median"),
        "n": told.get("n", 0),
        "n_open": told.get("n_open", 0),
        "quarantined": told.get("quarantined", {}),
        "basis": "register",
        "reason": reason,
        "flags": told.get("flags", []),
    }


def _promised(both: Both) -> dict[str, Any]:
    """The standard, how many cases kept it, and how far both sides are from it."""
    figure, kept = both.promised, both.happened.kept if both.happened else None
    differ = both.happened is not None and len(both.happened.standards) > 1
    status = "value" if figure else "not_applicable" if differ else "not_collected"
    kept = kept or {}
    return {
        "status": status,
        "value": figure.value if figure else None,
        "reason": None if figure else "standards_differ" if differ else "no_standard",
        "kept": {key: kept.get(key) for key in ("value", "count", "n", "open_late", "value_with_open")},
        "perceived_less_promised": _difference(both.perceived, figure),
        "actual_less_promised": _difference(both.actual, figure),
    }
