"""Which tables there are, what they may be called, and where an import goes."""

from __future__ import annotations

import pytest

from monosashi.errors import Problem
from monosashi.keep.tables import SCHEMAS, checked_table, schema_of, table_for


def code(function, *arguments):
    with pytest.raises(Problem) as problem:
        function(*arguments)
    return problem.value.kind.code


@pytest.mark.parametrize("name", ["volumes", "responses/resident", "responses/staff-2025", "cells/time_1"])
def test_names_of_tables(name):
    assert checked_table(name) == name
    assert schema_of(name).name == name.partition("/")[0]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Volumes",
        "表",
        "../volumes",
        "volumes/../practices",
        "responses/",
        "responses/a/b",
        "/volumes",
        "volumes\n",
        "responses/-a",
        "v" * 42,
        "responses/.hidden",
        "1volumes",
        "responses//a",
        "volumes;--",
    ],
)
def test_what_a_table_cannot_be_called(name):
    assert code(checked_table, name) == "lake-table-name"


@pytest.mark.parametrize("name", ["responses", "volumes/x", "answers", "comments/resident", "cells"])
def test_a_table_that_does_not_exist_in_this_lake(name):
    assert code(schema_of, name) == "lake-table-name"


@pytest.mark.parametrize(
    ("kind", "named", "instrument", "table"),
    [
        ("responses", None, "resident", "responses/resident"),
        ("responses", "responses/staff", None, "responses/staff"),
        ("responses", "responses/staff", "staff", "responses/staff"),
        ("responses", "comments", None, "comments"),
        ("responses", "comments", "resident", "comments"),
        ("volumes", None, None, "volumes"),
        ("events", "events", None, "events"),
        ("practices", None, None, "practices"),
    ],
)
def test_where_an_import_goes(kind, named, instrument, table):
    assert table_for(kind, named, instrument) == table


@pytest.mark.parametrize(
    ("kind", "named", "instrument"),
    [
        ("responses", None, None),
        ("responses", "responses", None),
        ("responses", "volumes", None),
        ("responses", "responses/staff", "resident"),
        ("volumes", "practices", None),
        ("volumes", None, "resident"),
        ("practices", "responses/resident", None),
    ],
)
def test_where_an_import_cannot_go(kind, named, instrument):
    assert code(table_for, kind, named, instrument) == "import-table"


@pytest.mark.parametrize("instrument", ["../volumes", "a b", "住民", "", "x/y"])
def test_an_instrument_is_no_way_out_of_the_lake(instrument):
    assert code(table_for, "responses", None, instrument) in {"lake-table-name", "import-table"}


def test_keys_and_needs_are_columns_of_their_table():
    for schema in SCHEMAS.values():
        named = {*schema.key, *schema.required, *schema.positive, *schema.ranges, *schema.words}
        assert schema.name == "cells" or set(schema.key) <= set(schema.required)
        assert named <= set(schema.columns)
