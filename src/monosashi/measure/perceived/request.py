"""The request of `monosashi gap`: a request of estimates and one of a log in a single file.

Each part is handed to the reader of its kind with the lines of the file, so that both are read, checked and
refused as they are on their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monosashi import errors
from monosashi.define.document import Document, Path, read_document
from monosashi.define.fit import fit
from monosashi.errors import Finding, Problem
from monosashi.measure.log.request import DERIVED, LogRequest, log_request_in
from monosashi.measure.perceived.asked import ComparisonAsked, GapAsked
from monosashi.measure.request import Request, request_in

_TIMED = ("from", "to", "calendar", "where")
_ANSWERED = ("item", "favourable", "missing", "where")


@dataclass(frozen=True)
class GapRequest:
    """A checked request. `survey` asks for what was felt (and whether it was reasonable) of each comparison,
    `log` for the time that each took; their entries are named by `entry`."""

    asked: GapAsked
    log: LogRequest
    document: Document

    def survey(self, level: float) -> Request:
        return request_in(_survey(self.document, self.asked, level))


def entry(comparison: ComparisonAsked, part: str) -> str:
    """The id of a part of a comparison: ``processing perceived``."""
    return f"{comparison.id} {part}"


def read_gap_request(file: str, content: bytes) -> GapRequest:
    """The request in a YAML file. Raises REQUEST_INVALID with every mistake by line."""
    document = read_document(file, content)
    findings = list(document.findings)
    if findings or not isinstance(document.value, Mapping):
        findings = findings or [errors.GAP_SHAPE.found(file=file, row=1)]
        raise errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))
    frame = fit(GapAsked, document, findings)
    findings += _twice(document)
    if frame is not None:
        findings += _nameless(document, frame.value)
        findings += _parts_findings(document, frame.value)
    if findings or frame is None:
        raise errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))
    return GapRequest(frame.value, log_request_in(_log(document, frame.value)), document)


def _parts_findings(document: Document, asked: GapAsked) -> Iterator[Finding]:
    """What the readers of the two parts find."""
    try:
        log = log_request_in(_log(document, asked))
    except Problem as problem:
        yield from problem.findings
    else:
        yield from _moment_unmapped(document, asked, log)
    try:
        request_in(_survey(document, asked, asked.level))
    except Problem as problem:
        yield from problem.findings


def _twice(document: Document) -> Iterator[Finding]:
    seen: dict[Any, int] = {}
    listed = document.value.get("comparisons")
    for i, one in enumerate(listed if isinstance(listed, list) else ()):
        named = one.get("id") if isinstance(one, Mapping) else None
        row = document.line(("comparisons", i))
        if isinstance(named, str) and named in seen:
            place: dict[str, Any] = {"file": document.file, "row": row}
            yield errors.REQUEST_ID_TWICE.found(**place, id=named, first=seen[named])
        if isinstance(named, str):
            seen.setdefault(named, row)


def _nameless(document: Document, asked: GapAsked) -> Iterator[Finding]:
    if not asked.comparisons:
        row = document.line(("comparisons",))
        yield errors.GUIDELINE_KEY_MISSING.found(file=document.file, row=row, key="comparisons")
    for i, one in enumerate(asked.comparisons):
        if one.promised is not None and one.promised.values is not None and not asked.shared:
            row = document.line(("comparisons", i, "promised", "values"))
            yield errors.GAP_PROMISED_BY.found(file=document.file, row=row)


def _moment_unmapped(document: Document, asked: GapAsked, log: LogRequest) -> Iterator[Finding]:
    """The period by which cases are told must be a moment that the log has."""
    for name, one in asked.by.items():
        role = getattr(one, "at", "first")
        if role not in (*DERIVED, *log.columns):
            place: dict[str, Any] = {"file": document.file, "row": document.line(("by", name, "at"))}
            yield errors.LOG_ROLE_UNMAPPED.found(**place, role=role)


# ---- the two requests in it ---------------------------------------------------------------------------


def _survey(document: Document, asked: GapAsked, level: float) -> Document:
    """As `monosashi estimate` reads it."""
    by = [one.survey for one in asked.by.values()]
    entries: list[tuple[dict[str, Any], Path]] = []
    for i, one in enumerate(asked.comparisons):
        raw, at = document.value["comparisons"][i], ("comparisons", i)
        statistic = (
            {"statistic": "mean"} if one.statistic == "mean" else {"statistic": "quantile", "at": [0.5]}
        )
        felt = {"id": entry(one, "perceived"), "by": by, **statistic}
        entries.append((felt | _of(raw["perceived"], _ANSWERED), (*at, "perceived")))
        if one.reasonable is not None:
            said = {"id": entry(one, "reasonable"), "statistic": "proportion", "by": by}
            entries.append((said | _of(raw["reasonable"], _ANSWERED), (*at, "reasonable")))
    whole = {**document.value["survey"], "level": level}
    return _composed(document, "survey", whole, "estimates", entries)


def _log(document: Document, asked: GapAsked) -> Document:
    """As `monosashi log` reads it."""
    by = [one.log for one in asked.shared.values()]
    entries: list[tuple[dict[str, Any], Path]] = []
    for i, one in enumerate(asked.comparisons):
        timed = _of(document.value["comparisons"][i]["actual"], _TIMED)
        time = {"id": entry(one, "actual"), "statistic": "duration", "unit": one.unit, "by": by}
        entries.append((time | timed, ("comparisons", i, "actual")))
        if one.promised is not None and one.promised.column is not None:
            kept = {"id": entry(one, "promised"), "statistic": "within", "unit": one.unit, "by": by}
            limit = {"limit": one.promised.column}
            entries.append((kept | timed | limit, ("comparisons", i, "promised")))
    return _composed(document, "log", document.value["log"], "measures", entries)


def _of(raw: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: raw[key] for key in keys if key in raw}


def _composed(
    document: Document,
    part: str,
    whole: Mapping[str, Any],
    key: str,
    entries: list[tuple[dict[str, Any], Path]],
) -> Document:
    """One part with its entries listed under a key; each keeps the lines of where it really stands."""
    lines = dict(document.part(part).lines)
    for i, (_, at) in enumerate(entries):
        moved = {
            (key, i, *path[len(at) :]): row for path, row in document.lines.items() if path[: len(at)] == at
        }
        lines |= moved
    return Document(document.file, {**whole, key: [one for one, _ in entries]}, lines)
