"""Whatever surrounds it, no digit of a number survives; masking twice is masking once; the rest stays."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from monosashi.adapters.japanese import words
from monosashi.gather.comments.mask import mask
from monosashi.gather.comments.spans import apart

WORDS = [
    "窓口",
    "で",
    "とても",
    "待った",
    "。",
    "(",
    "「",
    "申請",
    "ー",
    "—",
    "·",
    "/",
    "：",
    "\n",
    "\u3000",
    "hello",
    ",",
    "😀",
    "です\u3000",
]
HYPHENS = ["", "-", "‐", "–", "−", "ー", "－", " ", "\u3000", ".", "\u200b"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def nothing(_):
    """A source that knows no word, so that only patterns speak."""
    return []


@st.composite
def telephones(draw):
    digits = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=8, max_size=8)))
    head, *rest = draw(
        st.sampled_from([("090", 4, 4), ("050", 4, 4), ("03", 4, 4), ("0776", 2, 4), ("0120", 3, 3)])
    )
    groups, used = [head], 0
    for size in rest:
        groups.append(digits[used : used + size])
        used += size
    said = draw(st.sampled_from(HYPHENS)).join(groups)
    return said.translate(WIDE) if draw(st.booleans()) else said


@st.composite
def long_numbers(draw):
    length = draw(st.integers(12, 16))
    digits = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=length, max_size=length)))
    joint = draw(st.sampled_from(HYPHENS))
    return joint.join(digits[place : place + 4] for place in range(0, length, 4))


around = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)


@given(before=around, number=st.one_of(telephones(), long_numbers()), after=around)
@settings(max_examples=300, deadline=None)
def test_no_digit_of_a_masked_number_survives(before, number, after):
    masked = mask(before + number + after, nothing)
    assert not any(one.isdigit() for one in masked.text)
    assert masked.marks


@given(text=st.text(alphabet=st.sampled_from("あ一丁目番地03-9０−ー@a.b/〒 さん様田中(株)\n😀+")))
@example(text="田中さん03-0000-0000")
@settings(max_examples=300, deadline=None)
def test_masking_twice_is_masking_once_and_the_rest_is_untouched(text):
    masked = mask(text, words)
    again = mask(masked.text, words)
    assert again.text == masked.text
    assert again.marks == ()
    kept, done = [], 0
    for mark in masked.marks:
        assert done <= mark.begin < mark.end <= len(text)
        kept.append(text[done : mark.begin])
        done = mark.end
    kept.append(text[done:])
    for part in kept:
        assert part in masked.text


@given(text=st.text(alphabet=st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@＠〒")))
@settings(max_examples=200, deadline=None)
def test_a_text_without_numbers_addresses_and_names_is_unchanged(text):
    if "at)" not in text and "at]" not in text and "番" not in text and "丁目" not in text:
        masked = mask(text, nothing)
        assert masked.text == text or all(mark.kind in ("link", "name") for mark in masked.marks)


def test_marks_that_touch_the_same_characters_are_one():
    from monosashi.gather.comments.spans import Span

    spans = [Span("number", 3, 9), Span("phone", 3, 12), Span("name", 11, 14), Span("name", 14, 15)]
    assert apart(spans) == [Span("phone", 3, 14), Span("name", 14, 15)]
