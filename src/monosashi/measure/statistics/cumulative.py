"""The cumulated weight of answers: F_d(x), the share of domain d that answered x or less, and its inverse.

Shares are added up as whole numbers of 2⁻⁶⁰, hence without rounding: F does not depend on the order of rows
or domains, F of the largest answer is exactly 1, and domains of any size stand side by side in one array.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monosashi.measure.cells import Floats, Ints, Profiles, added

TIE = 1e-12  # a cumulated share that falls short of p by no more has reached it: the rest is rounding
_UNIT = 2.0**60


@dataclass(frozen=True, eq=False)
class Cumulative:
    """One entry per (domain, answer that occurs in it), domain by domain, answers ascending.

    share = F at the answer; first is the place of each domain's first entry, count how many it has.
    """

    domain: Ints
    answer: Floats
    share: Floats
    first: Ints
    count: Ints

    def inverse(self, p: Floats) -> Floats:
        """The smallest answer x with F(x) ≥ p, for one p per domain: shape (domains,).

        F(x) ≥ p − `TIE` is taken for F(x) ≥ p: weights such as 0.1 have no exact sum, and without it the
        median of ten equal ones would be the fifth or the sixth answer by accident. NaN where nobody
        answered, where p is NaN, and where p lies outside [0, 1] by more than `TIE`.
        """
        below = self.share < (p - TIE)[self.domain]
        passed = added(self.domain, below, len(self.count)).astype(np.int64)
        known = (self.count > 0) & (p >= -TIE) & (p <= 1 + TIE)
        place = np.minimum(self.first + passed, self.first + self.count - 1)
        found = np.full(len(self.count), np.nan)
        found[known] = self.answer[place[known]]
        return found


def cumulative(profiles: Profiles) -> Cumulative:
    """F of every domain from the first column of `values`; rows without an answer do not count."""
    member = np.flatnonzero(~np.isnan(profiles.values[:, 0]))
    member = member[_ordered(profiles.domain[member], profiles.values[member, 0], len(profiles.domains))]
    domain, answer = profiles.domain[member], profiles.values[member, 0]
    starts = np.ones(len(member), dtype=bool)
    starts[1:] = (domain[1:] != domain[:-1]) | (answer[1:] != answer[:-1])
    entry, first_of = np.cumsum(starts) - 1, np.flatnonzero(starts)
    place = domain[first_of]
    weight = added(entry, profiles.weight[member], len(first_of))
    count = np.bincount(place, minlength=len(profiles.domains)).astype(np.int64)
    first = np.cumsum(count) - count
    share = _shares(place, weight, first, count)
    return Cumulative(place, answer[first_of] + 0.0, share, first, count)  # -0 becomes 0


def _ordered(domain: Ints, answer: Floats, domains: int) -> Ints:
    """The order by domain and answer; domains of 16 bits are sorted by counting, without comparisons."""
    order = np.argsort(answer)
    key = domain[order]
    return order[np.argsort(key.astype(np.uint16) if domains <= 2**16 else key, kind="stable")]


def _shares(place: Ints, weight: Floats, first: Ints, count: Ints) -> Floats:
    """Cumulated shares of each domain, by differences of one running sum of whole numbers (modulo 2⁶⁴)."""
    size = added(place, weight, len(count))
    running = np.concatenate([[0], np.cumsum(np.rint(weight / size[place] * _UNIT).astype(np.int64))])
    total = (running[first + count] - running[first]).astype(np.float64)
    return np.asarray((running[1:] - running[first][place]) / total[place], dtype=np.float64)
