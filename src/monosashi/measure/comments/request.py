"""The request of `monosashi comments`, read and checked before a single comment is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from monosashi import errors
from monosashi.define.document import Document, read_document
from monosashi.define.fit import fit, nearest
from monosashi.define.guideline import Basis, CodeFrame, Guideline, Model
from monosashi.errors import Finding
from monosashi.measure.asked import Level, Names, Path
from monosashi.measure.cells import Value

Column = Annotated[str, Field(min_length=1)]


class CommentsAsked(Model):
    """Keys of the request. A row is one comment; `respondent` says whose, where people answer repeatedly."""

    table: Annotated[str, Field(min_length=1)]
    sheet: str | None = None
    column: Column
    where: dict[str, Value | tuple[Value, ...]] = Field(default_factory=dict)
    id: Column | None = None
    respondent: Column | None = None
    language: Literal["ja", "en"] | None = None
    frame: str = "service"
    basis: Basis = "opt_in"
    by: Names = ()
    level: Level = 0.95
    examples: Annotated[int, Field(ge=0, le=20)] = 3
    coders: Annotated[Names, Field(max_length=2)] = ()
    encoding: str | None = None


class CommentsRequest:
    """A checked request, with the lines of its file for whatever turns out wrong later."""

    def __init__(self, asked: CommentsAsked, document: Document) -> None:
        self.asked, self.document = asked, document

    def frame_of(self, guideline: Guideline) -> CodeFrame:
        """Raises REQUEST_INVALID where the guideline has no such code frame."""
        known = {frame.id: frame for frame in guideline.code_frames}
        if self.asked.frame not in known:
            near = nearest(self.asked.frame, known)
            raise self._invalid([self._found(errors.CODE_FRAME_UNKNOWN, ("frame",), near)])
        return known[self.asked.frame]

    def check_columns(self, columns: Iterable[str]) -> None:
        """Raises REQUEST_INVALID with every column that the table does not have."""
        known = tuple(columns)
        findings = [
            self._found(errors.COLUMN_UNKNOWN, path, nearest(name, known), column=name)
            for path, name in self._named()
            if name not in known
        ]
        if findings:
            raise self._invalid(findings)

    def _named(self) -> Iterator[tuple[Path, str]]:
        asked = self.asked
        for key, name in (("column", asked.column), ("id", asked.id), ("respondent", asked.respondent)):
            if name is not None:
                yield (key,), name
        yield from ((("where", name), name) for name in asked.where)
        for key, names in (("by", asked.by), ("coders", asked.coders)):
            yield from (((key, place), name) for place, name in enumerate(names))

    def _found(self, kind: errors.Kind, path: Path, near: str, column: str | None = None) -> Finding:
        line = self.document.line(path)
        return kind.found(
            file=self.document.file, row=line, column=column, name=self.asked.frame, nearest=near
        )

    def _invalid(self, findings: list[Finding]) -> errors.Problem:
        return errors.REQUEST_INVALID(where=self.document.file, findings=findings, count=len(findings))


def read_comments_request(file: str, content: bytes) -> CommentsRequest:
    """The request in a YAML file. Raises REQUEST_INVALID with every mistake by line."""
    document = read_document(file, content)
    findings = list(document.findings)
    if not findings and not isinstance(document.value, Mapping):
        findings.append(errors.COMMENTS_SHAPE.found(file=file, row=1))
    placed = fit(CommentsAsked, document, findings) if not findings else None
    if findings or placed is None:
        raise errors.REQUEST_INVALID(where=file, findings=findings, count=len(findings))
    return CommentsRequest(placed.value, document)
