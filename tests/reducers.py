"""The reducers that every worked example of a survey figure is put to."""

from __future__ import annotations

from collections.abc import Callable

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.measure.reducer import Reducer

REDUCERS: dict[str, Callable[[], Reducer]] = {"duckdb": DuckDBReducer, "numpy": NumpyReducer}
