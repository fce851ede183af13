"""A plan: how many answers each domain needs, how many to invite, and what they will show.

Formulas are in `sizes`, the division among domains in `allocation`, quotas in `quotas`. With ``for:
each_domain`` every domain reaches the aim by itself; with ``overall`` the figure of all domains together
does, θ = ΣW·θ_h with V = ΣW²·V_h, and the answers are divided by `allocation`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from monosashi import __version__
from monosashi.measure.cells import Floats, Ints, Value
from monosashi.measure.planning import allocation, quotas, sizes
from monosashi.measure.planning.request import DomainAsked, PlanAsked
from monosashi.measure.planning.sizes import Circumstances
from monosashi.measure.planning.words import FORMULAS, sentence

Need = tuple[str, int, int | None]  # (what asks for it, n by the normal formula, exact n)


@dataclass(frozen=True)
class Part:
    """One domain of the plan. weight W is its part of the population, None where that is not known."""

    name: Value | None
    of: Circumstances
    weight: float | None
    response_rate: float
    asked: DomainAsked
    minimum: int


def plan_of(asked: PlanAsked) -> dict[str, Any]:
    """The JSON-ready plan: domains, overall, quotas where asked for, and the formulas by name."""
    parts = _parts(asked)
    counts, needs = _counts(asked, parts)
    domains = [
        _domain(part, n, need, asked) for part, n, need in zip(parts, counts.tolist(), needs, strict=True)
    ]
    result: dict[str, Any] = {
        "software": f"monosashi {__version__}",
        "level": asked.level,
        "power": asked.power,
        "domains": domains,
        "overall": _overall(parts, counts, asked),
        "formulas": FORMULAS,
    }
    if asked.quotas is not None:
        planned = {part.name: n for part, n in zip(parts, counts.tolist(), strict=True)}
        result["quotas"] = _quotas(asked.quotas, planned)
    return result


def _parts(asked: PlanAsked) -> list[Part]:
    if not asked.domains:
        return [_part(None, DomainAsked(population=asked.population), asked, weight=1.0)]
    measures = [one.population or one.part for one in asked.domains.values()]
    whole = sum(size or 0.0 for size in measures)
    weights = [size / whole if size else None for size in measures]
    return [
        _part(name, one, asked, weight=weight)
        for (name, one), weight in zip(asked.domains.items(), weights, strict=True)
    ]


def _part(name: Value | None, one: DomainAsked, asked: PlanAsked, *, weight: float | None) -> Part:
    population = one.population
    if population is None and asked.population is not None and weight is not None:
        population = asked.population * weight
    effect = one.design_effect or asked.design_effect
    of = Circumstances(
        expected=(one.expected or asked.expected).settled,
        deff=effect.settled,
        cluster=effect.cluster_size,
        population=population or math.inf,
        level=asked.level,
        power=asked.power,
    )
    minimum = one.minimum or asked.minimum
    return Part(name, of, weight, one.response_rate or asked.response_rate, one, minimum)


def _counts(asked: PlanAsked, parts: list[Part]) -> tuple[Ints, list[list[Need]]]:
    """n of every domain, and what each need alone would take."""
    if asked.reach == "overall" and len(parts) > 1:
        total = asked.n or _total(asked, parts)
        return _divided(total, asked, parts, kept=asked.n is not None), [[] for _ in parts]
    needs = [list(_needs(part, asked)) for part in parts]
    chosen = [_chosen(part, need, asked) for part, need in zip(parts, needs, strict=True)]
    return np.array(chosen, dtype=np.int64), needs


def _needs(part: Part, asked: PlanAsked) -> Iterator[Need]:
    if asked.n is not None:
        yield "n", asked.n, None
        return
    precision = part.asked.precision or asked.precision
    change = part.asked.change or asked.change
    if precision is not None:
        yield "precision", sizes.n_normal(precision, part.of), sizes.n_exact(precision, part.of)
    if change is not None:
        yield "change", sizes.n_for_change(change, part.of), None


def _chosen(part: Part, needs: list[Need], asked: PlanAsked) -> int:
    exact = asked.method == "exact"
    wanted = max((n_exact if exact and n_exact else n for _, n, n_exact in needs), default=0)
    rounded = -(-max(wanted, part.minimum) // asked.round_to) * asked.round_to
    return int(min(rounded, part.of.population))


def _divided(total: int, asked: PlanAsked, parts: list[Part], *, kept: bool) -> Ints:
    """`total` among the domains, in units of round_to; kept tells whether the sum must be `total`."""
    weights = [part.weight or 1 / len(parts) for part in parts]
    by = allocation.sizes(asked.allocation, weights, [part.of for part in parts], asked.exponent)
    least = np.array([min(part.minimum, part.of.population) for part in parts], dtype=np.float64)
    most = np.array([part.of.population for part in parts])
    shares = allocation.divided(total, by, least, most)
    if (
        kept and abs(shares.sum() - total) <= 1e-6 * total
    ):  # else there are fewer people, or minima ask for more
        found = allocation.whole(shares / asked.round_to, total // asked.round_to) * asked.round_to
        return np.asarray(np.minimum(found, most), dtype=np.int64)
    up = np.ceil(shares / asked.round_to - 1e-9) * asked.round_to
    return np.asarray(np.minimum(up, most), dtype=np.int64)


def _total(asked: PlanAsked, parts: list[Part]) -> int:
    """The smallest total that reaches the aim of the figure of all domains."""

    def enough(total: int) -> bool:
        counts = _divided(total, asked, parts, kept=False)
        if asked.precision is not None and _half_width(parts, counts, asked) > asked.precision:
            return False
        seen = _detectable(parts, counts) if asked.change is not None else 0.0
        return asked.change is None or (seen is not None and seen <= asked.change)

    return sizes.smallest(enough, sum(part.of.population for part in parts))


def _weights(parts: list[Part]) -> Floats | None:
    """W of every domain; equal where `for: overall` was asked for without sizes; None where unknown."""
    known = [part.weight for part in parts if part.weight is not None]
    return np.array(known) if len(known) == len(parts) else None


def _weights_or_equal(parts: list[Part]) -> Floats:
    known = _weights(parts)
    return np.full(len(parts), 1 / len(parts)) if known is None else known


def _variance(parts: list[Part], counts: Ints) -> float:
    w = _weights_or_equal(parts)
    each = [sizes.variance(n, part.of) for n, part in zip(counts.tolist(), parts, strict=True)]
    return float(np.sum(w**2 * np.array(each)))


def _half_width(parts: list[Part], counts: Ints, asked: PlanAsked) -> float:
    """Of the figure of all domains: Clopper–Pearson with n_eff = p(1−p)/V for shares, else z·√V."""
    if len(parts) == 1 and asked.method == "exact":
        return sizes.half_width(int(counts[0]), parts[0].of)
    v = _variance(parts, counts)
    normal = sizes.z(asked.level) * math.sqrt(v)
    shares = [part.of.expected.share for part in parts]
    if asked.method == "normal" or v == 0 or any(share is None for share in shares):
        return normal
    p = float(np.sum(_weights_or_equal(parts) * np.array(shares, dtype=np.float64)))
    return sizes.clopper_pearson(p, p * (1 - p) / v, asked.level)


def _detectable(parts: list[Part], counts: Ints) -> float | None:
    w = _weights_or_equal(parts)
    return sizes.detectable(
        [(weight, n, part.of) for weight, n, part in zip(w.tolist(), counts.tolist(), parts, strict=True)]
    )


def _domain(part: Part, n: int, needs: list[Need], asked: PlanAsked) -> dict[str, Any]:
    of = part.of
    figures: dict[str, Any] = {
        "domain": part.name,
        "n": n,
        "invitations": math.ceil(n / part.response_rate - 1e-9),
        "population": None if math.isinf(of.population) else of.population,
        "deff": of.deff,
        "n_effective": n / of.deff,
        "half_width": sizes.half_width(n, of),
        "half_width_normal": sizes.half_width_normal(n, of),
        "minimum_detectable_change": sizes.detectable([(1.0, n, of)]),
        "needs": [_need(need) for need in needs],
        "flags": list(_flags(part, n, needs, asked)),
    }
    return {**figures, "sentence": sentence(figures, of, asked.level)}


def _need(need: Need) -> dict[str, Any]:
    aim, normal, exact = need
    return {"aim": aim, "n_normal": normal, "n_exact": exact}


def _flags(part: Part, n: int, needs: list[Need], asked: PlanAsked) -> Iterator[str]:
    if n >= part.of.population:
        yield "everybody"  # the whole population is asked: a census
    if math.ceil(n / part.response_rate - 1e-9) > part.of.population:
        yield "invitations_exceed_population"
    wanted = max((max(normal, exact or 0) for _, normal, exact in needs), default=0)
    if asked.n is None and needs and wanted < part.minimum:
        yield "minimum"


def _overall(parts: list[Part], counts: Ints, asked: PlanAsked) -> dict[str, Any]:
    """Sums, and the precision of the figure of all domains: null where their sizes are not known."""
    invitations = sum(
        math.ceil(n / part.response_rate - 1e-9) for n, part in zip(counts.tolist(), parts, strict=True)
    )
    figures: dict[str, Any] = {"n": int(counts.sum()), "invitations": invitations}
    known = _weights(parts) is not None or asked.reach == "overall"
    figures |= {
        "half_width": _half_width(parts, counts, asked) if known else None,
        "half_width_normal": sizes.z(asked.level) * math.sqrt(_variance(parts, counts)) if known else None,
        "minimum_detectable_change": _detectable(parts, counts) if known else None,
    }
    return {**figures, "sentence": sentence(figures, parts[0].of, asked.level)}


def _quotas(asked: Any, planned: dict[Value | None, int]) -> dict[str, Any]:
    by = dict(asked.by)
    variable = asked.each or next(iter(by))
    values = by.pop(variable)
    if asked.n is None:
        counts = {value: planned[value] for value in values}
    elif asked.each is not None:
        counts = dict.fromkeys(values, asked.n)
    else:
        counts = quotas.first_margin(asked.n, values)
    found = quotas.crossing((variable, counts), by)
    margins = {name: found.margin(name) for name in found.variables}
    return {"n": sum(counts.values()), "margins": margins, "cells": quotas.listed(found)}
