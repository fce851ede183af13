"""From the unit of a figure to places on a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from monosashi.publish.charts.svg import number


@dataclass(frozen=True)
class Scale:
    """A straight line from [low, high] to [start, end]."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """The place of a value, kept inside the ends."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def percent(self, value: float) -> str:
        return f"{number(self.at(value))}%"


SHARE = Scale(0.0, 1.0)


def share_window(values: Iterable[float], *, least: float = 0.3) -> tuple[float, float]:
    """Whole tenths around the values, at least `least` wide, inside 0 to 1: (0.58, 0.66) → (0.5, 0.8)."""
    known = list(values) or [0.5]
    low = max(math.floor(min(known) * 10 - 1e-9), 0)
    high = min(math.ceil(max(known) * 10 + 1e-9), 10)
    while high - low < round(least * 10):
        upwards = low <= 0 or (high < 10 and (high - low) % 2 == 0)
        low, high = (low, high + 1) if upwards else (low - 1, high)
    return low / 10, high / 10


def count_window(values: Iterable[float]) -> tuple[float, float]:
    """From zero to the next round number: 1,834 → (0, 2,000)."""
    top = max([*values, 1.0])
    unit = 10 ** math.floor(math.log10(top))
    return 0.0, math.ceil(top / unit) * unit


def ticks(low: float, high: float) -> list[float]:
    """Three or four round places between the ends, both included."""
    steps = next((n for n in (3, 4, 2) if round((high - low) * 10) % n == 0), 2)
    return [low + (high - low) * step / steps for step in range(steps + 1)]
