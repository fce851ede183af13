"""The form of a procedure, field by field, and how it is read from a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monosashi import errors
from monosashi.gather.findings import shown
from monosashi.gather.register.normal import normalized

FIELDS, DEPTH = 1_000, 20  # more is no form that a person fills in
NAME, LABEL = 300, 500  # characters
_FILES = {"binary", "data-url", "file"}
_BRANCHES = ("then", "else")


@dataclass(frozen=True)
class FormField:
    """One thing an applicant fills in or attaches. `item` is the information behind it, made alike."""

    name: str
    label: str
    required: bool = False
    attachment: bool = False

    @property
    def item(self) -> str:
        return normalized(self.label)


def read_form(content: str) -> tuple[FormField, ...]:
    """The fields of a form described by JSON Schema (draft 7 to 2020-12), in its order.

    One leaf of `properties` is one field, inside objects too; a list is asked once, however often it is
    filled in. A field is required where it and every object around it are. What only holds under a condition
    (`then`, `else`, one of several alternatives) is counted and not required. `const` and `readOnly` are not
    asked. A binary `format` or a `contentMediaType` makes an attachment. Only references into the document
    itself are followed. Raises `form-not-schema`.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise errors.FORM_NOT_SCHEMA(detail=shown(str(error), 200)) from None
    if not isinstance(document, dict):
        raise errors.FORM_NOT_SCHEMA(detail="not an object")
    found: dict[str, FormField] = {}
    for field in _Reader(document).fields(document, "", required=True, depth=0):
        if len(field.name) > NAME or len(field.label) > LABEL:
            raise errors.FORM_NOT_SCHEMA(detail=f"{shown(field.name)}: longer than {NAME}")
        before = found.get(field.name)
        found[field.name] = replace(field, required=field.required or bool(before and before.required))
        if len(found) > FIELDS:
            raise errors.FORM_NOT_SCHEMA(detail=f"more than {FIELDS} fields")
    if not found:
        raise errors.FORM_NOT_SCHEMA(detail="no properties")
    return tuple(found.values())


class _Reader:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def fields(self, schema: Any, name: str, *, required: bool, depth: int) -> Iterator[FormField]:
        """Those of an object; or the one that a leaf is."""
        schema = self._resolved(schema, depth)
        if schema.get("readOnly") is True or "const" in schema:
            return
        if _is_list_of_objects(items := schema.get("items")):
            yield from self.fields(items, f"{name}[]", required=required, depth=depth + 1)
        elif _has_properties(schema):
            yield from self._properties(schema, name, required=required, depth=depth)
            yield from self._parts(schema, name, required=required, depth=depth)
        elif name:
            yield _leaf(schema, name, required=required)

    def _properties(
        self, schema: Mapping[str, Any], name: str, *, required: bool, depth: int
    ) -> Iterator[FormField]:
        needed = schema.get("required", [])
        properties = schema.get("properties", {})
        if not isinstance(needed, list) or not isinstance(properties, dict):
            raise errors.FORM_NOT_SCHEMA(detail=f"{name or '#'}: properties, required")
        for key, inner in properties.items():
            path = f"{name}.{key}" if name else key
            yield from self.fields(inner, path, required=required and key in needed, depth=depth + 1)

    def _parts(
        self, schema: Mapping[str, Any], name: str, *, required: bool, depth: int
    ) -> Iterator[FormField]:
        for part in _listed(schema, "allOf"):
            yield from self.fields(part, name, required=required, depth=depth + 1)
        for part in (*_listed(schema, "anyOf"), *_listed(schema, "oneOf")):
            yield from self.fields(part, name, required=False, depth=depth + 1)
        for branch in _BRANCHES:
            if branch in schema:
                yield from self.fields(schema[branch], name, required=False, depth=depth + 1)

    def _resolved(self, schema: Any, depth: int) -> Mapping[str, Any]:
        if depth > DEPTH:
            raise errors.FORM_NOT_SCHEMA(detail=f"nested deeper than {DEPTH}")
        if schema is True:
            return {}
        if not isinstance(schema, dict):
            raise errors.FORM_NOT_SCHEMA(detail=f"{shown(repr(schema))} is no schema")
        if "$ref" not in schema:
            return schema
        target = self._resolved(self._at(str(schema["$ref"])), depth + 1)
        return {**target, **{key: value for key, value in schema.items() if key != "$ref"}}

    def _at(self, reference: str) -> Any:
        """Where a JSON pointer leads. Nothing is fetched."""
        place: Any = self.document
        if not reference.startswith("#"):
            raise errors.FORM_NOT_SCHEMA(detail=f"$ref {shown(reference, 100)}")
        for part in reference[1:].split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(place, dict) or key not in place:
                raise errors.FORM_NOT_SCHEMA(detail=f"$ref {shown(reference, 100)}")
            place = place[key]
        return place


def _has_properties(schema: Mapping[str, Any]) -> bool:
    return any(key in schema for key in ("properties", "allOf", "anyOf", "oneOf", *_BRANCHES))


def _is_list_of_objects(items: Any) -> bool:
    return isinstance(items, dict) and ("$ref" in items or _has_properties(items))


def _listed(schema: Mapping[str, Any], key: str) -> list[Any]:
    parts = schema.get(key, [])
    if not isinstance(parts, list):
        raise errors.FORM_NOT_SCHEMA(detail=key)
    return parts


def _leaf(schema: Mapping[str, Any], name: str, *, required: bool) -> FormField:
    inner = schema.get("items") if isinstance(schema.get("items"), dict) else schema
    attachment = any(
        one.get("format") in _FILES or "contentMediaType" in one for one in (schema, inner or {})
    )
    title = schema.get("title")
    label = title.strip() if isinstance(title, str) and title.strip() else name.rpartition(".")[2]
    return FormField(name, label, required, attachment)
