"""A copy of the Tokyo guideline broken in every way, one at a time: the file, the line and what to do."""

from __future__ import annotations

import re

import pytest

from broken_guideline import BROKEN, CUSTOMER, EASE, FACTS, TOKYO
from monosashi import errors
from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.read import read_guideline
from monosashi.errors import Problem
from small_guideline import FILES, files, findings, guideline


def problem_of(contents):
    with pytest.raises(Problem) as problem:
        read_guideline(contents, name="tokyo/1.1.0")
    assert problem.value.kind is errors.GUIDELINE_INVALID
    return problem.value


def line_of(contents, finding):
    return contents[finding.file].decode().splitlines()[finding.row - 1]


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told_with_its_file_its_line_and_what_to_do(case):
    broken = BROKEN[case]
    contents = broken.files()
    found = [each for each in problem_of(contents).findings if each.kind.code == f"guideline-{broken.code}"]
    assert found, problem_of(contents)
    assert {each.file for each in found} == {broken.told_in or broken.file}
    assert broken.at in line_of(contents, found[0])
    assert broken.said in found[0].as_text("en")


@pytest.mark.parametrize("case", BROKEN)
def test_both_languages_say_it_and_nothing_is_left_to_fill_in(case):
    for finding in problem_of(BROKEN[case].files()).findings:
        ja, en = finding.as_text("ja"), finding.as_text("en")
        assert ja != en
        assert re.search("[ぁ-ん]", ja)
        assert not re.search(r"[{]\w+[}]", ja + en)


def test_the_whole_message_can_be_acted_on():
    (finding,) = problem_of(BROKEN["a word that is not offered"].files()).findings
    assert finding.as_text("en") == (
        f"{EASE}, line 2: 'role' cannot be 'part'. "
        "Write one of kgi, participation, component, foundation, dialogue."
    )
    assert finding.as_text("ja") == (
        f"{EASE}、2行目: 「role」の値「part」は使えません。 "
        "kgi, participation, component, foundation, dialogue のどれかを書いてください。"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"- a\n- b\n", "shape"),
        ("title: {ja: 題, en: T}\n".encode("cp932"), "encoding"),
        ("title: 題\n".encode("utf-16"), "encoding"),
    ],
)
def test_a_file_that_is_no_guideline_at_all_is_told(content, code):
    (finding,) = problem_of({**TOKYO, CUSTOMER: content}).findings
    assert (finding.kind.code, finding.file, finding.row) == (f"guideline-{code}", CUSTOMER, 1)


def test_a_table_that_is_none_is_told():
    content = TOKYO[FACTS] + b'x,"y\n'
    (finding,) = problem_of({**TOKYO, FACTS: content}).findings
    assert (finding.kind.code, finding.row) == ("guideline-table", content.count(b"\n"))


def test_a_missing_and_a_superfluous_file_are_told():
    contents = {**TOKYO, "indicators/usability.yml": b""}
    del contents["guideline.yaml"]
    told = [(each.kind.code, each.file) for each in problem_of(contents).findings]
    assert told == [
        ("guideline-file-missing", "guideline.yaml"),
        ("guideline-file-unread", "indicators/usability.yml"),
    ]


def test_a_byte_order_mark_is_no_mistake():
    contents = {name: b"\xef\xbb\xbf" + content for name, content in TOKYO.items()}
    assert read_guideline(contents, name="tokyo").version == "1.1.0"


def test_windows_line_ends_are_no_mistake():
    contents = {name: content.replace(b"\n", b"\r\n") for name, content in TOKYO.items()}
    assert read_guideline(contents, name="tokyo") == load_guideline("tokyo/1.1.0")


def test_everything_wrong_is_told_at_once_in_the_order_of_the_files():
    told = findings(
        files(
            ("indicators/ease.yaml", "unit: share", "unit: shares"),
            ("principles/01-listen.yaml", "id: trust", "id: talks"),
            ("facts.csv", ",Population,", ",,"),
            ("guideline.yaml", "id: smallville", "id: smallville\ncolour: blue"),
        )
    )
    assert [(each.file, each.row, each.kind.code) for each in told] == [
        ("facts.csv", 2, "guideline-one-language"),
        ("guideline.yaml", 2, "guideline-key-unknown"),
        ("indicators/ease.yaml", 7, "guideline-value"),
        ("principles/01-listen.yaml", 15, "guideline-id-twice"),
    ]


def test_what_points_into_a_file_that_cannot_be_read_is_not_blamed():
    told = findings(files(("scales.yaml", "- id: five", "- id: five:")))
    assert {each.file for each in told} == {"scales.yaml"}


def test_one_mistake_does_not_hide_another_that_points_elsewhere():
    told = findings(
        files(
            ("scales.yaml", "title: {ja: 五段階, en: Five steps}", "title: {ja: 五段階}"),
            ("items/easy.yaml", "scale: five", "scale: fife"),
            ("roadmap/milestones.csv", "open-hours,2025H1", "open-hour,2025H1"),
        )
    )
    assert [(each.kind.code, each.file) for each in told] == [
        ("guideline-not-there", "items/easy.yaml"),
        ("guideline-not-there", "roadmap/milestones.csv"),
        ("guideline-one-language", "scales.yaml"),
    ]


def test_a_part_with_a_mistake_still_has_its_name():
    told = findings(
        files(("principles/01-listen.yaml", "title: {ja: 聞こう, en: Listen}", "title: {ja: 聞こう}"))
    )
    assert [each.kind.code for each in told] == ["guideline-one-language"]


def test_a_guideline_may_begin_as_titles_alone():
    kept = ("guideline.yaml", "principles/01-listen.yaml", "principles/02-mend.yaml")
    small = guideline(without=tuple(name for name in FILES if name not in kept))
    assert [principle.title.en for principle in small.principles] == ["Listen", "Mend"]
    assert (small.indicators, small.facts, small.policy) == ((), (), None)


def test_the_parts_come_together():
    small = guideline()
    (initiative,) = small.principle(1).initiatives
    assert [(step.start, step.end) for step in initiative.milestones] == [
        ("2024H1", "2024H2"),
        ("2025H1", "2025H2"),
    ]
    assert small.principle(2).initiatives == ()
    assert small.indicator("ease").targets[0].value == 0.7
    (fact,) = small.facts
    assert (fact.value, fact.reference.place) == (12000, "1ページ")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("27.3", 27.3), ("2022-03", "2022-03"), ("1_000", "1_000"), ("nan", "nan"), ("x", "x")],
)
def test_a_fact_is_a_number_only_where_it_is_written_as_one(cell, value):
    small = guideline(("facts.csv", ",12000,", f",{cell},"))
    assert small.facts[0].value == value


def test_an_item_is_worded_for_the_instrument_that_asks_it():
    edit = (
        "items/easy.yaml",
        "asked_in: [resident]",
        "asked_in: [resident, review]\ntext_in: {review: {ja: この, en: This}}",
    )
    item = guideline(edit).item("easy")
    assert item.text_of("review").en == "This"
    assert item.text_of("resident").en == "Is it easy?"


def test_every_kind_of_error_of_a_guideline_is_tried_here():
    tried = {f"guideline-{broken.code}" for broken in BROKEN.values()}
    tried |= {
        "guideline-" + code for code in ("empty", "shape", "encoding", "table", "file-missing", "file-unread")
    }
    raised_as_a_whole = {"guideline-invalid", "guideline-unknown", "guideline-file-closed"}
    kinds = {code for code in errors.kinds() if code.startswith("guideline-")}
    assert kinds - tried == raised_as_a_whole
