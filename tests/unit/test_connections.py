"""What DuckDB must never do: draw its bar of progress amid the JSON on standard output."""

from __future__ import annotations

from monosashi.adapters.connections import fresh


def test_nothing_is_drawn_and_nothing_is_shared() -> None:
    one, two = fresh(), fresh()
    assert one.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
    one.execute("CREATE TABLE mine AS SELECT 1")
    assert two.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)
