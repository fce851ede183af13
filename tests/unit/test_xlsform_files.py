"""Workbooks as people save them: numbers for codes, TRUE for yes, and files that are none."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
import xlsxwriter

from monosashi.adapters import xlsform_files
from monosashi.adapters.xlsform_files import load_xlsform, read_workbook, workbook
from monosashi.define.questionnaire.form import Question, Questionnaire
from monosashi.define.text import Text
from monosashi.errors import Problem
from xlsforms import one_row, sheets

DAY = datetime(2026, 4, 1)  # noqa: DTZ001 - a cell has no zone


def book(grids, **cells) -> bytes:
    """`cells`: survey_3_5=True puts a value of its own type at row 3, column 5."""
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream)
    for name, grid in grids.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(grid):
            for index, cell in enumerate(row):
                value = cells.get(f"{name}_{number + 1}_{index + 1}", cell)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, index, value, made.add_format({"num_format": "yyyy-mm-dd"}))
                else:
                    sheet.write(number, index, value)
    made.close()
    return stream.getvalue()


def refused(content: bytes) -> Problem:
    with pytest.raises(Problem) as problem:
        read_workbook("small.xlsx", content)
    return problem.value


def test_cells_are_read_as_people_see_them():
    grids = sheets(one_row("select_one yes_no", required="", hint="", **{"hint::en": ""}))
    content = book(
        grids,
        choices_2_2=1,
        choices_3_2=0.0,
        survey_3_5=True,
        survey_3_6=DAY,
        survey_3_7=2.5,
    )
    question = read_workbook("small.xlsx", content).questionnaire.question("q")
    assert [choice.code for choice in question.choices] == ["1", "0"]
    assert (question.required, question.hint) == ("true()", Text(ja="2026-04-01", en="2.5"))


def test_rows_keep_their_number_when_there_are_empty_ones():
    grids = sheets("\n\n" + one_row("text") + "\n |\n |\n" + "geopoint | p | あ | a")
    (finding,) = refused(book(grids)).findings
    assert (finding.file, finding.row) == ("survey", 6)


def test_a_file_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "small.xlsx"
    path.write_bytes(book(sheets(one_row("text"))))
    assert load_xlsform(path).questionnaire.id == "small"
    path.write_bytes(book(sheets(one_row("geopoint"))))
    with pytest.raises(Problem) as problem:
        load_xlsform(path)
    assert problem.value.where == "small.xlsx"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xlsform-file"),
        (b"type,name\ntext,q", "xlsform-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 neither", "xlsform-file"),
        (b"PK\x03\x04 not really", "table-damaged"),
    ],
)
def test_what_is_no_workbook(content, code):
    assert refused(content).kind.code == code


def test_a_formula_that_ends_in_an_error_is_not_an_empty_cell():
    grids = sheets(one_row("text", hint="", **{"hint::en": ""}))
    stream = BytesIO()
    made = xlsxwriter.Workbook(stream)
    for name, grid in grids.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(grid):
            sheet.write_row(number, 0, row)
    made.get_worksheet_by_name("survey").write_formula("E3", "=1/0", value="#DIV/0!")
    made.close()
    problem = refused(stream.getvalue())
    (finding,) = problem.findings
    assert (problem.kind.code, finding.kind.code) == ("xlsform-refused", "cell-is-error")
    assert (finding.file, finding.row, finding.column) == ("survey", 3, "E")


def test_a_sheet_beyond_all_measure(monkeypatch):
    monkeypatch.setattr(xlsform_files, "FORM_ROWS", 2)
    assert refused(book(sheets(one_row("text")))).kind.code == "xlsform-too-large"


def test_what_other_programs_could_not_read_is_refused():
    rows = "begin group | q | あ | a\ntext | x | い | b\nend group | | |\ntext | q | う | c"
    problem = refused(book(sheets(f"type | name | label::ja | label::en\n{rows}")))
    assert (problem.kind.code, [each.kind.code for each in problem.findings]) == (
        "xlsform-refused",
        ["xlsform-other-programs"],
    )


def test_a_text_that_no_cell_holds():
    form = Questionnaire(
        id="long", title=Text(ja="あ", en="a"),
        questions=(Question(id="q", kind="text", label=Text(ja="あ" * 32_768, en="a")),),
    )  # fmt: skip
    with pytest.raises(Problem) as problem:
        workbook(form)
    assert problem.value.kind.code == "xlsform-cell-long"


def test_equal_questionnaires_are_equal_files():
    form = read_workbook("small.xlsx", book(sheets(one_row("select_one yes_no or_other")))).questionnaire
    assert workbook(form) == workbook(form.model_copy())
