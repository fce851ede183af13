"""The files of a guideline, as bytes → Guideline.

guideline.yaml is needed; every other part may be absent (a guideline may begin as ten titles). All
findings of all files are collected before anything is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monosashi import errors
from monosashi.define import outlines, rules
from monosashi.define.document import Document, number, read_document
from monosashi.define.fit import M, Placed, fit
from monosashi.define.guideline import (
    CodeFrame,
    Fact,
    Guideline,
    Header,
    Indicator,
    Initiative,
    Item,
    Milestone,
    Outline,
    Policy,
    Population,
    Principle,
    Scale,
    Survey,
)
from monosashi.define.parts import Names, Parts, PlannedInitiative, PlannedMilestone
from monosashi.define.rows import read_rows
from monosashi.errors import Finding

_LIST = {"expected_ja": "「- 」で始まる箇条", "expected_en": "a list, each entry starting with '- '"}
_NAMED_BY: dict[type, tuple[str, type]] = {Principle: ("number", int)}  # what others point to; else the id
_PAIRS = {"expected_ja": "「名前: 値」の組", "expected_en": "pairs of 'name: value'"}


def read_guideline(files: Mapping[str, bytes], *, name: str) -> Guideline:
    """The guideline whose files lie in `files` (path within its folder → content).

    Raises `guideline-invalid` with every finding: unreadable files, unknown and missing fields, texts in
    one language only, and everything that points to what is not there.
    """
    shelf = _Shelf(files)
    parts = shelf.parts()
    findings = [*shelf.findings, *shelf.unread(), *rules.broken(parts), *outlines.broken(parts)]
    if findings or parts.header is None:
        findings.sort(key=lambda finding: (finding.file or "", finding.row or 0))
        raise errors.GUIDELINE_INVALID(name, findings, count=len(findings))
    return _guideline(parts.header.value, parts)


class _Shelf:
    """The files, taken down one by one; remembers which were read and what was wrong with them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.read: set[str] = set()
        self.findings: list[Finding] = []
        self.names = Names()

    def parts(self) -> Parts:
        return Parts(
            header=self.one("guideline.yaml", Header, needed=True),
            principles=self.folder("principles", Principle),
            indicators=self.folder("indicators", Indicator),
            items=self.folder("items", Item),
            scales=self.entries("scales.yaml", Scale),
            surveys=self.folder("surveys", Survey),
            populations=self.folder("populations", Population),
            code_frames=self.folder("code_frames", CodeFrame),
            questionnaires=self.folder("questionnaires", Outline),
            facts=self.table("facts.csv", Fact, ("id", "value", "unit", "as_of"), "title", "reference"),
            initiatives=self.entries("roadmap/initiatives.yaml", PlannedInitiative),
            milestones=self.table(
                "roadmap/milestones.csv", PlannedMilestone, ("initiative", "from", "to"), "text", "note"
            ),
            policy=self.one("policy.yaml", Policy),
            names=self.names,
        )

    def unread(self) -> list[Finding]:
        return [
            errors.GUIDELINE_FILE_UNREAD.found(file=file)
            for file in self.files
            if file not in self.read and not file.endswith("README.md")
        ]

    def document(self, file: str, shape: type, said: dict[str, str]) -> Document | None:
        self.read.add(file)
        document = read_document(file, self.files[file])
        self.findings.extend(document.findings)
        if not isinstance(document.value, shape):
            self.names.unsure.add(_place(file))
        if document.value is None:
            return None
        if not isinstance(document.value, shape):
            self.findings.append(errors.GUIDELINE_SHAPE.found(file=file, row=1, **said))
            return None
        return document

    def one(self, file: str, model: type[M], *, needed: bool = False) -> Placed[M] | None:
        if file not in self.files:
            if needed:
                self.findings.append(errors.GUIDELINE_FILE_MISSING.found(file=file))
            return None
        document = self.document(file, dict, _PAIRS)
        return self.fitted(model, document) if document else None

    def fitted(self, model: type[M], document: Document) -> Placed[M] | None:
        named = document.value if isinstance(document.value, dict) else {}
        field, kind = _NAMED_BY.get(model, ("id", str))
        self.names.note(_place(document.file), named.get(field), kind)
        return fit(model, document, self.findings)

    def folder(self, folder: str, model: type[M]) -> list[Placed[M]]:
        names = sorted(
            file for file in self.files if file.startswith(f"{folder}/") and file.endswith(".yaml")
        )
        return [placed for name in names if (placed := self.one(name, model))]

    def entries(self, file: str, model: type[M]) -> list[Placed[M]]:
        if file not in self.files:
            return []
        document = self.document(file, list, _LIST)
        if document is None:
            return []
        rows = [document.part(index) for index in range(len(document.value))]
        return [placed for row in rows if (placed := self.fitted(model, row))]

    def table(
        self, file: str, model: type[M], plain: Sequence[str], text: str, remark: str
    ) -> list[Placed[M]]:
        """A CSV with plain columns, a text in both languages (text_ja, text_en) and a reference or a note."""
        if file not in self.files:
            return []
        self.read.add(file)
        needed = [*plain, f"{text}_ja", f"{text}_en"]
        extra = ["source", "place"] if remark == "reference" else ["note_ja", "note_en"]
        rows, findings = read_rows(file, self.files[file], needed=needed, optional=extra)
        self.findings.extend(findings)
        nested = [_nested(row, plain, text) for row in rows]
        return [placed for row in nested if (placed := fit(model, row, self.findings))]


def _place(file: str) -> str:
    """items/ease.yaml → items/; a file that holds a list is a place itself."""
    folder, slash, _ = file.rpartition("/")
    return f"{folder}/" if slash and folder != "roadmap" else file


def _nested(row: Document, plain: Sequence[str], text: str) -> Document:
    """text_ja, text_en → text: {ja, en}; source, place → reference; only a value can be a number."""
    cells: dict[str, str] = row.value
    value: dict[str, Any] = {column: cells[column] for column in plain}
    if "value" in value:
        value["value"] = number(cells["value"])
    value[text] = {"ja": cells[f"{text}_ja"], "en": cells[f"{text}_en"]}
    if "source" in cells:
        value["reference"] = {key: cells[key] for key in ("source", "place") if key in cells}
    if {"note_ja", "note_en"} & set(cells):
        value["note"] = {"ja": cells.get("note_ja", ""), "en": cells.get("note_en", "")}
    return Document(row.file, value, row.lines)


def _guideline(header: Header, parts: Parts) -> Guideline:
    principles = sorted((placed.value for placed in parts.principles), key=lambda each: each.number)
    return Guideline(
        **dict(header),
        principles=tuple(
            principle.model_copy(update={"initiatives": _initiatives(principle.number, parts)})
            for principle in principles
        ),
        indicators=tuple(sorted((placed.value for placed in parts.indicators), key=lambda each: each.order)),
        items=tuple(placed.value for placed in parts.items),
        scales=tuple(placed.value for placed in parts.scales),
        facts=tuple(placed.value for placed in parts.facts),
        surveys=tuple(placed.value for placed in parts.surveys),
        populations=tuple(placed.value for placed in parts.populations),
        code_frames=tuple(placed.value for placed in parts.code_frames),
        questionnaires=tuple(placed.value for placed in parts.questionnaires),
        policy=parts.policy.value if parts.policy else None,
    )


def _initiatives(principle: int, parts: Parts) -> tuple[Initiative, ...]:
    planned = [each.value for each in parts.initiatives if each.value.principle == principle]
    return tuple(
        Initiative(
            **{key: value for key, value in dict(each).items() if key != "principle"},
            milestones=tuple(
                Milestone.model_validate({"from": m.start, "to": m.end, "text": m.text, "note": m.note})
                for m in (placed.value for placed in parts.milestones)
                if m.initiative == each.id
            ),
        )
        for each in sorted(planned, key=lambda each: each.number)
    )
