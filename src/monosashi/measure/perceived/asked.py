"""What a request of `monosashi gap` asks: the two sides of each comparison, and how their domains meet."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from monosashi.define.guideline import Model
from monosashi.measure.asked import Decimal, Level, Where
from monosashi.measure.cells import Value, same
from monosashi.measure.log.asked import Calendar, End, Unit
from monosashi.measure.log.request import LogFileAsked
from monosashi.measure.request import SurveyAsked

Text = Annotated[str, Field(min_length=1)]


class SharedAsked(Model):
    """A domain that both sides have, in columns of their own. `values` say what the log calls a value."""

    survey: Text
    log: Text
    values: dict[Value, Value] = Field(default_factory=dict)

    def key(self, value: object) -> object:
        """A value of the survey as both sides compare it."""
        named = {same(mine): same(theirs) for mine, theirs in self.values.items()}
        return named.get(same(value), same(value))


class PeriodAsked(Model):
    """The period: a label such as FY2025 in the survey, a moment of the case in the log."""

    survey: Text
    at: Literal["first", "last", "opened", "closed"]

    def key(self, value: object) -> object:
        return same(value)


def _domain(value: Any) -> Any:
    """`service` alone is a column that both have; `{survey: …, at: opened}` is a period."""
    if isinstance(value, str):
        return SharedAsked(survey=value, log=value)
    try:
        return (PeriodAsked if "at" in value else SharedAsked).model_validate(value)
    except (ValidationError, TypeError):
        raise PydanticCustomError(
            "gap_domain", "a column that both have, {survey, log} or {survey, at}"
        ) from None


Domain = Annotated[SharedAsked | PeriodAsked, BeforeValidator(_domain)]


class PerceivedAsked(Model):
    """The answer in time: the days that it felt like. `unit` where it is not that of the comparison."""

    item: Text
    unit: Unit | None = None
    missing: tuple[Value, ...] = ()
    where: Where = Field(default_factory=dict)


class ActualAsked(Model):
    """From when to when. read_as ``process``: the cases stand for how the procedure works, and their figure
    has an interval; ``period``: they are all there were, and it has none."""

    from_: End = Field(alias="from")
    to: End
    calendar: Calendar = "elapsed"
    where: Where = Field(default_factory=dict)
    read_as: Literal["process", "period"] = "process"


class ReasonableAsked(Model):
    """Was it reasonable? The answers that say yes."""

    item: Text
    favourable: Annotated[tuple[Value, ...], Field(min_length=1)]
    missing: tuple[Value, ...] = ()
    where: Where = Field(default_factory=dict)


class PromisedAsked(Model):
    """The published standard, in the unit of the comparison: one for all, one for each value of the first
    domain, or a column of the log that holds that of each case."""

    value: Annotated[Decimal, Field(ge=0)] | None = None
    values: dict[Value, Annotated[Decimal, Field(ge=0)]] | None = None
    column: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> PromisedAsked:
        if [self.value, self.values, self.column].count(None) != 2:
            raise PydanticCustomError("gap_promised", "one of value, values and column")
        return self


class ComparisonAsked(Model):
    id: Text
    statistic: Literal["median", "mean"] = "median"
    unit: Unit = "day"
    perceived: PerceivedAsked
    actual: ActualAsked
    promised: PromisedAsked | None = None
    reasonable: ReasonableAsked | None = None
    threshold: Annotated[Decimal, Field(ge=0)] = 0.0


class GapAsked(Model):
    survey: SurveyAsked
    log: LogFileAsked
    by: dict[Text, Domain] = Field(default_factory=dict)
    level: Level = 0.95
    comparisons: tuple[ComparisonAsked, ...]

    @model_validator(mode="after")
    def _one_period(self) -> GapAsked:
        if sum(isinstance(one, PeriodAsked) for one in self.by.values()) > 1:
            raise PydanticCustomError("gap_periods", "one period at most")
        return self

    @property
    def shared(self) -> dict[str, SharedAsked]:
        return {name: one for name, one in self.by.items() if isinstance(one, SharedAsked)}

    @property
    def period(self) -> PeriodAsked | None:
        return next((one for one in self.by.values() if isinstance(one, PeriodAsked)), None)
