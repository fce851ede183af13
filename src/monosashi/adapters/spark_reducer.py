"""Spark groups and adds where one machine is not enough; the SQL is that of DuckDB."""

from __future__ import annotations

from functools import partial

from monosashi.adapters.engine import SqlReducer
from monosashi.adapters.spark_table import SparkTable, open_in_spark


class SparkReducer(SqlReducer[SparkTable]):
    """`measure.reducer.Reducer` on Spark, through the Spark Connect server at `sc://host:port`.

    Nothing is connected before the first question.
    """

    def __init__(self, url: str) -> None:
        super().__init__(partial(open_in_spark, url=url))
