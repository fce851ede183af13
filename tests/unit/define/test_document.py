"""YAML as officials write it: values that remember their lines, and words that stay words."""

from __future__ import annotations

import pytest

from monosashi.define.document import read_document


def read(text):
    return read_document("a.yaml", text.encode())


def told(text):
    return [(finding.kind.code, finding.row) for finding in read(text).findings]


def test_every_value_remembers_its_line():
    document = read("title:\n  ja: 題\n  en: Title\nlist:\n  - one\n  - two\n")
    assert document.value == {"title": {"ja": "題", "en": "Title"}, "list": ["one", "two"]}
    assert document.line(("title", "en")) == 3
    assert document.line(("list", 1)) == 6
    assert document.line(("list", 1, "nothing", "there")) == 6  # the nearest thing around it


def test_a_part_keeps_the_lines_of_its_file():
    part = read("- a: 1\n- a: 2\n  b: 3\n").part(1)
    assert part.value == {"a": 2, "b": 3}
    assert part.line(("b",)) == 3


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("3:00", "3:00"),
        ("1.1.0", "1.1.0"),
        ("2022-03-31", "2022-03-31"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("70", 70),
        ("-3", -3),
        ("0.70", 0.7),
        ("true", True),
        ("~", None),
        ('"70"', "70"),
    ],
)
def test_only_plain_numbers_true_false_and_nothing_are_more_than_words(written, value):
    found = read(f"a: {written}").value["a"]
    assert (found, type(found)) == (value, type(value))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    document = read_document("a.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert document.value == {"a": 1, "b": 2}
    assert document.line(("b",)) == 2


def test_a_key_twice_is_told_on_the_second_line_and_names_the_first():
    (finding,) = read("a: 1\nb: 2\na: 3\n").findings
    assert (finding.kind.code, finding.row, finding.details["first"]) == ("guideline-key-twice", 3, 1)


def test_both_ends_of_an_alias_are_told():
    assert told("a: &x {b: 1}\nc: 2\nd: *x\n") == [("guideline-alias", 1), ("guideline-alias", 3)]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a:\n  b: 1\n\tc: 2\n", "guideline-tab", 3),
        ("a: 1\n b: 2\n", "guideline-unreadable", 2),
        ('a: 1\nb: "open\nc: 3\n', "guideline-unreadable", 2),
        ("a: 1\nb: \x07\n", "guideline-unreadable", 2),
        ("a: 1\n---\nb: 2\n", "guideline-unreadable", 2),
        ("", "guideline-empty", 1),
        ("# nothing\n", "guideline-empty", 1),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, code, row):
    assert told(text) == [(code, row)]


@pytest.mark.parametrize("opened", ["[", "{a: ", "- "])
def test_a_file_nested_beyond_reason_is_refused_and_not_a_crash(opened):
    assert told(opened * 100_000) == [("guideline-unreadable", 1)]


def test_another_encoding_is_told_with_the_line_of_the_first_strange_letter():
    document = read_document("a.yaml", "a: 1\nb: 題\n".encode("cp932"))
    assert [(finding.kind.code, finding.row) for finding in document.findings] == [("guideline-encoding", 2)]
