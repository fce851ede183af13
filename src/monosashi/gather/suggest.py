"""A mapping to start from: which columns of a file are probably which fields, for a person to correct."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from monosashi.gather.record import Schema

_NOTE = "# 列の対応の案です。右側がファイルの列です。 A suggestion: fields on the left, columns on the right."
_LACKING = "# 必須です。列の名前を書いてください。 Needed: write the name of its column."
JAPAN_TIME = "日本時間"
_UNUSED = "# 使っていない列 · columns without a field: "


@dataclass(frozen=True)
class Suggested:
    """`complete`: every field that is needed has its column, and every column with content its field."""

    text: str
    complete: bool


def mapping_of(
    header: Sequence[str],
    schema: Schema,
    items: Iterable[str],
    table: str,
    *,
    domains: Sequence[str] = (),
    empty: Collection[str] = (),
) -> Suggested:
    """Columns that are called like a field, whatever the case, width and separators; nothing is guessed.

    A column may also be called like a field in brackets at its end, ``回答の番号（response_id）``, as those
    of a template are. Columns in `empty` hold nothing and are left out, unless they are needed. `domains`
    are columns of text that the guideline splits its figures by.
    """
    fields = dict.fromkeys((*schema.columns, *items, *domains))
    columns = {_called(column): column for column in reversed(header)}
    lines = [_NOTE, f"table: {table}", "fields:"]
    used, lacking = set(empty), False
    for field in fields:
        column = columns.get(_plain(field))
        if column is not None and (column not in empty or field in schema.required):
            used.add(column)
            lines.append(f"  {field}: {{column: {_quoted(column)}{_more(field, column, domains)}}}")
        elif field in schema.required:
            lines += [f"  {_LACKING}", f"  {field}: {{column: }}"]
            lacking = True
    left = [column for column in header if column not in used]
    lines += [_UNUSED + ", ".join(map(_quoted, left))] if left else []
    return Suggested("\n".join(lines) + "\n", not lacking and not left)


def _called(column: str) -> str:
    """The field that a column is called like: its name, or what stands in brackets at its end."""
    plain = _plain(column)
    found = re.search(r"\(([a-z][a-z0-9_]*)\)$", plain)
    return found[1] if found else plain


def _more(field: str, column: str, domains: Sequence[str]) -> str:
    """The type that only a mapping can say, and the offset where the header says whose clock it is."""
    typed = ", type: text" if field in domains else ""
    return typed + (', offset: "+09:00"' if JAPAN_TIME in column else "")


def _quoted(name: str) -> str:
    """As YAML and JSON both write it."""
    return json.dumps(name, ensure_ascii=False)


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-・]+", "_", unicodedata.normalize("NFKC", name).strip().casefold())
