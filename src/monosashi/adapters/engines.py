"""Which engine reduces: the setting MONOSASHI_ENGINE, read once for the web and the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monosashi import errors

if TYPE_CHECKING:
    from monosashi.measure.reducer import Reducer

SETTING, DUCKDB = "MONOSASHI_ENGINE", "duckdb"


def chosen_reducer() -> Reducer:
    """The reducer that the environment names; DuckDB where it names none."""
    engine = engine_named(os.environ.get(SETTING) or DUCKDB)
    if engine == DUCKDB:
        from monosashi.adapters.engine import DuckDBReducer

        return DuckDBReducer()
    from monosashi.adapters.spark_reducer import SparkReducer

    return SparkReducer(engine)


def engine_named(value: str) -> str:
    """The name of an engine as it was given, if there is such an engine; `setting-invalid` otherwise."""
    if value == DUCKDB or _is_connect(value):
        return value
    shown = value.partition(";")[0]  # what follows may be a token
    raise errors.SETTING_INVALID(name=SETTING, value=shown, expected="duckdb / sc://host:port")


def _is_connect(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme == "sc" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
