"""`sum` and `count`: how much, or how many, a register holds. No sampling error, no interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from monosashi.measure.asked import Given, Path
from monosashi.measure.cells import Totals
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Reducer, Tally
from monosashi.measure.volumes.asked import VolumeAsked
from monosashi.measure.volumes.reading import Quantity, Recipe


class SumAsked(VolumeAsked):
    statistic: Literal["sum"]
    quantity: str

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        yield ("quantity",), Quantity(self.quantity, {})

    def recipe(self, given: Given) -> Recipe:
        return self.recipe_of(given, a=Quantity(self.quantity, {}))

    def answered(self, given: Given) -> Sequence[Estimate]:
        if self.unit:
            return super().answered(given)
        missing = (*given.sample.missing, *self.missing)
        source, where = given.sample.source, self.conditions
        tally = Tally(source, self.quantity, self.by, where, status=self.status, missing=missing)
        return total_of(given.reducer, tally)


def total_of(reducer: Reducer, tally: Tally) -> Sequence[Estimate]:
    """Σ quantity of every domain, or the number of rows where the tally has no quantity.

    In the unit of the column. n is the number of rows added up, n_missing those without a quantity. No row
    at all is ``not_collected``: nothing was written down, which is not the same as nothing done.
    """
    totals = reducer.totals(tally)
    statistic = "count" if tally.quantity is None else "sum"
    return [_estimate(totals, i, statistic) for i in range(len(totals.domains))]


def _estimate(totals: Totals, i: int, statistic: str) -> Estimate:
    domain = dict(zip(totals.by, totals.domains[i], strict=True))
    rows, left_out = int(totals.rows[i]), int(totals.left_out[i])
    if rows == 0:
        return Estimate(
            statistic,
            domain,
            Status.NOT_COLLECTED,
            n_missing=left_out,
            basis=Basis.REGISTER,
            reason="no_rows",
        )
    return Estimate(
        statistic=statistic,
        domain=domain,
        status=Status.VALUE,
        value=float(totals.total[i]),
        n=rows,
        n_missing=left_out,
        basis=Basis.REGISTER,
        flags=("rows_left_out",) if left_out else (),
    )
