"""Whatever somebody typed comes back exactly, or is refused with words; and the same rows have one digest."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from monosashi.errors import Problem
from monosashi.gather.csv_rows import read_rows
from monosashi.gather.encoding import Decoded, read_text
from monosashi.keep.digest import digest
from monosashi.keep.table import Columns

SEPARATORS = {"comma": ",", "tab": "\t", "semicolon": ";"}
# how Python calls it → how it is asked for
CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "cp932": "cp932",
    "euc_jp": "euc-jp",
    "cp949": "cp949",
    "cp1252": "windows-1252",
}
WORDS = [
    "満足",
    "とても満足しています",
    "ﾃｽﾄ",
    "髙﨑①",
    "홍길동",
    "René",
    "don’t",
    "😀",
    'a "b"',
    "a,b",
    "a\tb;c",
]
# what is written in an encoding, where it has much that nobody has ever written
LETTERS = {"utf-8-sig": "utf-8", "cp949": "euc_kr", "cp1252": "latin-1"}


def survives(text, codec):
    """Whether the encoding can write it: some write two letters as one."""
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def cells(codec="utf-8"):
    letters = st.characters(codec=LETTERS.get(codec, codec), exclude_characters="\0¢£¬‖−〜¥‾\u3164")
    words = [word for word in [*WORDS, "", " ", "\r\n", "\n", "\r"] if survives(word, codec)]
    some = st.text(letters, max_size=8).filter(lambda text: survives(text, codec))
    return st.one_of(some, st.sampled_from(words))


@st.composite
def tables(draw, codec="utf-8"):
    """A header of different names, and rows of as many cells, the last of which says something."""
    names = draw(st.lists(cells(codec).filter(str.strip), min_size=2, max_size=5, unique=True))
    row = st.lists(cells(codec), min_size=len(names) - 1, max_size=len(names) - 1)
    return names, draw(st.lists(row.map(lambda row: [*row, "x"]), min_size=1, max_size=6))


def in_some_encoding():
    return st.sampled_from([*CODECS]).flatmap(lambda codec: st.tuples(st.just(codec), tables(codec)))


def written(table, *, separator, newline):
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream, delimiter=SEPARATORS[separator], lineterminator=newline, quoting=csv.QUOTE_ALL
    )
    writer.writerow(table[0])
    writer.writerows(table[1])
    return stream.getvalue()


def read_back(data, separator, encoding) -> tuple[Decoded, tuple[str, ...], list[tuple[str, ...]]] | None:
    """None where the file was refused."""
    try:
        decoded = read_text(data, encoding)
        rows = read_rows(decoded.text, separator=separator)
    except Problem:
        return None
    return decoded, rows.header, list(zip(*rows.columns, strict=True))


@given(in_some_encoding(), st.sampled_from([*SEPARATORS]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_table_in_an_encoding_that_is_named_comes_back_exactly(brought, separator, newline):
    codec, table = brought
    text = written(table, separator=separator, newline=newline)
    found = read_back(text.encode(codec), separator, CODECS[codec])
    if codec.startswith("utf") and "\x1b" not in text:
        assert found
    if found:
        assert found[1:] == (tuple(table[0]), [tuple(row) for row in table[1]])


@given(in_some_encoding())
def test_without_a_name_it_comes_back_exactly_or_is_refused(brought):
    """As other letters only where the bytes happen to be valid UTF-8, such as a few half-width kana."""
    codec, table = brought
    text = written(table, separator="comma", newline="\n")
    data = text.encode(codec)
    found = read_back(data, "comma", None)
    if codec.startswith("utf") and "\x1b" not in text:
        assert found
    if found and (codec.startswith("utf") or not survives_as_utf8(data)):
        assert found[1:] == (tuple(table[0]), [tuple(row) for row in table[1]])


def survives_as_utf8(data):
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    read_back(data, None, None)
    for encoding in ("cp932", "utf-16", "windows-1252"):
        if found := read_back(data, None, encoding):
            assert "\0" not in found[0].text


@given(tables(), st.randoms(use_true_random=False))
def test_the_digest_of_rows_does_not_know_the_order_of_columns(table, chance):
    names, rows = table
    data = dict(zip(names, zip(*rows, strict=True), strict=True))
    shuffled = list(data.items())
    chance.shuffle(shuffled)
    types = dict.fromkeys(names, "text")
    assert digest(Columns(data, types)) == digest(Columns(dict(shuffled), types))


@given(
    st.lists(st.tuples(cells(), st.floats(allow_nan=False) | st.none()), min_size=1, max_size=6),
    st.integers(0),
)
def test_another_cell_makes_another_digest(rows, where):
    types = {"a": "text", "b": "number"}
    one, two = (list(column) for column in zip(*rows, strict=True))
    changed = list(one)
    changed[where % len(one)] += "."
    assert digest(Columns({"a": one, "b": two}, types)) != digest(Columns({"a": changed, "b": two}, types))
