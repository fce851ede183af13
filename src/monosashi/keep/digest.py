"""The content of rows as one number, the same on every machine and for every way of holding them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from monosashi.keep.table import Columns


def digest(columns: Columns) -> str:
    """sha256 (hexadecimal) over the columns in order of their names, each with its type and its cells.

    Two `Columns` have one digest if and only if they hold the same rows in the same order. Cells stand as
    JSON: quoted, so that none can imitate another, and numbers as their shortest exact decimal. A moment is
    the same in every time zone.
    """
    content = hashlib.sha256()
    for name in sorted(columns.data):
        cells = _plain(columns.data[name])
        if columns.types[name] == "number":
            cells = [None if cell is None else float(cell) for cell in cells]
        content.update(json.dumps([name, columns.types[name], cells], default=_said).encode())
    return content.hexdigest()


def _plain(cells: Any) -> list[Any]:
    """Python values: an array's own scalars print differently, and its finest moments are mere numbers."""
    if getattr(getattr(cells, "dtype", None), "kind", "") == "M":
        cells = cells.astype("datetime64[D]" if "[D]" in str(cells.dtype) else "datetime64[us]")
    return list(cells.tolist() if hasattr(cells, "tolist") else cells)


def _said(cell: Any) -> str:
    if isinstance(cell, datetime):
        return (cell if cell.tzinfo else cell.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return str(cell)
