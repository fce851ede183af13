"""Free text among answers → rows of the restricted table `comments`, apart from the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from monosashi.gather.record import COMMENT
from monosashi.gather.records import Records
from monosashi.keep.table import Columns

TABLE = COMMENT.name
DERIVED = ("masked", "codes")  # made from the text later or by other rules: no part of what was brought
Masking = Callable[[str], str]


@dataclass(frozen=True)
class Comments:
    """`lines[i]` is the physical line that comment i came from."""

    columns: Columns
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.lines)


def parted(records: Records, masking: Masking) -> tuple[Records, Comments]:
    """Answers without their free text, and each free text as a comment with its masked form."""
    fields = {name: cells for name, cells in records.fields.items() if name not in records.comments}
    written = [
        (id, item, text, line)
        for item in records.fields
        if item in records.comments
        for id, text, line in zip(
            records.fields["response_id"], records.fields[item], records.lines, strict=True
        )
        if text is not None and text.strip()
    ]
    ids, items, texts, lines = zip(*written, strict=True) if written else ((), (), (), ())
    cells = {"response_id": ids, "item": items, "text": texts, "masked": [*map(masking, texts)]}
    columns = Columns({**cells, "codes": [None] * len(ids)}, COMMENT.columns)
    return replace(records, fields=fields), Comments(columns, lines)


def with_masks(records: Records, masking: Masking) -> Records:
    """Comments that were brought as such; whatever the file says of `masked`, it is made here."""
    masked = [masking(text) if text is not None else None for text in records.fields["text"]]
    fields = {**records.fields, "masked": masked}
    return replace(records, fields=fields, types={**records.types, "masked": "text"})
