"""The mapping file: strict, with the line of everything that is wrong."""

from __future__ import annotations

import pytest

from monosashi.errors import Problem
from monosashi.gather.mapping import FieldMapping, FileFormat, read_mapping

WHOLE = """
table: responses/resident
file: {encoding: cp932, separator: tab, missing: ["", NA, 9]}
key: [response_id, wave]
fields:
  response_id: {columns: [区, 番号], join: /}
  wave: {value: "2025"}
  age: {column: 年齢, type: integer, range: [18, 110], missing: ["", 999]}
  city: {column: 都市, type: text, codes: {東京: tokyo, 13: tokyo, true: yes}}
  answered_at: {column: 日時, type: timestamp, offset: "+09:00"}
  weight: 重み
"""


def read(text):
    return read_mapping("mapping.yaml", text.encode())


def wrong(text):
    """(code, line) of every finding."""
    with pytest.raises(Problem) as problem:
        read(text)
    assert problem.value.kind.code == "mapping-invalid"
    assert problem.value.details["count"] == len(problem.value.findings)
    return [(finding.kind.code, finding.row) for finding in problem.value.findings]


def test_everything_that_a_mapping_can_say():
    mapping = read(WHOLE)
    assert mapping.table == "responses/resident"
    assert mapping.file == FileFormat(encoding="cp932", separator="tab", missing=("", "NA", "9"))
    assert mapping.key == ("response_id", "wave")
    fields = mapping.fields
    assert list(fields) == ["response_id", "wave", "age", "city", "answered_at", "weight"]
    assert (fields["response_id"].sources, fields["response_id"].join) == (("区", "番号"), "/")
    assert (fields["wave"].sources, fields["wave"].value) == ((), "2025")
    assert (fields["age"].range, fields["age"].missing) == ((18, 110), ("", "999"))
    assert fields["city"].codes == {"東京": "tokyo", "13": "tokyo", "true": "yes"}
    assert fields["answered_at"].offset == "+09:00"


def test_the_name_of_a_column_is_enough():
    mapping = read("fields:\n  weight: 重み\n  wave: 5\n")
    assert mapping.fields["weight"] == FieldMapping(column="重み")
    assert mapping.fields["wave"].sources == ("5",)
    assert mapping.fields["weight"].missing is None  # those of the file
    assert mapping.file.missing == ("",)


def test_a_mapping_may_be_saved_with_a_byte_order_mark():
    assert read_mapping("m.yaml", b"\xef\xbb\xbffields: {id: x}").fields["id"].sources == ("x",)


@pytest.mark.parametrize(
    "field",
    [
        "{type: text}",
        "{column: a, value: b}",
        "{column: a, columns: [b, c]}",
        "{columns: []}",
        "{join: /}",
    ],
)
def test_a_field_has_exactly_one_source(field):
    assert wrong(f"fields:\n  a: x\n  b: {field}\n") == [("mapping-source", 3)]


def test_one_value_may_be_none():
    assert read("fields: {a: {value: null}}").fields["a"].value is None


def test_no_fields():
    assert wrong("table: volumes\nfields: {}\n") == [("mapping-no-fields", 2)]


@pytest.mark.parametrize("pair", ["[5, 1]", "[1]", "[]", "[1, 2, 3]"])
def test_a_range_is_a_pair_that_goes_upward(pair):
    assert wrong(f"fields:\n  a: {{column: x, range: {pair}}}\n") == [("mapping-range", 2)]


def test_a_range_may_be_open():
    assert read("fields: {a: {column: x, range: [null, 1]}}").fields["a"].range == (None, 1)


def test_a_key_is_among_the_fields():
    assert wrong("key:\n  - a\n  - b\nfields:\n  a: x\n") == [("mapping-key", 3)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("fields:\n  a: x\nfeilds: {}\n", "guideline-key-unknown", 3),
        ("fields:\n  a: {colum: x}\n", "guideline-key-unknown", 2),
        ("table: volumes\n", "guideline-key-missing", 1),
        ("fields:\n  a: {column: x, type: date_time}\n", "guideline-value", 2),
        ("file: {separator: pipe}\nfields: {a: x}\n", "guideline-value", 1),
        ("fields:\n  a: {column: x, offset: JST}\n", "guideline-value", 2),
        ("fields:\n  a: {column: x, offset: '+15:00'}\n", "guideline-value", 2),
        ("fields:\n  a: {column: x, missing: 9}\n", "guideline-value", 2),
        ("fields:\n  a: [x, y]\n", "guideline-value", 2),
        ("fields:\n  a: x\n  a: y\n", "guideline-key-twice", 3),
        ("fields: [\n", "guideline-unreadable", 2),
        ("", "guideline-empty", 1),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, code, line):
    """The same words as for a guideline: both are YAML that officials write."""
    assert wrong(text) == [(code, line)]


def test_a_mapping_that_is_not_utf_8():
    with pytest.raises(Problem) as problem:
        read_mapping("mapping.yaml", "fields: {a: 重み}".encode("cp932"))
    assert [finding.kind.code for finding in problem.value.findings] == ["guideline-encoding"]


@pytest.mark.parametrize("bomb", ["[" * 50_000, "{a: " * 50_000, "fields: " + "- " * 50_000])
def test_deep_nesting_is_refused(bomb):
    assert wrong(bomb)
