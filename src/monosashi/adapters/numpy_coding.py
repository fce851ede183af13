"""Cells as codes: the place of each cell among the different values of its column, in few bytes.

Whole numbers that lie close together are their distance from the smallest, and so are decimals of few
places: neither needs sorting. Texts are told apart by an enumeration in DuckDB, which keeps their order by
code point. What no double or 64-bit integer holds exactly is left to whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from monosashi.adapters import engine_sql as sql
from monosashi.adapters import numpy_values
from monosashi.adapters.duckdb_table import Arrays, DuckDBTable
from monosashi.adapters.numpy_values import Different
from monosashi.adapters.sql_parts import named, nested, select, string, typed
from monosashi.measure.cells import Floats, Ints

Codes = NDArray[np.unsignedinteger[Any]]
Span = tuple[sql.Column, int, int]  # smallest value, how many from there to the largest
_LAST = _FAR = 2**62  # the place of NULL, after every other; beyond it distances could overflow
_NARROW = 2**16  # distances below this many values need no list of those that occur
_FEW = 16  # texts that are asked one by one
_SCALES = (1.0, 2.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6)
_WIDTHS = ((2**8, np.uint8, "UTINYINT"), (2**16, np.uint16, "USMALLINT"), (2**32, np.uint32, "UINT"))


@dataclass(frozen=True, eq=False)
class Coded:
    """One code a row; the last place is that of NULL. Either what the values are, or the table of them."""

    codes: Codes
    different: Different | None = None
    values: str = ""


def coded(table: DuckDBTable, columns: Mapping[str, sql.Column]) -> dict[str, Coded]:
    """The columns by name, those of one kind in one pass over the rows."""
    spans = _spans(table, columns)
    found = _whole(table, spans)
    for name, column in columns.items():
        if name not in found:
            found[name] = _other(table, column)
    return found


def _other(table: DuckDBTable, column: sql.Column) -> Coded:
    if column.kind == "text":
        return _told_by_text(table, column, meant=True)
    if column.kind in ("integer", "number"):
        cells = table.masked(select(column.raw, rows="t"))[column.ref]
        if cells.dtype.kind == "i" or (column.kind == "number" and cells.dtype == np.float64):
            return _ranked(cells)
    return _told_by_text(table, column, meant=False)


def _spans(table: DuckDBTable, columns: Mapping[str, sql.Column]) -> dict[str, Span]:
    """Of columns of integers that lie close together."""
    asked = {name: column for name, column in columns.items() if column.kind == "integer"}
    if not asked:
        return {}
    ends = [typed(end(this=column.raw), "TEXT") for column in asked.values() for end in (exp.Min, exp.Max)]
    row = table.all(select(*(named(f"e{i}", end) for i, end in enumerate(ends)), rows="t"))[0]
    found: dict[str, Span] = {}
    for (name, column), low, high in zip(asked.items(), row[::2], row[1::2], strict=True):
        if low is None:
            continue
        first, last = int(low), int(high)
        if first > -_FAR and last < _FAR and last - first < _NARROW:
            found[name] = column, first, last - first + 1
    return found


def _whole(table: DuckDBTable, spans: Mapping[str, Span]) -> dict[str, Coded]:
    if not spans:
        return {}
    distances = []
    for column, low, size in spans.values():
        distance = exp.Sub(this=typed(column.raw, "BIGINT"), expression=exp.Literal.number(low))
        place = exp.Coalesce(this=exp.paren(distance, copy=False), expressions=[exp.Literal.number(size)])
        distances.append(named(column.ref, typed(place, _width(size)[1])))
    cells = table.masked(select(*distances, rows="t"))
    return {
        name: Coded(
            np.asarray(cells[column.ref]),
            numpy_values.of_numbers(np.arange(low, low + size, dtype=np.int64)),
        )
        for name, (column, low, size) in spans.items()
    }


def _ranked(cells: np.ndarray[Any, Any]) -> Coded:
    lacking = np.ma.getmaskarray(cells) if np.ma.isMaskedArray(cells) else None
    there = np.ma.getdata(cells) if lacking is None else np.ma.getdata(cells)[~lacking]
    places, known = places_of(there)
    width = _width(len(known))[0]
    if lacking is None:
        return Coded(places.astype(width, copy=False), numpy_values.of_numbers(known))
    codes = np.full(len(cells), len(known), dtype=width)
    codes[~lacking] = places
    return Coded(codes, numpy_values.of_numbers(known))


def places_of(cells: np.ndarray[Any, Any]) -> tuple[NDArray[Any], Floats | Ints]:
    """(the place of each cell, the values in order): decimals of few places by arithmetic, others sorted."""
    scale = _scale(cells[:1000]) if cells.dtype.kind == "f" and len(cells) else None
    if scale is not None:
        with np.errstate(over="ignore", invalid="ignore"):
            steps = np.rint(cells * scale)
            low, high = float(steps.min()), float(steps.max())
            close = high - low < _NARROW and abs(low) < 2**50
        if close and bool(np.all(steps / scale == cells)):
            return (steps - low).astype(np.uint16), np.arange(low, high + 1) / scale
    known, places = np.unique(cells, return_inverse=True)
    return places, known


def _scale(few: np.ndarray[Any, Any]) -> float | None:
    with np.errstate(over="ignore", invalid="ignore"):
        for scale in _SCALES:
            steps = np.rint(few * scale)
            if np.isfinite(steps).all() and np.all(steps / scale == few):
                return scale
    return None


def _width(size: int) -> tuple[Any, str]:
    """The narrowest type for codes from 0 to size."""
    for above, kind, name in _WIDTHS:
        if size < above:
            return kind, name
    return np.uint64, "UBIGINT"


def _told_by_text(table: DuckDBTable, column: sql.Column, *, meant: bool) -> Coded:
    """An enumeration of the texts of a column numbers the rows; whatever differs, differs as text."""
    text = typed(column.raw, "TEXT")
    values = _values(table, column, text)
    there = exp.NEQ(this=exp.column("place"), expression=exp.Literal.number(_LAST))
    known = select(named("x", text.copy()), rows=values, where=there).order_by("place", copy=False)
    few = [row[0] for row in table.all(known.limit(_FEW + 1))]
    if len(few) <= _FEW:
        codes = _fetched(table, _case(text, few), len(few))
    else:
        codes = _enumerated(table, column, values, known)
    return Coded(codes, _of_texts(table, values) if meant else None, values=values)


def _fetched(table: DuckDBTable, place: exp.Expression, size: int) -> Codes:
    narrow = select(named("place", typed(place, _width(size)[1])), rows="t")
    return np.asarray(table.masked(narrow)["place"])


def _case(text: exp.Expression, few: Sequence[str]) -> exp.Expression:
    """The place of a text, asked one by one: faster than an enumeration where they are few."""
    last = exp.Literal.number(len(few))
    tests = [
        exp.If(this=exp.EQ(this=text.copy(), expression=string(one)), true=exp.Literal.number(place))
        for place, one in enumerate(few)
    ]
    return exp.Case(ifs=tests, default=last) if tests else last


def _enumerated(table: DuckDBTable, column: sql.Column, values: str, known: exp.Select) -> Codes:
    name = f"texts_of_{column.ref}"
    size = int(table.all(select("count(*) - 1", rows=values))[0][0])
    table.connection.execute(f"DROP TYPE IF EXISTS {name}")
    table.connection.execute(f"CREATE TEMP TYPE {name} AS ENUM ({known.sql(dialect='duckdb')})")
    place = exp.Cast(this=typed(column.raw, "TEXT"), to=exp.DataType.build(name, udt=True))
    code = typed(exp.Anonymous(this="enum_code", expressions=[place]), "BIGINT")
    return _fetched(table, exp.Coalesce(this=code, expressions=[exp.Literal.number(size)]), size)


def _values(table: DuckDBTable, column: sql.Column, told_by: exp.Expression) -> str:
    """The different values of a column with their places in order, and NULL in the last place."""
    there = exp.Not(this=exp.Is(this=column.raw, expression=exp.Null()))
    one = named(column.ref, exp.AnyValue(this=column.raw))
    different = select(one, named("told", told_by), rows="t", where=there).group_by("told", copy=False)
    place = "row_number() OVER (ORDER BY told) - 1 AS place"
    numbered = select(column.ref, place, rows=nested(different, "d"))
    nothing = exp.Select().select(exp.Null(), exp.Literal.number(_LAST))
    return table.keep(exp.union(numbered, nothing, distinct=False, copy=False))


def _of_texts(table: DuckDBTable, values: str) -> Different:
    """What each text means as a cell, by the expressions of `engine_sql`."""
    ref = str(table.connection.execute(f"DESCRIBE {values}").fetchall()[0][0])
    column = sql.Column(ref, "text", mixed=True)
    lower = exp.Lower(this=column.raw)
    meanings = {
        "number": sql.as_number(column),
        "lacks": exp.Is(this=sql.as_number(column), expression=exp.Null()),
        "blank": sql.empty(column, ()),
        "looks": sql.looks_like_number(column),
        "yes": exp.EQ(this=lower, expression=exp.Literal.string("true")),
        "no": exp.EQ(this=lower.copy(), expression=exp.Literal.string("false")),
        "plain": sql.key(column, ()),
        "text": column.raw,
    }
    asked = [named(name, exp.paren(meaning, copy=False)) for name, meaning in meanings.items()]
    found = table.masked(select(*asked, rows=values).order_by("place", copy=False))
    return _different(found)


def _different(found: Arrays) -> Different:
    """The last value is NULL: blank, no number, and neither yes nor no."""

    def marks(name: str, of_null: bool) -> np.ndarray[Any, Any]:
        cells = np.ma.filled(found[name], of_null).astype(bool)
        cells[-1] = of_null
        return cells

    return Different(
        number=np.asarray(np.ma.filled(found["number"], np.nan), dtype=np.float64),
        lacks=marks("lacks", True),
        blank=marks("blank", True),
        looks=marks("looks", False),
        yes=marks("yes", False),
        no=marks("no", False),
        texts=tuple(np.ma.getdata(found["text"])[:-1].tolist()),
        plain=tuple(text or "" for text in np.ma.filled(found["plain"], "")[:-1].tolist()),
    )


__all__ = ["Coded", "Codes", "coded"]
