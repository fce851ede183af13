"""The content of rows as one number: equal for equal rows, however they are held."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import numpy as np
import pytest

from monosashi.keep.digest import digest
from monosashi.keep.table import Columns

JST = timezone(timedelta(hours=9))


def of(kind, *cells):
    return digest(Columns({"x": cells}, {"x": kind}))


def test_the_order_of_columns_does_not_matter_and_that_of_rows_does():
    types = {"id": "text", "x": "number"}
    one = Columns({"id": ["a", "b"], "x": [1.0, 2.0]}, types)
    assert digest(one) == digest(Columns({"x": [1.0, 2.0], "id": ["a", "b"]}, types))
    assert digest(one) != digest(Columns({"id": ["b", "a"], "x": [2.0, 1.0]}, types))


def test_it_is_the_same_on_every_machine():
    content = b'["x", "text", ["\\u6e80\\u8db3", null]]'
    assert of("text", "満足", None) == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("kind", "cells", "others"),
    [
        ("number", [1, 2], [1.0, 2.0]),
        ("number", [0.1, None], np.ma.masked_invalid([0.1, np.nan])),
        ("integer", [1, 2], np.array([1, 2], dtype="int32")),
        ("boolean", [True, False], np.array([True, False])),
        ("text", ["a", "b"], np.array(["a", "b"])),
        ("date", [date(2025, 4, 1)], ["2025-04-01"]),
        ("date", [date(2025, 4, 1)], np.array(["2025-04-01"], dtype="datetime64[D]")),
        ("timestamp", [datetime(2025, 4, 1, tzinfo=UTC)], [datetime(2025, 4, 1, 9, tzinfo=JST)]),
        ("timestamp", [datetime(2025, 4, 1, tzinfo=UTC)], np.array(["2025-04-01"], dtype="datetime64[ns]")),
        ("timestamp", [datetime(2025, 4, 1, tzinfo=UTC)], np.array(["2025-04-01"], dtype="datetime64[s]")),
    ],
)
def test_equal_cells_have_one_digest_however_they_are_held(kind, cells, others):
    assert digest(Columns({"x": cells}, {"x": kind})) == digest(Columns({"x": others}, {"x": kind}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("text", "a", "b"), ("text", "a,b")),
        (("text", "1"), ("integer", 1)),
        (("text", ""), ("text", None)),
        (("text", "null"), ("text", None)),
        (("text", 'a", "b'), ("text", "a", "b")),
        (("number", 1.0), ("integer", 1)),
        (("integer", 1), ("boolean", True)),
        (("number", 0.30000000000000004), ("number", 0.3)),
        (("timestamp", datetime(2025, 4, 1, tzinfo=UTC)), ("timestamp", datetime(2025, 4, 1, tzinfo=JST))),
    ],
)
def test_other_cells_have_another(one, other):
    assert of(*one) != of(*other)
