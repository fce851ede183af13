"""Any table, any question: DuckDB and Spark give the same keys and, to 1e-12, the same sums."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine_questions import answers, csv, parquet, same
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.engines import chosen_reducer

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        not os.environ.get("MONOSASHI_ENGINE", "").startswith("sc://"), reason="no Spark: make test-spark"
    ),
]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("drawn", [csv, parquet], ids=["csv", "parquet"])
def test_two_engines_agree(tmp_path: Path, drawn, seed: int) -> None:
    source = drawn(tmp_path, seed)
    ours, theirs = answers(DuckDBReducer(), source), answers(chosen_reducer(), source)
    differing, asked = [], 0
    for (name, one), (_, other) in zip(ours, theirs, strict=True):
        asked += 1
        if not same(one, other):
            differing.append(f"{name}\n  DuckDB {one}\n  Spark  {other}")
    assert not differing, "\n".join(differing)
    assert asked > 100
