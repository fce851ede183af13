"""`make bench`: how long estimates take on generated answers, from the Parquet file to the JSON.

The design is stratified, weighted and clustered; every domain gets its share, standard error and
Korn-Graubard interval. Times are the best of three, on this machine.
"""

from __future__ import annotations

import os
import platform
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from monosashi import SOFTWARE
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure.answer import answer_to
from monosashi.measure.request import read_request

ROWS = (10_000, 100_000, 1_000_000)
DOMAINS = {"1": [], "50": ["bureau"], "2,500": ["bureau", "office"]}
REQUEST = """
table: answers.parquet
design: {{weight: weight, stratum: [stratum], psu: psu}}
estimates:
  - {{id: share, statistic: proportion, item: q1, favourable: [4, 5], missing: [9], by: {by}}}
"""
ANSWERS = """
copy (
    select i % 40 as stratum, i % 4000 as psu, i % 50 as bureau, (i // 50) % 50 as office,
           1 + (i * 7919 % 100) / 100.0 as weight, [1, 2, 3, 4, 5, 4, 5, 9][1 + (i * 104729 % 8)] as q1
    from range({rows}) as numbers(i)
) to '{path}' (format parquet)
"""


def main() -> None:
    print(f"{SOFTWARE}, Python {platform.python_version()}, {os.cpu_count()} cores; seconds, best of three")
    print(f"{'rows':>10}" + "".join(f"{name + ' domains':>16}" for name in DOMAINS))
    for rows in ROWS:
        print(f"{rows:>10,}" + "".join(f"{seconds:>16.3f}" for seconds in timings(rows)), flush=True)


def timings(rows: int) -> Iterator[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        duckdb.sql(ANSWERS.format(rows=rows, path=path))
        for by in DOMAINS.values():
            yield min(timed(path, by) for _ in range(3))


def timed(path: Path, by: list[str]) -> float:
    request = read_request("bench", REQUEST.format(by=by).encode())
    began = time.perf_counter()
    table = load_table(path, request.table)
    result = answer_to(request, table.source, DuckDBReducer(), sha256=table.sha256)
    assert result["estimates"]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
