"""Many rows at once, by the columns that are given: copied into PostgreSQL, by one statement elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

AT_ONCE = 5_000


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Columns that are not named get what the model says."""
    values = {field.attname: field.get_default() for field in _columns(model)}
    for name in names:
        values.pop(name, None)
    every = (*names, *values)
    rest = tuple(values.values())
    quoted = ", ".join(_quoted(model, name) for name in every)
    marks = ", ".join(["%s"] * len(every))
    whole = _prepared_rows(model, every, ((*row, *rest) for row in rows))
    if connection.vendor == "postgresql":
        _copy(f"COPY {_table(model)} ({quoted}) FROM STDIN", whole)
        return
    _run(f"INSERT INTO {_table(model)} ({quoted}) VALUES ({marks})", whole)  # noqa: S608 - names of our columns


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Each row holds the values of the names and, last, its primary key."""
    sets = ", ".join(f"{_quoted(model, name)} = %s" for name in names)
    statement = f"UPDATE {_table(model)} SET {sets} WHERE {_quoted(model, 'id')} = %s"  # noqa: S608 - as above
    _run(statement, _prepared_rows(model, (*names, "id"), rows))


def _prepared(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """A value as the database takes it; each different one of a column is prepared once."""
    return cache(lambda cell: field.get_db_prep_save(cell, connection))


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(_field(model, name).column or name)


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _prepared_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterator[list[Any]]:
    prepare = [_prepared(_field(model, name)) for name in names]
    for row in rows:
        yield [one(cell) for one, cell in zip(prepare, row, strict=True)]


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _run(statement: str, rows: Iterator[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        while batch := list(islice(rows, AT_ONCE)):
            cursor.executemany(statement, batch)
