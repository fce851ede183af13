"""Which reducer answers: numpy for small tables and many questions, DuckDB for the rest.

Seconds of processor time from the file to the estimates (two cores; shares and means of 1 to 2,400 domains,
weighted, stratified, clustered), DuckDB / numpy:

    rows       1 question     4 questions    20 questions
    Parquet
    1,000      0.06 / 0.03    0.10 / 0.04    0.32 / 0.08
    10,000     0.06 / 0.04    0.17 / 0.08    0.61 / 0.29
    50,000     0.06 / 0.05    0.18 / 0.11    0.79 / 0.40
    200,000    0.07 / 0.13    0.23 / 0.31    1.06 / 0.89
    CSV
    10,000     0.08 / 0.06    0.18 / 0.11    0.68 / 0.32
    200,000    0.45 / 0.44    0.83 / 0.64    2.66 / 1.41

Hence numpy up to `FEW_ROWS`, and up to `SOME_ROWS` for `MANY_QUESTIONS`. Beyond, DuckDB's two threads and its
bounded memory win: a million rows of Parquet take it a quarter of numpy's time.
"""

from __future__ import annotations

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.engines import chosen_reducer
from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.keep.table import Source
from monosashi.measure.reducer import Reducer

FEW_ROWS, SOME_ROWS, MANY_QUESTIONS = 50_000, 200_000, 20


def reducer_for(source: Source, questions: int, *, asked: str = "") -> Reducer:
    """The faster one for a table of this size and so many questions.

    asked, ``duckdb`` or ``numpy``, overrides it (MONOSASHI_REDUCER). The table is opened once, whoever
    answers. Both give the same figures, but for the order in which sums are added. Where the environment
    names Spark (MONOSASHI_ENGINE), Spark answers, whatever the size.
    """
    engine = chosen_reducer()
    if not isinstance(engine, DuckDBReducer):
        return engine
    if asked:
        return NumpyReducer(engine) if asked == "numpy" else engine
    limit = SOME_ROWS if questions >= MANY_QUESTIONS else FEW_ROWS
    return NumpyReducer(engine) if engine.rows(source) <= limit else engine
