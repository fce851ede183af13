"""A comparison as lines: full sentences when little changed, together when much did."""

from __future__ import annotations

from monosashi.define.brief import brief
from monosashi.define.compare import compare
from small_guideline import FILES, guideline

LISTEN = "principles/01-listen.yaml"


def lines(old, new, language="en"):
    return list(brief(compare(old, new), language))


def test_no_difference_is_said():
    assert lines(guideline(), guideline()) == [
        "smallville 1.0.0 → smallville 1.0.0",
        "There is no difference.",
    ]
    assert lines(guideline(), guideline(), "ja")[1] == "違いはありません。"


def test_little_is_told_sentence_by_sentence_under_its_heading():
    new = guideline(
        ("guideline.yaml", "version: 1.0.0", "version: 1.1.0"),
        (LISTEN, "  - {ja: 声を聞いているか, en: Are people heard?}\n", ""),
        ("facts.csv", ",12000,", ",12100,"),
        ("indicators/ease.yaml", "targets:", "parent: null\ntargets:"),
    )
    assert lines(guideline(), new) == [
        "smallville 1.0.0 → smallville 1.1.0",
        "+ 0 added, ~ 1 changed, - 1 retired",
        "",
        "Principles",
        "  - Viewpoint “Are people heard?” was removed from principle 1 “Listen”.",
        "",
        "Facts",
        "  ~ The value of fact “Population” changed: 12000 → 12100",
    ]


def many(count):
    """A second version with so many more facts, viewpoints for both principles and a new initiative."""
    facts = "".join(f"fact-{number},1,people,2024,事実,Fact,広報,\n" for number in range(count))
    viewpoint = "viewpoints: [{ja: 直っているか, en: Is it mended?}]\n"
    initiatives = FILES["roadmap/initiatives.yaml"].replace("open-hours", "letters").replace("1", "2")
    return guideline(
        ("facts.csv", "広報,1ページ\n", f"広報,1ページ\n{facts}"),
        (LISTEN, "viewpoints:\n", "viewpoints:\n  - {ja: 待たせていないか, en: Does anybody wait?}\n"),
        ("principles/02-mend.yaml", "number: 2\n", f"number: 2\n{viewpoint}"),
        ("roadmap/initiatives.yaml", "- id: open-hours", f"{initiatives}\n- id: open-hours"),
        (
            "roadmap/milestones.csv",
            "open-hours,2024H1",
            "letters,2024H1,2024H1,書く,Write,,\nletters,2025H1,2025H1,出す,Post,,\nopen-hours,2024H1",
        ),
        (LISTEN, "en: Hear what people say", "en: Hear what everybody says"),
    )


def test_much_is_told_together_and_what_changed_still_one_by_one():
    assert lines(guideline(), many(40)) == [
        "smallville 1.0.0 → smallville 1.0.0",
        "+ 45 added, ~ 1 changed, - 0 retired",
        "",
        "Principles",
        "  + 2 viewpoints were added to principles 1–2.",
        "  ~ The summary of principle 1 “Listen” changed: Hear what people say → Hear what everybody says",
        "",
        "Initiatives and milestones",
        "  + Initiative “Open at night” (2 milestones) was added to principle 2.",
        "",
        "Facts",
        "  + 40 facts were added.",
        "",
        "Every text: --format json.",
    ]


def test_the_same_in_japanese():
    assert lines(guideline(), many(40), "ja")[3:9] == [
        "原則",
        "  + 原則1〜2に視点2件が加わりました。",
        "  ~ 原則1「聞こう」の要点が変わりました: "
        "（英語）Hear what people say → （英語）Hear what everybody says",
        "",
        "仕組み・ルールと節目",
        "  + 原則2に仕組み・ルール「夜も開ける」（節目2件）が加わりました。",
    ]
