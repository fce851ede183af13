"""What a request asks of a log: one model for each statistic, and what of the cases it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from monosashi.define.guideline import Model
from monosashi.measure.asked import Decimal, Names, Path, Where
from monosashi.measure.cells import Value, same
from monosashi.measure.log.business import SECOND, OfficeHours
from monosashi.measure.log.cases import Need, Point

Unit = Literal["minute", "hour", "day"]
ENDS = ("first", "last", "opened", "closed", "due")
Probability = Annotated[Decimal, Field(ge=0, le=1)]


class ActivityAsked(Model):
    activity: Annotated[str, Field(min_length=1)]
    occurrence: Literal["first", "last"] = "first"

    @property
    def point(self) -> Point:
        return Point("activity", self.activity, self.occurrence)


class MomentAsked(Model):
    moment: Literal["first", "last", "opened", "closed", "due"]

    @property
    def point(self) -> Point:
        return Point(self.moment)


def _end(value: Any) -> Any:
    """`first` is written as a word, `{activity: NAME}` as a pair."""
    if isinstance(value, str) and value in ENDS:
        return MomentAsked(moment=value)
    if isinstance(value, dict) and "activity" in value:
        return ActivityAsked.model_validate(value)
    raise PydanticCustomError("log_end", "first, last, opened, closed, due or {activity: NAME}")


End = Annotated[MomentAsked | ActivityAsked, BeforeValidator(_end)]


def _time_of_day(value: Any) -> Any:
    hours, colon, minutes = str(value).partition(":")
    sound = colon and hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()
    if isinstance(value, str) and sound and len(minutes) == 2:
        found = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and found <= 24 * 60:
            return found * 60 * SECOND
    raise PydanticCustomError("log_hours", "a time like 08:30")


TimeOfDay = Annotated[int, BeforeValidator(_time_of_day)]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _named(value: Any) -> Any:
    if value in ("elapsed", ""):
        raise PydanticCustomError("log_calendar", "a name other than elapsed")
    return value


class CalendarAsked(Model):
    """Office hours. Weekends, public holidays and 29 December to 3 January are closed unless said."""

    name: Annotated[str, BeforeValidator(_named)] = "business"
    hours: tuple[TimeOfDay, TimeOfDay] = ("08:30", "17:15")  # type: ignore[assignment]
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = WEEKDAYS[:5]  # type: ignore[assignment]
    holidays: Literal["japan", "none"] = "japan"
    year_end: bool = True
    closed: tuple[date, ...] = ()

    model_config = ConfigDict(validate_default=True)

    @property
    def office_hours(self) -> OfficeHours:
        days = tuple(WEEKDAYS.index(one) for one in self.weekdays)
        return OfficeHours(*self.hours, days, frozenset(self.closed), self.year_end)


class CalendarByAsked(Model):
    """Office hours by a property of the case, such as the office that has it: value → name of a calendar."""

    of: Annotated[str, Field(min_length=1)]
    hours: Annotated[dict[str, str], Field(min_length=1)]
    otherwise: str = "business"

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.hours.values(), self.otherwise)


def _calendar(value: Any) -> Any:
    """A mapping is office hours; what is wrong within it is told as one mistake, not one for each reading."""
    if not isinstance(value, dict):
        return value
    try:
        return CalendarByAsked.model_validate(value) if "of" in value else CalendarAsked.model_validate(value)
    except ValidationError:
        example = '{name: branch, hours: ["08:30", "17:15"], closed: [2026-12-28]}'
        by_office = "{of: office, hours: {north: branch}}"
        said = f"office hours like {example}, or {by_office}"
        raise PydanticCustomError("log_calendar", said) from None


def _calendars(value: Any) -> Any:
    return tuple(_calendar(one) for one in (value if isinstance(value, list) else [value]))


Calendar = Annotated[str | CalendarAsked | CalendarByAsked, BeforeValidator(_calendar)]
Calendars = Annotated[tuple[CalendarAsked, ...], BeforeValidator(_calendars)]


class LogAsked(Model):
    """One entry of `measures`. Subclasses set `statistic` to a literal of its name."""

    id: str
    statistic: str
    by: Names = ()
    where: Where = Field(default_factory=dict)

    def points(self) -> tuple[Point, ...]:
        return ()

    def named(self) -> Iterator[tuple[Path, str]]:
        """Every place that names an attribute of a case, with the name."""
        yield from ((("by",), name) for name in self.by)
        yield from ((("where",), name) for name in self.where)

    def roles(self) -> Iterator[tuple[Path, str]]:
        """Every place that needs a time column to be mapped, with its role."""
        return iter(())

    def need(self) -> Need:
        names = dict.fromkeys(name for _, name in self.named())
        return Need(points=self.points(), attributes=tuple(names))

    @property
    def conditions(self) -> dict[str, tuple[object, ...]]:
        return {
            name: tuple(same(one) for one in (value if isinstance(value, tuple) else (value,)))
            for name, value in self.where.items()
        }


class SpanAsked(LogAsked):
    """A statistic of the time from one moment of a case to another."""

    from_: End = Field(alias="from")
    to: End
    unit: Unit = "day"
    calendar: Calendar = "elapsed"

    def points(self) -> tuple[Point, ...]:
        return (self.from_.point, self.to.point, Point("closed"), Point("last"))

    def named(self) -> Iterator[tuple[Path, str]]:
        yield from super().named()
        if isinstance(self.calendar, CalendarByAsked):
            yield ("calendar",), self.calendar.of

    def roles(self) -> Iterator[tuple[Path, str]]:
        for key, end in (("from", self.from_), ("to", self.to)):
            if isinstance(end, MomentAsked):
                yield (key,), end.moment


class DurationAsked(SpanAsked):
    statistic: Literal["duration"]
    at: tuple[Probability, ...] = ()


class WithinAsked(SpanAsked):
    """limit is a number in `unit`, or the column that holds the standard of each case."""

    statistic: Literal["within"]
    limit: Annotated[Decimal, Field(ge=0)] | str

    def named(self) -> Iterator[tuple[Path, str]]:
        yield from super().named()
        if isinstance(self.limit, str):
            yield ("limit",), self.limit


class CompletionAsked(LogAsked):
    statistic: Literal["completion"]
    end: str | tuple[str, ...]

    def points(self) -> tuple[Point, ...]:
        if isinstance(self.end, str):
            return (Point(self.end),) if self.end in ENDS else ()  # type: ignore[arg-type]
        return tuple(Point("activity", one) for one in self.end)

    def roles(self) -> Iterator[tuple[Path, str]]:
        if isinstance(self.end, str) and self.end in ENDS:
            yield ("end",), self.end

    def named(self) -> Iterator[tuple[Path, str]]:
        yield from super().named()
        if isinstance(self.end, str) and self.end not in ENDS:
            yield ("end",), self.end


class OnTimeAsked(LogAsked):
    statistic: Literal["on_time"]

    def points(self) -> tuple[Point, ...]:
        return (Point("closed"), Point("due"))

    def roles(self) -> Iterator[tuple[Path, str]]:
        yield from ((("statistic",), role) for role in ("closed", "due"))


class LogShareAsked(LogAsked):
    statistic: Literal["share"]
    of: str
    favourable: Annotated[tuple[Value, ...], Field(min_length=1)]

    def named(self) -> Iterator[tuple[Path, str]]:
        yield from super().named()
        yield ("of",), self.of


class VariantsAsked(LogAsked):
    statistic: Literal["variants"]
    top: Annotated[int, Field(ge=1, le=1000)] = 10

    def need(self) -> Need:
        return Need(attributes=super().need().attributes, paths=True)


class FunnelAsked(LogAsked):
    statistic: Literal["funnel"]
    steps: Annotated[tuple[str, ...], Field(min_length=2)]

    def points(self) -> tuple[Point, ...]:
        return tuple(Point("activity", one) for one in self.steps)


class ReworkAsked(LogAsked):
    """Without `of`, every activity counts; with it, only these (repeated submissions, for example)."""

    statistic: Literal["rework"]
    of: tuple[str, ...] = ()

    def need(self) -> Need:
        return Need(attributes=super().need().attributes, repeats=(self.of,))


LOG_STATISTICS: dict[str, type[LogAsked]] = {
    "duration": DurationAsked,
    "completion": CompletionAsked,
    "on_time": OnTimeAsked,
    "within": WithinAsked,
    "share": LogShareAsked,
    "variants": VariantsAsked,
    "funnel": FunnelAsked,
    "rework": ReworkAsked,
}
