"""YAML as officials write it → plain values that remember their lines.

A stricter and smaller YAML: no key twice, no anchors, no tags, and `no`, `on` or `3:00` stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from monosashi import errors
from monosashi.errors import Finding

Path = tuple[str | int, ...]
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """The words that are not strings: true, false, null, ~, whole and decimal numbers."""


_NUMBERS = {
    "int": re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"),
    "float": re.compile(r"^[-+]?[0-9]{1,17}\.[0-9]{1,17}$"),
}
_Loader.yaml_implicit_resolvers = {}
for _kind, _form, _first in (
    ("bool", re.compile(r"^(?:true|false)$"), "tf"),
    ("null", re.compile(r"^(?:~|null|)$"), ("~", "n", "")),
    ("int", _NUMBERS["int"], "-+0123456789"),
    ("float", _NUMBERS["float"], "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", _form, list(_first))


@dataclass(frozen=True)
class Document:
    """One file: its values, and the physical line (from 1) on which each of them stands."""

    file: str
    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def line(self, path: Sequence[str | int]) -> int:
        """The line of a value, or of the nearest thing around it."""
        here = tuple(path)
        while here and here not in self.lines:
            here = here[:-1]
        return self.lines.get(here, 1)

    def part(self, *path: str | int) -> Document:
        """One value of the file as a document of its own (the lines stay those of the file)."""
        value = self.value
        for step in path:
            value = value[step]
        lines = {at[len(path) :]: line for at, line in self.lines.items() if at[: len(path)] == path}
        return Document(self.file, value, lines)


def read_document(file: str, content: bytes) -> Document:
    """One YAML file. What cannot be read is in `findings`; the rest is there all the same."""
    reader = _Reader(file)
    try:
        node = _Loader(content.decode("utf-8-sig")).get_single_node()
        value = reader.value(node, ()) if node else None
    except UnicodeDecodeError as error:
        return _broken(errors.GUIDELINE_ENCODING.found(file=file, row=_line_of(content, error.start)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        return _broken(
            errors.GUIDELINE_UNREADABLE.found(file=file, row=row, problem=error.problem or error.context)
        )
    except (yaml.YAMLError, RecursionError) as error:
        return _broken(
            errors.GUIDELINE_UNREADABLE.found(file=file, row=1, problem=str(error).splitlines()[0])
        )
    if value is None and not reader.findings:
        return _broken(errors.GUIDELINE_EMPTY.found(file=file, row=1))
    return Document(file, value, reader.lines, tuple(reader.findings))


def _broken(finding: Finding) -> Document:
    return Document(str(finding.file), None, {}, (finding,))


def _line_of(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.findings: list[Finding] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, at: Path) -> Any:
        self.lines.setdefault(at, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.findings.append(errors.GUIDELINE_ALIAS.found(file=self.file, row=node.start_mark.line + 1))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self.pairs(node, at))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*at, index)) for index, child in enumerate(node.value)]
        return self.scalar(node)

    def pairs(self, node: yaml.MappingNode, at: Path) -> Iterator[tuple[Any, Any]]:
        lines: dict[Any, int] = {}
        for key_node, value_node in node.value:
            row = key_node.start_mark.line + 1
            key = self.scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
            if key in lines:
                self.findings.append(
                    errors.GUIDELINE_KEY_TWICE.found(file=self.file, row=row, key=key, first=lines[key])
                )
                continue
            lines[key] = row
            self.lines[(*at, key)] = row
            yield key, self.value(value_node, (*at, key))

    def scalar(self, node: yaml.Node) -> Any:
        """A word, a number, true, false or nothing. A number with a wrong tag stays the word it is."""
        kind = node.tag.rpartition(":")[2]
        if kind in _NUMBERS and _NUMBERS[kind].match(node.value):
            return int(node.value) if kind == "int" else float(node.value)
        if kind == "bool":
            return node.value == "true"
        return None if kind == "null" else node.value
