"""A mapping to start from: which columns of a file are probably which fields, for a person to correct."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from monosashi.gather.record import Schema

_NOTE = "# 列の対応の案です。右側がファイルの列です。 A suggestion: fields on the left, columns on the right."
_LACKING = "# 必須です。列の名前を書いてください。 Needed: write the name of its column."
_UNUSED = "# 使っていない列 · columns without a field: "


def mapping_of(header: Sequence[str], schema: Schema, items: Iterable[str], table: str) -> str:
    """Columns that are called like a field, whatever the case, width and separators; nothing is guessed."""
    fields = [*schema.columns, *items]
    columns = {_plain(column): column for column in reversed(header)}
    lines = [_NOTE, f"table: {table}", "fields:"]
    used = set()
    for field in fields:
        column = columns.get(_plain(field))
        if column is not None:
            used.add(column)
            lines.append(f"  {field}: {{column: {_quoted(column)}}}")
        elif field in schema.required:
            lines += [f"  {_LACKING}", f"  {field}: {{column: }}"]
    left = [column for column in header if column not in used]
    lines += [_UNUSED + ", ".join(map(_quoted, left))] if left else []
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    """As YAML and JSON both write it."""
    return json.dumps(name, ensure_ascii=False)


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-・]+", "_", unicodedata.normalize("NFKC", name).strip().casefold())
