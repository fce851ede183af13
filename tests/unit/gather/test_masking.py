"""Personal data in comments give way to a word for their kind; each line can be read and judged.

Every person, number and address here is made up or an example of a published rule.
"""

from __future__ import annotations

import pytest

from monosashi.adapters.japanese import words
from monosashi.gather.comments.mask import mask
from monosashi.gather.comments.numbers import is_card, is_individual_number

MASKED = {
    # telephones: mobile, land, free, with widths, hyphens, brackets, from abroad
    "電話は090-1234-5678です": "電話は【電話番号】です",
    "電話０９０−１２３４−５６７８まで": "電話【電話番号】まで",
    "０１２０ー１２３ー４５６にかけた": "【電話番号】にかけた",
    "自宅は(03)1234-5678、携帯は08012345678": "自宅は【電話番号】、携帯は【電話番号】",
    "0776(12)3456と0776‐12‐3456に": "【電話番号】と【電話番号】に",
    "IP電話の050 1234 5678": "IP電話の【電話番号】",
    "海外から+81 (0)90-1234-5678へ": "海外から【電話番号】へ",
    "Call me at +44 20 7946 0958.": "Call me at [phone].",
    "Call (415) 555-2671 please": "Call [phone] please",
    "市内はTEL 23-4567へ": "市内はTEL 【電話番号】へ",
    # mail and links
    "taro.yamada@example.jpまで": "【メールアドレス】まで",
    "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍに返事を": "【メールアドレス】に返事を",
    "Write to taro (at) example.com": "Write to [mail address]",
    "https://example.jp/status?id=8812 が開かない": "【リンク】 が開かない",
    # numbers
    "個人番号は1234 5678 9018": "個人番号は【個人番号】",
    "マイナンバー１２３４５６７８９０１８を書いた": "マイナンバー【個人番号】を書いた",
    "打ち間違えた123456789012": "打ち間違えた【番号】",
    "カードは4111-1111-1111-1111": "カードは【カード番号】",
    "口座は普通1234567": "口座は普通【番号】",
    "My account no. 88123": "My account no. [number]",
    # addresses
    "〒910-0006 福井県福井市中央1丁目2-3 コーポ福井101号室に住む": "【郵便番号】 【住所】に住む",
    "東京都新宿区西新宿２−８−１の隣": "【住所】の隣",
    "千代田区一丁目二番三号です": "【住所】です",
    "高浜町宮崎71-7の家": "【住所】の家",
    "I live at 221B Baker Street, London NW1 6XE": "I live at [address], London [postal code]",
    # names
    "山田太郎さんに相談した": "【氏名】さんに相談した",
    "窓口の佐藤様と鈴木係長": "窓口の【氏名】様と【氏名】係長",
    "担当の田中が親切": "担当の【氏名】が親切",
    "私は山本と申します": "私は【氏名】と申します",
    "佐々木 健 様": "【氏名】 様",
    "髙橋さん": "【氏名】さん",
    "😀トム・クルーズさん😀": "😀【氏名】さん😀",
    "Mr. Smith was kind": "Mr. [name] was kind",
    "John Smith was kind": "[name] was kind",
}
KEPT = [
    "2023-05-01 10:30に行き、1,000円払った",
    "3-4人で1-2時間、20-30代が多い",
    "福井市で2-3回迷った",
    "人口1234567人の街",
    "国道8号線を1階の2番窓口から3番へ",
    "西山公園と一乗谷朝倉氏遺跡はきれい",
    "お客さんも店員さんも多い",
    "https://www.example.lg.jp/tetsuzuki/ を見た",
    "福井県福井市に行った",
    "会員になって2023年で5年",
    "I waited 45 minutes at counter 3 in May 2024.",
]


@pytest.mark.parametrize(("said", "shown"), MASKED.items())
def test_what_is_personal_is_masked_by_its_kind(said, shown):
    masked = mask(said, words)
    assert masked.text == shown
    assert masked.original == said
    assert mask(shown, words).text == shown


@pytest.mark.parametrize("said", KEPT)
def test_what_is_not_personal_stays(said):
    assert mask(said, words).text == said


def test_each_mask_says_where_it_stands_in_the_original():
    said = "佐藤さんの携帯は090-1234-5678"
    marks = mask(said, words).marks
    assert [(mark.kind, said[mark.begin : mark.end]) for mark in marks] == [
        ("name", "佐藤"),
        ("phone", "090-1234-5678"),
    ]
    assert mask(said, words).counts == {"name": 1, "phone": 1}


def test_the_language_of_masks_can_be_chosen():
    assert mask("090-1234-5678", words).text == "[phone]"
    assert mask("090-1234-5678", words, language="ja").text == "【電話番号】"


def test_a_place_called_like_a_person_is_kept_and_a_person_called_like_a_place_is_not():
    assert mask("福井さんに聞いた。福井は広い", words).text == "【氏名】さんに聞いた。福井は広い"


def test_the_check_digit_of_individual_numbers():
    """12345678901: 1·6+2·5+3·4+4·3+5·2+6·7+7·6+8·5+9·4+0·3+1·2 = 212 = 19·11 + 3, so 11 − 3 = 8."""
    assert is_individual_number([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 8])
    assert not is_individual_number([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2])
    assert is_individual_number([0] * 12)
    assert not is_individual_number([1, 2, 3])


def test_the_check_digit_of_cards():
    """79927398713 is the example of Luhn's patent literature: the sum is 70."""
    assert is_card([7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3])
    assert not is_card([7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 0])


def test_long_texts_are_analyzed_in_parts_with_places_of_the_whole():
    said = "窓口はとても混んでいました。" * 2000 + "佐藤さんは親切でした"
    (mark,) = mask(said, words).marks
    assert said[mark.begin : mark.end] == "佐藤"
    assert "".join(word.surface for word in words(said)) == said
    assert len(words("長" * 20_000)) >= 1


@pytest.mark.parametrize(
    "one", ["0", "-0", "a", "a@", "一丁目", "1-2-3 ", "03-1234-5678 ", "コーポ", "\u200b1"]
)
def test_no_text_takes_long(one):
    """100 kB, the longest a cell may be, of whatever is worst for a pattern; the test ends or it does not."""
    said = one * (30_000 // len(one))
    masked = mask(said, lambda _: [])
    assert mask(masked.text, lambda _: []).text == masked.text
