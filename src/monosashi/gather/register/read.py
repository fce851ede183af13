"""A file of organizations, services, procedures or tools → entries, with what a person should see first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.errors import Finding
from monosashi.gather.expect import Instrument
from monosashi.gather.mapping import MappingFile
from monosashi.gather.opened import Opener, open_text
from monosashi.gather.preview import Preview, preview
from monosashi.gather.record import Schema
from monosashi.gather.records import read_records
from monosashi.gather.register.entries import SEPARATOR, Entries, entries_of
from monosashi.gather.register.schemas import LISTS, REGISTER


@dataclass(frozen=True)
class Reading:
    """Entries and the preview of the file they come from; with findings, nothing of it is stored."""

    entries: Entries
    preview: Preview


def read_register(
    kind: str,
    content: bytes,
    mapping: MappingFile,
    *,
    encoding: str | None = None,
    where: str = "",
    opener: Opener = open_text,
) -> Reading:
    """Raises what cannot be read at all; everything else is a finding of the preview.

    `opener` knows more forms of files than texts (`adapters.opened_file`).
    """
    opened, mapping = opener(content, mapping.file, encoding, where), _with_splits(mapping)
    schema = REGISTER[kind]
    records, findings = read_records(opened.rows, mapping, schema, Instrument(kind))
    findings.extend([*_strange(mapping, schema)])
    entries = entries_of(kind, records, mapping, findings)
    return Reading(entries, preview(opened, records, findings))


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
