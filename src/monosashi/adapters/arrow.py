"""Rows laid out by column → an Arrow table, checked: equal lengths, and cells of the declared type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from arro3.core import Array, DataType, Table

from monosashi import errors
from monosashi.gather.record import is_column
from monosashi.keep.table import Columns, ColumnType

_DAY_ZERO = date(1970, 1, 1)
_MOMENT_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLAIN = {
    "text": DataType.string(),
    "integer": DataType.int64(),
    "number": DataType.float64(),
    "boolean": DataType.bool(),
}
_MOMENT = DataType.timestamp("us", tz="UTC")


def arrow_table(columns: Columns) -> Table:
    """Lists or numpy arrays, None (or a masked cell) for missing. Raises `lake-columns` naming the column."""
    lengths = {name: len(cells) for name, cells in columns.data.items()}
    if not lengths or len(set(lengths.values())) > 1:
        raise errors.LAKE_COLUMNS(detail=f"lengths {lengths}")
    folded = [name.casefold() for name in lengths]
    for name in lengths:
        if not is_column(name) or name not in columns.types or folded.count(name.casefold()) > 1:
            raise errors.LAKE_COLUMNS(where=name, detail=f"name {name!r}")
    return Table({name: _array(name, cells, columns.types[name]) for name, cells in columns.data.items()})


def _array(name: str, cells: Sequence[Any], kind: ColumnType) -> Array:
    try:
        if kind == "date":
            return Array(_days(cells), DataType.int32()).cast(DataType.date32())
        if kind == "timestamp":
            return Array(_moments(cells), DataType.int64()).cast(_MOMENT)
        return Array(_values(cells), _PLAIN[kind])
    except Exception as error:  # what arro3 raises carries no public class of its own
        raise errors.LAKE_COLUMNS(where=name, detail=f"{kind}: {error}") from None


def _values(cells: Any) -> Any:
    """Python's own values: Arrow takes them faster than numpy's words, and knows None."""
    return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)


def _days(cells: Any) -> list[int | None]:
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        cells = cells.astype("datetime64[D]").tolist()
    return [None if cell is None else (_day(cell) - _DAY_ZERO).days for cell in cells]


def _day(cell: date | str) -> date:
    if isinstance(cell, datetime):
        raise TypeError("a day is wanted, not a moment")
    return date.fromisoformat(cell) if isinstance(cell, str) else cell


def _moments(cells: Any) -> list[int | None]:
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        return [
            None if np.isnat(cell) else int(cell.astype("datetime64[us]").astype(np.int64)) for cell in cells
        ]
    return [None if cell is None else (_moment(cell) - _MOMENT_ZERO) // _MICROSECOND for cell in cells]


def _moment(cell: datetime | str) -> datetime:
    moment = datetime.fromisoformat(cell) if isinstance(cell, str) else cell
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment
