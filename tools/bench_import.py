"""`make bench`, its last table: how long a CSV file of a million rows takes from the command to the lake.

The command runs as an official types it, in a home of its own: its start, the confined process that reads,
the checks of every cell, the Parquet file, the flush to the disk. Seconds are those of the clock; CPU seconds
those of both processes. Memory is that of the larger of the two.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROWS = 1_000_000
MAPPING = """\
table: responses/resident
fields:
  response_id: 回答番号
  period: {value: FY2025}
  city: {column: 都市, type: text, codes: {東京: tokyo, ソウル: seoul}}
  overall: 満足度
  usability: 使いやすさ
  weight: 重み
  age: {column: 年齢, type: integer, range: [18, 110]}
  answered_on: {column: 回答日, type: date}
"""
HEADER = "回答番号,都市,満足度,使いやすさ,重み,年齢,回答日\n"


def lines(rows: int) -> Iterator[str]:
    yield HEADER
    for i in range(rows):
        city, day = "東京" if i % 3 else "ソウル", f"2025-{1 + i % 12:02}-{1 + i % 28:02}"
        yield f"{i},{city},{1 + i % 5},{1 + i % 4},{1 + i % 97 / 100:.2f},{18 + i % 80},{day}\n"


def imported(folder: Path, rows: int) -> tuple[float, float, float]:
    """(seconds, CPU seconds, peak MB) of one import."""
    with (folder / "answers.csv").open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines(rows))
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    command = [sys.executable, "-m", "monosashi.cli", "import", "responses", str(folder / "answers.csv")]
    command += ["--mapping", str(folder / "mapping.yaml"), "--home", str(folder / "home")]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ})
    seconds = time.perf_counter() - began
    if json.loads(done.stdout)["added"] != rows:
        raise SystemExit("not every row was stored")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        seconds, cpu, megabytes = imported(Path(folder), rows)
    print(f"\n{'import of a CSV file into the lake':42}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}")
    print(f"{f'{rows:,} rows, 7 columns':42}{seconds:>10.1f}{cpu:>10.1f}{megabytes:>10.0f}")


if __name__ == "__main__":
    main()
