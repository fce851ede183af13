"""The statements of `engine_sql` as Spark says them, with the same answer as DuckDB to the last cell.

Rendered by sqlglot; here is only what the two engines understand differently. Spark runs in ANSI mode, with
case-sensitive names and the time zone of Japan. What a cell means as a number or as a day is written once for
each column: the table carries n0, n1, … and d0, d1, … beside c0, c1, …, and statements name those.
"""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp

from monosashi.adapters.sql_parts import string
from monosashi.keep.table import ColumnType

# what DuckDB trims from a text: the separators of Unicode (Zs), neither tabs nor line ends
_ZS = (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_SEPARATORS = "".join(map(chr, _ZS))
_BLANK = r"[\t\n\x0B\f\r ]*"  # what DuckDB lets stand around a number or a day
_SOME = "[0-9]+(?:_[0-9]+)*+"  # digits; one underscore may stand between two
_NUMBER = rf"^{_BLANK}[+-]?(?:{_SOME}(?:\.(?:{_SOME})?)?|\.{_SOME})(?:[eE][+-]?{_SOME})?{_BLANK}\z"
_ENDLESS = rf"(?i)^{_BLANK}[+-]?inf(?:inity)?{_BLANK}\z"
_NAN = rf"(?i)^{_BLANK}[+-]?nan{_BLANK}\z"
_TIME = r"[T ][0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}(?:\.[0-9]*)?)?(?: ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
_DAY = rf"^{_BLANK}([0-9]{{1,4}})([-/ \\])([0-9]{{1,2}})\2([0-9]{{1,2}})(?:{_TIME})?{_BLANK}\z"

# A double as the shortest text that means it, as Python and DuckDB write it: 0.5, 100.0, 1e-05, 1e+16, nan.
# Spark writes 1.0E-5 and, from ten millions on, 1.23456785E7; a decimal with 22 places writes all digits.
_TEXT_OF_DOUBLE = """
CASE WHEN ISNAN({x}) THEN 'nan'
WHEN ABS({x}) = CAST('Infinity' AS DOUBLE) THEN CASE WHEN {x} > 0 THEN 'inf' ELSE '-inf' END
WHEN {x} <> 0 AND (ABS({x}) >= 1e16 OR ABS({x}) < 1e-4) THEN
REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(CAST({x} AS STRING),
'\\\\.0E', 'E'), 'E-', 'e-'), 'E', 'e+'), 'e([+-])([0-9])$', 'e$10$2')
WHEN {x} = 0 THEN CAST({x} AS STRING)
ELSE REGEXP_REPLACE(CAST(TRY_CAST({x} AS DECIMAL(38, 22)) AS STRING), '(\\\\.[0-9]+?)0*$', '$1') END
"""


def spark_text(
    statement: exp.Expression, doubles: Set[str] = frozenset(), moments: Set[str] = frozenset()
) -> str:
    """The statement for Spark. doubles and moments name the columns that hold doubles and points in time."""
    said = statement.copy()
    found: list[exp.Expression] = list(said.find_all(exp.Cast, exp.Trim, exp.RegexpLike))
    for node in reversed(found):  # the inner ones first
        other = _other(node, doubles, moments)
        said = other if node is said else said
        node.replace(other)
    return said.sql(dialect="spark", copy=False)


def _other(node: exp.Expression, doubles: Set[str], moments: Set[str]) -> exp.Expression:
    """What stands in Spark in the place of a node; the node itself where both engines agree."""
    if isinstance(node, exp.Trim):
        return exp.Trim(this=node.this, expression=string(_SEPARATORS), position="BOTH")
    if isinstance(node, exp.RegexpLike):
        return exp.RegexpLike(this=node.this, expression=string(_of_java(node.expression.name)))
    return _cast(node, doubles, moments) if isinstance(node.this, exp.Column) else node


def _cast(node: exp.Expression, doubles: Set[str], moments: Set[str]) -> exp.Expression:
    """A column read as a number or a day is another column; as a text it is what DuckDB would write."""
    column, kind = node.this.name, node.args["to"].sql("spark")
    if isinstance(node, exp.TryCast):
        return exp.column({"DOUBLE": "n", "DATE": "d"}[kind] + column[1:])
    if kind == "STRING" and column in moments:
        return _parsed("CONCAT(CAST({x} AS STRING), DATE_FORMAT({x}, 'x'))", column)
    if kind == "STRING" and (column in doubles or column.startswith("n")):
        return exp.paren(_parsed(_TEXT_OF_DOUBLE, column))
    return node


def _of_java(pattern: str) -> str:
    r"""Java's \s takes a vertical tab as well, and its $ the place before a last line end of any kind."""
    return pattern.replace(r"\s", r"[\t\n\f\r ]").replace("$", r"\z")


@lru_cache(maxsize=1000)
def _template(text: str) -> exp.Expression:
    return cast(exp.Expression, sqlglot.parse_one(text, read="spark"))


def _parsed(template: str, column: str) -> exp.Expression:
    return _template(template.format(x=column)).copy()


def readings(ref: str, kind: ColumnType, type_name: str) -> list[str]:
    """A column as the table carries it, with what it means as a number and as a day where that is asked."""
    place = ref[1:]
    if kind == "text":
        cell = ref if type_name == "string" else f"CAST({ref} AS STRING) AS {ref}"
        word = ref if type_name == "string" else f"CAST({ref} AS STRING)"
        return [cell, f"{_number_of(word)} AS n{place}", f"{_day_of(word)} AS d{place}"]
    if kind in ("date", "timestamp"):
        return [ref, f"CAST(NULL AS DOUBLE) AS n{place}", f"CAST({ref} AS DATE) AS d{place}"]
    return [ref, f"CAST(NULL AS DATE) AS d{place}"]


def _number_of(word: str) -> str:
    """The text as a double where DuckDB takes it for one. Java would take 1d, 0x1p3 and more."""
    bare = rf"TRANSLATE({word}, '_\t\n\u000B\u000C\r ', '')"
    return (
        f"CASE WHEN {word} RLIKE {_quoted(_NUMBER)} THEN TRY_CAST({bare} AS DOUBLE) "
        f"WHEN {word} RLIKE {_quoted(_ENDLESS)} THEN TRY_CAST({bare} AS DOUBLE) "
        f"WHEN {word} RLIKE {_quoted(_NAN)} THEN CAST('NaN' AS DOUBLE) END"
    )


def _day_of(word: str) -> str:
    """The text as a day: year, month and day, with or without a time. Spark would take 2025 for a day."""
    form = _quoted(_DAY)
    year, month, day = (f"REGEXP_EXTRACT({word}, {form}, {group})" for group in (1, 3, 4))
    whole = f"CONCAT(LPAD({year}, 4, '0'), '-', {month}, '-', {day})"
    return f"CASE WHEN {word} RLIKE {form} THEN TRY_CAST({whole} AS DATE) END"


def _quoted(text: str) -> str:
    quoted: str = string(text).sql(dialect="spark")
    return quoted
