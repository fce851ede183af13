"""How each number is made, with the reader's own figure worked through by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass

from monosashi.define.guideline import Policy
from monosashi.publish import words
from monosashi.publish.edition import Edition, PublishedEstimate
from monosashi.publish.figure import amount, change_span, difference, span


@dataclass(frozen=True)
class Worked:
    """The overall goal's own figure, step by step, from published numbers only."""

    title: str
    place: str
    figure: str
    span: str
    n: str
    n_effective: str
    deff: str
    p: str
    q: str
    se: str
    half_width: str
    by_hand: str
    change: str
    change_span: str
    before: str


@dataclass(frozen=True)
class State:
    code: str
    name: str
    example: str


@dataclass(frozen=True)
class Method:
    worked: Worked | None
    policy: Policy | None
    one_decimal_from: str
    states: tuple[State, ...]


def method(edition: Edition, language: str) -> Method:
    policy = edition.guideline.policy
    from_ = f"{policy.one_decimal_from:,}" if policy else ""
    return Method(_worked(edition, language), policy, from_, tuple(_states(edition, language)))


def _worked(edition: Edition, language: str) -> Worked | None:
    kgi = next((i for i in edition.guideline.indicators if i.role == "kgi" and i.measures), None)
    if kgi is None:
        return None
    measure = kgi.measures[0]
    row = edition.figure(kgi.id, measure.id, measure.headline)
    if row is None or row.value is None or not row.n_effective:
        return None
    change = edition.change(kgi.id, measure.id, measure.headline)
    se = standard_error(row.value, row.n_effective)
    known = change is not None and change.difference is not None
    return Worked(
        title=kgi.title.said_in(language),
        place=words.domain(edition, dict(measure.headline), language),
        figure=amount(row.value, kgi.unit, row.digits),
        span=span(row.lower, row.upper, kgi.unit, row.digits, language),
        n=f"{row.n:,}" if row.n is not None else "—",
        n_effective=f"{row.n_effective:,}",
        deff=f"{row.deff:.2f}" if row.deff is not None else "—",
        p=f"{row.value:.{2 + row.digits}f}",
        q=f"{1 - row.value:.{2 + row.digits}f}",
        se=f"{se:.4f}",
        half_width=f"{1.96 * se:.3f}",
        by_hand=_by_hand(row, se, language),
        change=difference(change.difference or 0, kgi.unit, change.digits, language)
        if change and known
        else "",
        change_span=change_span(change, kgi.unit, language) if change and known else "",
        before=words.period(change.from_period, language) if change and known else "",
    )


def standard_error(share: float, n_effective: float) -> float:
    """√(p(1−p)/n*): 0.5 of 400 effective answers → 0.025."""
    return math.sqrt(share * (1 - share) / n_effective)


def _by_hand(row: PublishedEstimate, se: float, language: str) -> str:
    assert row.value is not None
    lower, upper = max(row.value - 1.96 * se, 0.0), min(row.value + 1.96 * se, 1.0)
    return span(lower, upper, "share", 1, language)


def _states(edition: Edition, language: str) -> list[State]:
    """The five states, each with one figure of this edition that is in it."""
    found: dict[str, PublishedEstimate] = {}
    for row in edition.estimates:
        if row.period == edition.period:
            found.setdefault(row.status, row)
    names = ("value", "unreliable", "suppressed", "not_applicable", "not_collected")
    return [
        State(name, words.of(words.STATES, name, language), _example(edition, found.get(name), language))
        for name in names
    ]


def _example(edition: Edition, row: PublishedEstimate | None, language: str) -> str:
    if row is None:
        return ""
    indicator = next((i for i in edition.guideline.indicators if i.id == row.indicator), None)
    if indicator is None:
        return ""
    where = words.domain(edition, dict(row.domain), language)
    written = amount(row.value, indicator.unit, row.digits) if row.value is not None else ""
    why = words.reason(row.reason, row.status, language) if row.status != "value" else ""
    said = (
        "。".join(part for part in (written, why) if part)
        if language == "ja"
        else "; ".join(filter(None, (written, why)))
    )
    title = indicator.title.said_in(language)
    return f"{title}（{where}）: {said}" if language == "ja" else f"{title} ({where}): {said}"
