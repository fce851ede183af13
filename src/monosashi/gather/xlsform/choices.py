"""The sheet `choices`: lists of answers, with what is exclusive, missing or other about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monosashi import errors
from monosashi.define.questionnaire.form import Choice
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.xlsform.cells import truth
from monosashi.gather.xlsform.sheets import Row, Sheet

NO_WORDS = Text(ja="—", en="—")  # in the place of words that could not be read, and are told of
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass
class Choices:
    """One list, and where it begins."""

    row: Row
    choices: list[Choice] = field(default_factory=list)
    exclusive: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    other: str | None = None


def read_choices(sheet: Sheet) -> dict[str, Choices]:
    """Every list by its name. A choice without a code is left out; one that only lacks its words stays, so
    that whoever names it is not told that it is missing.
    """
    lists: dict[str, Choices] = {}
    for row in sheet.rows:
        name = " ".join(row.get("list_name").split())
        wrong = list(_cells(row))
        sheet.findings.extend(wrong)
        label = sheet.text(row, "label") or NO_WORDS
        if "label" not in row.said:
            sheet.findings.append(row.found(errors.XLSFORM_CELL_LACKING, "label", field="label"))
        found = lists.setdefault(name, Choices(row)) if name else None
        if wrong or found is None:
            continue
        found.choices.append(Choice(code=row.get("name"), label=label, properties=dict(row.further)))
        sheet.findings.extend(_marks(row, found))
    return lists


def _cells(row: Row) -> Iterator[Finding]:
    for name in ("list_name", "name"):
        if not row.get(name):
            yield row.found(errors.XLSFORM_CELL_LACKING, name, field=name)
    code = row.get("name")
    if code and not _CODE.fullmatch(code):
        yield row.found(errors.XLSFORM_CODE, "name", code=shown(code))


def _marks(row: Row, found: Choices) -> Iterator[Finding]:
    """The columns exclusive, missing and other: yes or no."""
    for name in ("exclusive", "missing", "other"):
        marked = truth(row.get(name))
        if marked is None:
            yield row.found(errors.XLSFORM_YES_NO, name, value=shown(row.get(name)))
        elif marked and name == "other":
            if found.other is not None:
                yield row.found(errors.XLSFORM_OTHER_TWICE, name, code=found.other)
            found.other = row.get("name")
        elif marked:
            getattr(found, name).append(row.get("name"))
