"""Bytes → text, with the evidence for the encoding that was chosen. Nothing is ever guessed silently."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monosashi import errors
from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.gather.findings import Findings
from monosashi.gather.limits import LISTED
from monosashi.gather.plausible import likeness

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
    other encoding explains the bytes as well. `encoding` overrides all of it (one of ENCODINGS).
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise errors.FILE_NOT_TEXT(where=where, kind=kind)
    codec, evidence = _asked(encoding) if encoding else _detected(data, where)
    body = _without_bom(data, codec)
    text = _decoded(body, codec, where)
    return Decoded(text, _said(codec), evidence, text.count("\ufffd"))


def line_at(text: str, position: int) -> int:
    """The physical line, from 1, on which a character stands."""
    return 1 + sum(1 for _ in _NEWLINE.finditer(text, 0, position))


def _said(codec: str) -> str:
    return {"euc_jp": "euc-jp", "cp1252": "windows-1252"}.get(codec, codec)


def _asked(encoding: str) -> tuple[str, Text]:
    codec = _CODECS.get(encoding.strip().lower())
    if codec is None:
        raise errors.ENCODING_UNKNOWN(encoding=encoding, known=", ".join(ENCODINGS))
    return codec, Text(ja="指定された文字コード", en="the encoding that was asked for")


def _detected(data: bytes, where: str) -> tuple[str, Text]:
    for mark, codec, shown in _BOMS:
        if data.startswith(mark):
            if data.startswith(b"\xff\xfe\0\0"):
                raise _unsure(data, where, {})
            return codec, Text(ja=f"先頭の BOM（{shown}）", en=f"byte order mark {shown}")
    if data.isascii():
        return "utf-8", Text(ja="すべて ASCII の文字", en="every byte is ASCII")
    try:
        beyond = sum(not character.isascii() for character in data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, where)
    evidence = Text(
        ja=f"最後のバイトまで UTF-8 として正しい（ASCII 以外 {beyond} 文字）",
        en=f"valid UTF-8 to the last byte, with {beyond} characters beyond ASCII",
    )
    return "utf-8", evidence


def _not_utf8(data: bytes, error: UnicodeDecodeError, where: str) -> tuple[str, Text]:
    """CP932, when it alone reads as a language. A file that is nearly UTF-8 is a damaged UTF-8 file."""
    scores = {codec: score for codec in ("cp932", *_RIVALS) if (score := likeness(data, codec)) is not None}
    best = max(scores, key=lambda codec: scores[codec], default="")
    rivals = [score for codec, score in scores.items() if codec != best]
    if best == "cp932" and scores[best] >= _ENOUGH and scores[best] - max(rivals, default=0.0) >= _APART:
        line = _byte_line(data, error.start)
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
    text = data.decode(codec)
    first = next((i for i, character in enumerate(text) if not character.isascii()), 0)
    return re.sub(r"\s+", " ", text[max(0, first - 3) : first + 12])


def _byte_line(data: bytes, position: int) -> int:
    before = data[:position]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def _without_bom(data: bytes, codec: str) -> bytes:
    for mark, marked, _ in _BOMS:
        if codec == marked and data.startswith(mark):
            return data[len(mark) :]
    return data


def _decoded(body: bytes, codec: str, where: str) -> str:
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        findings = Findings()
        if codec.startswith("utf-16"):  # after a lost half nothing can be told apart
            line = line_at(body[: error.start].decode(codec, "replace"), error.start)
            lost = body[error.start : error.end].hex(" ").upper()
            findings.add(errors.BYTE_LOST.found(row=line, byte=lost))
        else:
            _undecodable(body.decode(codec, "surrogateescape"), findings)
        raise errors.BYTES_UNDECODABLE(
            where=where, findings=findings.listed(), count=findings.count, encoding=_said(codec)
        ) from None


def _undecodable(text: str, findings: Findings) -> None:
    """Every byte that was no character; lines are counted once, from one listed place to the next."""
    places = [lost.start() for lost in _LOST.finditer(text)]
    lines: list[int] = []
    for at, place in enumerate(places[:LISTED]):
        since = places[at - 1] if at else 0
        lines.append((lines[-1] if lines else 1) + sum(1 for _ in _NEWLINE.finditer(text, since, place)))
    findings.rows(
        range(len(places)),
        lambda at: errors.BYTE_LOST.found(row=lines[at], byte=f"{ord(text[places[at]]) - 0xDC00:02X}"),
    )
