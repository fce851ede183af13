"""Rows become records: keys tell them apart, five states stay apart, and every finding is collected."""

from __future__ import annotations

import pytest

from arrivals import counts, found, seen, values, volumes
from monosashi.gather.findings import shown
from monosashi.gather.record import STATES

ID = "response_id: id\n"
HEAD = "subject,measure,period,channel,status,quantity\n"


def line(status, quantity, subject="tax"):
    return f"{subject},visits,FY2025,web,{status},{quantity}\n"


def test_two_respondents_with_one_id_are_found_by_their_lines():
    content = 'id,x\na,"1\n2"\nb,1\na,3\na,4\n'
    assert found(content, ID) == [("key-twice", 5, "id"), ("key-twice", 6, "id")]
    (first, _) = seen(content, ID).findings.listed()
    assert "'a' already stands on line 2" in first.as_text("en")


def test_an_id_is_needed_in_every_row():
    assert found("id,x\na,1\n,2\n,3\n", ID) == [("cell-needed", 3, "id"), ("cell-needed", 4, "id")]


def test_ids_are_compared_as_they_are_written():
    assert values("id\na\nA\n a\n01\n1\n", ID)["response_id"] == ["a", "A", " a", "01", "1"]


def test_the_key_of_the_mapping_replaces_the_one_of_the_table():
    fields = "response_id: id\nwave: w"
    assert found("id,w\na,1\na,2\n", fields) == [("key-twice", 3, "id")]
    assert values("id,w\na,1\na,2\n", fields, key="[response_id, wave]")["wave"] == ["1", "2"]
    assert found("id,w\na,1\na,1\n", fields, key="[response_id, wave]") == [("key-twice", 3, "id, w")]
    assert found("id,w\na,\n", fields, key="[response_id, wave]") == [("cell-needed", 2, "w")]


def test_several_columns_make_one_field():
    fields = 'response_id: {columns: [ward, number], join: "/"}'
    assert values("ward,number\n13101,1\n13101,2\n", fields)["response_id"] == ["13101/1", "13101/2"]
    assert found("ward,number\n13101,\n", fields) == [("cell-needed", 2, "ward + number")]
    assert values("a,b\nx,y\n", "response_id: {columns: [a, b]}")["response_id"] == ["x-y"]


def test_where_a_part_is_missing_so_is_the_whole():
    fields = 'response_id: id\nplace: {columns: [a, b], type: text, missing: ["", NA]}'
    assert values("id,a,b\n1,x,y\n2,NA,y\n3,x,\n", fields)["place"] == ["x-y", None, None]


def test_joined_ids_that_coincide_are_found():
    """a-b + c and a + b-c: nothing tells them apart any more."""
    fields = "response_id: {columns: [a, b]}"
    assert found("a,b\na-b,c\na,b-c\n", fields) == [("key-twice", 3, "a + b")]


def test_events_are_told_apart_by_case_activity_and_moment():
    fields = "case_id: c\nactivity: a\noccurred_at: at"
    content = "c,a,at\n1,in,2025-04-01 09:00+09:00\n1,in,2025-04-01 09:01+09:00\n1,in,2025-04-01 00:00Z\n"
    assert found(content, fields, kind="events", table="events") == [("key-twice", 4, "c, a, at")]


@pytest.mark.parametrize("status", [state for state in STATES if state != "value"])
def test_what_was_not_counted_has_a_state_and_no_quantity(status):
    assert volumes(HEAD + line(status, "")) == []
    assert volumes(HEAD + line(status, "0")) == [("state-disagrees", 2, "status")]
    assert volumes(HEAD + line(status, "5")) == [("state-disagrees", 2, "status")]


def test_a_count_has_the_state_value_and_zero_is_a_count():
    fields = "\n".join(f"{name}: {name}" for name in HEAD.strip().split(","))
    read = values(HEAD + line("value", "0") + line("value", "3", "id"), fields, **counts({}))
    assert read["quantity"] == [0.0, 3.0]
    assert volumes(HEAD + line("value", "")) == [("state-disagrees", 2, "status")]


def test_a_disagreement_says_both_sides_in_words():
    fields = "\n".join(f"{name}: {name}" for name in HEAD.strip().split(","))
    content = HEAD + line("value", "") + line("not_collected", "7", "id")
    first, second = seen(content, fields, **counts({})).findings.listed()
    assert "状態「value」と数量「—」が合いません。" in first.as_text("ja")
    assert "The state 'not_collected' and the quantity '7' do not agree." in second.as_text("en")


def test_a_state_outside_the_five_is_refused_with_the_nearest():
    assert volumes(HEAD + line("not collected", "")) == [("code-unknown", 2, "status")]
    assert volumes(HEAD + line("", "")) == [("cell-needed", 2, "status")]


@pytest.mark.parametrize("quantity", ["1,234", "十二", "-1", "many"])
def test_a_quantity_that_cannot_be_read_is_one_finding_not_two(quantity):
    (finding,) = volumes(HEAD + line("value", f'"{quantity}"'))
    assert finding[0] in {"cell-not-number", "cell-implausible"}


def test_a_quantity_whose_column_is_not_there_is_one_finding():
    fields = "\n".join(f"{name}: {name}" for name in HEAD.strip().split(",")[:-1]) + "\nquantity: amount"
    content = HEAD + line("value", "1") + line("value", "2", "id")
    assert volumes(content, fields) == [("column-unknown", None, "amount")]


def test_codes_bring_the_words_of_a_file_to_the_five_states():
    fields = "\n".join(f"{name}: {name}" for name in HEAD.strip().split(",") if name != "status")
    words = "{集計: value, 未集計: not_collected, 秘匿: suppressed}"
    fields += f"\nstatus: {{column: status, codes: {words}}}"
    read = values(HEAD + line("未集計", "") + line("集計", "0", "id"), fields, **counts({}))
    assert read["status"] == ["not_collected", "value"]


def test_findings_of_all_fields_are_listed_in_the_order_of_lines():
    fields = "response_id: id\nweight: w\noverall: q"
    content = "id,w,q\na,0,5\nb,1,7\nb,x,満点\n"
    assert found(content, fields) == [
        ("cell-not-positive", 2, "w"),
        ("code-unknown", 3, "q"),
        ("cell-not-positive", 4, "w"),
        ("code-unknown", 4, "q"),
        ("key-twice", 4, "id"),
    ]


def test_a_hundred_findings_are_listed_and_all_are_counted():
    rows = "".join(f"r{number},0,bad{number}\n" for number in range(150))
    findings = seen("id,w,q\n" + rows, "response_id: id\nweight: w\noverall: q").findings
    assert (findings.count, len(findings.listed())) == (300, 100)
    assert [finding.row for finding in findings.listed()] == sorted([*range(2, 52)] * 2)


def test_looking_for_the_nearest_is_left_to_those_that_are_listed(monkeypatch):
    """A column of two million ids, mapped to an item by mistake, must not take hours."""
    asked = []
    monkeypatch.setattr("monosashi.gather.cells.nearest", lambda cell, known: asked.append(cell) or "—")
    rows = "".join(f"r{number},r{number}\n" for number in range(500))
    findings = seen("id,q\n" + rows, "response_id: id\noverall: q").findings
    assert (findings.count, len(asked)) == (500, 100)


def test_records_with_findings_hold_nothing_that_was_not_understood():
    preview = seen("id,w\na,1\nb,x\n", "response_id: id\nweight: w")
    assert preview.records.fields["weight"] == [1.0, None]


def test_findings_without_a_line_lead():
    fields = "response_id: id\nweight: w\nage: {column: years, type: integer}"
    assert found("id,w\na,0\n", fields) == [
        ("column-unknown", None, "years"),
        ("cell-not-positive", 2, "w"),
    ]


def test_what_a_stranger_wrote_is_shown_on_one_line():
    assert shown("満足\n\x1b[2J\u202e") == "満足\\n\\x1b[2J\\u202e"
    assert shown("x" * 50) == "x" * 39 + "…"
    assert shown("\udc89.csv") == "\\udc89.csv"
