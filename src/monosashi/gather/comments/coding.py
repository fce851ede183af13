"""What people decide about a comment: its themes by a version of a code frame, each coder on their own.

Decisions are kept apart from suggestions, in the column `codes` of the table comments, as JSON:

    {"service/1": {"sato": ["findability"], "suzuki": []}}

An empty list says that the coder found no theme; a coder who is not named has not been there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.guideline import CodeFrame


@dataclass(frozen=True)
class Coding:
    """One coder's decision on one comment. `frame` is the code frame with its version: service/1."""

    response_id: str
    item: str
    frame: str
    coder: str
    themes: tuple[str, ...]


def frame_ref(frame: CodeFrame) -> str:
    return f"{frame.id}/{frame.version}"


def decide(frame: CodeFrame, *, response_id: str, item: str, coder: str, themes: Iterable[str]) -> Coding:
    """Themes in the order of the frame, each once. Raises THEME_UNKNOWN for one that the frame lacks."""
    known = [theme.id for theme in frame.themes]
    chosen = set(themes)
    if strange := sorted(chosen - set(known)):
        raise errors.THEME_UNKNOWN(where=frame.id, theme=strange[0], nearest=nearest(strange[0], known))
    ordered = tuple(theme for theme in known if theme in chosen)
    return Coding(response_id, item, frame_ref(frame), coder, ordered)


def with_coding(cell: str | None, coding: Coding) -> str:
    """The cell with one decision more; a later decision of the same coder takes the place of the earlier."""
    held: dict[str, dict[str, Any]] = json.loads(cell) if cell else {}
    held.setdefault(coding.frame, {})[coding.coder] = list(coding.themes)
    return json.dumps(held, ensure_ascii=False, sort_keys=True)


def codings_of(response_id: str, item: str, cell: str | None) -> Iterator[Coding]:
    """Every decision that a cell holds."""
    held: Mapping[str, Mapping[str, list[str]]] = json.loads(cell) if cell else {}
    for frame, coders in held.items():
        for coder, themes in coders.items():
            yield Coding(response_id, item, frame, coder, tuple(themes))
