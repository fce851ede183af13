"""The mapping file: how the columns of somebody's file become the fields of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from monosashi import errors
from monosashi.define.document import Document, read_document
from monosashi.define.fit import Placed, fit
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.record import STATES, ColumnType, Range
from monosashi.gather.rows import Separator
from monosashi.gather.written import Epoch, Numbers, Percent

Value = str | bool | int | float | None
_SOURCES = ("column", "columns", "value")
_NO_DEFAULT = ("",)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class FieldMapping(_Strict):
    """Where one field comes from: a column, several joined by `join`, or one value for every row.

    `codes` turns what stands in the cells into what is stored; cells in `missing` are no answer.
    `range` bounds numbers, ends included; `offset` is the offset from UTC of moments written without one.
    `numbers`, `percent` and `serial` say what cells mean that could mean two things; `cells`, whether what
    counts of a column with value labels are its codes or its labels; `states`, which of the five states a
    cell of `quantity` stands for.
    `split` parts a cell that holds several words; `codes` and `missing` then speak of each of them.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = "-"
    value: Value = None
    type: ColumnType | None = None
    codes: dict[str, Value] = Field(default_factory=dict)
    missing: tuple[str, ...] | None = None
    range: tuple[float | None, ...] | None = None
    offset: str | None = Field(default=None, pattern=r"^(Z|[+-](0\d|1[0-4]):[0-5]\d)$")
    numbers: Numbers | None = None
    percent: Percent | None = None
    serial: Epoch | None = None
    cells: Literal["codes", "labels"] | None = None
    states: dict[str, str] = Field(default_factory=dict)
    split: str | None = Field(default=None, min_length=1, max_length=3)
    comment: bool = False  # free text, which goes to the table comments

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        """``weight: wt`` is short for ``weight: {column: wt}``."""
        return {"column": str(given)} if isinstance(given, str | int | float) else given

    @field_validator("column", mode="before")
    @classmethod
    def _name(cls, given: Any) -> Any:
        return as_cell(given)

    @field_validator("columns", "missing", mode="before")
    @classmethod
    def _names(cls, given: Any) -> Any:
        return tuple(as_cell(each) for each in given) if isinstance(given, list) else given

    @field_validator("numbers", mode="before")
    @classmethod
    def _sample(cls, given: Any) -> Any:
        return None if given is None else as_cell(given)

    @field_validator("codes", "states", mode="before")
    @classmethod
    def _cells(cls, given: Any) -> Any:
        return {as_cell(key): value for key, value in given.items()} if isinstance(given, dict) else given

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.column,) if self.column is not None else self.columns

    @property
    def bounds(self) -> Range | None:
        return (self.range[0], self.range[1]) if self.range else None


class FileFormat(_Strict):
    """What the file says about itself wrongly or not at all. Everything here is optional."""

    encoding: str | None = None
    separator: Separator | None = None
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    last_row: int | None = Field(default=None, ge=1)
    missing: tuple[str, ...] = _NO_DEFAULT
    numbers: Numbers = "1234.5"

    @field_validator("sheet", "numbers", mode="before")
    @classmethod
    def _name(cls, given: Any) -> Any:
        """A sheet may be called 2025, and a sample is written without quotation marks."""
        return None if given is None else as_cell(given)

    @field_validator("missing", mode="before")
    @classmethod
    def _names(cls, given: Any) -> Any:
        return tuple(as_cell(each) for each in given) if isinstance(given, list) else given


class MappingFile(_Strict):
    table: str | None = None
    file: FileFormat = Field(default_factory=FileFormat)
    key: tuple[str, ...] = ()
    fields: dict[str, FieldMapping]


def as_cell(value: Any) -> Any:
    """As it stands in a cell: YAML's 5 and true are the texts 5 and true there."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value) if isinstance(value, int | float) else value


def read_mapping(name: str, content: bytes) -> MappingFile:
    """Raises `mapping-invalid` with the line of everything that is wrong; unknown keys are refused."""
    document = read_document(name, content)
    findings = list(document.findings)
    placed = fit(MappingFile, document, findings) if document.value is not None else None
    if placed:
        findings += _unclear(placed)
    if findings or placed is None:
        raise errors.MAPPING_INVALID(where=name, findings=findings, count=len(findings))
    return placed.value


def _unclear(placed: Placed[MappingFile]) -> Iterator[Finding]:
    mapping = placed.value
    if not mapping.fields:
        yield placed.found(errors.MAPPING_NO_FIELDS, "fields")
    for name, field in mapping.fields.items():
        given = [source for source in _SOURCES if _is_given(placed.document, name, source)]
        if len(given) != 1:
            yield placed.found(
                errors.MAPPING_SOURCE, "fields", name, field=name, given=", ".join(given) or "—"
            )
        if field.range is not None and not _is_range(field.range):
            yield placed.found(errors.MAPPING_RANGE, "fields", name, "range", field=name)
        for cell in (cell for cell, state in field.states.items() if state not in STATES[1:]):
            known = ", ".join(STATES[1:])
            state = field.states[cell]
            yield placed.found(
                errors.MAPPING_STATE, "fields", name, "states", field=name, state=shown(state), known=known
            )
    for number, name in enumerate(mapping.key):
        if name not in mapping.fields:
            yield placed.found(errors.MAPPING_KEY, "key", number, field=name)


def _is_given(document: Document, name: str, source: str) -> bool:
    """An empty list of columns is as good as none."""
    written = document.value["fields"][name]
    if not isinstance(written, Mapping):
        return source == "column"
    return source in written and written[source] != []


def _is_range(bounds: tuple[float | None, ...]) -> bool:
    there = [bound for bound in bounds if bound is not None]
    return len(bounds) == 2 and there == sorted(there)
