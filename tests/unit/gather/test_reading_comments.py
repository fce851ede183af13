"""What a comment is about and how it is meant, line by line; every line can be read and judged."""

from __future__ import annotations

import pytest

from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.japanese import words
from monosashi.define.guideline import CodeFrame
from monosashi.errors import Problem
from monosashi.gather.comments.mask import mask
from monosashi.gather.comments.reading import Reader
from monosashi.gather.comments.units import stem

FRAME = load_guideline("tokyo/1.1.0").code_frame("service")
READER = Reader(FRAME, words)

SAID = [  # comment, some of the themes, polarity
    ("手続きのページが見つからない", {"findability"}, "bad"),
    ("手続きのページがすぐ見つかった", {"findability", "time"}, "none"),
    ("説明がわかりにくい", {"clarity"}, "bad"),
    ("説明が分かりづらかったです", {"clarity"}, "bad"),
    ("説明がわかりやすい", {"clarity"}, "good"),
    ("使いやすいとは言えない", set(), "bad"),
    ("ログインできません", {"sign_in"}, "bad"),
    ("サイトにつながらない", {"failure", "information"}, "bad"),
    ("不便はなかった", set(), "good"),
    ("何も問題なし", set(), "good"),
    ("悪くはない", set(), "good"),
    ("便利ではないと思います", set(), "bad"),
    ("親切でなくもない", {"staff"}, "good"),
    ("分からないことはなかった", {"clarity"}, "none"),
    ("職員が足りないんじゃないか", {"staff"}, "bad"),
    ("窓口に行かないといけない", {"in_person"}, "none"),
    ("入力しにくい", {"effort"}, "bad"),
    ("安いと助かる", set(), "wish"),
    ("入力しなければならない項目が多い", {"effort"}, "none"),
    ("カードで支払えるといい", set(), "wish"),
    ("案内があれば嬉しい", {"information"}, "wish"),
    ("もっと簡単にしてほしい", {"effort"}, "wish"),
    ("手数料が安くなればいい", {"cost"}, "wish"),
    ("職員さんは親切だったが、待ち時間が長すぎる", {"staff", "time"}, "mixed"),
    ("I couldn't find the form.", {"findability", "documents"}, "bad"),
    ("The page is not working", {"failure"}, "bad"),
    ("No problem at all, very quick!", {"time"}, "good"),
    ("Not only slow but confusing", {"time", "clarity"}, "bad"),
    ("It would be nice to pay by credit card", {"cost"}, "wish"),
    ("Please make it simple", {"effort"}, "wish"),
    ("Staff were helpful; the wording is unclear", {"staff", "clarity"}, "mixed"),
]


@pytest.mark.parametrize(("said", "themes", "polarity"), SAID)
def test_a_comment_is_read(said, themes, polarity):
    reading = READER.read(said)
    assert themes <= set(reading.themes)
    assert reading.polarity == polarity


def test_a_suggestion_names_the_words_that_caused_it_as_they_stand():
    said = "申し込みの画面がどこにあるのか分かりませんでした"
    reading = READER.read(said)
    causes = {one.theme: [said[c.begin : c.end] for c in one.causes] for one in reading.suggestions}
    assert causes == {"findability": ["どこにある"], "clarity": ["分かり"], "devices": ["画面"]}
    (feeling,) = reading.feelings
    assert (feeling.kind, said[feeling.cause.begin : feeling.cause.end], feeling.cause.denied) == (
        "bad",
        "分かり",
        True,
    )


def test_each_theme_is_judged_by_the_clauses_that_speak_of_it():
    reading = READER.read("説明は分かりにくい。職員さんは親切でした。窓口にも行った")
    assert reading.polarity == "mixed"
    assert {theme: reading.polarity_of(theme) for theme in reading.themes} == {
        "clarity": "bad",
        "staff": "good",
        "in_person": "none",
    }
    assert reading.polarity_of("cost") == "none"


@pytest.mark.parametrize(
    "said", ["特になし", "とくになし。", "なし", "特にありません", "None", "n/a", "…", "", "No comment"]
)
def test_an_answer_that_says_nothing_is_silent(said):
    reading = READER.read(said)
    assert (reading.silent, reading.themes, reading.polarity) == (True, (), "none")


def test_a_mask_suggests_nothing():
    """電話番号 and メールアドレス are words of masks; what stands around them is the comment's own."""
    masked = mask("090-1234-5678 か a@example.jp へ", words)
    assert masked.text == "【電話番号】 か 【メールアドレス】 へ"
    assert READER.read(masked.text).themes == ()
    assert READER.read("電話しました").themes == ("help",)


def test_spellings_of_one_word_are_one_word():
    for said in ("申し込みを取り消せない。問い合わせた", "問合せた", "問いあわせた"):
        assert "help" in READER.read(said).themes


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("waiting", "wait"),
        ("waits", "wait"),
        ("tries", "try"),
        ("confusing", "confus"),
        ("confused", "confus"),
        ("stopped", "stop"),
        ("need", "need"),
        ("pass", "pass"),
        ("bus", "bus"),
        ("used", "used"),
    ],
)
def test_english_words_without_their_endings(word, stemmed):
    assert stem(word) == stemmed


def test_words_of_which_nothing_can_be_read_are_refused_together():
    broken = FRAME.model_dump()
    broken["themes"][0]["words"]["ja"] = ("！！",)
    broken["wish"]["en"] = ("??",)
    with pytest.raises(Problem) as refused:
        Reader(CodeFrame.model_validate(broken), words)
    assert refused.value.kind.code == "code-frame-word-unread"
    assert "！！, ??" in refused.value.as_text("en")


@pytest.mark.parametrize("frame", load_guideline("tokyo/1.1.0").code_frames, ids=lambda one: one.id)
def test_every_word_of_the_shipped_frames_suggests_its_own_theme(frame):
    """Each word, standing alone as somebody's comment, is read as the frame means it."""
    reader = Reader(frame, words)
    for language in ("ja", "en"):
        for theme in frame.themes:
            for word in theme.words.of(language):
                assert theme.id in reader.read(word, language).themes, (theme.id, word)
        for kind in ("good", "bad", "wish"):
            for word in frame.polarity[kind].of(language):
                assert kind in {one.kind for one in reader.read(f"abc。{word}", language).feelings}, (
                    kind,
                    word,
                )
