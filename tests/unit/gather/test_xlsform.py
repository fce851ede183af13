"""XLSForm, feature by feature: what becomes of it, or sheet, row and what to do."""

from __future__ import annotations

import pytest

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.xlsform.headings import (
    UNSUPPORTED_CHOICES,
    UNSUPPORTED_SETTINGS,
    UNSUPPORTED_SURVEY,
    language_of,
)
from monosashi.gather.xlsform.reader import read_xlsform
from monosashi.gather.xlsform.refusals import REFUSED
from xlsforms import CHOICES, SETTINGS, findings, grid, one_row, read, told

SURVEY = """
type                  | name  | label::日本語 (ja) | label::English (en) | label::やさしい日本語 (ja-simple) | hint::ja | hint::en | purpose::ja | purpose::en | required | relevant | constraint | constraint_message::ja | constraint_message::en | choice_filter | item | scale | wording_version
note                  | hello | こんにちは | Hello | こんにちは | | | | | | | | | | | | |
select_multiple used  | used  | 使ったもの | Used | つかった もの | いくつでも | Any number | 知るため | To know | yes | | | | | | used | used | 2
begin group           | more  | くわしく | More | もっと | | | | | | selected(${used}, 'tax') | | | | | | |
integer               | mins  | 分 | Minutes | ふん | | | | | no | | . <= 600 | 600まで | Up to 600 | | | |
select_one used       | which | どれ | Which | どれ | | | | | ${mins} > 5 | | | | | ward = 'north' | | |
end group             |       | | | | | | | | | | | | | | | |
text                  | words | 言葉 | Words | ことば | | | | | | | | | | | | |
"""  # noqa: E501


def test_a_whole_form():
    reading = read(SURVEY)
    form = reading.questionnaire
    assert (form.id, form.title.en, form.languages) == ("small", "A small survey", ("ja", "simple", "en"))
    hello, used, mins, which, words = form.questions
    assert (hello.kind, hello.is_asked) == ("note", False)
    assert used.label == Text(ja="使ったもの", en="Used", simple="つかった もの")
    assert (used.kind, used.required, used.exclusive, used.other) == (
        "many",
        "true()",
        ("none", "dk"),
        "else",
    )
    assert (used.missing, used.hint.en, used.purpose.ja) == (("dk",), "Any number", "知るため")
    assert (used.item, used.scale, used.wording_version) == ("used", "used", "2")
    assert [choice.properties for choice in used.choices[:3]] == [{"ward": "north"}, {"ward": "south"}, {}]
    assert (mins.group, mins.required, mins.constraint) == ("more", None, ". <= 600")
    assert (which.required, which.choice_filter) == ("${mins} > 5", "ward = 'north'")
    (more,) = form.groups
    assert (more.id, more.label.en, more.relevant) == ("more", "More", "selected(${used}, 'tax')")
    assert words.group is None
    assert [remark.as_text("en").split(":")[0] for remark in reading.remarks] == [
        'choices, line 2, column "list_name"'
    ]


# ---- types ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("text", "text"), ("string", "text"), ("integer", "integer"), ("int", "integer"),
        ("decimal", "decimal"), ("date", "date"), ("time", "time"), ("note", "note"), ("range", "integer"),
        ("select_one used", "one"), ("select one used", "one"), ("select one from used", "one"),
        ("select1 used", "one"), ("Select_One  used", "one"), ("add select one prompt using used", "one"),
        ("select_multiple used", "many"), ("select all that apply from used", "many"),
        ("add select multiple prompt using used", "many"),
    ],
)  # fmt: skip
def test_types_that_are_asked(type_, kind):
    assert read(one_row(type_)).questionnaire.question("q").kind == kind


@pytest.mark.parametrize("type_", sorted(REFUSED))
def test_types_that_are_refused_say_what_to_do(type_):
    (finding,) = findings(one_row(type_))
    assert (finding.kind.code, finding.file, finding.row, finding.column) == (
        "xlsform-type-refused", "survey", 3, "type",
    )  # fmt: skip
    assert finding.kind.say("en", finding.details)[1] == REFUSED[type_].en


def test_a_type_that_nobody_knows():
    (finding,) = findings(one_row("intger"))
    assert finding.kind.code == "xlsform-type"
    assert "There is no type 'intger'. Nearest: integer" in finding.as_text("en")


def test_a_repeat_and_what_refers_into_it():
    survey = """
type         | name | label::ja | label::en | relevant
begin repeat | r    | 家族      | Family    |
text         | who  | だれ      | Who       |
end repeat   |      |           |           |
note         | n    | はい      | Yes       | ${r} = 1
"""
    found = findings(survey)
    assert [(each.kind.code, each.row) for each in found] == [
        ("xlsform-type-refused", 2),
        ("xlsform-type-refused", 4),
    ]
    assert "relevant" in found[0].as_text("en")


def test_or_other_adds_a_choice_that_opens_a_line():
    choices = CHOICES.replace("else | ほか      | Other     |           |         | yes", "xx | x | x |||")
    question = read(one_row("select_multiple yes_no or_other")).questionnaire.question("q")
    assert (question.other, question.choices[-1].label.ja) == ("other", "その他")
    question = read(one_row("select_one used or specify other"), choices=choices).questionnaire.question("q")
    assert question.other == "other"
    assert told(one_row("select_one used or_other")) == [("xlsform-other-taken", "survey", 3, "type")]


@pytest.mark.parametrize(
    ("parameters", "constraint"),
    [
        ("", ". >= 0 and . <= 10"),
        ("start=1 end=5", ". >= 1 and . <= 5"),
        ("start=-10, end=10; step=5", ". >= -10 and . <= 10 and (. - -10) mod 5 = 0"),
    ],
)
def test_a_range_is_a_whole_number_within_it(parameters, constraint):
    question = read(one_row("range", parameters=parameters)).questionnaire.question("q")
    assert (question.kind, question.constraint) == ("integer", constraint)


@pytest.mark.parametrize("parameters", ["start=5 end=1", "step=0.5", "end=ten", "start=0 last=5", "step=20"])
def test_a_range_that_cannot_be_kept(parameters):
    assert told(one_row("range", parameters=parameters)) == [("xlsform-range", "survey", 3, "parameters")]


def test_a_range_keeps_a_constraint_of_its_own():
    question = read(one_row("range", constraint=". != 5")).questionnaire.question("q")
    assert question.constraint == "(. >= 0 and . <= 10) and (. != 5)"


def test_a_calculation_stands_where_it_is_named_and_that_is_said():
    survey = """
type      | name   | label::ja | label::en | calculation    | relevant
integer   | first  | 数        | Number    |                |
calculate | double |           |           | ${first} * 2   |
calculate | four   |           |           | ${double} * 2  |
note      | n      | 大きい    | Large     |                | ${four} > 40
"""
    reading = read(survey, choices="")
    assert reading.questionnaire.question("n").relevant == "((${first} * 2) * 2) > 40"
    assert [(each.kind.code, each.row) for each in reading.remarks] == [
        ("xlsform-not-used", 3),
        ("xlsform-not-used", 4),
    ]
    broken = survey.replace("${first} * 2", "${second} * 2")
    assert told(broken) == [("expression-name", "survey", 3, "calculation")]
    assert told(survey.replace("| ${first} * 2 ", "|              ")) == [
        ("xlsform-cell-lacking", "survey", 3, "calculation"),
        ("expression-name", "survey", 4, "calculation"),
    ]


# ---- columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "column", sorted({*UNSUPPORTED_SURVEY} - {"media", "bind", "body", "control", "instance"})
)
def test_columns_that_are_not_supported_may_stand_empty_and_are_refused_where_filled(column):
    assert read(one_row("text", **{column: ""})).questionnaire.question("q").kind == "text"
    (finding,) = findings(one_row("text", **{column: "x"}))
    assert (finding.kind.code, finding.file, finding.row, finding.column) == (
        "xlsform-unsupported", "survey", 3, column,
    )  # fmt: skip
    assert finding.kind.say("ja", finding.details)[1] == UNSUPPORTED_SURVEY[column].ja


@pytest.mark.parametrize(
    "column",
    ["media::image", "media::audio::English (en)", "bind::odk:length", "body::accept", "instance::odk:tag"],
)
def test_attributes_and_media_are_not_supported(column):
    assert told(one_row("text", **{column: "x"})) == [("xlsform-unsupported", "survey", 3, column)]


@pytest.mark.parametrize("column", sorted(UNSUPPORTED_CHOICES))
def test_choices_have_no_pictures(column):
    choices = f"list_name | name | label::ja | label::en | {column}\nyes_no | 1 | はい | Yes | x.png"
    assert told(one_row("select_one yes_no"), choices=choices) == [
        ("xlsform-unsupported", "choices", 2, column)
    ]


@pytest.mark.parametrize("column", sorted(UNSUPPORTED_SETTINGS))
def test_settings_of_other_servers_are_refused(column):
    settings = f"form_id | form_title | form_title::en | {column}\nsmall | あ | a | x"
    assert told(one_row("text"), settings=settings) == [("xlsform-unsupported", "settings", 2, column)]


@pytest.mark.parametrize(
    ("type_", "cells", "code", "row", "column"),
    [
        ("text", {"lable": "x"}, "xlsform-column", 1, "lable"),
        ("text", {"label": "x"}, "xlsform-column-twice", 1, "label"),
        ("text", {"label::French (fr)": "x"}, "xlsform-language", 1, "label::French (fr)"),
        ("text", {"": "x"}, "xlsform-heading-lacking", 3, None),
        ("text", {"hint::ja": "x"}, "xlsform-language-lacking", 1, "hint"),
        ("text", {"hint::ja": "x", "hint::en": ""}, "xlsform-language-lacking", 3, "hint::ja"),
        ("text", {"hint::ja": "${first}", "hint::en": "a"}, "xlsform-piped", 3, "hint::ja"),
        ("text", {"choice_filter": "1"}, "xlsform-no-use", 3, "choice_filter"),
        ("note", {"required": "yes"}, "xlsform-no-use", 3, "required"),
        ("integer", {"rows": "3"}, "xlsform-no-use", 3, "rows"),
        ("text", {"rows": "many"}, "xlsform-rows", 3, "rows"),
        ("text", {"calculation": "1"}, "xlsform-no-use", 3, "calculation"),
        ("text", {"read_only": "yes"}, "xlsform-read-only", 3, "read_only"),
        ("select_one used", {"parameters": "randomize=true"}, "xlsform-parameters", 3, "parameters"),
        ("select_one used", {"appearance": "search('f')"}, "xlsform-appearance", 3, "appearance"),
        ("select_one usd", {}, "xlsform-list", 3, "type"),
        ("select_one", {}, "xlsform-list", 3, "type"),
        ("text", {"relevant": "${secnd} = 1"}, "expression-name", 3, "relevant"),
        ("text", {"relevance": "${q} = 1"}, "expression-later", 3, "relevance"),
        ("text", {"required": "${q} = 1"}, "expression-later", 3, "required"),
        ("text", {"relevant": "${first} >"}, "expression-fault", 3, "relevant"),
        ("text", {"relevant": "first > 1"}, "expression-stranger", 3, "relevant"),
        ("text", {"relevant": "pulldata('a', 'b', 'c', 'd') = 1"}, "expression-fault", 3, "relevant"),
        ("text", {"relevant": "../first > 1"}, "expression-stranger", 3, "relevant"),
        ("text", {"relevant": ". = 1"}, "expression-itself", 3, "relevant"),
        ("text", {"constraint": "jr:choice-name(., 'x') = 1"}, "expression-fault", 3, "constraint"),
        ("select_one used", {"choice_filter": "wrd = 'north'"}, "expression-stranger", 3, "choice_filter"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_cell(type_, cells, code, row, column):
    assert told(one_row(type_, **cells)) == [(code, "survey", row, column)]


@pytest.mark.parametrize("column", ["relevance", "caption", "jr:constraintMsg", "requiredMsg", "readonly"])
def test_columns_may_be_called_by_their_other_names(column):
    if column == "caption":
        assert told(one_row("text", caption="x")) == [("xlsform-column-twice", "survey", 1, "caption")]
    else:
        assert told(one_row("text", **{column: ""})) == []


@pytest.mark.parametrize(
    ("cell", "required"),
    [
        ("yes", "true()"),
        ("TRUE", "true()"),
        ("true()", "true()"),
        ("no", None),
        ("false", None),
        ("", None),
        ("${first} = 1", "${first} = 1"),
    ],
)
def test_required(cell, required):
    assert read(one_row("text", required=cell)).questionnaire.question("q").required == required


def test_a_look_that_is_not_used_is_said():
    reading = read(one_row("select_one used", appearance="minimal likert"))
    assert ("survey", 3, "appearance") in [(each.file, each.row, each.column) for each in reading.remarks]
    assert "'minimal likert'" in next(each for each in reading.remarks if each.file == "survey").as_text("en")


def test_a_box_to_write_in():
    assert read(one_row("text", appearance="multiline")).questionnaire.question("q").lines == 5
    assert read(one_row("text", rows="8")).questionnaire.question("q").lines == 8
    assert read(one_row("text", appearance="multiline")).remarks[2:] == ()


def test_a_row_that_is_switched_off_is_said():
    reading = read(one_row("geopoint", disabled="yes"))
    assert len(reading.questionnaire.questions) == 1
    assert "survey" in [remark.file for remark in reading.remarks]


# ---- names, groups, choices, settings, sheets -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Q1", "xlsform-name"), ("1q", "xlsform-name"), ("my q", "xlsform-name"), ("質問", "xlsform-name"),
        ("weight", "xlsform-name-reserved"), ("", "xlsform-cell-lacking"), ("first", "question-twice"),
    ],
)  # fmt: skip
def test_names(name, code):
    assert told(one_row("text").replace("| q ", f"| {name} ")) == [(code, "survey", 3, "name")]


def test_a_name_that_could_be_used_is_offered():
    (finding,) = findings(one_row("text").replace("| q ", "| Q1 Name "))
    assert "for example q1_name" in finding.as_text("en")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("begin group | g | あ | a\ntext | q | い | b", ("xlsform-group-open", 2, "type")),
        ("text | q | い | b\nend group | | |", ("xlsform-group-end", 3, "type")),
        (
            "begin group | g | あ | a\ntext | q | い | b\nend group | h | |",
            ("xlsform-group-crossed", 4, "name"),
        ),
        ("begin group | G | あ | a\ntext | q | い | b\nend group | | |", ("xlsform-name", 2, "name")),
        ("begin group | | あ | a\nend group | | |\ntext | q | い | b", ("xlsform-cell-lacking", 2, "name")),
        ("begin group | g | あ | a\nend group | | |\ntext | q | い | b", ("group-empty", 2, "name")),
        (" | q | い | b", ("xlsform-cell-lacking", 2, "type")),
        ("text | q | |", ("xlsform-cell-lacking", 2, "label")),
    ],
)
def test_rows_that_do_not_fit_together(rows, expected):
    found = told(f"type | name | label::ja | label::en\n{rows}", choices="")
    assert (found[0][0], *found[0][2:]) == expected


def test_groups_within_groups():
    rows = (
        "begin_group | a | あ | a\nbegin_group | b | |\ntext | q | い | b\nend_group | b | |\nend_group | | |"
    )
    form = read(f"type | name | label::ja | label::en\n{rows}", choices="").questionnaire
    assert [(group.id, group.parent, group.label and group.label.en) for group in form.groups] == [
        ("a", None, "a"),
        ("b", "a", None),
    ]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("used | -9 | 不明 | Unknown ||||", "xlsform-code", "name"),
        ("used | a b | 不明 | Unknown ||||", "xlsform-code", "name"),
        ("used | | 不明 | Unknown ||||", "xlsform-cell-lacking", "name"),
        (" | x | 不明 | Unknown ||||", "xlsform-cell-lacking", "list_name"),
        ("used | x | | ||||", "xlsform-cell-lacking", "label"),
        ("used | x | 不明 | ||||", "xlsform-language-lacking", "label::ja"),
        ("used | x | 不明 | Unknown | perhaps |||", "xlsform-yes-no", "exclusive"),
        ("used | x | 不明 | Unknown ||| yes |", "xlsform-other-twice", "other"),
    ],
)
def test_choices_that_cannot_be_offered(row, code, column):
    found = told(one_row("select_multiple used"), choices=f"{CHOICES.rstrip()}\n{row}")
    assert found == [(code, "choices", 9, column)]


def test_a_choice_without_words_is_told_once_and_not_where_it_is_named():
    choices = "list_name | name | label::en | ward\nused | tax | Tax | north"
    survey = """
type            | name | label::ja | label::en | relevant      | choice_filter
select_one used | q    | 問        | Question  |               | ward = 'north'
note            | n    | 注        | Note      | ${q} = 'tax'  |
"""
    assert told(survey, choices=choices) == [("xlsform-language-lacking", "choices", 1, "label")]


def test_a_code_twice():
    twice = f"{CHOICES.rstrip()}\nused | TAX | 税 | Tax ||||"
    assert told(one_row("select_multiple used"), choices=twice) == [("choice-twice", "survey", 3, "type")] * 2


@pytest.mark.parametrize(
    ("settings", "code", "row", "column"),
    [
        ("form_id | form_title\nsmall | あ", "xlsform-language-lacking", 1, "form_title"),
        ("form_title | form_title::en\nあ | a", "xlsform-cell-lacking", 2, "form_id"),
        ("form_id\nsmall", "xlsform-cell-lacking", 2, "form_title"),
        ("form_id | form_title | form_title::en\nSmall Form | あ | a", "xlsform-form-id", 2, "form_id"),
        ("form_id | form_title | form_title::en\nsmall | あ | a\nx | |", "xlsform-settings-row", 3, None),
        ("form_id | form_title | form_title::en | hue\nsmall | あ | a | red", "xlsform-column", 1, "hue"),
        (
            "form_id | form_title | form_title::en | default_language\nsmall | あ | a | French (fr)",
            "xlsform-language", 2, "default_language",
        ),
    ],
)  # fmt: skip
def test_settings(settings, code, row, column):
    assert told(one_row("text"), settings=settings, choices="") == [(code, "settings", row, column)]


def test_the_default_language_is_that_of_columns_without_one():
    survey = "type | name | label | label::ja\ntext | q | Question | 問"
    columns = "form_id | form_title | form_title::ja | default_language | version | style"
    settings = f"{columns}\nsmall | Small | 小 | English (en) | 3 | pages"
    reading = read(survey, settings=settings, choices="")
    assert reading.questionnaire.question("q").label == Text(ja="問", en="Question")
    assert reading.questionnaire.title == Text(ja="小", en="Small")
    assert [remark.column for remark in reading.remarks] == ["version", "style"]


def test_sheets():
    with pytest.raises(Problem) as refused:
        read_xlsform("x.xlsx", {"settings": grid(SETTINGS)})
    assert [each.kind.code for each in refused.value.findings] == ["xlsform-sheet-lacking"]
    assert told("") == [("xlsform-empty", "survey", None, None)]
    assert told(one_row("text"), entities="dataset\nx") == [
        ("xlsform-sheet-unsupported", "entities", None, None)
    ]
    remark = read(one_row("text"), notes="anything").remarks[0]
    assert (remark.file, remark.kind.code) == ("notes", "xlsform-not-used")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("日本語 (ja)", "ja"),
        ("日本語（ja）", "ja"),
        ("English (en)", "en"),
        ("やさしい日本語 (ja-simple)", "simple"),
        ("Français (fr)", None),
    ],
)
def test_languages(name, code):
    assert language_of(name) == code


def test_everything_is_told_at_once_in_the_order_of_the_sheets():
    survey = one_row("geopoint", relevant="${x} = 1") + "\ntext | Q2 | あ | a | (\n"
    found = told(survey, settings="form_id\nX")
    assert [(each[1], each[2]) for each in found] == [
        ("settings", 2),
        ("settings", 2),
        ("survey", 3),
        ("survey", 4),
    ]


def test_the_first_hundred_are_listed_and_all_are_counted():
    rows = "\n".join(f"geopoint | q{number} | あ | a" for number in range(150))
    with pytest.raises(Problem) as refused:
        read(f"type | name | label::ja | label::en\n{rows}", choices="")
    assert len(refused.value.findings) == 100
    assert "150 thing(s) to correct, the first 100 listed" in refused.value.as_text("en")
