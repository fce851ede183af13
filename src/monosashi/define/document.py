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
DEEPEST = 50  # a guideline is never nested so deep; the reader would run out of stack far beyond it
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
        text = content.decode("utf-8-sig")
        reader.findings.extend(_aliases(file, text))
        node = _Loader(text).get_single_node()
        value = reader.value(node, ()) if node else None
    except UnicodeDecodeError as error:
        return _broken(errors.GUIDELINE_ENCODING.found(file=file, row=_line_of(content, error.start)))
    except yaml.MarkedYAMLError as error:
        return _broken(_unreadable(file, text, error))
    except yaml.reader.ReaderError as error:
        row = _line_of(content.removeprefix(b"\xef\xbb\xbf"), error.position)
        return _broken(
            errors.GUIDELINE_UNREADABLE.found(file=file, row=row, problem=str(error).splitlines()[0])
        )
    if value is None and not reader.findings:
        return _broken(errors.GUIDELINE_EMPTY.found(file=file, row=1))
    return Document(file, value, reader.lines, tuple(reader.findings))


def number(word: str) -> int | float | str:
    """3000 and 27.3 are numbers; 2022-03, 1_000, nan and all else stay the words they are."""
    if _NUMBERS["int"].match(word):
        return int(word)
    return float(word) if _NUMBERS["float"].match(word) else word


def _unreadable(file: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    lines = text.splitlines()
    mark = error.problem_mark
    if error.context_mark and (mark is None or mark.line >= len(lines)):
        mark = error.context_mark  # a quote that never ends is told where it begins
    row = mark.line + 1 if mark else 1
    line = lines[row - 1] if row <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return errors.GUIDELINE_TAB.found(file=file, row=row)
    return errors.GUIDELINE_UNREADABLE.found(file=file, row=row, problem=error.problem or error.context)


def _broken(finding: Finding) -> Document:
    return Document(str(finding.file), None, {}, (finding,))


def _too_deep(event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=f"nested more than {DEEPEST} deep", problem_mark=event.start_mark)


def _aliases(file: str, text: str) -> Iterator[Finding]:
    """Anchors and aliases, each on its line: both ends have to be written out."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _too_deep(event)
        if getattr(event, "anchor", None):
            yield errors.GUIDELINE_ALIAS.found(file=file, row=event.start_mark.line + 1)


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
            return None  # an alias; it has been found already
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
        if kind in _NUMBERS:
            return number(node.value)
        if kind == "bool":
            return node.value == "true"
        return None if kind == "null" else node.value
