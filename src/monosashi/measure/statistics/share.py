"""`share`: a part of counts, Σ quantity of the numerator's rows / Σ quantity of all rows asked for.

From a register (volumes of procedures by channel), so there is no sampling error and no interval. What can
be wrong is coverage: a unit (procedure and month) that lacks the count of one channel is left out whole,
for half a count would tilt the share, and the rows left out are counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monosashi.measure.cells import Totals
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Reducer, Tally


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
