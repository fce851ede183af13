"""Bytes → text, with the evidence for the encoding that was chosen. Nothing is ever guessed silently."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monosashi import errors
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.findings import Findings, shown
from monosashi.gather.plausible import decode, likeness

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "EF BB BF"),
    (b"\xff\xfe", "utf-16-le", "FF FE"),
    (b"\xfe\xff", "utf-16-be", "FE FF"),
)
_CODECS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp932": "cp932",
    "windows-31j": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-jp": "euc_jp",
    "euc_jp": "euc_jp",
    "cp949": "cp949",
    "euc-kr": "cp949",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
ENCODINGS = ("utf-8", "utf-16", "cp932", "euc-jp", "cp949", "windows-1252")
_RIVALS = ("euc_jp", "cp949", "cp1252")
_LEGACY = ("cp932", *_RIVALS)
_ENOUGH, _APART = 0.9, 0.2
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP, XLSX, ODS"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\x1f\x8b", "GZIP"),
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"$FL2", "SPSS SAV"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)
_JIS = (b"\x1b$B", b"\x1b$@", b"\x1b(J")  # how ISO-2022-JP, which is all ASCII bytes, turns to Japanese
_NEWLINE = re.compile(r"\r\n|\r|\n")
_LOST = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, the encoding it was read with, and why that one."""

    text: str
    encoding: str
    evidence: Text
    replaced: int = 0  # U+FFFD in the text: characters that some earlier program had already lost


def read_text(data: bytes, encoding: str | None = None, *, where: str = "") -> Decoded:
    """Decodes every byte or refuses: with each undecodable place, or with what the file seems to be.

    A byte order mark decides; else valid UTF-8 is UTF-8; else CP932, if the result reads as Japanese and no
    other encoding explains the bytes as well. `encoding` (one of ENCODINGS) comes before all of this, unless
    a byte order mark or the bytes themselves contradict it.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise errors.FILE_NOT_TEXT(where=where, kind=kind)
    if any(turn in data for turn in _JIS):
        raise errors.FILE_NOT_TEXT(where=where, kind="ISO-2022-JP (JIS)")
    codec, evidence = _asked(encoding, data, where) if encoding else _detected(data, where)
    body = _without_bom(data, codec)
    text = _decoded(body, codec, where)
    return Decoded(text, _said(codec), evidence, text.count("\ufffd"))


class Lines:
    """Physical lines, from 1, of places asked for in ascending order: the text is gone through once."""

    def __init__(self, text: str) -> None:
        self._text, self._since, self._line = text, 0, 1

    def at(self, place: int) -> int:
        self._line += sum(1 for _ in _NEWLINE.finditer(self._text, self._since, place))
        self._since = place
        return self._line


def _said(codec: str) -> str:
    return {"euc_jp": "euc-jp", "cp1252": "windows-1252"}.get(codec, codec)


def codec_of(encoding: str) -> str:
    """How Python calls an encoding that a person names. Raises `encoding-unknown`."""
    codec = _CODECS.get(encoding.strip().lower())
    if codec is None:
        raise errors.ENCODING_UNKNOWN(encoding=shown(encoding), known=", ".join(ENCODINGS))
    return codec


def _asked(encoding: str, data: bytes, where: str) -> tuple[str, Text]:
    """The encoding a person names, where the bytes do not contradict it: last year's mapping may be wrong."""
    codec = codec_of(encoding)
    mark = next((mark for mark in _BOMS if data.startswith(mark[0])), None)
    if mark and codec.startswith("utf-16") and mark[1].startswith("utf-16"):
        codec = mark[1]
    if mark and mark[1] != codec:
        raise _disagrees(codec, _marked(mark[2]), where)
    if codec in _LEGACY and (beyond := _beyond_ascii(data)) and (likeness(data, codec) or 0.0) < _ENOUGH:
        raise _disagrees(codec, _valid_utf8(beyond), where)
    return codec, Text(ja="指定された文字コード", en="the encoding that was asked for")


def _disagrees(codec: str, seen: Text, where: str) -> Problem:
    return errors.ENCODING_DISAGREES(where=where, asked=_said(codec), seen_ja=seen.ja, seen_en=seen.en)


def _detected(data: bytes, where: str) -> tuple[str, Text]:
    for mark, codec, written in _BOMS:
        if data.startswith(mark):
            if data.startswith(b"\xff\xfe\0\0"):
                raise _unsure(data, where, {})
            return codec, _marked(written)
    if unmarked := _unmarked_utf16(data):
        raise _unsure(data, where, {unmarked: 1.0})
    if data.isascii():
        return "utf-8", Text(ja="すべて ASCII の文字", en="every byte is ASCII")
    if beyond := _beyond_ascii(data):
        return "utf-8", _valid_utf8(beyond)
    return _not_utf8(data, where)


def _marked(written: str) -> Text:
    return Text(ja=f"先頭の BOM（{written}）", en=f"byte order mark {written}")


def _valid_utf8(beyond: int) -> Text:
    return Text(
        ja=f"最後のバイトまで UTF-8 として正しい（ASCII 以外 {beyond} 文字）",
        en=f"valid UTF-8 to the last byte, with {beyond} characters beyond ASCII",
    )


def _beyond_ascii(data: bytes) -> int:
    """How many characters of valid UTF-8 are beyond ASCII; 0 where it is not valid."""
    try:
        text = data.decode("utf-8")
        return len(text) - len(text.encode("ascii", "ignore"))
    except UnicodeDecodeError:
        return 0


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is NUL wherever the text is plain."""
    for codec, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if 0 not in low and high.count(0) * 10 > len(high) and likeness(data, codec) is not None:
            return codec
    return None


def _not_utf8(data: bytes, where: str) -> tuple[str, Text]:
    """CP932, when it alone reads as a language. A file that is nearly UTF-8 is a damaged UTF-8 file."""
    scores = {codec: score for codec in _LEGACY if (score := likeness(data, codec)) is not None}
    best = max(scores, key=lambda codec: scores[codec], default="")
    rivals = [score for codec, score in scores.items() if codec != best]
    if best == "cp932" and scores[best] >= _ENOUGH and scores[best] - max(rivals, default=0.0) >= _APART:
        line = _first_undecodable_line(data)
        share = f"{scores[best]:.0%}"
        return "cp932", Text(
            ja=f"{line}行目が UTF-8 として読めず、CP932 では ASCII 以外の{share}が日本語の文字になる",
            en=f"line {line} is not UTF-8; as CP932, {share} of what is beyond ASCII are Japanese characters",
        )
    raise _unsure(data, where, scores)


def _unsure(data: bytes, where: str, scores: dict[str, float]) -> Problem:
    """What the official needs to choose: how the first special words would read."""
    samples = [
        f"{_said(codec)}: {_sample(data, codec)}" for codec in sorted(scores, key=lambda c: -scores[c])
    ]
    findings = Findings()
    if not scores:
        _undecodable(data.decode("utf-8", "surrogateescape"), findings)
    return errors.ENCODING_UNSURE(
        where=where,
        findings=findings.listed(),
        samples=" / ".join(samples) or "—",
        known=", ".join(ENCODINGS),
    )


def _sample(data: bytes, codec: str) -> str:
    text = decode(data, codec)
    first = next((i for i, character in enumerate(text) if not character.isascii()), 0)
    return shown(re.sub(r"\s+", " ", text[max(0, first - 3) : first + 12]))


def _first_undecodable_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Lines(data.decode("latin-1")).at(error.start)
    return 1


def _without_bom(data: bytes, codec: str) -> bytes:
    for mark, marked, _ in _BOMS:
        if codec == marked and data.startswith(mark):
            return data[len(mark) :]
    return data


def _decoded(body: bytes, codec: str, where: str) -> str:
    try:
        return decode(body, codec)
    except UnicodeDecodeError as error:
        findings = Findings()
        if codec.startswith("utf-16"):  # after a lost half nothing can be told apart
            before = body[: error.start].decode(codec, "replace")
            lost = body[error.start : error.end].hex(" ").upper()
            findings.add(errors.BYTE_LOST.found(row=Lines(before).at(len(before)), byte=lost))
        else:
            _undecodable(decode(body, codec, "surrogateescape"), findings)
        raise errors.BYTES_UNDECODABLE(
            where=where, findings=findings.listed(), count=findings.count, encoding=_said(codec)
        ) from None


def _undecodable(text: str, findings: Findings) -> None:
    """Every byte that was no character."""
    lines = Lines(text)
    findings.rows(
        (lost.start() for lost in _LOST.finditer(text)),
        lambda place: errors.BYTE_LOST.found(row=lines.at(place), byte=f"{ord(text[place]) - 0xDC00:02X}"),
    )
