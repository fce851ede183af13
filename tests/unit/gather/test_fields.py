"""What a field may hold is said by the table, by the questionnaire and by the mapping together."""

from __future__ import annotations

import pytest

from arrivals import counts, found, seen, values
from monosashi.gather.record import RECORDS, is_column

ID = "response_id: id\n"


def messages(content, fields, **more):
    return [each.as_text("en") for each in seen(content, fields, **more).findings.listed()]


def test_answers_are_the_codes_of_the_scale_or_its_words_in_any_language():
    cells = ["5", "満足", "Satisfied", "とても いい", " やや満足 ", "9", ""]
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    assert values(f"id,q\n{rows}", ID + "overall: q")["overall"] == [5, 5, 5, 5, 4, 9, None]


def test_an_unknown_answer_is_shown_with_the_nearest():
    (message,) = messages("id,q\na,5\nb,やや不満足\n", ID + "overall: q")
    assert message.startswith(
        "line 3, column \"q\": 'やや不満足' is not one of the known values. Nearest: やや満足"
    )


@pytest.mark.parametrize("cell", ["五", "5.0", "05", "3", "満足 です"])
def test_an_answer_is_never_guessed(cell):
    assert found(f"id,q\na,{cell}\n", ID + "overall: q") == [("code-unknown", 2, "q")]


def test_yes_and_no_become_booleans_and_no_is_not_missing():
    cells = values("id,u\na,はい\nb,No\nc,1\nd,0\ne,\n", ID + "used: u")["used"]
    assert cells == [True, False, True, False, None]


def test_a_choice_of_many_is_one_boolean():
    assert values("id,k\na,1\nb,0\nc,\n", ID + "knows_2: k")["knows_2"] == [True, False, None]
    assert found("id,k\na,1\n", ID + "knows_4: k") == [("field-unknown", None, None)]


def test_codes_of_the_mapping_replace_the_words_of_the_scale():
    field = 'overall: {column: q, codes: {"1": 5, "2": 4, "99": 9}}'
    assert values("id,q\na,1\nb,2\nc,99\n", ID + field)["overall"] == [5, 4, 9]
    assert found("id,q\na,満足\n", ID + field) == [("code-unknown", 2, "q")]


def test_codes_lead_to_what_the_scale_offers():
    field = 'overall: {column: q, codes: {"1": 5, "2": 3}}'
    assert messages("id,q\na,1\n", ID + field) == [
        "The codes of 'overall' lead to '3', which is not one of its values. "
        "Its values: 5, 4, 1, 9. A cell that means no answer belongs under missing."
    ]


def test_free_text_is_a_comment():
    """An item without choices is one by itself; a column of one's own if the mapping says so."""
    assert values("id,c\na,良い\n", ID + "comment: c")["comment"] == ["良い"]
    own = seen("id,c\na,良い\n", ID + "why: {column: c, comment: true}").records
    assert (own.fields["why"], own.types["why"], own.comments) == (["良い"], "text", {"why"})


def test_an_answer_of_choices_is_no_free_text():
    for field in ("overall: {column: c, comment: true}", "wave: {column: c, comment: true}"):
        assert found("id,c\na,5\n", ID + field) == [("field-free-text", None, None)]
    assert found("id,c\na,5\n", ID + "why: {column: c, comment: true, type: integer}") == [
        ("field-type", None, None)
    ]


def test_a_preview_does_not_show_what_nobody_has_masked():
    shown = seen("id,c\na,窓口の佐藤さん\n", ID + "comment: c").as_json()
    assert shown["fields"]["comment"] == {"type": "comment", "n": 1, "n_missing": 0}
    fields = "response_id: id\nitem: {value: comment}\ntext: c"
    shown = seen("id,c\na,窓口の佐藤さん\n", fields, table="comments").as_json()
    assert "佐藤" not in str(shown)


def test_any_number_of_choices_does_not_fit_into_one_column():
    assert found("id,k\na,1\n", ID + "knows: k") == [("field-many", None, None)]
    assert "knows_1, knows_2, knows_3" in messages("id,k\na,1\n", ID + "knows: k")[0]


def test_codes_that_are_words_and_numbers_within_bounds():
    assert values("id,w\na,north\nb,南\n", ID + "ward: w")["ward"] == ["north", "south"]
    assert found("id,w\na,west\n", ID + "ward: w")[0][1:] == (2, "w")
    assert values("id,m\na,600\n", ID + "minutes: m")["minutes"] == [600]
    assert found("id,m\na,601\n", ID + "minutes: m")[0][1:] == (2, "m")


def test_free_text_goes_to_comments():
    fields = "response_id: id\nitem: {value: comment}\ntext: c"
    assert values("id,c\na,良い\n", fields, table="comments") == {
        "response_id": ["a"],
        "item": ["comment"],
        "text": ["良い"],
    }
    assert found("id,c\na,\n", fields, table="comments") == [("cell-needed", 2, "c")]


def test_a_field_of_ones_own_needs_a_type():
    assert found("id,a\n1,20\n", ID + "age: a") == [("field-unknown", None, None)]
    assert values("id,a\n1,20\n", ID + "age: {column: a, type: integer}")["age"] == [20]
    (message,) = messages("id,a\n1,5\n", ID + "overal: a")
    assert "Nearest: overall" in message


@pytest.mark.parametrize("name", ["Overall", "満足度", "5a", "a b", "a.b", '"_a"', "a" * 64])
def test_a_name_that_cannot_be_stored(name):
    assert found("id,a\n1,2\n", ID + f"{name}: {{column: a, type: text}}") == [("field-name", None, None)]


def test_names_of_columns():
    assert all(is_column(name) for schema in RECORDS.values() for name in schema.columns)
    assert is_column("q12a_imp-2")
    assert not is_column("a\n")


def test_fixed_columns_have_their_type():
    assert found("id,w\n1,2\n", ID + "weight: {column: w, type: text}") == [("field-type", None, None)]
    assert values("id,w\n1,2\n", ID + "weight: {column: w, type: number}")["weight"] == [2.0]
    assert found("id,q\n1,5\n", ID + "overall: {column: q, type: text}") == [("field-type", None, None)]


def test_what_a_table_needs_is_in_the_mapping():
    assert found("w\n2\n", "weight: w") == [("field-lacking", None, None)]
    assert [code for code, *_ in found("s\nx\n", "subject: s", **counts({}))] == ["field-lacking"] * 4


def test_a_column_that_is_not_there_is_named_with_the_nearest():
    content, fields = "id,総合満足度\na,5\n", ID + "overall: 総合満足"
    assert found(content, fields) == [("column-unknown", None, "総合満足")]
    assert "Nearest: 総合満足度" in messages(content, fields)[0]


def test_a_range_of_the_mapping_narrows_the_one_of_the_table_and_never_widens_it():
    fields = "subject: s\nmeasure: {value: visits}\nperiod: {value: FY2025}\nchannel: {value: web}\n"
    fields += "status: {value: value}\nquantity: {column: n, range: [-5, 10]}"
    content = "s,n\na,0\nb,10\nc,-1\nd,11\n"
    assert found(content, fields, **counts({})) == [
        ("cell-implausible", 4, "n"),
        ("cell-implausible", 5, "n"),
    ]


def test_words_of_the_table_are_the_only_ones():
    fields = "case_id: c\nactivity: a\noccurred_at: at\nside: s"
    events = {"kind": "events", "table": "events"}
    content = "c,a,at,s\n1,receive,2025-04-01 00:00Z,{}\n"
    assert values(content.format("office"), fields, **events)["side"] == ["office"]
    assert values(content.format(""), fields, **events)["side"] == [None]
    assert found(content.format("clerk"), fields, **events) == [("code-unknown", 2, "s")]


def test_codes_cannot_lead_around_the_words_of_the_table():
    """A sixth state would be neither counted nor explained."""
    fields = "case_id: c\nactivity: a\noccurred_at: at\nside: {column: s, codes: {庁: office, 民: citizen}}"
    content = "c,a,at,s\n1,receive,2025-04-01 00:00Z,庁\n"
    assert found(content, fields, kind="events", table="events") == [("code-not-offered", None, None)]
    fields = fields.replace("citizen", "applicant")
    assert values(content, fields, kind="events", table="events")["side"] == ["office"]


def test_one_value_for_every_row_goes_through_the_same_door():
    assert values("id\na\nb\n", ID + "overall: {value: 満足}")["overall"] == [5, 5]
    assert found("id\na\nb\n", ID + "overall: {value: 3}") == [("code-unknown", None, "overall")]
    assert found("id\na\n", ID + "weight: {value: 0}") == [("cell-not-positive", None, "weight")]
    assert values("id\na\n", ID + "city: {value: null, type: text}")["city"] == [None]


def test_a_cell_of_several_words_is_split_and_each_is_coded() -> None:
    fields = (
        'response_id: 番号\nuse: {column: 機器, type: text, split: ";", codes: {紙: paper, PC: pc, 他: null}}'
    )
    content = "番号,機器\n1,紙; PC\n2,他\n3,PC;紙;PC\n4,\n"
    assert values(content, fields)["use"] == ["paper;pc", None, "pc;paper", None]
    assert found(content.replace("紙; PC", "紙; 石"), fields) == [("code-unknown", 2, "機器")]


def test_only_texts_are_split() -> None:
    fields = 'response_id: 番号\nage: {column: 年, type: integer, split: ";"}'
    assert found("番号,年\n1,2\n", fields) == [("field-split", None, None)]
