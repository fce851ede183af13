"""Bytes of an edition → `Edition`, or a Problem that lists everything wrong with the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from monosashi import errors
from monosashi.define.guideline import Guideline
from monosashi.define.period import Period
from monosashi.errors import Finding
from monosashi.measure.estimate import Status
from monosashi.publish import codebook, safe_csv
from monosashi.publish.disclosure import Disclosed, already_disclosed
from monosashi.publish.edition import (
    Change,
    Coverage,
    Edition,
    Progress,
    PublishedComposition,
    PublishedEstimate,
)
from monosashi.publish.edition_files import (
    MANIFEST,
    SUMS,
    TOTAL,
    change_columns,
    composition_columns,
    figure_columns,
    sha256,
)

Row = TypeVar("Row")
_FIGURES = (Status.VALUE, Status.UNRELIABLE)
_STATES = {
    "status": frozenset(Status),
    "verdict": frozenset(codebook.CODES["verdict"]),
    "state": frozenset(
        {*Status, "answered", "not_answered", *codebook.MOVEMENTS, "planned", "under_way", "done", "late"}
    ),
    "mixed": frozenset(codebook.CODES["mixed"]),
}
_COMPOSED = ("all_before", "all_after", "both_before", "both_after", "within", "shift", "left", "joined")
_UNITS = ("units_before", "units_after", "units_both", "units_left", "units_joined", "units_silent")


def read_edition(files: Mapping[str, bytes]) -> Edition:
    """Raises EDITION_DAMAGED with every finding: a digest, a column or a state not as it should be."""
    manifest = _manifest(files)
    dimensions = list(manifest["dimensions"])
    findings = digest_findings(files, manifest)
    tables = {
        "estimates.csv": _rows(files, "estimates.csv", figure_columns(dimensions), findings),
        "changes.csv": _rows(files, "changes.csv", change_columns(dimensions), findings),
        "coverage.csv": _rows(files, "coverage.csv", list(codebook.COLUMNS["coverage.csv"]), findings),
        "roadmap.csv": _rows(files, "roadmap.csv", list(codebook.COLUMNS["roadmap.csv"]), findings),
        "codebook.csv": _rows(files, "codebook.csv", list(codebook.HEADER), findings),
    }
    estimates = _made(
        tables["estimates.csv"], "estimates.csv", lambda row: _estimate(row, dimensions), findings
    )
    changes = _made(tables["changes.csv"], "changes.csv", lambda row: _change(row, dimensions), findings)
    coverage = _made(tables["coverage.csv"], "coverage.csv", _coverage, findings)
    compositions = _compositions(files, dimensions, findings)
    if findings:
        raise errors.EDITION_DAMAGED(where=str(manifest["id"]), findings=findings)
    return Edition(
        id=manifest["id"],
        period=manifest["period"],
        synthetic=bool(manifest["synthetic"]),
        built_on=manifest["built_on"],
        next_on=manifest["next_on"],
        guideline=Guideline.model_validate_json(files["guideline.json"]),
        tables=manifest["tables"],
        software=manifest["software"],
        previous=manifest["previous"],
        previous_digest=manifest["previous_digest"],
        digest=sha256(files[MANIFEST]),
        files={**manifest["files"], MANIFEST: sha256(files[MANIFEST])},
        estimates=tuple(estimates),
        changes=tuple(changes),
        coverage=tuple(coverage),
        roadmap=tuple(Progress(**row) for row in tables["roadmap.csv"]),  # type: ignore[arg-type]
        labels=codebook.labels_of(tables["codebook.csv"], dimensions),
        compositions=tuple(compositions),
    )


def published_before(edition: Edition) -> Disclosed:
    """The figures of an edition that was read and checked, to be carried on in the next one."""
    return already_disclosed(edition.estimates, edition.changes, edition.coverage, edition.compositions)


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise errors.EDITION_DAMAGED(findings=[errors.EDITION_FILE_MISSING.found(file=MANIFEST)])
    try:
        manifest: dict[str, Any] = json.loads(files[MANIFEST])
        Period.named(manifest["period"])
        manifest["dimensions"], manifest["files"], manifest["id"], manifest["tables"]
    except (ValueError, KeyError, TypeError) as problem:
        raise errors.EDITION_DAMAGED(findings=[errors.EDITION_UNREADABLE.found(file=MANIFEST)]) from problem
    return manifest


def digest_findings(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> list[Finding]:
    """Files that are missing, changed, or not named in the manifest."""
    named: Mapping[str, str] = manifest["files"]
    findings = [errors.EDITION_FILE_MISSING.found(file=name) for name in sorted(set(named) - set(files))]
    findings += [
        errors.EDITION_FILE_CHANGED.found(file=name)
        for name in sorted(set(named) & set(files))
        if sha256(files[name]) != named[name]
    ]
    extra = sorted(set(files) - set(named) - {MANIFEST, SUMS})
    return findings + [errors.EDITION_FILE_UNKNOWN.found(file=name) for name in extra]


def _rows(
    files: Mapping[str, bytes], file: str, columns: Sequence[str], findings: list[Finding]
) -> list[Mapping[str, str]]:
    try:
        header, rows = safe_csv.read(files.get(file, b""))
    except ValueError:
        findings.append(errors.EDITION_UNREADABLE.found(file=file))
        return []
    if header != list(columns):
        wrong = sorted(set(header) ^ set(columns)) or header
        findings.append(errors.EDITION_COLUMNS.found(file=file, columns=", ".join(wrong)))
        return []
    for column in set(_STATES) & set(columns):
        findings += [
            errors.EDITION_STATE.found(row=number, column=column, file=file, value=row[column])
            for number, row in enumerate(rows, start=2)
            if row[column] not in _STATES[column]
        ]
    return rows if not findings else []


def _made(
    rows: Sequence[Mapping[str, str]],
    file: str,
    make: Callable[[Mapping[str, str]], Row],
    findings: list[Finding],
) -> list[Row]:
    made = []
    for number, row in enumerate(rows, start=2):
        try:
            made.append(make(row))
        except ValueError:
            findings.append(errors.EDITION_UNREADABLE.found(row=number, file=file))
    return made


def _estimate(row: Mapping[str, str], dimensions: Sequence[str]) -> PublishedEstimate:
    status = Status(row["status"])
    if (status in _FIGURES) != bool(row["value"]):
        raise ValueError("a figure and its status contradict each other")
    return PublishedEstimate(
        indicator=row["indicator"],
        measure=row["measure"],
        period=row["period"],
        definition_version=row["definition_version"],
        domain=_domain(row, dimensions),
        status=status,
        reason=row["reason"] or None,
        value=_number(row["value"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        level=_number(row["level"]),
        interval_method=row["interval_method"] or None,
        n=int(row["n"]) if row["n"] else None,
        n_effective=int(row["n_effective"]) if row["n_effective"] else None,
        deff=_number(row["deff"]),
        basis=row["basis"],
        digits=int(row["digits"]),
        flags=tuple(row["flags"].split()),
    )


def _change(row: Mapping[str, str], dimensions: Sequence[str]) -> Change:
    return Change(
        indicator=row["indicator"],
        measure=row["measure"],
        domain=_domain(row, dimensions),
        from_period=row["from_period"],
        to_period=row["to_period"],
        difference=_number(row["difference"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        verdict=row["verdict"],  # type: ignore[arg-type]
        digits=int(row["digits"]),
    )


def _compositions(
    files: Mapping[str, bytes], dimensions: Sequence[str], findings: list[Finding]
) -> list[PublishedComposition]:
    """Editions from before compositions were told have no such file."""
    name = "composition.csv"
    if name not in files:
        return []
    rows = _rows(files, name, composition_columns(dimensions), findings)
    return _made(rows, name, lambda row: _composition(row, dimensions), findings)


def _composition(row: Mapping[str, str], dimensions: Sequence[str]) -> PublishedComposition:
    figures = {column: _number(row[column]) for column in _COMPOSED}
    units = {column: int(row[column]) for column in _UNITS}
    return PublishedComposition(
        indicator=row["indicator"],
        measure=row["measure"],
        domain=_domain(row, dimensions),
        from_period=row["from_period"],
        to_period=row["to_period"],
        **figures,  # type: ignore[arg-type]
        **units,
        mixed=row["mixed"],  # type: ignore[arg-type]
        digits=int(row["digits"]),
    )


def _coverage(row: Mapping[str, str]) -> Coverage:
    return Coverage(row["indicator"], row["measure"], row["subject"], row["state"], int(row["count"]))


def _domain(row: Mapping[str, str], dimensions: Sequence[str]) -> dict[str, str]:
    return {name: row[name] for name in dimensions if row[name] != TOTAL}


def _number(text: str) -> float | None:
    return float(text) if text else None
