"""`gap`: how much further one answer lies than another, for those who gave both.

    Δ = Σ w·(y₁ − y₂) / Σ w

over rows that have both answers: importance less quality, what was expected less what was felt. Paired, so
the two answers of one person are compared with each other; V is that of a mean. With `favourable` each
answer is 1 or 0, and the gap is one of shares, −1 to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from monosashi.measure.asked import LinearAsked, Path
from monosashi.measure.cells import Value
from monosashi.measure.checks import answer_checks
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import (
    Check,
    Condition,
    Favourable,
    Gap,
    Number,
    Question,
    Reading,
    Reducer,
    Sample,
)
from monosashi.measure.statistics import mean
from monosashi.measure.survey import Estimates


class GapAsked(LinearAsked):
    statistic: Literal["gap"]
    items: tuple[str, str]
    favourable: tuple[Value, ...] = ()

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield from ((("items", place), item) for place, item in enumerate(self.items))
        yield from super().columns()

    def checks(self) -> list[Check]:
        return [check for item in self.items for check in answer_checks(item, self.missing, self.favourable)]

    def codes(self) -> tuple[Value, ...]:
        return self.favourable

    def reading(self) -> Reading:
        return Reading(_difference(*self.items, favourable=self.favourable, missing=self.missing))

    def judged(self, found: Figures, level: float) -> Estimates:
        return mean.estimates(found, level=level, statistic="gap")


def gap_of(
    reducer: Reducer,
    sample: Sample,
    first: str,
    second: str,
    *,
    favourable: tuple[Value, ...] = (),
    missing: tuple[Value, ...] = (),
    by: tuple[str, ...] = (),
    where: tuple[Condition, ...] = (),
    level: float = 0.95,
) -> Estimates:
    """The first answer less the second in every domain of `by`; interval = gap ∓ t(df)·se."""
    difference = _difference(first, second, favourable=favourable, missing=missing)
    found = figures(Question(sample, Reading(difference), by, where), reducer)
    return mean.estimates(found, level=level, statistic="gap")


def _difference(first: str, second: str, *, favourable: tuple[Value, ...], missing: tuple[Value, ...]) -> Gap:
    if favourable:
        return Gap(Favourable(first, favourable, missing), Favourable(second, favourable, missing))
    return Gap(Number(first, missing), Number(second, missing))
