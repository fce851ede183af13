"""Which reducer answers: numpy as long as the rows fit into memory well, DuckDB beyond.

Seconds from the file to the estimates, on two cores (shares of 2,400 domains, weighted, stratified,
clustered), DuckDB / numpy:

    rows         1 question     20 questions
    Parquet
    100,000      0.12 / 0.07
    1,000,000    0.41 / 0.22    6.9 / 0.72
    CSV
    100,000      0.61 / 0.59    3.0 / 0.98
    1,000,000    3.4 / 2.9      13.5 / 3.9

numpy holds some 80 bytes a row for one question (170 for quantiles and calibrated variances), DuckDB spills
to disk. Where PSUs have a million names, DuckDB is the faster one: 1.3 / 4.2.
"""

from __future__ import annotations

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.engines import chosen_reducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.keep.table import Source
from monosashi.measure.reducer import Reducer

MOST_ROWS = 10_000_000  # some GB at most


def reducer_for(source: Source, *, asked: str = "") -> Reducer:
    """The faster one for a table of this size.

    asked, ``duckdb`` or ``numpy``, overrides it (MONOSASHI_REDUCER). The table is opened once, whoever
    answers. Both give the same figures, but for the order in which sums are added. Where the environment
    names Spark (MONOSASHI_ENGINE), Spark answers, whatever the size.
    """
    engine = chosen_reducer()
    if not isinstance(engine, DuckDBReducer):
        return engine
    if asked:
        return NumpyReducer(engine) if asked == "numpy" else engine
    return NumpyReducer(engine) if engine.rows(source) <= MOST_ROWS else engine
