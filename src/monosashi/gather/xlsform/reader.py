"""A workbook → a questionnaire, or everything that has to be corrected, by sheet and row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monosashi import errors
from monosashi.define.questionnaire.faults import Fault, faults
from monosashi.define.questionnaire.form import Questionnaire
from monosashi.define.text import Text
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.limits import LISTED
from monosashi.gather.xlsform import headings
from monosashi.gather.xlsform.choices import Choices, read_choices
from monosashi.gather.xlsform.sheets import Grid, Row, Sheet, read_sheet
from monosashi.gather.xlsform.survey import Survey, rows_of

_SHEETS = ("survey", "choices", "settings")
_UNSUPPORTED_SHEETS = ("external_choices", "entities", "osm")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_COLUMNS = {
    "id": "name",
    "group": "name",
    "choices": "type",
    "exclusive": "type",
    "missing": "type",
    "other": "type",
}


@dataclass(frozen=True)
class Reading:
    """A questionnaire, and what was read for it and is not used (each by sheet and row)."""

    questionnaire: Questionnaire
    remarks: tuple[Finding, ...]


@dataclass
class _Book:
    survey: Sheet
    choices: Sheet
    settings: Sheet
    remarks: list[Finding]
    findings: list[Finding]


def read_xlsform(where: str, grids: Mapping[str, Grid]) -> Reading:
    """The sheets of a workbook (name → cells, row 1 first) as a questionnaire.

    Raises `xlsform-refused` with the findings of every sheet: nothing that is not understood is passed over.
    """
    book = _opened(grids)
    lists = read_choices(book.choices)
    survey = Survey(book.survey, lists)
    survey.read()
    book.remarks.extend(_unused_lists(lists, survey))
    form = _settled(book, survey)
    found = [*book.findings, *book.settings.findings, *book.survey.findings, *book.choices.findings]
    found.extend(_faults(survey))
    if found or form is None:
        listed = _listed(found)
        raise errors.XLSFORM_REFUSED(
            where, listed[:LISTED], count=len(listed), listed=min(len(listed), LISTED)
        )
    return Reading(form, (*book.remarks, *survey.remarks))


def _opened(grids: Mapping[str, Grid]) -> _Book:
    found: list[Finding] = []
    remarks: list[Finding] = []
    named = {name.strip().lower(): grid for name, grid in grids.items()}
    for name in grids:
        plain = name.strip().lower()
        if plain in _UNSUPPORTED_SHEETS:
            found.append(errors.XLSFORM_SHEET_UNSUPPORTED.found(file=shown(name)))
        elif plain not in _SHEETS:
            kind = errors.XLSFORM_NOT_USED
            told = Text(ja="このシートは読みません。", en="This sheet is not read.")
            remarks.append(kind.found(file=shown(name), told_ja=told.ja, told_en=told.en))
    if "survey" not in named:
        found.append(errors.XLSFORM_SHEET_LACKING.found(file="survey"))
    default = _default_language(named.get("settings", ()))
    return _Book(
        survey=read_sheet(
            "survey", named.get("survey", ()), plain=headings.SURVEY, said=headings.SURVEY_SAID,
            unsupported=headings.UNSUPPORTED_SURVEY, default=default,
        ),
        choices=read_sheet(
            "choices", named.get("choices", ()), plain=headings.CHOICES, said=headings.CHOICES_SAID,
            unsupported=headings.UNSUPPORTED_CHOICES, default=default, own=True,
        ),
        settings=read_sheet(
            "settings", named.get("settings", ()), plain=headings.SETTINGS, said=headings.SETTINGS_SAID,
            unsupported=headings.UNSUPPORTED_SETTINGS, default=default,
        ),
        remarks=remarks,
        findings=found,
    )  # fmt: skip


def _default_language(settings: Grid) -> str:
    """The language of columns that name none: what default_language says, else Japanese."""
    header = [cell.strip().lower() for cell in settings[0]] if settings else []
    if "default_language" not in header:
        return "ja"
    index = header.index("default_language")
    given = next((row[index] for row in settings[1:] if index < len(row) and row[index].strip()), "")
    return headings.language_of(given) or "ja"


def _settled(book: _Book, survey: Survey) -> Questionnaire | None:
    """The settings with everything else; None where something needed is not there."""
    sheet = book.settings
    row = sheet.rows[0] if sheet.rows else Row("settings", 2, {}, {}, {})
    for more in sheet.rows[1:]:
        sheet.findings.append(more.found(errors.XLSFORM_SETTINGS_ROW))
    id, title = row.get("form_id"), sheet.text(row, "form_title")
    for name, given in (("form_id", id), ("form_title", row.said.get("form_title"))):
        if not given:
            sheet.findings.append(row.found(errors.XLSFORM_CELL_LACKING, name, field=name))
    if id and not _ID.fullmatch(id):
        sheet.findings.append(row.found(errors.XLSFORM_FORM_ID, "form_id", id=shown(id)))
    language = row.get("default_language")
    if language and headings.language_of(language) is None:
        sheet.findings.append(
            row.found(errors.XLSFORM_LANGUAGE, "default_language", language=shown(language))
        )
    about, thanks = sheet.text(row, "about"), sheet.text(row, "thanks")
    book.remarks.extend(_unused_settings(row))
    if not survey.questions and not book.survey.findings and not book.findings:
        book.findings.append(errors.XLSFORM_EMPTY.found(file="survey"))
    if title is None or not _ID.fullmatch(id) or not survey.questions:
        return None
    return Questionnaire(id=id, title=title, about=about, thanks=thanks, **_asked(survey))


def _unused_settings(row: Row) -> Iterator[Finding]:
    if row.get("version"):
        yield _remark(
            row,
            "version",
            "版は、内容から決まります。ここに書かれた版は使いません。",
            "The version is computed from the content; the one written here is not used.",
        )
    if row.get("style"):
        yield _remark(
            row,
            "style",
            "見た目の指定は使いません。1ページに1問です。",
            "Styles are not used: one question a page.",
        )


def _unused_lists(lists: Mapping[str, Choices], survey: Survey) -> Iterator[Finding]:
    for name, choices in lists.items():
        if name not in survey.used_lists:
            ja = f"選択肢「{shown(name)}」は、どの質問も使っていません。"
            yield _remark(choices.row, "list_name", ja, f"No question uses the list {shown(name)!r}.")


def _asked(survey: Survey) -> dict[str, Any]:
    return {
        "groups": tuple(group for group, _ in survey.groups),
        "questions": tuple(question for question, _ in survey.questions),
    }


def _faults(survey: Survey) -> list[Finding]:
    """What cannot work, by the row of its question or group."""
    if not survey.questions:
        return []
    form = Questionnaire(id="xlsform", title=Text(ja="", en=""), **_asked(survey))
    rows = {"questions": rows_of(survey.questions), "groups": rows_of(survey.groups)}
    return [
        _placed(rows[fault.part][fault.index], fault)
        for fault in faults(form)
        if fault.details.get("name") not in survey.unread  # its own row has been told of
    ]


def _placed(row: Row, fault: Fault) -> Finding:
    return row.found(fault.kind, _COLUMNS.get(fault.field, fault.field), **fault.details)


def _remark(row: Row, column: str, ja: str, en: str) -> Finding:
    return row.found(errors.XLSFORM_NOT_USED, column, told_ja=ja, told_en=en)


def _listed(found: list[Finding]) -> list[Finding]:
    """In the order of sheets and rows, each once."""
    order = {"settings": 0, "survey": 1, "choices": 2}
    once = {(each.file, each.row, each.column, each.kind.code, str(each.details)): each for each in found}
    return sorted(once.values(), key=lambda each: (order.get(each.file or "", -1), each.row or 0))
