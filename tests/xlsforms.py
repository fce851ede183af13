"""Small questionnaires in XLSForm, written as lines, and what is said about them."""

from __future__ import annotations

from monosashi.errors import Finding, Problem
from monosashi.gather.xlsform.reader import Reading, read_xlsform

SETTINGS = "form_id | form_title | form_title::en\nsmall | 小さな調査 | A small survey"
CHOICES = """
list_name | name | label::ja | label::en | exclusive | missing | other | ward
yes_no    | 1    | はい      | Yes       |           |         |       |
yes_no    | 0    | いいえ    | No        |           |         |       |
used      | tax  | 税        | Tax       |           |         |       | north
used      | move | 引っ越し  | Moving    |           |         |       | south
used      | none | ない      | None      | yes       |         |       |
used      | else | ほか      | Other     |           |         | yes   |
used      | dk   | 不明      | Unknown   | yes       | yes     |       |
"""


def grid(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def sheets(
    survey: str, *, choices: str = CHOICES, settings: str = SETTINGS, **more: str
) -> dict[str, list[list[str]]]:
    return {
        name: grid(text)
        for name, text in {"survey": survey, "choices": choices, "settings": settings, **more}.items()
    }


def read(survey: str, **others: str) -> Reading:
    return read_xlsform("small.xlsx", sheets(survey, **others))


def findings(survey: str, **others: str) -> list[Finding]:
    try:
        read(survey, **others)
    except Problem as problem:
        return list(problem.findings)
    return []


def told(survey: str, **others: str) -> list[tuple[str, str | None, int | None, str | None]]:
    """(code, sheet, row, column) of each finding."""
    return [(each.kind.code, each.file, each.row, each.column) for each in findings(survey, **others)]


def one_row(type: str, **cells: str) -> str:
    """A survey of one question `q` after a question `first`, with further columns."""
    names = ["type", "name", "label::ja", "label::en", *cells]
    rows = [
        ["integer", "first", "数", "Number", *("" for _ in cells)],
        [type, "q", "問", "Question", *cells.values()],
    ]
    return "\n".join(" | ".join(row) for row in [names, *rows])
