"""A checked request and an opened log → the result of `monosashi log`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from monosashi import __version__, errors
from monosashi.measure.log.asked import (
    CalendarAsked,
    CalendarByAsked,
    CompletionAsked,
    DurationAsked,
    FunnelAsked,
    LogAsked,
    LogShareAsked,
    OnTimeAsked,
    ReworkAsked,
    SpanAsked,
    VariantsAsked,
    WithinAsked,
)
from monosashi.measure.log.business import Holidays
from monosashi.measure.log.cases import NEVER, Cases, EventLog, Split, split
from monosashi.measure.log.clocks import Clock, clocks, one_clock
from monosashi.measure.log.durations import durations
from monosashi.measure.log.paths import funnel, rework, variants
from monosashi.measure.log.request import LogRequest
from monosashi.measure.log.shares import completion, on_time, share, within
from monosashi.measure.log.spans import spans

Entries = Iterator[dict[str, Any]]


def log_answer(request: LogRequest, log: EventLog, holidays: Holidays, *, sha256: str) -> dict[str, Any]:
    """The JSON of the contract: software, log, measures. Raises REQUEST_INVALID for unknown columns.

    holidays tells the public holidays between two days.
    """
    findings = request.unknown_columns(log.columns)
    if findings:
        raise errors.REQUEST_INVALID(where=request.document.file, findings=findings, count=len(findings))
    cases = log.reduced(request.need())
    measures = [entry for one in request.measures for entry in answered(request, one, cases, holidays)]
    return {
        "software": f"monosashi {__version__}",
        "log": {"path": request.log, "sha256": sha256, **_described(cases)},
        "measures": measures,
    }


def _described(cases: Cases) -> dict[str, Any]:
    return {
        "rows": cases.rows,
        "events": cases.events,
        "cases": cases.count,
        "repeated_rows": cases.repeated_rows,
        "quarantined": dict(cases.quarantined),
        "until": _said(cases.until),
    }


def _said(at: int) -> str | None:
    if at == NEVER:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).isoformat()


def answered(request: LogRequest, asked: LogAsked, cases: Cases, holidays: Holidays) -> Entries:
    """One entry for each domain of a measure."""
    parts = split(cases, asked.by, asked.conditions)
    own, found = _computed(request, asked, cases, parts, holidays)
    totals = parts.counts()
    for place, (domain, one) in enumerate(zip(parts.domains, found, strict=True)):
        yield {
            "id": asked.id,
            "statistic": asked.statistic,
            "domain": domain,
            "status": "not_collected" if one["value"] is None else "value",
            "basis": "register",
            **own,
            "n_cases": int(totals[place]),
            **one,
            "quarantined": {**cases.quarantined, **one.get("quarantined", {})},
            "flags": list(dict.fromkeys([*parts.flags, *one.get("flags", ())])),
        }


def _computed(
    request: LogRequest, asked: LogAsked, cases: Cases, parts: Split, holidays: Holidays
) -> tuple[dict[str, Any], Entries]:
    """What all entries of a measure share, and what each domain has of its own."""
    if isinstance(asked, SpanAsked):
        return _of_span(request, asked, cases, parts, holidays)
    found: Entries
    match asked:
        case CompletionAsked():
            found = completion(cases, asked, parts)
        case OnTimeAsked():
            found = on_time(cases, parts)
        case LogShareAsked():
            found = share(cases, asked, parts)
        case VariantsAsked():
            found = variants(cases, asked, parts)
        case FunnelAsked():
            found = funnel(cases, asked, parts)
        case _:
            found = rework(cases, cast(ReworkAsked, asked), parts)
    return {}, found


def _of_span(
    request: LogRequest, asked: SpanAsked, cases: Cases, parts: Split, holidays: Holidays
) -> tuple[dict[str, Any], Entries]:
    found = spans(cases, asked, clock_of(request, asked, cases, holidays))
    own = {"unit": asked.unit, "calendar": _calendar_said(asked)}
    if isinstance(asked, WithinAsked):
        return own | {"limit": asked.limit}, within(cases, asked, found, parts)
    return own, durations(cases, cast(DurationAsked, asked), found, parts)


def clock_of(request: LogRequest, asked: SpanAsked, cases: Cases, holidays: Holidays) -> Clock:
    """The time that counts for each case: its office's hours, or every hour."""
    calendar = asked.calendar
    if not isinstance(calendar, CalendarByAsked):
        return one_clock(request.calendar_of(calendar), holidays, cases.count)

    def of(value: object) -> CalendarAsked | None:
        return request.calendar_of(calendar.hours.get(str(value), calendar.otherwise))

    return clocks(cases.attributes[calendar.of], of, request.calendar_of(calendar.otherwise), holidays)


def _calendar_said(asked: SpanAsked) -> Any:
    """The name of a calendar; of one for each office, which is whose."""
    if isinstance(asked.calendar, CalendarByAsked):
        return asked.calendar.model_dump()
    return asked.calendar.name if isinstance(asked.calendar, CalendarAsked) else asked.calendar
