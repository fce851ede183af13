"""The request of `monosashi log`, read and checked before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from monosashi import errors
from monosashi.define.document import Document, read_document
from monosashi.define.fit import fit, nearest
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Path
from monosashi.measure.log.asked import (
    ENDS,
    LOG_STATISTICS,
    CalendarAsked,
    CalendarByAsked,
    Calendars,
    LogAsked,
    SpanAsked,
)
from monosashi.measure.log.cases import Need
from monosashi.measure.log.moments import moment_of, offset_of

ROLES = ("case", "activity", "at", "started", "opened", "closed", "due", "side")
XES = {"case": "case:concept:name", "activity": "concept:name", "at": "time:timestamp"}
LAKE = {"case": "case_id", "activity": "activity", "at": "occurred_at", "side": "side"}  # its table `events`
DERIVED = ("first", "last")  # moments that need no column of their own


def _offset(value: Any) -> Any:
    if not isinstance(value, str) or offset_of(value) is None:
        raise PydanticCustomError("log_offset", "an offset like +09:00")
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or moment_of(value, "+09:00") is None:
        raise PydanticCustomError("log_moment", "a time like 2026-03-31T23:59:59+09:00")
    return value


class LogFileAsked(Model):
    """A log: its file, what the columns mean and how times are read, whatever is counted in it."""

    log: Annotated[str, Field(min_length=1)]
    sheet: str | None = None
    columns: dict[str, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    deduplicate: tuple[str, ...] = ()
    offset: Annotated[str, BeforeValidator(_offset)] = "+09:00"
    as_of: Annotated[str, BeforeValidator(_moment)] | None = None
    calendar: Calendars = ()


class _Frame(LogFileAsked):
    """A request with its measures still unread: each is checked as the statistic it names."""

    measures: Annotated[tuple[Any, ...], Field(min_length=1)]


class LogRequest:
    """A checked request, with the lines of its file for whatever turns out wrong later."""

    def __init__(self, frame: _Frame, measures: tuple[LogAsked, ...], document: Document) -> None:
        self.log, self.sheet, self.offset = frame.log, frame.sheet, frame.offset
        self.columns: dict[str, str] = {**(LAKE if frame.log.startswith("lake:") else XES), **frame.columns}
        self.deduplicate, self.measures, self.document = frame.deduplicate, measures, document
        self.as_of = moment_of(frame.as_of, frame.offset) if frame.as_of else None
        self.calendars = _calendars(frame)

    def column(self, name: str) -> str:
        """The column of the file that a name of the request means: a mapped name, else a column."""
        return self.columns.get(name, name)

    def need(self) -> Need:
        """What all measures together need of each case."""
        needs = [one.need() for one in self.measures]
        mapped = "side" in self.columns or "started" in self.columns
        return Need(
            points=_once(point for need in needs for point in need.points if self._mapped(point.moment)),
            attributes=_once(name for need in needs for name in need.attributes),
            repeats=_once(one for need in needs for one in need.repeats),
            paths=any(need.paths for need in needs),
            gaps=mapped and any(one.statistic == "duration" for one in self.measures),
        )

    def _mapped(self, moment: str) -> bool:
        return moment in self.columns or moment in DERIVED or moment == "activity"

    def calendar_of(self, named: str | CalendarAsked) -> CalendarAsked | None:
        """None is elapsed time."""
        if isinstance(named, CalendarAsked):
            return named
        return None if named == "elapsed" else self.calendars[named]

    def unknown_columns(self, known: Iterable[str]) -> list[Finding]:
        """Every place that names a column the log does not have, with the nearest it has."""
        columns = tuple(known)
        return [
            errors.COLUMN_UNKNOWN.found(
                file=self.document.file,
                row=self.document.line(path),
                column=name,
                nearest=nearest(name, columns),
            )
            for path, name in self._named()
            if name not in columns
        ]

    def _named(self) -> Iterator[tuple[Path, str]]:
        yield from ((("columns", role), name) for role, name in self.columns.items())
        yield from ((("deduplicate",), self.column(name)) for name in self.deduplicate)
        for i, one in enumerate(self.measures):
            yield from ((("measures", i, *path), self.column(name)) for path, name in one.named())


def _calendars(frame: _Frame) -> dict[str, CalendarAsked]:
    return {"business": CalendarAsked(), **{one.name: one for one in frame.calendar}}


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def read_log_request(file: str, content: bytes) -> LogRequest:
    """The request in a YAML file. Raises REQUEST_INVALID with every mistake by line."""
    document = read_document(file, content)
    if document.findings or not isinstance(document.value, Mapping):
        raise _invalid(file, list(document.findings) or [errors.LOG_SHAPE.found(file=file, row=1)])
    return log_request_in(document)


def log_request_in(document: Document) -> LogRequest:
    """The request that a document holds. Raises REQUEST_INVALID with every mistake by line."""
    findings: list[Finding] = []
    frame = fit(_Frame, document, findings)
    measures = _measures(document, findings)
    if findings or frame is None:
        raise _invalid(document.file, findings)
    request = LogRequest(frame.value, tuple(measures), document)
    findings += _faults(request)
    if findings:
        raise _invalid(document.file, findings)
    return request


def _invalid(file: str, findings: list[Finding]) -> errors.Problem:
    return errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))


def _measures(document: Document, findings: list[Finding]) -> list[LogAsked]:
    listed = document.value.get("measures")
    found: list[LogAsked] = []
    seen: dict[str, int] = {}
    for i, entry in enumerate(listed if isinstance(listed, list) else ()):
        asked = _measure(document.part("measures", i), entry, findings)
        if asked is None:
            continue
        row = document.line(("measures", i))
        if asked.id in seen:
            findings.append(
                errors.REQUEST_ID_TWICE.found(file=document.file, row=row, id=asked.id, first=seen[asked.id])
            )
        seen.setdefault(asked.id, row)
        found.append(asked)
    return found


def _measure(document: Document, entry: Any, findings: list[Finding]) -> LogAsked | None:
    statistic = entry.get("statistic") if isinstance(entry, Mapping) else None
    if isinstance(statistic, str) and statistic in LOG_STATISTICS:
        fitted = fit(LOG_STATISTICS[statistic], document, findings)
        return fitted.value if fitted else None
    place: dict[str, Any] = {"file": document.file, "row": document.line(("statistic",))}
    findings.append(
        errors.STATISTIC_NOT_AVAILABLE.found(
            **place, statistic=statistic, available=", ".join(LOG_STATISTICS)
        )
    )
    return None


def _faults(request: LogRequest) -> Iterator[Finding]:
    """What is well-formed and yet cannot be: times that no column tells, calendars that nobody declared."""
    for i, one in enumerate(request.measures):
        for path, role in one.roles():
            if role in ENDS and role not in (*DERIVED, *request.columns):
                yield _found(errors.LOG_ROLE_UNMAPPED, request, ("measures", i, *path), role=role)
        if isinstance(one, SpanAsked):
            yield from _calendar_faults(request, one, ("measures", i, "calendar"))
    for calendar in request.calendars.values():
        yield from _hours_faults(request, calendar, ("calendar",))


def _calendar_faults(request: LogRequest, asked: SpanAsked, path: Path) -> Iterator[Finding]:
    if isinstance(asked.calendar, CalendarAsked):
        yield from _hours_faults(request, asked.calendar, path)
        return
    known = ("elapsed", *request.calendars)
    named = asked.calendar.names if isinstance(asked.calendar, CalendarByAsked) else (asked.calendar,)
    for name in dict.fromkeys(named):
        if name not in known:
            yield _found(errors.LOG_CALENDAR_UNKNOWN, request, path, name=name, known=", ".join(known))


def _hours_faults(request: LogRequest, calendar: CalendarAsked, path: Path) -> Iterator[Finding]:
    if calendar.hours[0] >= calendar.hours[1] or not calendar.weekdays:
        yield _found(errors.LOG_CALENDAR_CLOSED, request, path, name=calendar.name)


def _found(kind: errors.Kind, request: LogRequest, path: Path, **details: Any) -> Finding:
    return kind.found(file=request.document.file, row=request.document.line(path), **details)
