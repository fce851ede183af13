"""The engine is locked in: it reads the files of its source and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from monosashi.adapters.duckdb_table import open_table
from monosashi.adapters.engine import KEPT_OPEN, DuckDBReducer
from monosashi.errors import Problem
from monosashi.keep.table import Source
from monosashi.measure import Among, Sample, mean_of
from small_tables import table


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM '{other}'",
        "COPY t TO '{other}'",
        "ATTACH '{other}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['{other}']",
        "SET TimeZone = 'UTC'",
    ],
)
def test_nothing_else_can_be_reached_or_changed(tmp_path: Path, statement: str) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    opened = open_table(table(tmp_path, "a\n1"))
    with pytest.raises(duckdb.Error):
        opened.connection.execute(statement.format(other=tmp_path / "other.csv"))


def test_times_are_japanese(tmp_path: Path) -> None:
    opened = open_table(table(tmp_path, "a\n1"))
    asked = "SELECT CAST(TIMESTAMPTZ '2026-03-31 15:00:00+00' AS DATE)::VARCHAR"
    assert opened.connection.execute(asked).fetchone() == ("2026-04-01",)


def test_a_path_with_quotes_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "it's; -- 満足"
    folder.mkdir()
    (found,) = mean_of(DuckDBReducer(), Sample(table(folder, "a\n1\n3")), "a")
    assert found.value == 2


def test_connections_are_closed_again(tmp_path: Path) -> None:
    reducer = DuckDBReducer()
    for i in range(KEPT_OPEN + 3):
        assert reducer.rows(table(tmp_path, "a\n1", name=f"t{i}.csv")) == 1
    assert len(reducer._tables) == KEPT_OPEN


def test_a_file_that_is_not_parquet_is_a_problem_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(Problem, match="lake/t: The table cannot be read"):
        DuckDBReducer().rows(Source("lake/t", (str(tmp_path / "t.parquet"),)))


def test_parquet_types_and_files_of_different_columns(tmp_path: Path) -> None:
    """A later file may have a column more: rows of the earlier one are missing there."""
    one, two = tmp_path / "one.parquet", tmp_path / "two.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS a, true AS yes, 'x' AS word) TO '{one}' (FORMAT parquet)")
    duckdb.execute(
        f"COPY (SELECT 3 AS a, false AS yes, 'y' AS word, 2.5 AS more) TO '{two}' (FORMAT parquet)"
    )
    source = Source("t", (one.as_uri(), str(two)))
    reducer = DuckDBReducer()
    assert dict(reducer.columns(source)) == {
        "a": "integer",
        "yes": "boolean",
        "word": "text",
        "more": "number",
    }
    assert reducer.rows(source, [Among("yes", (True,))]) == 1
    (found,) = mean_of(reducer, Sample(source), "more")
    assert (found.value, found.n, found.n_missing) == (2.5, 1, 1)
