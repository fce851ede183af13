"""The questionnaires that ship with the Tokyo guideline, held against what they have to ask."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.xlsform_files import read_workbook, workbook
from monosashi.define.questionnaire.built import questionnaires
from monosashi.demo import city
from monosashi.gather.answers.course import choices, course
from monosashi.gather.answers.fitting import misfits
from monosashi.gather.answers.row import columns
from monosashi.gather.record import RESPONSE, is_column

NORM = load_guideline("tokyo/1.1.0")
FORMS = {form.id: form for form in questionnaires(NORM)}
TODAY = "2026-11-25"
# what the core bank asks, item by item
CORE = (
    "overall", "done", "findability", "usability", "felt_minutes", "time_reasonable", "updates", "improve",
    "difficulties", "help_sought", "help_found", "missed", "recommend", "comment",
)  # fmt: skip
# what a question is, apart from the words that name the service or the city it is about
SUBSTANCE = (
    "kind", "hint", "purpose", "choices", "exclusive", "other", "missing", "constraint", "constraint_message",
    "lines", "item", "scale", "wording_version",
)  # fmt: skip
ASKED = [(form, question) for form in FORMS.values() for question in form.questions if question.is_asked]


def asked(form, **answers):
    return [question.id for question in course(FORMS[form], answers, today=TODAY)]


def test_seven_questionnaires_ship_and_this_is_what_they_ask_first_and_last():
    first_and_last = {id: (form.questions[0].id, form.questions[-1].id) for id, form in FORMS.items()}
    assert first_and_last == {
        "ask_back": ("better", "comment"),
        "core": ("overall", "comment"),
        "resident": ("city", "comment"),
        "review": ("overall", "comment"),
        "service": ("way", "comment"),
        "staff": ("environment", "comment"),
        "training": ("training_overall", "comment"),
    }
    assert [question.id for question in FORMS["core"].questions] == list(CORE)
    assert [question.id for question in FORMS["review"].questions] == ["overall", "done", "comment"]


@pytest.mark.parametrize("name", CORE)
def test_a_core_item_is_the_same_wherever_it_is_asked(name):
    """Same scale, codes and purpose everywhere; other words only where the bank itself holds them."""
    everywhere = [(form, question) for form, question in ASKED if question.item == name]
    assert {form.id for form, _ in everywhere} >= {"core", "service", "resident"}
    assert len({repr([getattr(question, field) for field in SUBSTANCE]) for _, question in everywhere}) == 1
    item = NORM.item(name)
    for form, question in everywhere:
        outline = next(each for each in NORM.questionnaires if each.id == form.id)
        assert question.id == name
        assert question.label == item.text_of(outline.instrument)
    of_services = {question.label for form, question in everywhere if form.id != "resident"}
    assert len(of_services) == 1


def test_every_question_is_tied_to_the_bank_and_the_bank_knows_it():
    for form, question in ASKED:
        item = NORM.item(question.item)
        assert (question.scale, question.wording_version) == (item.scale, item.wording_version)
        assert form.id in item.asked_in
    assert {item.id for item in NORM.items} == {question.item for _, question in ASKED}


def test_every_word_is_there_in_easy_japanese_with_readings():
    texts = chain.from_iterable(_texts(form) for form in FORMS.values())
    for text in texts:
        assert text.simple, text.ja
        assert re.findall(r"[一-龠々]+(?![一-龠々]|（[ぁ-んー]+）)", text.simple) == [], text.simple


def _texts(form):
    yield from filter(None, (form.title, form.about, form.thanks, *(group.label for group in form.groups)))
    for question in form.questions:
        said = (question.label, question.hint, question.purpose, question.constraint_message)
        yield from filter(None, said)
        yield from (choice.label for choice in question.choices)


def test_answers_become_columns_that_the_lake_takes():
    for form in FORMS.values():
        stored = columns(form)
        assert all(is_column(name) for name in stored)
        assert not set(stored) & set(RESPONSE.columns)


def test_the_ladder_names_each_principle_as_the_guideline_does():
    ladder = [question for question in FORMS["staff"].questions if question.id.startswith("principle_")]
    assert [question.id for question in ladder] == [f"principle_{number}" for number in range(1, 11)]
    for number, question in enumerate(ladder, start=1):
        assert f"第{number}条「{NORM.principle(number).title.ja}」" in question.label.ja
        assert [choice.code for choice in question.choices] == ["1", "2", "3", "4", "9"]


def test_every_indicator_of_a_survey_finds_its_item_in_the_questionnaire():
    for indicator in NORM.indicators:
        for measure in indicator.measures:
            kind, _, instrument = measure.table.partition("/")
            if kind == "responses":
                assert measure.item in columns(FORMS[instrument])


def test_who_used_no_procedure_is_not_asked_about_it():
    answered = {"city": "paris", "age_band": "30s", "sex": "other"}
    of_procedures = {"procedures", "procedures_rating", "done", "felt_minutes"}
    assert (
        set(asked("resident", **answered, used_online="1")) - set(asked("resident", **answered))
        == of_procedures
    )
    assert not of_procedures & set(asked("resident", **answered, used_online="0"))


def test_only_tokyo_has_accounts_on_line_and_note():
    """出典: 海外5都市では、「LINE」「note」の公式アカウントが存在しない"""
    question = FORMS["resident"].question("accounts_known")
    offered = {
        each: {choice.code for choice in choices(question, {"city": each}, today=TODAY)}
        for each in ("tokyo", "london")
    }
    assert offered["tokyo"] - offered["london"] == {"line", "note"}


@pytest.mark.parametrize("form", ["core", "service", "resident"])
def test_whether_help_helped_is_asked_of_those_who_sought_it(form):
    assert "help_found" not in asked(form)
    assert "help_found" not in asked(form, help_sought="none")
    assert "help_found" in asked(form, help_sought="phone people")


def test_none_goes_with_nothing_else_and_minutes_stay_within_a_day():
    def wrong(**answers):
        return [(each.question, each.code) for each in misfits(FORMS["core"], answers, today=TODAY)]

    assert wrong(difficulties="none find", felt_minutes="1441") == [
        ("felt_minutes", "constraint"),
        ("difficulties", "exclusive"),
    ]
    assert wrong(difficulties="find other", felt_minutes="1440", help_sought="none") == []


def test_those_who_used_what_they_learned_are_not_asked_what_kept_them():
    assert "training_obstacles" not in asked("training", training_used="3")
    assert "training_obstacles" in asked("training", training_used="1")


@pytest.mark.parametrize("id", sorted(FORMS))
def test_each_is_sound_xlsform_and_reads_back(id):
    assert read_workbook(f"{id}.xlsx", workbook(FORMS[id])).questionnaire == FORMS[id]


def test_the_synthetic_city_answers_what_the_questionnaires_ask():
    """A column that bears the name of an item has its type and its codes."""
    seen = set()
    for part in city.parts(city.SEED, NORM):
        kind, _, instrument = part.table.partition("/")
        if kind == "responses" and part.table not in seen:
            seen.add(part.table)
            table, form = part.make(), FORMS[instrument]
            stored = columns(form)
            for name in set(table.data) & set(stored):
                assert table.types[name] == stored[name], (part.table, name)
                offered = {choice.code for choice in form.question(name).choices}
                given = {str(int(cell) if isinstance(cell, bool) else cell) for cell in table.data[name]}
                assert given - {"None"} <= offered, (part.table, name)
            own = {name for name in table.data if name not in RESPONSE.columns and name not in stored}
            assert own <= {"bureau", "bureau_staff"}, own
    assert seen == {"responses/resident", "responses/staff", "responses/review"}
