"""How long `monosashi log` takes over ten million events, and how much memory: a table, nothing is asserted.

    python tools/bench_log.py [--events 10000000] [--domains 2400] [--pm4py]

The log is made anew: four events a case, with channel, procedure, opening, closing and due date. The whole
command is timed from outside, as its user meets it, reading the file and its checksum included. With --pm4py,
one of the four measures by pm4py and pandas, where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REQUEST = """\
log: events.parquet
columns: {case: case_id, activity: activity, at: occurred_at, opened: opened, closed: closed, due: due}
measures:
  - {id: throughput, statistic: duration, from: first, to: last, at: [0.5, 0.9], by: [procedure, channel]}
  - {id: processing, statistic: duration, from: opened, to: closed, at: [0.5, 0.9], by: [procedure, channel]}
  - {id: completion, statistic: completion, end: closed, by: [procedure, channel]}
  - {id: on_time, statistic: on_time, by: [procedure, channel]}
"""
CHANNELS = 4
MAKE = """
COPY (
    SELECT 'case-' || lpad((k)::VARCHAR, 8, '0') AS case_id,
        'procedure ' || lpad((hash(k) % $procedures)::VARCHAR, 4, '0') AS procedure,
        ['online', 'counter', 'post', 'telephone'][1 + (hash(k + 1) % 4)::BIGINT] AS channel,
        'activity ' || (i)::VARCHAR AS activity,
        start + to_microseconds((i * (hash(k * 7 + i) % 200000000000))::BIGINT) AS occurred_at,
        start - INTERVAL 1 HOUR AS opened,
        CASE WHEN hash(k + 2) % 10 > 0
            THEN start + to_microseconds((hash(k + 3) % 3000000000000)::BIGINT) END AS closed,
        start + INTERVAL 30 DAY AS due
    FROM (SELECT k, TIMESTAMPTZ '2024-04-01 00:00:00+09' + to_minutes((hash(k + 4) % 700000)::BIGINT) AS start
          FROM range($cases) cases(k)), range(4) steps(i)
    ORDER BY start
) TO '{path}' (FORMAT parquet)
"""
WRITE = """
import duckdb, sys
connection = duckdb.connect()
connection.execute("SET enable_progress_bar = false")
connection.execute(sys.argv[1])
"""


def make(path: Path, events: int, domains: int) -> None:
    """Writes the log, in a process of its own: a child begins with the peak memory of its parent."""
    asked = {"cases": events // 4, "procedures": domains // CHANNELS}
    sql = MAKE.replace("{path}", str(path))
    for name, value in asked.items():
        sql = sql.replace(f"${name}", str(value))
    subprocess.run([sys.executable, "-c", WRITE, sql], check=True)


def timed(command: list[str], output: Path) -> tuple[float, float]:
    """(seconds, peak memory in GB) of a command whose standard output goes to a file."""
    began = time.perf_counter()
    with output.open("wb") as stream:
        child = subprocess.Popen(command, stdout=stream)
        _, code, spent = os.wait4(child.pid, 0)
    if code:
        raise subprocess.CalledProcessError(code, command)
    return time.perf_counter() - began, spent.ru_maxrss / 1e6


PM4PY = """
import pandas, pm4py, sys
log = pandas.read_parquet(sys.argv[1])
log = pm4py.format_dataframe(log, case_id="case_id", activity_key="activity", timestamp_key="occurred_at")
spans = log.groupby("case_id").agg(first=("occurred_at", "min"), last=("occurred_at", "max"),
    procedure=("procedure", "first"), channel=("channel", "first"))
spans["days"] = (spans["last"] - spans["first"]).dt.total_seconds() / 86400
print(spans.groupby(["procedure", "channel"])["days"].quantile([0.5, 0.9]).size)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="How long monosashi log takes.")
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--domains", type=int, default=2_400)
    parser.add_argument("--pm4py", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "events.parquet", asked.events, asked.domains)
        (folder / "request.yaml").write_text(REQUEST, encoding="utf-8")
        command = [sys.executable, "-m", "monosashi.cli", "log", str(folder / "request.yaml")]
        seconds, peak = timed(command, folder / "result.json")
        found = json.loads((folder / "result.json").read_text("utf-8"))
        log, results = found["log"], len(found["measures"])
        said = f"{log['events']:,} events, {log['cases']:,} cases, {results:,} results"
        print(f"monosashi log  {seconds:6.2f} s  {peak:5.2f} GB  {said}")
        if asked.pm4py and importlib.util.find_spec("pm4py") is None:
            print("pm4py is not installed; without it there is nothing to compare with")
        elif asked.pm4py:
            compared = [sys.executable, "-c", PM4PY, str(folder / "events.parquet")]
            seconds, peak = timed(compared, folder / "compared.txt")
            print(f"pm4py, pandas  {seconds:6.2f} s  {peak:5.2f} GB  one of the four measures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
