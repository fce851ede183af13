"""`code_frames/`: what a guideline refuses about the words that suggest themes."""

from __future__ import annotations

import pytest

from monosashi.define.compare import compare
from monosashi.define.read import read_guideline
from monosashi.errors import Problem
from small_guideline import CODE_FRAME as FRAME
from small_guideline import files


def read(frame: str, name: str = "town.yaml"):
    return read_guideline({**files(), f"code_frames/{name}": frame.encode()}, name="small")


def told(old: str, new: str, name: str = "town.yaml") -> list[tuple[str, int | None]]:
    assert old in FRAME
    with pytest.raises(Problem) as refused:
        read(FRAME.replace(old, new, 1), name)
    return [(found.kind.code, found.row) for found in refused.value.findings]


def test_a_frame_is_read_with_its_themes_in_their_order():
    (frame,) = read(FRAME).code_frames
    assert [theme.id for theme in frame.themes] == ["roads", "water"]
    assert frame.themes[0].words.of("ja") == ("道", "歩道")
    assert frame.themes[0].words.of("en") == ("road", "pavement")
    assert read(FRAME).code_frame("town") == frame


def test_one_word_may_suggest_two_themes_but_stands_once_in_each():
    assert told("[道, 歩道]", "[道, 歩道, 道]") == [("code-frame-word-twice", 9)]
    assert told("[road, pavement]", "[road, Road]") == [("code-frame-word-twice", 9)]


def test_a_word_of_polarity_says_one_thing():
    assert told("bad: {ja: [悪い]", "bad: {ja: [悪い, 良い]") == [("code-frame-word-twice", 15)]
    assert told("able: {ja: [使える], en: [use]}", "able: {ja: [使える], en: [wish]}") == [
        ("code-frame-word-twice", 17)
    ]


def test_an_empty_word_is_none():
    assert told("[水道, 道]", '[水道, " "]') == [("code-frame-word-empty", 13)]


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("id: water", "id: roads", "guideline-id-twice", 10),
        ("en: [water, tap]", "", "guideline-one-language", 13),
        ('version: "1"\n', "", "guideline-key-missing", 1),
        ("good: ", "goods: ", "guideline-key-unknown", 14),
        ("    definition: {ja: 道の良し悪し, en: the state of roads}\n", "", "guideline-key-missing", 6),
        ("reference: {source: bulletin}", "reference:", "guideline-unreferenced", 19),
    ],
)
def test_what_lacks_or_is_written_wrongly_is_named_by_its_line(old, new, code, row):
    assert (code, row) in told(old, new)


def test_the_file_is_called_like_the_frame():
    assert told("id: town", "id: city") == [("guideline-file-name", 1)]


def test_a_changed_word_is_told_as_a_change_of_its_theme():
    changed = read(FRAME.replace("[road, pavement]", "[road, street]").replace("[道, 歩道]", "[道, 車道]"))
    (found,) = compare(read(FRAME), changed).amendments
    assert found.said_in("en") == (
        "The list of words of theme “Roads” of code frame “Voices to the town” changed: "
        "road, pavement → road, street"
    )
    assert "道、歩道 → 道、車道" in found.said_in("ja")
