"""The fields of a form are read from its JSON Schema, or it is refused with words."""

from __future__ import annotations

import json

import pytest

from monosashi.errors import Problem
from monosashi.gather.register.form import DEPTH, read_form

SCHEMA = {
    "type": "object",
    "required": ["applicant", "consent"],
    "properties": {
        "applicant": {"$ref": "#/$defs/person"},
        "children": {"type": "array", "items": {"$ref": "#/$defs/person"}},
        "tags": {"type": "array", "items": {"type": "string"}},
        "consent": {"type": "boolean", "title": "同意"},
        "proof": {"type": "string", "contentMediaType": "application/pdf", "title": "住民票"},
        "photos": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "number": {"type": "string", "readOnly": True},
        "version": {"const": 1},
    },
    "allOf": [
        {"required": ["email"], "properties": {"email": {"type": "string"}}},
        {
            "if": {"properties": {"consent": {"const": True}}},
            "then": {"properties": {"phone": {"type": "string"}}},
        },
    ],
    "$defs": {
        "person": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "title": "氏名"}, "born": {"type": "string"}},
        }
    },
}


def test_the_fields_of_a_schema_by_hand() -> None:
    found = {field.name: field for field in read_form(json.dumps(SCHEMA))}
    assert list(found) == [
        "applicant.name",
        "applicant.born",
        "children[].name",
        "children[].born",
        "tags",
        "consent",
        "proof",
        "photos",
        "email",
        "phone",
    ]
    assert [name for name, field in found.items() if field.required] == ["applicant.name", "consent", "email"]
    assert [name for name, field in found.items() if field.attachment] == ["proof", "photos"]
    assert (found["applicant.name"].label, found["applicant.born"].label) == ("氏名", "born")


LOOP = {
    "properties": {"a": {"$ref": "#/$defs/a"}},
    "$defs": {"a": {"properties": {"a": {"$ref": "#/$defs/a"}}}},
}
DEEP: dict[str, object] = {"type": "string"}
for _ in range(DEPTH + 1):
    DEEP = {"properties": {"a": DEEP}}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"properties": []}',
        '{"properties": {"a": 5}}',
        '{"properties": {"a": {"$ref": "https://example.org/a.json"}}}',
        '{"properties": {"a": {"$ref": "#/$defs/none"}}}',
        '{"properties": {"a": {"allOf": 5}}}',
        '{"properties": {"a": {"type": "string"}}, "required": "a"}',
        json.dumps(LOOP),
        json.dumps(DEEP),
        json.dumps({"properties": {str(one): {} for one in range(1001)}}),
        "[" * 100_000,
    ],
)
def test_what_is_no_form_is_refused_with_words(content: str) -> None:
    with pytest.raises(Problem) as problem:
        read_form(content)
    assert problem.value.kind.code == "form-not-schema"
