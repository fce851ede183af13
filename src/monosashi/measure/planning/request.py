"""The request of `monosashi plan`, read and checked: every mistake by line, before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from monosashi import errors
from monosashi.define.document import Document, Path, read_document
from monosashi.define.fit import fit
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Decimal, Level
from monosashi.measure.cells import Value
from monosashi.measure.planning.allocation import Allocation
from monosashi.measure.planning.sizes import Expected, design_effect

FINEST = 100_000  # an aim is no finer than this part of the spread of the answers: 10¹⁰ answers and more
MOST_CELLS = 20_000
Positive = Annotated[Decimal, Field(gt=0)]
Share = Annotated[Decimal, Field(gt=0, lt=1)]
Rate = Annotated[Decimal, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=2, le=10**12, strict=True)]


def _or_number(key: str) -> BeforeValidator:
    """``1.5`` is short for ``{key: 1.5}``."""
    return BeforeValidator(
        lambda value: {key: value} if isinstance(value, (int, float)) and value is not True else value
    )


def _or_list(value: Any) -> Any:
    """``[F, M]`` is short for ``{F: 1, M: 1}``; a value that stands twice is left to be refused."""
    words = isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value)
    return dict.fromkeys(value, 1) if words and len({str(one) for one in value}) == len(value) else value


class ExpectedAsked(Model):
    share: Share | None = None
    mean: Decimal | None = None
    sd: Positive | None = None

    @property
    def settled(self) -> Expected:
        return (
            Expected(self.share) if self.share is not None else Expected(None, self.mean or 0, self.sd or 0)
        )


class EffectAsked(Model):
    value: Annotated[Decimal, Field(gt=0, le=1000)] | None = None
    intraclass_correlation: Annotated[Decimal, Field(ge=0, le=1)] | None = None
    cluster_size: Annotated[Decimal, Field(ge=1, le=10_000)] = 1.0
    weights_cv: Annotated[Decimal, Field(ge=0, le=10)] = 0.0

    @property
    def settled(self) -> float:
        if self.value is not None:
            return self.value
        return design_effect(self.intraclass_correlation or 0.0, self.cluster_size, self.weights_cv)


Effect = Annotated[EffectAsked, _or_number("value")]
SharesOf = Annotated[dict[Value, Positive], Field(min_length=1), BeforeValidator(_or_list)]


class DomainAsked(Model):
    """What differs from the plan in one domain. `population` counts people, `part` is a part of the whole."""

    population: Annotated[Decimal, Field(ge=2)] | None = None
    part: Positive | None = None
    expected: ExpectedAsked | None = None
    design_effect: Effect | None = None
    response_rate: Rate | None = None
    precision: Positive | None = None
    change: Positive | None = None
    minimum: Count | None = None


class QuotasAsked(Model):
    """A crossing of the variables of `by`, each with the sizes of its values (a list: all the same)."""

    by: Annotated[dict[str, SharesOf], Field(min_length=1)]
    n: Annotated[int, Field(ge=1, le=10**9, strict=True)] | None = None
    each: str | None = None


class PlanAsked(Model):
    level: Level = 0.95
    power: Share = 0.8
    precision: Positive | None = None
    change: Positive | None = None
    n: Count | None = None
    reach: Literal["each_domain", "overall"] = Field(default="each_domain", alias="for")
    method: Literal["exact", "normal"] = "exact"
    expected: ExpectedAsked = ExpectedAsked(share=0.5)
    design_effect: Effect = EffectAsked(value=1.0)
    response_rate: Rate = 1.0
    population: Annotated[Decimal, Field(ge=2)] | None = None
    domains: Annotated[dict[Value, Annotated[DomainAsked, _or_number("population")]], Field(min_length=1)] = (
        Field(default_factory=dict)
    )
    allocation: Allocation = "proportional"
    exponent: Annotated[Decimal, Field(ge=0, le=1)] = 0.5
    minimum: Count = 2
    round_to: Annotated[int, Field(ge=1, le=10**6, strict=True)] = 1
    quotas: QuotasAsked | None = None


def read_plan(file: str, content: bytes) -> PlanAsked:
    """The plan asked for in a YAML file. Raises REQUEST_INVALID with every mistake by line."""
    document = read_document(file, content)
    findings = list(document.findings)
    if not findings and not isinstance(document.value, Mapping):
        findings.append(errors.PLAN_SHAPE.found(file=file, row=1))
    asked = None if findings else fit(PlanAsked, document, findings)
    if asked is not None:
        findings += _Contradictions(asked.value, document).all()
    if findings or asked is None:
        raise errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))
    return asked.value


class _Contradictions:
    """What each key alone allows and all of them together do not."""

    def __init__(self, asked: PlanAsked, document: Document) -> None:
        self.asked, self.document = asked, document

    def all(self) -> list[Finding]:
        checks = (self._aim, self._expectations, self._effects, self._sizes, self._changes, self._fine)
        return [finding for check in (*checks, self._total, self._quotas) for finding in check()]

    def _found(self, kind: errors.Kind, *path: str | int, **details: Any) -> Finding:
        row = self.document.line(path)
        return kind.found(file=self.document.file, row=row, **details)

    def _wrong(self, path: Path, value: Any, ja: str, en: str) -> Finding:
        key = " ".join(map(str, path))
        return self._found(
            errors.GUIDELINE_VALUE, *path, key=key, value=value, expected_ja=ja, expected_en=en
        )

    def _aim(self) -> Iterator[Finding]:
        asked = self.asked
        aims = [name for name in ("precision", "change") if getattr(asked, name) is not None]
        own = all(one.precision or one.change for one in asked.domains.values()) and asked.domains
        if not aims and asked.n is None and not own:
            yield self._found(errors.PLAN_AIM_MISSING)
        for name in aims if asked.n is not None else ():
            yield self._found(errors.PLAN_KEYS_TOGETHER, "n", first=name, second="n")

    def _named(self, key: str) -> Iterator[tuple[Path, Any]]:
        """Every place where a key of the plan or of a domain stands."""
        if (value := getattr(self.asked, key)) is not None:
            yield (key,), value
        for name, domain in self.asked.domains.items():
            if (value := getattr(domain, key)) is not None:
                yield ("domains", name, key), value  # type: ignore[misc]

    def _expectations(self) -> Iterator[Finding]:
        for path, one in self._named("expected"):
            if {*one.model_dump(exclude_none=True)} not in ({"share"}, {"mean", "sd"}):
                ja, en = "share か、mean と sd のどちらか", "either a share, or a mean and its sd"
                yield self._wrong(path, _shown(one), ja, en)
            elif self.asked.allocation == "power" and one.share is None and not one.mean:
                ja, en = "0でない mean（power の配分に使う）", "a mean other than 0, which power needs"
                yield self._wrong(path, _shown(one), ja, en)

    def _effects(self) -> Iterator[Finding]:
        for path, one in self._named("design_effect"):
            if one.value is not None and one.intraclass_correlation is not None:
                together = {"first": "value", "second": "intraclass_correlation"}
                yield self._found(errors.PLAN_KEYS_TOGETHER, *path, **together)

    def _sizes(self) -> Iterator[Finding]:
        domains = self.asked.domains
        sized = [n for n, one in domains.items() if one.population is not None or one.part is not None]
        if sized and len(sized) < len(domains):
            lacking = [str(name) for name in domains if name not in sized]
            yield self._found(errors.PLAN_SIZES_PARTLY, "domains", names=", ".join(lacking))
        needed = self.asked.reach == "overall" and self.asked.allocation != "equal"
        if domains and needed and not sized:
            yield self._found(errors.PLAN_SIZES_PARTLY, "domains", names=", ".join(map(str, domains)))

    def _changes(self) -> Iterator[Finding]:
        """A share cannot move out of 0 to 1."""
        for path, change in self._named("change"):
            own = self.asked.domains[path[1]].expected if len(path) > 1 else None
            most = (own or self.asked.expected).settled.widest_change
            if change > most:
                yield self._wrong(path, change, f"{most:g}以下の数", f"a number up to {most:g}")

    def _fine(self) -> Iterator[Finding]:
        """An aim so fine that the answers could not be counted."""
        for key in ("precision", "change"):
            for path, aim in self._named(key):
                own = self.asked.domains[path[1]].expected if len(path) > 1 else None
                least = (own or self.asked.expected).settled.variance ** 0.5 / FINEST
                if aim < least:
                    yield self._wrong(path, aim, f"{least:.1g}以上の数", f"a number from {least:.1g}")

    def _total(self) -> Iterator[Finding]:
        asked, count = self.asked, len(self.asked.domains) or 1
        if asked.n is None:
            return
        if asked.n % asked.round_to:
            ja, en = f"round_to（{asked.round_to}）の倍数", f"a multiple of round_to ({asked.round_to})"
            yield self._wrong(("n",), asked.n, ja, en)
        least = sum(one.minimum or asked.minimum for one in asked.domains.values()) or asked.minimum
        least = -(-least // asked.round_to) * asked.round_to if asked.reach == "overall" else 0
        if asked.n < max(least, count * asked.round_to if asked.reach == "overall" else 0):
            ja, en = f"区分の最小の数の合計（{least}）以上", f"at least what the domains need ({least})"
            yield self._wrong(("n",), asked.n, ja, en)

    def _quotas(self) -> Iterator[Finding]:
        quotas = self.asked.quotas
        if quotas is None:
            return
        if quotas.each is not None and quotas.each not in quotas.by:
            choices = ", ".join(quotas.by)
            ja, en = f"by にある名前（{choices}）", f"a name that stands under by ({choices})"
            yield self._wrong(("quotas", "each"), quotas.each, ja, en)
        first = quotas.by.get(quotas.each or "", next(iter(quotas.by.values())))
        if quotas.n is None and {*first} != {*self.asked.domains}:
            yield self._found(errors.GUIDELINE_KEY_MISSING, "quotas", key="n")
        cells = math.prod(len(values) for values in quotas.by.values())
        if cells > MOST_CELLS:
            ja, en = (
                f"組み合わせが{MOST_CELLS:,}以下になる変数",
                f"variables that make up to {MOST_CELLS:,} cells",
            )
            yield self._wrong(("quotas", "by"), f"{cells:,}", ja, en)


def _shown(one: Model) -> str:
    return ", ".join(f"{key}: {value:g}" for key, value in one.model_dump(exclude_none=True).items()) or "—"
