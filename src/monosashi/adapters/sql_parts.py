"""The parts that SQL statements are put together from.

Nothing here copies an expression on its way into a larger one. sqlglot would at every step, which took most
of the time of a small estimate. Hence an expression that is used twice is copied by whoever uses it twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp


def select(
    *what: exp.Expression | str,
    rows: exp.Expression | str,
    where: exp.Expression | None = None,
    group: Sequence[str] = (),
    order: Sequence[str] = (),
    distinct: bool = False,
    limit: int | None = None,
) -> exp.Select:
    """A statement over `rows`: the name of a table, or a nested statement. NULL comes first in its order."""
    statement = exp.select(*map(_part, what), copy=False)
    statement.from_(exp.Table(this=exp.to_identifier(rows)) if isinstance(rows, str) else rows, copy=False)
    if where is not None:
        statement.where(where, copy=False)
    if group:
        statement.group_by(*map(_part, group), copy=False)
    if order:
        keys = (exp.Ordered(this=_part(key), nulls_first=True) for key in order)
        statement.order_by(*keys, copy=False)
    if distinct:
        statement.distinct(copy=False)
    return statement if limit is None else statement.limit(limit, copy=False)


def _part(text: exp.Expression | str) -> exp.Expression:
    return _parsed(text).copy() if isinstance(text, str) else text


@lru_cache(maxsize=1000)
def _parsed(text: str) -> exp.Expression:
    """The same few fragments (``k0``, ``sum(w * a) AS a``) are needed over and over."""
    return cast(exp.Expression, sqlglot.parse_one(text))


def nested(statement: exp.Select, name: str) -> exp.Subquery:
    return statement.subquery(name, copy=False)


def named(name: str, expression: exp.Expression) -> exp.Alias:
    return exp.Alias(this=expression, alias=exp.to_identifier(name))


def typed(expression: exp.Expression, kind: str) -> exp.Cast:
    return exp.Cast(this=expression, to=exp.DataType(this=exp.DataType.Type[kind]))


def number(text: float) -> exp.Expression:
    return typed(exp.Literal.number(repr(float(text))), "DOUBLE")


def string(text: object) -> exp.Expression:
    return exp.Literal.string(str(text))


def both(conditions: Sequence[exp.Expression]) -> exp.Expression:
    return cast(exp.Expression, exp.and_(*conditions, copy=False)) if conditions else exp.true()


def either(conditions: Sequence[exp.Expression]) -> exp.Expression:
    return cast(exp.Expression, exp.or_(*conditions, copy=False)) if conditions else exp.false()


def when(
    condition: exp.Expression, then: exp.Expression, otherwise: exp.Expression | None = None
) -> exp.Expression:
    return exp.Case(ifs=[exp.If(this=condition, true=then)], default=otherwise or exp.Null())
