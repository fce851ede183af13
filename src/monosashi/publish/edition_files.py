"""An edition as bytes: written once, the same input always the same digest; read back and checked.

The files: `edition.json` (with the sha256 of every other file), four tables, the codebook, the whole
guideline, a README and `SHA256SUMS`. A Parquet twin of the tables and the catalog come with the complete
open data release.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from monosashi.define.guideline import Guideline
from monosashi.publish import codebook, readme, safe_csv
from monosashi.publish.disclosure import Disclosed
from monosashi.publish.edition import Progress, PublishedEstimate

TOTAL = "_T"
MANIFEST = "edition.json"
SUMS = "SHA256SUMS"
FORMAT = 1


@dataclass(frozen=True)
class Contents:
    """Everything that goes into an edition. `labels[""]` names the dimensions themselves."""

    id: str
    period: str
    synthetic: bool
    built_on: str
    next_on: str | None
    guideline: Guideline
    tables: Mapping[str, int]
    software: str
    previous: str | None
    previous_digest: str | None
    disclosed: Disclosed
    roadmap: Sequence[Progress] = ()
    labels: codebook.Labels = field(default_factory=dict)


def write_edition(contents: Contents) -> dict[str, bytes]:
    """File name → bytes. Raises TypeError for figures that did not pass disclosure control."""
    if not isinstance(contents.disclosed, Disclosed):
        raise TypeError("only Disclosed figures can be written")
    dimensions = _dimensions(contents.disclosed)
    files = {
        "estimates.csv": _estimates(contents.disclosed.estimates, dimensions),
        "changes.csv": _changes(contents.disclosed, dimensions),
        "coverage.csv": _plain("coverage.csv", contents.disclosed.coverage),
        "composition.csv": _table(
            composition_columns(dimensions), dimensions, contents.disclosed.compositions
        ),
        "roadmap.csv": _plain("roadmap.csv", contents.roadmap),
        "codebook.csv": safe_csv.write(
            codebook.HEADER, codebook.rows(contents.guideline, dimensions, contents.labels)
        ),
        "guideline.json": as_json(contents.guideline.model_dump(mode="json", by_alias=True)),
        "README.md": readme.text(
            contents.id, contents.period, contents.synthetic, contents.software
        ).encode(),
    }
    files[MANIFEST] = _manifest(contents, dimensions, files)
    files[SUMS] = "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()
    return files


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def as_json(thing: Any) -> bytes:
    return (json.dumps(thing, ensure_ascii=False, indent=1) + "\n").encode()


def _dimensions(disclosed: Disclosed) -> list[str]:
    """Every dimension in use, in the order of first use."""
    domains = [row.domain for row in disclosed.estimates] + [row.domain for row in disclosed.changes]
    return list(dict.fromkeys(name for domain in domains for name in domain))


def figure_columns(dimensions: Sequence[str]) -> list[str]:
    """The dimensions stand between what a figure is and what it says."""
    names = list(codebook.COLUMNS["estimates.csv"])
    return [*names[:4], *dimensions, *names[4:]]


def change_columns(dimensions: Sequence[str]) -> list[str]:
    names = list(codebook.COLUMNS["changes.csv"])
    return [*names[:2], *dimensions, *names[2:]]


def composition_columns(dimensions: Sequence[str]) -> list[str]:
    names = list(codebook.COLUMNS["composition.csv"])
    return [*names[:2], *dimensions, *names[2:]]


def _estimates(rows: Iterable[PublishedEstimate], dimensions: Sequence[str]) -> bytes:
    return _table(figure_columns(dimensions), dimensions, rows)


def _changes(disclosed: Disclosed, dimensions: Sequence[str]) -> bytes:
    return _table(change_columns(dimensions), dimensions, disclosed.changes)


def _table(header: Sequence[str], dimensions: Sequence[str], rows: Iterable[Any]) -> bytes:
    def cells(row: Any) -> list[safe_csv.Cell]:
        values = {**vars(row), **{name: row.domain.get(name, TOTAL) for name in dimensions}}
        values["flags"] = " ".join(values.get("flags", ()))
        return [None if values[name] is None else _plain_value(values[name]) for name in header]

    return safe_csv.write(header, map(cells, rows))


def _plain_value(value: Any) -> safe_csv.Cell:
    return value if isinstance(value, int | float) else str(value)


def _plain(file: str, rows: Iterable[Any]) -> bytes:
    header = list(codebook.COLUMNS[file])
    return safe_csv.write(header, ([asdict(row)[name] for name in header] for row in rows))


def _manifest(contents: Contents, dimensions: Sequence[str], files: Mapping[str, bytes]) -> bytes:
    return as_json(
        {
            "format": FORMAT,
            "id": contents.id,
            "period": contents.period,
            "synthetic": contents.synthetic,
            "guideline": {"id": contents.guideline.id, "version": contents.guideline.version},
            "tables": dict(sorted(contents.tables.items())),
            "software": contents.software,
            "built_on": contents.built_on,
            "next_on": contents.next_on,
            "previous": contents.previous,
            "previous_digest": contents.previous_digest,
            "dimensions": list(dimensions),
            "license": "CC-BY-4.0",
            "files": {name: sha256(files[name]) for name in sorted(files)},
        }
    )
