"""A mapping to start from: columns that are called like fields, and nothing guessed."""

from __future__ import annotations

from monosashi.gather.mapping import read_mapping
from monosashi.gather.record import RECORDS
from monosashi.gather.suggest import mapping_of


def test_columns_are_found_whatever_their_case_width_and_separators() -> None:
    header = ["Response ID", "ＷＥＩＧＨＴ", "Q_Ease", "memo"]
    text = mapping_of(header, RECORDS["responses"], ["q-ease", "q-time"], "responses/resident").text
    found = read_mapping("m.yaml", text.encode())
    columns = {name: field.column for name, field in found.fields.items()}
    assert columns == {"response_id": "Response ID", "weight": "ＷＥＩＧＨＴ", "q-ease": "Q_Ease"}
    assert found.table == "responses/resident"
    assert '"memo"' in text


def test_a_field_that_is_needed_waits_for_its_column() -> None:
    text = mapping_of(["件数"], RECORDS["volumes"], [], "volumes").text
    lines = text.splitlines()
    needed = RECORDS["volumes"].required
    assert [line for line in lines if line.endswith("{column: }")] == [
        f"  {name}: {{column: }}" for name in needed
    ]


def test_the_first_of_two_like_columns_is_taken() -> None:
    text = mapping_of(["case id", "case_id"], RECORDS["events"], [], "events").text
    assert 'case_id: {column: "case id"}' in text
    assert '"case_id"' in text.splitlines()[-1]
