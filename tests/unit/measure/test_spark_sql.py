"""Spark without Spark: what would be said to it, and what happens where it is not there."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from types import MethodType

import pytest
import sqlglot
from sqlglot import exp

from engine_questions import answers, csv, parquet
from monosashi.adapters import engine_sql as sql
from monosashi.adapters.duckdb_table import DuckDBTable, open_table
from monosashi.adapters.engine import DuckDBReducer, SqlReducer
from monosashi.adapters.engines import chosen_reducer, engine_named
from monosashi.adapters.spark_reducer import SparkReducer
from monosashi.adapters.spark_sql import readings, spark_text
from monosashi.adapters.spark_table import address
from monosashi.adapters.sql_parts import typed
from monosashi.errors import Problem
from monosashi.keep.table import Source
from small_tables import table

WORD = sql.Column("c0", "text")


@pytest.mark.parametrize("drawn", [csv, parquet], ids=["csv", "parquet"])
def test_every_question_is_spark_s_sql(tmp_path: Path, drawn) -> None:
    """DuckDB answers, so that one question leads to the next; Spark's text of each is read again."""
    said: list[str] = []

    def run(table: DuckDBTable, statement: exp.Expression):
        asked = statement.expression if isinstance(statement, exp.Create) else statement
        said.append(spark_text(asked, {"c1"}, {"c2"}))
        return DuckDBTable.run(table, statement)

    def listening(source: Source) -> DuckDBTable:
        opened = open_table(source)
        opened.run = MethodType(run, opened)
        return opened

    kinds = {name.partition(" ")[0] for name, _ in answers(SqlReducer(listening), drawn(tmp_path, 0))}
    assert {"rows", "faults", "strata", "cells", "profiles", "crossing", "regressors", "totals"} <= kinds
    assert len(said) > 200
    for text in said:
        assert sqlglot.parse_one(text, read="spark").sql(dialect="spark") == text


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (sql.as_number(WORD), "n0"),
        (sql.looks_like_number(WORD), None),
        (typed(WORD.raw, "TEXT"), "CAST(c0 AS STRING)"),
        (typed(exp.column("c2"), "TEXT"), "CONCAT(CAST(c2 AS STRING), DATE_FORMAT(c2, 'x'))"),
    ],
)
def test_what_the_engines_read_differently(ours: exp.Expression, theirs: str | None) -> None:
    text = spark_text(ours, {"c1"}, {"c2"})
    assert text == theirs if theirs else text.endswith(r"[\\t\\n\\f\\r ]*\\z'")


def test_blank_is_what_duckdb_calls_blank() -> None:
    assert "\u3000" in spark_text(sql.empty(WORD, ()))


def test_columns_of_readings_are_sql() -> None:
    for kind, name in (("text", "string"), ("text", "array<int>"), ("date", "date"), ("number", "double")):
        for one in readings("c0", kind, name):  # type: ignore[arg-type]
            assert sqlglot.parse_one(f"SELECT {one} FROM t", read="spark")


def test_nothing_of_spark_is_imported_before_a_question() -> None:
    asked = (
        "import sys, monosashi.adapters.spark_reducer as m; m.SparkReducer('sc://localhost'); "
        "print([n for n in sys.modules if n.partition('.')[0] in ('pyspark', 'pyarrow', 'pandas', 'grpc')])"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_environment_chooses_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONOSASHI_ENGINE", raising=False)
    assert isinstance(chosen_reducer(), DuckDBReducer)
    monkeypatch.setenv("MONOSASHI_ENGINE", "sc://spark.example:15002")
    assert isinstance(chosen_reducer(), SparkReducer)


@pytest.mark.parametrize("value", ["spark", "sc://", "sc://host:port", "http://host", "DuckDB", "sc:host"])
def test_an_engine_that_there_is_not_is_refused(value: str) -> None:
    with pytest.raises(Problem, match="MONOSASHI_ENGINE"):
        engine_named(value)


def test_a_token_is_not_for_messages() -> None:
    with pytest.raises(Problem) as refused:
        engine_named("sc:host;token=opensesame")
    assert "opensesame" not in str(refused.value)
    assert address("sc://spark.example/;token=opensesame") == "spark.example:15002"


def test_a_server_that_is_not_there_is_a_problem_with_its_address(tmp_path: Path) -> None:
    """Nobody listens on a port that was free a moment ago; without monosashi[spark] that is said first."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    with pytest.raises(Problem, match=f"127.0.0.1:{port}") as stopped:
        SparkReducer(f"sc://127.0.0.1:{port}").rows(table(tmp_path, "a\n1"))
    assert stopped.value.kind.code in ("engine-failed", "engine-missing")
