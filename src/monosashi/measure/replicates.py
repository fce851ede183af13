"""Replicate weights: the variance of a figure from how it changes when the sample is drawn again on paper.

    V(θ) = Σ_r s_r (θ_r − θ)²

around the estimate itself (R: ``mse=TRUE``). Replicates of a design are made from the sums per PSU; no row
is read again:

- ``jkn``: each PSU is left out once and the others of its stratum weigh n_h/(n_h − 1) more;
  s = (1 − f_h)(n_h − 1)/n_h. For a total this is exactly the linearized variance.
- ``bootstrap`` (Rao and Wu): n_h − 1 PSUs of each stratum are drawn with replacement, t_j times each, and
  their weights become w·{1 + √(1−f_h)·(t_j·n_h/(n_h − 1) − 1)}; s = 1/B.

A stratum with one PSU follows the design's rule: ``adjust`` leaves the PSU out without replacing it (or,
in the bootstrap, weighs it 0 or 2), ``remove`` and ``certainty`` let it be, ``average`` scales the rest up.
The rule speaks of PSUs drawn (`Design.single_in_domain` has no part in replicates).
Replicate weights that come with a file are used as they are: one reduction for each column.
References: Rust and Rao (1996), Statistical Methods in Medical Research 5, 283–310; Rao and Wu (1988),
JASA 83, 231–241; Rao, Wu and Yue (1992), Survey Methodology 18, 209–217.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Cells, Floats, Ints, Marks, Strata, added
from monosashi.measure.design import Design
from monosashi.measure.linearization import Figures, theta_of, with_pivot
from monosashi.measure.reducer import Question, Reading, Reducer, Sample
from monosashi.measure.variance import ROUNDING, not_drawn

MOST = 50_000_000  # factors of a bootstrap: 400 megabytes


@dataclass(frozen=True, eq=False)
class Held:
    """Sums per (domain, PSU): totals has shape (cells, K), the other arrays one entry per cell."""

    domain: Ints
    stratum: Ints
    unit: Ints
    totals: Floats
    n_domains: int


@dataclass(frozen=True, eq=False)
class Replicated:
    """The K totals of every replicate of every domain, shape (replicates, K), with the scale s of each.

    times says how many replicates are the same: those that leave out a PSU without a member.
    """

    domain: Ints
    totals: Floats
    scale: Floats
    times: Floats
    each_counts: bool  # a replicate without a value makes the variance unknown, else it is left out

    def variance(self, figures: Floats, estimate: Floats) -> Floats:
        """Σ s (θ_r − θ)² of every domain, shape (domains, K): figures of the replicates, and estimates."""
        usable: Marks = np.all(np.isfinite(figures), axis=1)
        weight = self.scale * self.times
        square = np.where(usable[:, None], figures - estimate[self.domain], 0.0) ** 2 * weight[:, None]
        domains = len(estimate)
        found = np.stack([added(self.domain, column, domains) for column in square.T], axis=1)
        whole, used = (added(self.domain, weight * mark, domains) for mark in (np.ones(len(usable)), usable))
        share = np.where(used > 0, whole / np.where(used > 0, used, 1.0), np.nan)
        if self.each_counts:
            share = np.where(added(self.domain, ~usable, domains) > 0, np.nan, 1.0)
        return found * share[:, None]


@dataclass(frozen=True, eq=False)
class Jackknife:
    """Delete one PSU (JKn)."""

    strata: Strata
    design: Design
    name: str = "jackknife"

    def of(self, held: Held) -> Replicated:
        """Raises SINGLE_PSU where the rule is ``fail``; exact whatever the number of PSUs."""
        h = len(self.strata)
        n_h, drawn = self.strata.n_psu.astype(float), not_drawn(self.strata, self.design)
        place = held.domain * h + held.stratum
        _refuse_single(self.strata, self.design, held.stratum)
        keys, at = np.unique(place, return_inverse=True)
        inside, count = _summed(at, held.totals, len(keys)), np.bincount(at, minlength=len(keys))
        whole = _summed(held.domain, held.totals, held.n_domains)
        n = n_h[held.stratum][:, None]
        more = np.where(n > 1, 1 / np.maximum(n - 1, 1), 0.0)
        without = whole[held.domain] + inside[at] * more - held.totals * np.where(n > 1, n * more, 1.0)
        scale = _scale(n_h, self.design)[held.stratum] * drawn[held.stratum]
        domain, stratum = keys // h, keys % h
        m = n_h[stratum]
        empty = whole[domain] + inside / np.maximum(m - 1, 1)[:, None]
        empty_scale = np.where(m > 1, (m - 1) / m, 0.0) * drawn[stratum]
        left = _left(domain, m, self.design, held.n_domains)
        every = np.concatenate([held.domain, domain])
        scale = np.concatenate([scale, empty_scale]) * left[every]
        times = np.concatenate([np.ones(len(held.domain)), m - count])
        used = scale * times != 0
        totals = np.concatenate([without, empty])[used]
        return Replicated(every[used], totals, scale[used], times[used], each_counts=True)


def _scale(n_h: Floats, design: Design) -> Floats:
    alone = 1.0 if design.single_psu == "adjust" else 0.0
    return np.where(n_h > 1, (n_h - 1) / n_h, alone)


def _left(domain: Ints, n: Floats, design: Design, n_domains: int) -> Floats:
    """Strata over strata with more than one PSU, where the rule is ``average``; NaN where there are none."""
    if design.single_psu != "average":
        return np.ones(n_domains)
    strata, sound = np.bincount(domain, minlength=n_domains), added(domain, n > 1, n_domains)
    return np.where(sound > 0, strata / np.maximum(sound, 1), np.where(strata > 0, np.nan, 1.0))


def _refuse_single(strata: Strata, design: Design, touched: Ints) -> None:
    alone = np.unique(touched[strata.n_psu[touched] == 1])
    if design.single_psu == "fail" and len(alone):
        raise errors.SINGLE_PSU(strata="; ".join(", ".join(map(str, strata.keys[h])) or "-" for h in alone))


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Rao and Wu's rescaled bootstrap: factor has shape (replicates, PSUs of the sample)."""

    strata: Strata
    design: Design
    factor: Floats
    name: str = "bootstrap"

    def of(self, held: Held) -> Replicated:
        _refuse_single(self.strata, self.design, held.stratum)
        number, parts = len(self.factor), []
        for d in range(held.n_domains):
            mine = held.domain == d
            parts.append(self.factor[:, held.unit[mine]] @ held.totals[mine])
        pairs = np.unique(held.domain * len(self.strata) + held.stratum)
        n = self.strata.n_psu[pairs % len(self.strata)].astype(float)
        left = _left(pairs // len(self.strata), n, self.design, held.n_domains)
        domain = np.repeat(np.arange(held.n_domains), number)
        totals = np.concatenate(parts) if parts else np.zeros((0, held.totals.shape[1]))
        return Replicated(domain, totals, left[domain] / number, np.ones(len(domain)), each_counts=False)


def rao_wu(strata: Strata, design: Design, number: int, dice: np.random.Generator) -> Bootstrap:
    """`number` replicates, drawn with the generator given: the same seed gives the same replicates.

    Raises REPLICATES_TOO_MANY where their factors would not fit into memory.
    """
    if number * int(strata.n_psu.sum()) > MOST:
        raise errors.REPLICATES_TOO_MANY(number=number, psus=int(strata.n_psu.sum()), most=MOST)
    drawn = np.sqrt(not_drawn(strata, design))
    columns = []
    for n, share in zip(strata.n_psu, drawn, strict=True):
        if n > 1:
            times = dice.multinomial(n - 1, np.full(n, 1 / n), size=number)
            columns.append(1 + share * (times * (n / (n - 1)) - 1))
        else:
            sign = dice.choice([-1.0, 1.0], size=(number, 1)) if design.single_psu == "adjust" else 0.0
            columns.append(np.ones((number, 1)) + share * sign)
    return Bootstrap(strata, design, np.concatenate(columns, axis=1))


@dataclass(frozen=True, eq=False)
class Supplied:
    """Replicate weights that stand in columns of the table, with the scale of each replicate."""

    columns: tuple[str, ...]
    scale: Floats
    name: str = "replicates"

    def samples(self, sample: Sample) -> Iterator[Sample]:
        """The sample once for each column, weighted by it."""
        for column in self.columns:
            yield replace(sample, design=replace(sample.design, weight=column, fpc=None))

    def of(self, totals: list[Floats], n_domains: int) -> Replicated:
        """From the K totals of every domain in every replicate: shape (domains, K) each."""
        domain = np.tile(np.arange(n_domains), len(totals))
        scale = np.repeat(self.scale, n_domains)
        return Replicated(domain, np.concatenate(totals), scale, np.ones(len(domain)), each_counts=False)


Replication = Jackknife | Bootstrap | Supplied


def replicated_figures(found: Figures, question: Question, reducer: Reducer, by: Replication) -> Figures:
    """The figures of a question with their variance from replicates; df is at most replicates less 1."""
    question = with_pivot(question, reducer)
    if isinstance(by, Supplied):
        cells = (reducer.cells(replace(question, sample=one)) for one in by.samples(question.sample))
        totals = [np.stack([one.per_domain(one.a), one.per_domain(one.b)], axis=1) for one in cells]
        replicated, most = by.of(totals, len(found.cells.domains)), len(totals) - 1
    else:
        replicated, most = by.of(_held(found.cells)), np.iinfo(np.int64).max
    figure = _figure(replicated.totals, question.reading)
    v = replicated.variance(figure[:, None], _estimate(found.cells, question.reading)[:, None])[:, 0]
    v = np.where(v <= (ROUNDING * np.nan_to_num(found.value)) ** 2, 0.0, v)
    return replace(found, variance=np.where(found.n > 0, v, np.nan), df=np.minimum(found.df, most))


def _held(cells: Cells) -> Held:
    if cells.unit is None:
        raise errors.REPLICATES_NEED_PSU()
    used = cells.n > 0
    totals = np.stack([cells.a[used], cells.b[used]], axis=1)
    return Held(cells.domain[used], cells.stratum[used], cells.unit[used], totals, len(cells.domains))


def _figure(totals: Floats, reading: Reading) -> Floats:
    a, b = totals.T
    if reading.total:
        return np.asarray(a)
    return np.where(b > 0, a / np.where(b > 0, b, 1.0), np.nan)


def _estimate(cells: Cells, reading: Reading) -> Floats:
    return cells.per_domain(cells.a) if reading.total else theta_of(cells)


def _summed(group: Ints, values: Floats, size: int) -> Floats:
    if not values.shape[1]:
        return np.zeros((size, 0))
    return np.stack([added(group, column, size) for column in values.T], axis=1)


__all__ = ["Bootstrap", "Held", "Jackknife", "Replicated", "Replication", "Supplied", "rao_wu"]
