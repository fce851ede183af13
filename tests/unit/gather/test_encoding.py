"""Bytes become text with evidence, or the official is asked. Nothing turns into other letters silently."""

from __future__ import annotations

import codecs

import pytest

from arrivals import places
from monosashi.errors import Problem
from monosashi.gather.encoding import ENCODINGS, read_text

JAPANESE = "回答番号,都市\nP-1,東京\nP-2,とても満足しています\n"
KOREAN = "이름,나이\n홍길동,20\n"
FRENCH = "prénom,âge\nRené,20\n"


def refused(data, encoding=None):
    with pytest.raises(Problem) as problem:
        read_text(data, encoding, where="file.csv")
    return problem.value


@pytest.mark.parametrize(
    ("data", "encoding", "evidence"),
    [
        (b"id,x\n1,2\n", "utf-8", "every byte is ASCII"),
        (JAPANESE.encode(), "utf-8", "valid UTF-8 to the last byte, with 18 characters beyond ASCII"),
        (JAPANESE.encode("utf-8-sig"), "utf-8", "byte order mark EF BB BF"),
        (codecs.BOM_UTF16_LE + JAPANESE.encode("utf-16-le"), "utf-16-le", "byte order mark FF FE"),
        (codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be"), "utf-16-be", "byte order mark FE FF"),
        (
            JAPANESE.encode("cp932"),
            "cp932",
            "line 1 is not UTF-8; as CP932, 100% of what is beyond ASCII are Japanese characters",
        ),
    ],
    ids=["ascii", "utf-8", "utf-8 with its mark", "utf-16-le", "utf-16-be", "cp932"],
)
def test_what_is_certain_is_read_and_says_why(data, encoding, evidence):
    decoded = read_text(data)
    assert decoded.text in (JAPANESE, "id,x\n1,2\n")
    assert (decoded.encoding, decoded.evidence.en) == (encoding, evidence)
    assert decoded.evidence.ja


@pytest.mark.parametrize("words", ["あ", "満足", "はい,いいえ\n", "都市,年代\n東京,30代\n", "〜－①㈱髙"])
def test_a_few_japanese_words_are_enough_for_cp932(words):
    """Read as CP949, most of them would be hangul that nobody writes."""
    data = (words + "ありがとう").encode("cp932", "replace")
    assert read_text(data).encoding == "cp932"
    assert read_text(data).text == data.decode("cp932")


@pytest.mark.parametrize("codec", ["euc_jp", "cp949", "cp1252", "gbk", "big5", "utf-32"])
def test_what_is_not_certain_is_refused_with_a_sample_of_each_reading(codec):
    words = {"cp949": KOREAN, "cp1252": FRENCH, "gbk": "姓名,年龄\n张三,20\n", "big5": "姓名,年齡\n張三,20\n"}
    problem = refused(words.get(codec, JAPANESE).encode(codec))
    assert problem.kind.code == "encoding-unsure"
    assert all(name in str(problem) for name in ENCODINGS)


def test_the_sample_shows_what_a_person_would_recognize():
    assert "euc-jp: 回答番号,都市" in str(refused(JAPANESE.encode("euc_jp")))
    assert "cp949: 이름,나이" in str(refused(KOREAN.encode("cp949")))
    assert "windows-1252: prénom,âge" in str(refused(FRENCH.encode("cp1252")))


@pytest.mark.parametrize("words", ["I don’t know", "it’s fine, isn’t it", "£20 · 50°C", "caf\xe9"])
def test_english_with_curly_quotes_is_not_taken_for_kanji(words):
    """’t is 稚 and ’s is 痴 in CP932, as plausible as any other word of Japanese."""
    problem = refused(f"id,comment\n1,{words}\n".encode("cp1252"))
    assert problem.kind.code == "encoding-unsure"
    assert "windows-1252: " in str(problem)


def test_half_width_kana_of_euc_are_not_taken_for_kanji():
    """ｱｵﾓﾘ would be 竺七謝借 in CP932."""
    assert "euc-jp: id,ｱｵﾓﾘ" in str(refused("id,ｱｵﾓﾘ\n1,ｲﾜﾃ\n".encode("euc_jp")))


@pytest.mark.parametrize(
    ("text", "codec", "asked", "read_with"),
    [
        (JAPANESE, "utf-8", "UTF-8", "utf-8"),
        (JAPANESE, "utf-8-sig", "utf8", "utf-8"),
        (JAPANESE, "cp932", "Shift_JIS", "cp932"),
        (JAPANESE, "euc_jp", "euc-jp", "euc-jp"),
        (KOREAN, "cp949", "euc-kr", "cp949"),
        (FRENCH, "cp1252", " windows-1252 ", "windows-1252"),
        (JAPANESE, "utf-16", "utf-16", "utf-16-le"),
        (JAPANESE, "utf-16-be", "utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_that_is_asked_for_is_taken(text, codec, asked, read_with):
    decoded = read_text(text.encode(codec), asked)
    assert (decoded.text, decoded.encoding) == (text, read_with)
    assert decoded.evidence.en == "the encoding that was asked for"


def test_asked_for_utf_16_the_mark_says_which_half_comes_first():
    big = codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be")
    assert read_text(big, "utf-16").text == JAPANESE


@pytest.mark.parametrize(
    ("data", "asked"),
    [
        (JAPANESE.encode(), "cp932"),
        ("満足\n".encode(), "cp932"),
        ("é,à\n".encode(), "windows-1252"),
        (JAPANESE.encode("utf-8-sig"), "cp932"),
        (b"\xef\xbb\xbfid\n", "windows-1252"),
        (codecs.BOM_UTF16_LE + "id\n".encode("utf-16-le"), "windows-1252"),
        (codecs.BOM_UTF16_LE + "id\n".encode("utf-16-le"), "utf-8"),
    ],
)
def test_an_encoding_that_the_bytes_contradict_is_not_taken(data, asked):
    """A mapping written for last year's CP932 file, and this year the file is UTF-8."""
    problem = refused(data, asked)
    assert problem.kind.code == "encoding-disagrees"
    assert asked in str(problem)


def test_bytes_that_are_valid_in_two_encodings_are_read_as_the_person_says():
    """EUC-JP 足 is C2 AD, which is a character of UTF-8 too."""
    assert read_text("足\n".encode("euc_jp"), "euc-jp").text == "足\n"


def test_an_unknown_encoding_is_refused_with_those_that_can_be_read():
    problem = refused(b"id\n", "latin-9")
    assert problem.kind.code == "encoding-unknown"
    assert "cp932" in str(problem)


def test_every_undecodable_byte_is_placed_and_counted():
    """A file that is nearly UTF-8 is a damaged UTF-8 file. A line may end in CR, LF or both."""
    problem = refused("a\r\nあ\rい".encode() + b"\xff\nb\n\xfe")
    assert problem.kind.code == "encoding-unsure"
    assert places(problem) == [("byte-lost", 3, None), ("byte-lost", 5, None)]
    assert "The byte FF cannot be read" in str(problem)


def test_damage_in_an_encoding_that_was_asked_for():
    problem = refused("東京\n".encode("cp932") + b"\x81\n\x82\n" * 150, "cp932")
    assert problem.kind.code == "bytes-undecodable"
    assert problem.details["count"] == 300
    assert [row for _, row, _ in places(problem)] == list(range(2, 102))


@pytest.mark.parametrize("byte", [0x80, 0xA0, 0xFD, 0xFE, 0xFF])
def test_a_byte_that_no_cp932_file_has_is_lost_not_a_private_letter(byte):
    data = JAPANESE.encode("cp932") + bytes([byte]) + b"\n"
    problem = refused(data, "cp932")
    assert (problem.kind.code, places(problem)) == ("bytes-undecodable", [("byte-lost", 4, None)])
    assert f"The byte {byte:02X}" in str(problem)
    assert refused(data).kind.code == "encoding-unsure"


def test_half_a_character_of_utf_16():
    problem = refused(codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8", "utf-16")
    assert (problem.kind.code, places(problem)) == ("bytes-undecodable", [("byte-lost", 2, None)])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["id,x\n1,2\n", JAPANESE])
def test_utf_16_without_its_mark_is_recognized_and_asked_about(codec, text):
    problem = refused(text.encode(codec))
    assert problem.kind.code == "encoding-unsure"
    assert f"{codec}: " in str(problem)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04" + b"\0" * 30, "XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 30, "XLS"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"PAR1....PAR1", "Parquet"),
        (JAPANESE.encode("iso2022_jp"), "ISO-2022-JP"),
    ],
)
def test_what_is_not_text_says_what_it_is(content, kind):
    """Whatever the name ends in; and mail's Japanese is all ASCII bytes."""
    for asked in (None, "utf-8"):
        problem = refused(content, asked)
        assert problem.kind.code == "file-not-text"
        assert kind in str(problem)


def test_characters_that_an_earlier_program_lost_are_counted():
    assert read_text("東京\ufffd\ufffd".encode()).replaced == 2


def test_a_sample_cannot_steer_the_terminal():
    assert "\x1b" not in refused("\x1b[2Jé\x1b".encode("cp1252")).as_text("ja")
