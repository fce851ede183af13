"""A file of organizations, services, procedures or tools → entries, with what a person should see first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.gather.csv_rows import Rows, read_rows
from monosashi.gather.encoding import read_text
from monosashi.gather.expect import Instrument
from monosashi.gather.mapping import MappingFile
from monosashi.gather.preview import Preview
from monosashi.gather.record import Schema
from monosashi.gather.records import read_records
from monosashi.gather.register.entries import SEPARATOR, Entries, entries_of
from monosashi.gather.register.schemas import LISTS, REGISTER

PARQUET = Text(ja="Parquet は文字と型を自分で持っています", en="Parquet carries its own characters and types")


@dataclass(frozen=True)
class Reading:
    """Entries and the preview of the file they come from; with findings, nothing of it is stored."""

    entries: Entries
    preview: Preview


def read_register(
    kind: str, content: bytes, mapping: MappingFile, *, encoding: str | None = None, where: str = ""
) -> Reading:
    """From a text file. Raises what cannot be read at all; everything else is a finding of the preview."""
    decoded = read_text(content, encoding or mapping.file.encoding, where=where)
    rows = read_rows(decoded.text, separator=mapping.file.separator, where=where)
    return _reading(
        kind, rows, mapping, encoding=decoded.encoding, evidence=decoded.evidence, replaced=decoded.replaced
    )


def read_register_rows(kind: str, rows: Rows, mapping: MappingFile) -> Reading:
    """From rows that an adapter took out of a Parquet file; their lines are the numbers of its rows."""
    return _reading(kind, rows, mapping, encoding="parquet", evidence=PARQUET)


def _reading(
    kind: str, rows: Rows, mapping: MappingFile, *, encoding: str, evidence: Text, replaced: int = 0
) -> Reading:
    schema, mapping = REGISTER[kind], _with_splits(mapping)
    records, findings = read_records(rows, mapping, schema, Instrument(kind))
    findings.extend([*_strange(mapping, schema)])
    entries = entries_of(kind, records, mapping, findings)
    separator = "—" if encoding == "parquet" else rows.separator
    seen = Preview(encoding, evidence, replaced, separator, rows.header, rows.blank, records, findings)
    return Reading(entries, seen)


def _with_splits(mapping: MappingFile) -> MappingFile:
    """Fields that hold any number of words are split without being told to."""
    fields = {
        name: field.model_copy(update={"split": SEPARATOR}) if name in LISTS and not field.split else field
        for name, field in mapping.fields.items()
    }
    return mapping.model_copy(update={"fields": fields})


def _strange(mapping: MappingFile, schema: Schema) -> Iterator[Finding]:
    """The register has the columns it has; one of a type of its own has no place in it."""
    if mapping.table not in (None, schema.name):
        yield errors.REGISTER_TABLE.found(table=mapping.table, kind=schema.name)
    for name, field in mapping.fields.items():
        if name not in schema.columns and field.type is not None:
            yield errors.FIELD_UNKNOWN.found(field=name, nearest=nearest(name, schema.columns))
