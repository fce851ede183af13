"""The sheets of a workbook as cells that remember their row and the heading of their column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monosashi import errors
from monosashi.define.text import LANGUAGES, Text
from monosashi.errors import Finding, Kind
from monosashi.gather.findings import shown
from monosashi.gather.xlsform.headings import Column, column_of

Grid = Sequence[Sequence[str]]  # one sheet: rows of cells as text, the first row being row 1
_PIPED = re.compile(r"\$\{")


@dataclass(frozen=True)
class Row:
    """One row: `plain` is field → text, `said` is field → language → text. Empty cells are left out."""

    sheet: str
    number: int
    plain: Mapping[str, str]
    said: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, str]  # field → the heading of its column, as somebody wrote it
    further: Mapping[str, str] = field(default_factory=dict)  # columns of one's own, by their heading

    def get(self, name: str) -> str:
        return self.plain.get(name, "")

    def found(self, kind: Kind, column: str | None = None, /, **details: Any) -> Finding:
        heading = None if column is None else self.headings.get(column, column)
        return kind.found(file=self.sheet, row=self.number, column=heading, **details)


@dataclass
class Sheet:
    """One sheet with a heading row. What is wrong with its headings and texts is in `findings`."""

    name: str
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    languages: dict[str, set[str]] = field(default_factory=dict)  # field → languages that have a column
    _told: set[tuple[str, str]] = field(default_factory=set)

    def text(self, row: Row, name: str) -> Text | None:
        """The words of a field in every language; None where there are none at all."""
        said = row.said.get(name, {})
        if not said:
            return None
        lacking = [language for language in LANGUAGES if language not in said]
        self.findings.extend(self._lacking(row, name, lacking))
        if any(_PIPED.search(each) for each in said.values()):
            self.findings.append(row.found(errors.XLSFORM_PIPED, name))
            return None
        return None if lacking else Text(ja=said["ja"], en=said["en"], simple=said.get("simple"))

    def _lacking(self, row: Row, name: str, lacking: Sequence[str]) -> Iterator[Finding]:
        """A cell that lacks is told where it is; a column that lacks is told once."""
        for language in lacking:
            details = {"field": name, "language": language}
            if language in self.languages.get(name, ()):
                yield row.found(errors.XLSFORM_LANGUAGE_LACKING, name, **details)
            elif (name, language) not in self._told:
                self._told.add((name, language))
                yield errors.XLSFORM_LANGUAGE_LACKING.found(file=self.name, row=1, column=name, **details)


def read_sheet(
    name: str,
    grid: Grid,
    *,
    plain: Collection[str],
    said: Collection[str],
    unsupported: Mapping[str, Text],
    default: str,
    own: bool = False,
) -> Sheet:
    """A grid with the columns that are known. `own`: columns with other headings are kept as `further`.

    `unsupported` columns may stand there empty, as in templates; a value in one of them is refused. `default`
    is the language of columns without one.
    """
    sheet = Sheet(name)
    header = [cell.strip() for cell in grid[0]] if grid else []
    columns = [column_of(heading, plain, said, unsupported, default, own=own) for heading in header]
    sheet.findings.extend(_headings(name, header, columns, [*plain, *said]))
    for column in columns:
        if column is not None and column.language is not None:
            sheet.languages.setdefault(column.field, set()).add(column.language)
    for number, cells in enumerate(grid[1:], start=2):
        filled = [(index, cell.strip()) for index, cell in enumerate(cells) if cell.strip()]
        if filled:
            sheet.rows.append(_row(sheet, number, filled, _Head(header, columns, unsupported)))
    return sheet


def _headings(
    name: str, header: Sequence[str], columns: Sequence[Column | None], known: Sequence[str]
) -> Iterator[Finding]:
    """Headings that nobody understands, and those that say the same as one before."""
    for index, (heading, column) in enumerate(zip(header, columns, strict=True)):
        if heading and column is None:
            language = heading.partition("::")[2].strip()
            if language and heading.partition("::")[0].strip().lower() in known:
                kind, details = errors.XLSFORM_LANGUAGE, {"language": shown(language)}
            else:
                kind, details = errors.XLSFORM_COLUMN, {"known": ", ".join(known)}
            yield kind.found(file=name, row=1, column=shown(heading, 100), **details)
        elif column is not None and column in columns[:index]:
            first = header[columns.index(column)]
            yield errors.XLSFORM_COLUMN_TWICE.found(file=name, row=1, column=heading, first=first)


@dataclass(frozen=True)
class _Head:
    """The heading row as it was written and as it was understood."""

    written: Sequence[str]
    columns: Sequence[Column | None]
    unsupported: Mapping[str, Text]


def _row(sheet: Sheet, number: int, filled: Sequence[tuple[int, str]], head: _Head) -> Row:
    row = Row(sheet.name, number, {}, {}, {}, {})
    plain: dict[str, str] = {}
    said: dict[str, dict[str, str]] = {}
    headings: dict[str, str] = {}
    further: dict[str, str] = {}
    for index, cell in filled:
        heading = head.written[index] if index < len(head.written) else ""
        if not heading:
            sheet.findings.append(row.found(errors.XLSFORM_HEADING_LACKING, value=shown(cell)))
            continue
        column = head.columns[index]
        if column is None:
            continue  # told of at its heading
        headings.setdefault(column.field, heading)
        if column.field in head.unsupported:
            why = head.unsupported[column.field]
            sheet.findings.append(row.found(errors.XLSFORM_UNSUPPORTED, heading, do_ja=why.ja, do_en=why.en))
        elif column.own:
            further[column.field] = cell
        elif column.language is None:
            plain[column.field] = cell
        else:
            said.setdefault(column.field, {})[column.language] = cell
    return Row(sheet.name, number, plain, said, headings, further)
