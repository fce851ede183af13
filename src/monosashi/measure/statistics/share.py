"""`share`: a part of counts, Σ quantity of the numerator's rows / Σ quantity of all rows asked for.

From a register (volumes of procedures by channel), so there is no sampling error and no interval. What can
be wrong is coverage: a unit (procedure and month) that lacks the count of one channel is left out whole,
for half a count would tilt the share, and what is left out is counted. A ratio of sums weighs each unit by
its volume; the plain mean of the units' shares is something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from monosashi import errors
from monosashi.measure.asked import Given, Path, Where
from monosashi.measure.cells import Totals
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Reducer, Tally
from monosashi.measure.volumes.asked import VolumeAsked
from monosashi.measure.volumes.reading import Quantity, Recipe


class ShareAsked(VolumeAsked):
    """`numerator` is a condition on rows (``{channel: online}``) or the column of the part."""

    ratio: ClassVar[bool] = True
    relative: ClassVar[bool] = False
    usual_tolerance: ClassVar[float] = 0.01
    statistic: Literal["share"]
    quantity: str
    numerator: Annotated[Where | str, Field(min_length=1)]

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        yield ("quantity",), Quantity(self.quantity, {})
        if isinstance(self.numerator, str):
            yield ("numerator",), Quantity(self.numerator, {})

    def columns_in(self, *spans: Where) -> Iterator[tuple[Path, str]]:
        yield from super().columns_in(*spans)
        if not isinstance(self.numerator, str):
            yield from ((("numerator",), name) for name in self.numerator)

    def recipe(self, given: Given) -> Recipe:
        whole, part = Quantity(self.quantity, {}), self.numerator
        columns = isinstance(part, str)
        return self.recipe_of(
            given,
            a=Quantity(part, {}) if isinstance(part, str) else whole,
            b=whole if columns else None,
            part=None if isinstance(part, str) else part,
        )

    def answered(self, given: Given) -> Sequence[Estimate]:
        if self.unit:
            return super().answered(given)
        if isinstance(self.numerator, str):
            raise errors.VOLUME_UNIT_NEEDED(statistic=self.statistic)
        tally = Tally(
            given.sample.source,
            self.quantity,
            self.by,
            self.conditions,
            conditions(self.numerator),
            self.status,
            missing=(*given.sample.missing, *self.missing),
        )
        return share_of(given.reducer, tally)


def share_of(reducer: Reducer, tally: Tally) -> Sequence[Estimate]:
    """The share of every domain, 0 to 1.

    n is the denominator (the count the share is a share of, for example applications), rounded to a whole
    number; n_missing counts rows without a value. No row with a value: ``not_collected``. A denominator of
    0: ``not_applicable``, for there was nothing to have a share of.
    """
    totals = reducer.totals(tally)
    return [_estimate(totals, i) for i in range(len(totals.domains))]


def _estimate(totals: Totals, i: int) -> Estimate:
    domain = dict(zip(totals.by, totals.domains[i], strict=True))
    total, part, left_out = float(totals.total[i]), float(totals.part[i]), int(totals.left_out[i])
    if totals.rows[i] == 0:
        return _without_value(domain, Status.NOT_COLLECTED, "no_rows", left_out)
    if total == 0:
        return _without_value(domain, Status.NOT_APPLICABLE, "nothing_to_share", left_out)
    return Estimate(
        statistic="share",
        domain=domain,
        status=Status.VALUE,
        value=part / total,
        n=round(total),
        n_missing=left_out,
        basis=Basis.REGISTER,
        flags=("units_left_out",) if left_out else (),
    )


def _without_value(domain: Mapping[str, object], status: Status, reason: str, left_out: int) -> Estimate:
    return Estimate("share", domain, status, n_missing=left_out, basis=Basis.REGISTER, reason=reason)
