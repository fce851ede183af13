"""`make bench`: how long estimates take on generated answers, from the Parquet file to the estimates.

42 strata of 40 PSUs, weights, 45 Likert items, a waiting time, 200 services in 12 periods: 2,400 domains.
Each measurement is a process of its own, so that its peak of memory is its own too. Seconds are those of
the clock; CPU seconds hardly depend on what else the machine does. Where R's `survey` is installed it
computes the same 2,400 shares, on a part of the domains, scaled up. `--large` adds ten million rows; the
numbers of rows may also be named: `python tools/bench.py 3000 100000`.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from monosashi import SOFTWARE

ROWS, LARGE = (3_000, 100_000, 1_000_000), 10_000_000
ITEMS, R_DOMAINS = 45, 24
MARGINS = {
    "sex": {"F": 52.0, "M": 48.0},
    "age": dict(enumerate((13.0, 14.0, 16.0, 19.0, 18.0, 20.0))),
    "region": dict.fromkeys(range(7), 100 / 7),
}
Spent = tuple[float, float]  # seconds by the clock and of all processors
DESIGN = "design: {weight: weight, stratum: [stratum], psu: psu}"
SHARE = "{{id: q{0}, statistic: proportion, item: q{0}, favourable: [4, 5], missing: [9]{1}}}"
BY = ", by: [service, period]"
MEDIAN = "{id: wait, statistic: quantile, item: wait, at: [0.5], by: [service, period]}"


def draw(seed: int) -> str:
    """A number from 0 to 1 that looks like chance and is the same every time."""
    return f"(hash(i * 64 + {seed}) % 1000003) / 1000003.0"


def answers(rows: int, path: Path) -> None:
    """Writes the file; a PSU lies in one stratum, and its people answer alike."""
    grades = ", ".join(
        f"[1, 2, 3, 4, 4, 5, 5, 9][1 + ((hash(i * 64 + {q}) + hash(psu * 64 + {q}) % 3) % 8)::INT] AS q{q}"
        for q in range(1, ITEMS + 1)
    )
    drawn = f"""
        SELECT i, (hash(i * 64 + 50) % 1680)::INT AS psu, (hash(i * 64 + 51) % 200)::INT AS service,
               (hash(i * 64 + 52) % 12)::INT AS period, if({draw(53)} < 0.55, 'F', 'M') AS sex,
               (hash(i * 64 + 54) % 6)::INT AS age, (hash(i * 64 + 55) % 7)::INT AS region
        FROM range({rows}) AS numbers(i)"""  # noqa: S608 - numbers and our own names
    duckdb.sql(f"""
        COPY (SELECT psu % 42 AS stratum, psu, service, period, sex, age, region,
                     round(0.4 + 1.6 * {draw(56)}, 4) AS weight,
                     round(60 * {draw(57)} * {draw(58)} * 2) / 2 AS wait, {grades} FROM ({drawn}))
        TO '{path}' (FORMAT parquet)""")  # noqa: S608


def asked(*estimates: str, calibrated: bool = False) -> bytes:
    margins = f"calibration: {{method: raking, margins: {json.dumps(MARGINS)}}}" if calibrated else ""
    listed = "\n".join(f"  - {one}" for one in estimates)
    return f"table: answers.parquet\n{DESIGN}\n{margins}\nestimates:\n{listed}\n".encode()


def estimated(request: bytes, *, warm: bool = False) -> Callable[[Path], Spent]:
    """What it takes from the file to its estimates; warm: asked a second time of a table that is open."""

    def run(path: Path) -> Spent:
        from monosashi.adapters.engine import DuckDBReducer
        from monosashi.adapters.table_files import load_table
        from monosashi.measure.answer import answer_to
        from monosashi.measure.request import read_request

        reducer = DuckDBReducer()
        source = load_table(path, "answers.parquet").source
        if warm:
            answer_to(read_request("bench", request), source, reducer, sha256="")
        began = time.perf_counter(), time.process_time()
        result = answer_to(read_request("bench", request), source, reducer, sha256="")
        assert result["estimates"]
        return time.perf_counter() - began[0], time.process_time() - began[1]

    return run


def every_item(by: str = "") -> list[str]:
    return [SHARE.format(q, by) for q in range(1, ITEMS + 1)]


MEASUREMENTS: dict[str, Callable[[Path], Spent]] = {
    "2,400 shares with intervals": estimated(asked(SHARE.format(1, BY))),
    "45 items x 2,400 shares": estimated(asked(*every_item(BY))),
    "one share, table open": estimated(asked(SHARE.format(1, "")), warm=True),
    "raking to three margins, one share": estimated(asked(SHARE.format(1, ""), calibrated=True)),
    "2,400 medians": estimated(asked(MEDIAN)),
    "2,400 shares, calibrated variance": estimated(asked(SHARE.format(1, BY), calibrated=True)),
}

R_SCRIPT = """
suppressMessages(library(survey)); a <- commandArgs(TRUE); d <- read.csv(a[1]); few <- as.integer(a[2])
began <- proc.time()
D <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
D$variables$fav <- ifelse(d$q1 == 9, NA, d$q1 >= 4)
made <- proc.time() - began
keys <- unique(d[!is.na(D$variables$fav), c("service", "period")])
keys <- keys[seq_len(min(few, nrow(keys))), ]
D <- subset(D, !is.na(fav) & paste(service, period) %in% paste(keys$service, keys$period))
began <- proc.time()
r <- suppressWarnings(svyby(~fav, ~service + period, D, svyciprop, method = "beta", vartype = "ci"))
spent <- made + (proc.time() - began) * 2400 / nrow(r)
cat(spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]])
"""


def in_r(path: Path, rows: int) -> Spent | None:
    """What R takes for 2,400 shares: its design, and some domains, scaled up to all of them."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    table = path.with_suffix(".csv")
    duckdb.sql(f"COPY (SELECT stratum, psu, weight, service, period, q1 FROM '{path}') TO '{table}'")  # noqa: S608
    few = R_DOMAINS if rows < LARGE else 2
    words = [program, "-e", R_SCRIPT, str(table), str(few)]
    found: list[Spent] = []
    while len(found) < 3 and (not found or found[-1][0] < 100):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        seconds, cpu = map(float, done.stdout.split())
        found.append((seconds, cpu))
    table.unlink()
    return min(found)


def measured(name: str, path: Path) -> dict[str, float]:
    """Seconds (best of three, of one where that takes long), CPU seconds, the peak of memory in MB."""
    found: list[dict[str, float]] = []
    while len(found) < 3 and (not found or found[-1]["seconds"] < 10):
        words = [sys.executable, __file__, "--child", name, str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    return min(found, key=lambda one: one["seconds"])


def child(name: str, path: Path) -> None:
    seconds, cpu = MEASUREMENTS[name](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak}))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"


def table(rows: int, path: Path) -> None:
    print(f"\n{rows:,} rows\n{'':38}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}")
    ours: Spent | None = None
    for name in MEASUREMENTS:
        found = measured(name, path)
        ours = ours or (found["seconds"], found["cpu"])
        print(
            f"{name:38}{found['seconds']:>10.3f}{found['cpu']:>10.3f}{found['megabytes']:>10.0f}", flush=True
        )
    other = in_r(path, rows)
    if other is None or ours is None:
        print("R with its package survey is not installed: nothing to compare with")
        return
    print(f"{'R survey, 2,400 shares (scaled)':38}{other[0]:>10.1f}{other[1]:>10.1f}")
    print(f"{'times as long':38}{other[0] / ours[0]:>10.0f}{other[1] / ours[1]:>10.0f}", flush=True)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        child(arguments[1], Path(arguments[2]))
        return
    named = tuple(int(word) for word in arguments if word != "--large")
    sizes = (named or ROWS) + ((LARGE,) if "--large" in arguments else ())
    print(f"{SOFTWARE}; {machine()}; best of three, where one takes less than ten seconds")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.parquet"
            answers(rows, path)
            table(rows, path)


if __name__ == "__main__":
    main(sys.argv[1:])
