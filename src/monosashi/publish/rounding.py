"""How many digits a figure may show, and how it is cut to them.

Values go to the nearest digit. Interval limits go outward: a rounded interval never claims more than the
computed one. Below `whole_percent_from` answers a share is made from counts rounded to `count_rounding`
alone, so that the counts behind it cannot be worked back from the percentage.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from monosashi.define.guideline import Policy
from monosashi.measure.estimate import Estimate

_NOISE = 9  # decimals kept before cutting, so that 0.58 * 100 = 57.999999999999993 counts as 58


@dataclass(frozen=True)
class Shown:
    value: float
    lower: float | None
    upper: float | None
    digits: int


def count(number: float, policy: Policy) -> int:
    """Rounded to the nearest multiple (of 5): 12 → 10, 13 → 15."""
    base = policy.count_rounding
    return base * math.floor(number / base + 0.5)


def digits_for(n: float, unit: str, policy: Policy) -> int:
    """Decimals of the percentage: one from n = 1,000, else none. A score may show one more."""
    if unit in ("count", "minutes", "days", "yen"):
        return 0
    decimals = 1 if n >= policy.one_decimal_from else 0
    return decimals + 1 if unit == "score" and n >= policy.whole_percent_from else decimals


def shown(estimate: Estimate, unit: str, policy: Policy) -> Shown:
    value = estimate.value or 0.0
    lower = estimate.interval.lower if estimate.interval else None
    upper = estimate.interval.upper if estimate.interval else None
    digits = digits_for(estimate.n, unit, policy)
    if unit == "share" and estimate.n < policy.whole_percent_from:
        base, out_of = policy.count_rounding, count(estimate.n, policy)
        most = max(1.0, value)  # growth may be more than the whole
        value = min(most, count(value * estimate.n, policy) / out_of)
        if lower is not None and upper is not None:
            lower = min(value, base * math.floor(_clean(lower * out_of / base)) / out_of)
            upper = max(value, base * math.ceil(_clean(upper * out_of / base)) / out_of)
    elif unit == "count":
        value = count(value, policy)
    return Shown(
        nearest(value, unit, digits),
        None if lower is None else down(lower, unit, digits),
        None if upper is None else up(upper, unit, digits),
        digits,
    )


def nearest(value: float, unit: str, digits: int) -> float:
    steps = math.floor(_clean(abs(value) * _steps(unit, digits)) + 0.5)
    return _cut(-steps if value < 0 else steps, unit, digits)


def down(value: float, unit: str, digits: int) -> float:
    return _cut(math.floor(_clean(value * _steps(unit, digits))), unit, digits)


def up(value: float, unit: str, digits: int) -> float:
    return _cut(math.ceil(_clean(value * _steps(unit, digits))), unit, digits)


def _steps(unit: str, digits: int) -> int:
    """Steps of the last digit in one unit: a share of whole percents has 100."""
    return int(10 ** (digits + (2 if unit == "share" else 0)))


def _cut(steps: int, unit: str, digits: int) -> float:
    return steps / _steps(unit, digits)


def _clean(number: float) -> float:
    return round(number, _NOISE)
