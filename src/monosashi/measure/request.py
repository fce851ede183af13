"""The request of `monosashi estimate`, read and checked before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from monosashi import errors
from monosashi.define.document import Document, read_document
from monosashi.define.fit import fit, nearest
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Asked, Level, Names
from monosashi.measure.cells import Value, same
from monosashi.measure.design import SinglePsu
from monosashi.measure.judging_asked import FamilyAsked, ReliabilityAsked, family_faults
from monosashi.measure.replication_asked import ReplicatesAsked, replicate_faults
from monosashi.measure.statistics.catalog import STATISTICS
from monosashi.measure.weighting.asked import CalibrationAsked, NonresponseAsked, calibration_faults


class DesignAsked(Model):
    weight: str | None = None
    stratum: Names | str = ()
    psu: str | None = None
    fpc: str | None = None
    single_psu: SinglePsu = "adjust"
    replicates: ReplicatesAsked | None = None

    @property
    def strata(self) -> Names:
        return (self.stratum,) if isinstance(self.stratum, str) else self.stratum


class SurveyAsked(Model):
    """A survey: its table, its sample and its weights, whatever is estimated from it."""

    table: Annotated[str, Field(min_length=1)]
    sheet: str | None = None
    missing: tuple[Value | None, ...] = ()
    design: DesignAsked = DesignAsked()
    nonresponse: NonresponseAsked | None = None
    calibration: CalibrationAsked | None = None
    reliability: ReliabilityAsked = ReliabilityAsked()


class _Frame(SurveyAsked):
    """A request with its estimates still unread: each is checked as the statistic it names."""

    level: Level = 0.95
    families: tuple[FamilyAsked, ...] = ()
    estimates: Annotated[tuple[Any, ...], Field(min_length=1)]


class Request:
    """A checked request, with the lines of its file for whatever turns out wrong later."""

    def __init__(self, frame: _Frame, estimates: tuple[Asked, ...], document: Document) -> None:
        self.table, self.sheet, self.design = frame.table, frame.sheet, frame.design
        self.nonresponse, self.calibration = frame.nonresponse, frame.calibration
        self.missing: tuple[Value, ...] = tuple(value for value in frame.missing if value not in (None, ""))
        self.level, self.estimates, self.document = frame.level, estimates, document
        self.reliability, self.families = frame.reliability.settled, frame.families

    def unknown_columns(self, columns: Iterable[str]) -> list[Finding]:
        """Every place that names a column the table does not have, with the nearest it has."""
        known = tuple(columns)
        unknown = [(path, name) for path, name in self._named() if name not in known]
        replicates = self.design.replicates
        unknown += (
            [(("design", "replicates", "weights"), name) for name in replicates.unknown(known)]
            if replicates
            else []
        )
        return [self._unknown(path, name, known) for path, name in unknown]

    def _unknown(self, path: tuple[str | int, ...], name: str, known: tuple[str, ...]) -> Finding:
        where = {"file": self.document.file, "row": self.document.line(path)}
        return errors.COLUMN_UNKNOWN.found(**where, column=name, nearest=nearest(name, known))  # type: ignore[arg-type]

    def _named(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        design = self.design
        for key, name in (("weight", design.weight), ("psu", design.psu), ("fpc", design.fpc)):
            if name is not None:
                yield ("design", key), name
        yield from ((("design", "stratum"), name) for name in design.strata)
        for weighting in (self.nonresponse, self.calibration):
            yield from weighting.columns() if weighting else ()
        for i, asked in enumerate(self.estimates):
            yield from ((("estimates", i, *path), name) for path, name in asked.columns())


def read_request(file: str, content: bytes) -> Request:
    """The request in a YAML file. Raises REQUEST_INVALID with every mistake by line."""
    document = read_document(file, content)
    if document.findings or not isinstance(document.value, Mapping):
        raise _invalid(file, list(document.findings) or [errors.REQUEST_SHAPE.found(file=file, row=1)])
    return request_in(document)


def request_in(document: Document) -> Request:
    """The request that a document holds. Raises REQUEST_INVALID with every mistake by line."""
    findings: list[Finding] = []
    frame = fit(_Frame, document, findings)
    estimates = _estimates(document, findings)
    if frame is not None and frame.value.calibration is not None:
        findings += calibration_faults(frame.value.calibration, document)
    if frame is not None:
        findings += _replicate_faults(frame.value, estimates, document)
    if frame is not None:
        findings += family_faults(frame.value.families, frame.value.estimates, document)
    if findings or frame is None:
        raise _invalid(document.file, findings)
    return Request(frame.value, tuple(estimates), document)


def _replicate_faults(frame: _Frame, estimates: list[Asked], document: Document) -> Iterable[Finding]:
    if frame.design.replicates is None:
        return ()
    weighted = bool(frame.calibration or frame.nonresponse)
    return replicate_faults(frame.design, weighted, estimates, document)


def _invalid(file: str, findings: list[Finding]) -> errors.Problem:
    return errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))


def _estimates(document: Document, findings: list[Finding]) -> list[Asked]:
    listed, missing = (document.value.get(key) for key in ("estimates", "missing"))
    everywhere = missing if isinstance(missing, list) else []
    found: list[Asked] = []
    seen: dict[str, int] = {}
    for i, entry in enumerate(listed if isinstance(listed, list) else ()):
        asked = _estimate(document.part("estimates", i), entry, everywhere, findings)
        if asked is None:
            continue
        line = document.line(("estimates", i))
        if asked.id in seen:
            again = {"id": asked.id, "first": seen[asked.id]}
            findings.append(errors.REQUEST_ID_TWICE.found(file=document.file, row=line, **again))  # type: ignore[arg-type]
        seen.setdefault(asked.id, line)
        found.append(asked)
    return found


def _estimate(
    document: Document, entry: Any, missing: Iterable[Any], findings: list[Finding]
) -> Asked | None:
    statistic = entry.get("statistic") if isinstance(entry, Mapping) else None
    if isinstance(statistic, str) and statistic in STATISTICS:
        fitted = fit(STATISTICS[statistic], document, findings)
        if fitted is None:
            return None
        findings += _codes_twice(fitted.value, missing, document)
        return fitted.value
    findings.append(_no_statistic(entry, document))
    return None


def _no_statistic(entry: Any, document: Document) -> Finding:
    place: dict[str, Any] = {"file": document.file, "row": document.line(("statistic",))}
    if not isinstance(entry, Mapping):
        expected: dict[str, Any] = {
            "expected_ja": "「名前: 値」の組",
            "expected_en": "pairs of 'name: value'",
        }
        return errors.GUIDELINE_VALUE.found(**place, key="estimates", value=entry, **expected)
    if "statistic" not in entry:
        return errors.GUIDELINE_KEY_MISSING.found(**place, key="statistic")
    available = ", ".join(STATISTICS)
    return errors.STATISTIC_NOT_AVAILABLE.found(**place, statistic=entry["statistic"], available=available)


def _codes_twice(asked: Asked, everywhere: Iterable[Any], document: Document) -> Iterable[Finding]:
    """Codes that cannot be both a good answer and none."""
    missing = {same(code) for code in (*asked.missing, *everywhere)}
    for code in asked.codes():
        if same(code) in missing:
            row = document.line(("favourable",))
            yield errors.REQUEST_CODE_BOTH.found(file=document.file, row=row, code=code)
