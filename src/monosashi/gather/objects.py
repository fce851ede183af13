"""Records that a program sends as JSON objects: laid out as the rows of a file, and read by the same engine.

Each object is judged by itself: a batch answers for every one of its items, in their order.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.errors import Finding
from monosashi.gather import limits
from monosashi.gather.expect import Instrument
from monosashi.gather.findings import shown
from monosashi.gather.mapping import FieldMapping, MappingFile, as_cell
from monosashi.gather.record import ColumnType, Schema
from monosashi.gather.records import Records, read_records
from monosashi.gather.rows import Rows

Object = Mapping[str, Any]
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_PLAIN = (str, bool, int, float, type(None))


@dataclass(frozen=True)
class Item:
    """One object of a batch: the record it became, as JSON; or what is wrong with it.

    `key` is the sha256 of what tells the record from all others, `content` that of the whole record: the
    same key with the same content is the same record sent again.
    """

    record: Mapping[str, Any] | None
    findings: tuple[Finding, ...] = ()
    key: str = ""
    content: str = ""


def read_objects(
    objects: Sequence[object], table: str, schema: Schema, instrument: Instrument
) -> tuple[Item, ...]:
    """An item for each object, in their order. Whole batches are read at once; only faulty ones singly."""
    if all(_is_sound(one, schema, instrument) for one in objects):
        found = _read(objects, schema, instrument)  # type: ignore[arg-type]
        if isinstance(found, Records):
            return tuple(_items(found, table))
    return tuple(_read_one(one, table, schema, instrument) for one in objects)


def stored_types(schema: Schema, instrument: Instrument, names: Sequence[str]) -> dict[str, ColumnType]:
    """The type of each field of a record that was read before."""
    empty = _rows([dict.fromkeys(names, "")])
    records, _ = read_records(empty, _mapping(names), schema, instrument)
    return dict(records.types)


def as_stored(value: Any) -> Any:
    """A value of a record as JSON has it: moments and days as ISO 8601."""
    return value.isoformat() if isinstance(value, datetime | date) else value


def as_typed(value: Any, kind: ColumnType) -> Any:
    """The inverse of :func:`as_stored`."""
    if value is None or kind not in ("date", "timestamp"):
        return value
    return date.fromisoformat(value) if kind == "date" else datetime.fromisoformat(value)


def _is_sound(one: object, schema: Schema, instrument: Instrument) -> bool:
    return next(_faults(one, schema, instrument), None) is None


def _faults(one: object, schema: Schema, instrument: Instrument) -> Iterator[Finding]:
    """What is wrong with the shape of an object, before any cell of it is read."""
    if not isinstance(one, Mapping) or not one:
        yield errors.OBJECT_SHAPE.found()
        return
    for name, value in one.items():
        if not (name in schema.columns or name in instrument.items or instrument.is_choice(name)):
            known = [*schema.columns, *instrument.items]
            yield errors.OBJECT_FIELD.found(column=shown(name), nearest=shown(nearest(name, known), 200))
        elif not isinstance(value, _PLAIN):
            yield errors.OBJECT_NESTED.found(column=name)
        elif isinstance(value, str):
            yield from _text_faults(name, value)


def _text_faults(name: str, text: str) -> Iterator[Finding]:
    if len(text.encode("utf-8", "surrogatepass")) > limits.CELL_BYTES:
        yield errors.CELL_TOO_LARGE.found(column=name, limit=limits.CELL_BYTES)
    if _UNSTORABLE.search(text):
        yield errors.OBJECT_TEXT.found(column=name)


def _read(objects: Sequence[Object], schema: Schema, instrument: Instrument) -> Records | tuple[Finding, ...]:
    rows = _rows(objects)
    records, findings = read_records(rows, _mapping(rows.header), schema, instrument)
    return findings.listed() if findings.count else records


def _read_one(one: object, table: str, schema: Schema, instrument: Instrument) -> Item:
    if faults := tuple(_faults(one, schema, instrument)):
        return Item(None, faults)
    found = _read([one], schema, instrument)  # type: ignore[list-item]
    return next(_items(found, table)) if isinstance(found, Records) else Item(None, found)


def _rows(objects: Sequence[Object]) -> Rows:
    header = tuple(dict.fromkeys(name for one in objects for name in one))
    columns = tuple([as_cell(one.get(name)) for one in objects] for name in header)
    index = {name: place for place, name in enumerate(header)}
    return Rows(header, columns, range(1, len(objects) + 1), index=index)


def _mapping(names: Sequence[str]) -> MappingFile:
    return MappingFile(fields={name: FieldMapping(column=name) for name in names})


def _items(records: Records, table: str) -> Iterator[Item]:
    names = list(records.fields)
    for cells in zip(*records.fields.values(), strict=True):
        record = {name: as_stored(cell) for name, cell in zip(names, cells, strict=True) if cell is not None}
        key = [table, *(record.get(name) for name in records.key)]
        yield Item(record, (), _digest(key), _digest(record))


def _digest(value: object) -> str:
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
