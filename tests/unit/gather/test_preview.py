"""What an official looks at before anything is stored."""

from __future__ import annotations

import json

from arrivals import seen

CONTENT = "id,q,at,memo,w\na,5,2025-04-01 09:00+09:00,x,1\nb,5,2025-04-02 09:00+09:00,y,2\n\nc,,,,1.5\n"
FIELDS = """response_id: id
overall: q
answered_at: {column: at, type: timestamp}
wave: {value: "2025"}
weight: w"""


def preview():
    return json.loads(json.dumps(seen(CONTENT, FIELDS).as_json()))


def test_how_the_file_was_read():
    assert preview()["file"] == {
        "format": "csv",
        "encoding": "utf-8",
        "evidence": {"ja": "すべて ASCII の文字", "en": "every byte is ASCII"},
        "replaced_characters": 0,
        "separator": "comma",
        "sheet": None,
        "rows": 3,
        "blank_rows": 1,
        "columns": ["id", "q", "at", "memo", "w"],
    }


def test_what_each_field_holds():
    fields = preview()["fields"]
    assert fields["response_id"] == {"type": "text", "n": 3, "n_missing": 0}
    assert fields["overall"] == {
        "type": "integer",
        "n": 2,
        "n_missing": 1,
        "distribution": [{"value": 5, "label": "満足", "n": 2}],
    }
    assert fields["wave"]["distribution"] == [{"value": "2025", "n": 3}]
    assert fields["answered_at"]["distribution"][0] == {"value": "2025-04-01T00:00:00+00:00", "n": 1}


def test_of_many_values_the_ends_are_shown():
    rows = "".join(f"r{number},{number + 1}\n" for number in range(30))
    fields = seen("id,w\n" + rows, "response_id: id\nweight: w").as_json()["fields"]
    assert fields["weight"] == {"type": "number", "n": 30, "n_missing": 0, "lowest": 1.0, "highest": 30.0}


def test_columns_that_no_field_uses_are_named():
    assert preview()["unused_columns"] == ["memo"]


def test_findings_are_part_of_it_in_both_languages():
    shown = seen("id,w\na,0\n", "response_id: id\nweight: w").as_json()["findings"]
    assert shown["count"] == 1
    (first,) = shown["first"]
    assert (first["code"], first["row"], first["column"]) == ("cell-not-positive", 2, "w")
    assert first["what"] == {
        "ja": "「0」は使えません。0より大きい有限の数が必要です。",
        "en": "'0' cannot be used: a finite number above 0 is needed.",
    }
