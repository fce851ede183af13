"""`monosashi import` killed at any moment: all rows of the file or none, and the same file again ends it.

20 rounds; `MONOSASHI_TEST_KILLS=300` (`make kill`) makes a long campaign of it.
"""

from __future__ import annotations

import random

import duckdb

from lake_works import COUNTED
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_check import examine
from unit.test_lake_care_kill import ROUNDS, killed, nursery, time_of

__all__ = ["nursery"]


def rows(lake):
    source = lake.source("volumes")
    if source is None:
        return 0
    return duckdb.sql(f"SELECT count(*) FROM read_parquet({list(source.uris)})").fetchall()[0][0]


def test_all_or_nothing(nursery, tmp_path):
    chance = random.Random(20260401)
    whole = max(time_of(nursery, "import", DeltaLake(tmp_path / f"whole-{one}")) for one in range(2))
    ended = []
    for number in range(ROUNDS):
        lake = DeltaLake(tmp_path / f"lake-{number}")
        ended.append(killed(nursery, "import", lake, chance.uniform(0, whole)))
        there = rows(lake)
        assert there in ({COUNTED} if ended[-1] == "done" else {0, COUNTED})
        assert [finding for table in examine(lake, report=str) for finding in table.findings] == []
        time_of(nursery, "import", lake)
        assert rows(lake) == COUNTED
    assert "killed" in ended
