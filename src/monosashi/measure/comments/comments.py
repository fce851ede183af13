"""Rows of a table → comments: masked, read, and with what coders gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.guideline import CodeFrame
from monosashi.gather.comments.coding import codings_of, frame_ref
from monosashi.gather.comments.mask import Masked, mask
from monosashi.gather.comments.morphemes import Words
from monosashi.gather.comments.reading import Reader, Reading
from monosashi.gather.findings import Findings, shown
from monosashi.gather.rows import Rows
from monosashi.measure.cells import same
from monosashi.measure.comments.request import CommentsAsked

NO_THEME = frozenset({"-", "なし", "none"})  # what a coder writes who found no theme
_APART = re.compile(r"[\s,;、，；|]+")


@dataclass(frozen=True)
class Comment:
    """One row. `masked` is None where nothing was written; `coded` has None where a coder has not been."""

    id: str
    respondent: str
    domain: tuple[str, ...]
    masked: Masked | None
    reading: Reading
    coded: tuple[frozenset[str] | None, ...]

    @property
    def speaks(self) -> bool:
        return self.masked is not None and not self.reading.silent


def read_comments(asked: CommentsAsked, rows: Rows, reader: Reader, words: Words) -> list[Comment]:
    """Every row. Raises `import-refused` with each cell of a coder that names a theme there is not."""
    themes = [theme.id for theme in reader.frame.themes]
    coded = _coded(asked.coders, rows, themes, asked.table)
    held = _held(asked, rows)
    ids = rows.column(asked.id) if asked.id else [str(line) for line in rows.lines]
    people = rows.column(asked.respondent) if asked.respondent else [str(at) for at in range(len(rows))]
    domains = zip(*(rows.column(name) for name in asked.by), strict=True) if asked.by else [()] * len(rows)
    table = zip(ids, people, domains, rows.column(asked.column), coded, held, strict=True)
    return [
        Comment(id, respondent, tuple(domain), *_read(text, asked, reader, words), codes)
        for id, respondent, domain, text, codes, holds in table
        if holds
    ]


def with_coders(rows: Rows, frame: CodeFrame) -> Rows:
    """Rows of the table comments with a column for each coder who has been there, as a sheet has them."""
    if "codes" not in rows.index:
        return rows
    ref = frame_ref(frame)
    given = [
        {one.coder: " ".join(one.themes) or "-" for one in codings_of("", "", cell) if one.frame == ref}
        for cell in rows.column("codes")
    ]
    coders = sorted({coder for row in given for coder in row} - rows.index.keys())
    header = (*rows.header, *coders)
    columns = (*rows.columns, *([row.get(coder, "") for row in given] for coder in coders))
    return replace(rows, header=header, columns=columns, index={name: at for at, name in enumerate(header)})


def _held(asked: CommentsAsked, rows: Rows) -> list[bool]:
    """Which rows meet every condition; cells are compared as they are written, numbers as numbers."""
    held = [True] * len(rows)
    for name, value in asked.where.items():
        wanted = {same(one) for one in (value if isinstance(value, tuple) else (value,))}
        held = [so and same(cell) in wanted for so, cell in zip(held, rows.column(name), strict=True)]
    return held


def _read(text: str, asked: CommentsAsked, reader: Reader, words: Words) -> tuple[Masked | None, Reading]:
    if not text.strip():
        return None, Reading(silent=True)
    masked = mask(text, words, language=asked.language)
    return masked, reader.read(masked.text, asked.language)


Coded = tuple[frozenset[str] | None, ...]


def _coded(coders: Sequence[str], rows: Rows, themes: Sequence[str], where: str) -> list[Coded]:
    findings = Findings()
    found = [_column(rows, coder, themes, findings) for coder in coders]
    if findings.count:
        raise findings.at(rows.placed).problem(where)
    return list(zip(*found, strict=True)) if coders else [()] * len(rows)


def _column(rows: Rows, coder: str, themes: Sequence[str], findings: Findings) -> list[frozenset[str] | None]:
    given = [frozenset(filter(None, _APART.split(cell))) for cell in rows.column(coder)]
    wrong = {at: sorted(codes - NO_THEME - set(themes)) for at, codes in enumerate(given)}
    findings.rows(
        (at for at, names in wrong.items() if names),
        lambda at: errors.THEME_UNKNOWN.found(
            row=rows.lines[at],
            column=shown(coder),
            theme=shown(wrong[at][0]),
            nearest=nearest(wrong[at][0], themes),
        ),
    )
    return [(codes - NO_THEME) if codes else None for codes in given]
