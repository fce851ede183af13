"""The page about mappings is fresh, complete in both languages, and its example is a mapping that works."""

from __future__ import annotations

import pytest

import reference_mapping as made
from broken_house import ROOT
from monosashi.gather.mapping import FieldMapping, FileFormat, MappingFile, read_mapping
from monosashi.gather.record import RECORDS
from monosashi.gather.register.schemas import REGISTER
from reference_page import page

PAGE = (ROOT / "docs" / "reference" / "import-mapping.md").read_text("utf-8")


def test_it_is_what_the_code_says_now():
    title = PAGE.splitlines()[0].removeprefix("# ")
    assert page(title, made.import_mapping()) == PAGE


@pytest.mark.parametrize(
    ("model", "about"), [(MappingFile, made.TOP), (FileFormat, made.FILE), (FieldMapping, made.FIELD)]
)
def test_every_key_is_there_and_no_other(model, about):
    assert set(about) == set(model.model_fields)
    assert all(f"| `{name}` |" in PAGE for name in about)


def test_every_table_and_fixed_column_is_there():
    for schemas, about in ((RECORDS, made.COLUMNS), (REGISTER, made.ENTRIES)):
        assert set(about) == {name for schema in schemas.values() for name in schema.columns}
        assert all(f"### `{name}`" in PAGE for name in schemas)
        named = ((name, kind) for schema in schemas.values() for name, kind in schema.columns.items())
        assert all(f"| `{name}` | `{kind}` |" in PAGE for name, kind in named)


def test_the_example_is_a_mapping():
    mapping, volumes = (read_mapping("example.yaml", text.encode()) for text in (made.EXAMPLE, made.VOLUMES))
    assert all(f"```yaml\n{text}```" in PAGE for text in (made.EXAMPLE, made.VOLUMES))
    fields = (*mapping.fields.values(), *volumes.fields.values())
    shown = {name for field in fields for name in field.model_fields_set}
    assert shown == set(FieldMapping.model_fields)
    assert mapping.model_fields_set == set(MappingFile.model_fields)
    assert mapping.file.model_fields_set == set(FileFormat.model_fields)
