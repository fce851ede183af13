"""`make bench`: how long estimates take on generated answers, from the Parquet file to the estimates.

42 strata of 40 PSUs, weights, 45 Likert items, a waiting time, 200 services in 12 periods: 2,400 domains.
Each measurement is a process of its own that has answered the same of a small file before. Seconds are those
of the clock; CPU seconds are those of all processors. R's `survey`, where it is installed, and svy, where
MONOSASHI_BENCH_SVY names a Python that has it, compute the same 2,400 shares of the same rows in the same
run, their data loaded: up to 100,000 rows all of them, beyond on some domains, scaled up. `--large` adds ten
million rows; the numbers of rows may also be named: `python tools/bench.py 3000 100000`.
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
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from monosashi import SOFTWARE

if TYPE_CHECKING:
    from monosashi.keep.table import Source

ROWS, LARGE = (3_000, 100_000, 1_000_000), 10_000_000
ITEMS, DOMAINS, FEW_DOMAINS = 45, 2_400, 24
WHOLE_AT_MOST, SVY_AT_MOST = 100_000, 1_000_000  # rows up to which the others compute every domain, or any
SHARES, ONE_OPEN = "2,400 shares with intervals", "one share, table open"
MARGINS = {
    "sex": {"F": 52.0, "M": 48.0},
    "age": dict(enumerate((13.0, 14.0, 16.0, 19.0, 18.0, 20.0))),
    "region": dict.fromkeys(range(7), 100 / 7),
}
Spent = tuple[float, float]  # seconds by the clock and of all processors
Work = Callable[[Path], Callable[[], object]]
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


def asked_for(*estimates: str, calibrated: bool = False) -> bytes:
    margins = f"calibration: {{method: raking, margins: {json.dumps(MARGINS)}}}" if calibrated else ""
    listed = "\n".join(f"  - {one}" for one in estimates)
    return f"table: answers.parquet\n{DESIGN}\n{margins}\nestimates:\n{listed}\n".encode()


def source_of(path: Path) -> Source:
    from monosashi.keep.table import Source

    return Source("answers.parquet", (str(path),), format="parquet")


def estimated(request: bytes) -> Work:
    """From the file to the estimates of a request, as columns."""

    def run(path: Path) -> Callable[[], object]:
        from monosashi.adapters.reducers import reducer_for
        from monosashi.measure.answer import answered
        from monosashi.measure.request import read_request

        asked, source = read_request("bench", request), source_of(path)
        return lambda: answered(asked, source, reducer_for(source)).found

    return run


def one_share(path: Path) -> Callable[[], object]:
    """One share of a table that is open, as a program would ask for it."""
    from monosashi.adapters.reducers import reducer_for
    from monosashi.measure import Design, Sample, proportion_of

    source = source_of(path)
    reducer = reducer_for(source)
    sample = Sample(source, Design("weight", ("stratum",), "psu"))

    def ask() -> object:
        return proportion_of(reducer, sample, "q1", favourable=(4, 5), missing=(9,))[0]

    ask()
    return ask


def raked(path: Path) -> Callable[[], object]:
    """From the file to a file of weights."""
    from monosashi.adapters.reducers import reducer_for
    from monosashi.adapters.weights_file import write_weights
    from monosashi.measure import Calibration, Design, Sample, calibrate, weighted

    source, written = source_of(path), path.with_name("weights.parquet")
    sample = Sample(source, Design("weight", ("stratum",), "psu"))

    def write() -> object:
        reducer = reducer_for(source)
        weighting, diagnostics = calibrate(reducer, sample, Calibration(MARGINS))
        write_weights(written, reducer.weights_of_rows(weighted(sample, weighting)), "weights.parquet")
        return diagnostics

    return write


def printed(path: Path) -> Callable[[], object]:
    """What `monosashi estimate` prints: 2,400 shares as JSON, and the digest of the file."""
    from monosashi.adapters.reducers import reducer_for
    from monosashi.adapters.table_files import load_table
    from monosashi.measure.answer import answer_to
    from monosashi.measure.request import read_request

    asked = read_request("bench", asked_for(SHARE.format(1, BY)))

    def answer() -> object:
        table = load_table(path, "answers.parquet")
        return json.dumps(answer_to(asked, table.source, reducer_for(table.source), sha256=table.sha256))

    return answer


def every_item(by: str = "") -> list[str]:
    return [SHARE.format(q, by) for q in range(1, ITEMS + 1)]


MEASUREMENTS: dict[str, Work] = {
    SHARES: estimated(asked_for(SHARE.format(1, BY))),
    "the same, printed as JSON": printed,
    "45 items x 2,400 shares": estimated(asked_for(*every_item(BY))),
    "one share": estimated(asked_for(SHARE.format(1, ""))),
    ONE_OPEN: one_share,
    "raking to three margins, weights written": raked,
    "2,400 medians": estimated(asked_for(MEDIAN)),
    "2,400 shares, calibrated variance": estimated(asked_for(SHARE.format(1, BY), calibrated=True)),
}

R_SCRIPT = """
suppressMessages(library(survey)); a <- commandArgs(TRUE); d <- read.csv(a[1]); few <- as.integer(a[2])
D <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = d)
D$variables$fav <- ifelse(d$q1 == 9, NA, d$q1 >= 4)
key <- paste(d$service, d$period); keys <- unique(key); keys <- keys[seq_len(min(few, length(keys)))]
D$variables$key <- ifelse(key %in% keys, key, NA)
seconds <- function(f) {
  began <- proc.time(); suppressWarnings(force(f())); (proc.time() - began)[["elapsed"]]
}
one <- min(replicate(3, seconds(function() svyciprop(~fav, D, method = "beta", na.rm = TRUE))))
many <- seconds(function()
  svyby(~fav, ~key, D, svyciprop, method = "beta", vartype = "ci", na.rm = TRUE)) * 2400 / length(keys)
cat(many, one)
"""
SVY_SCRIPT = """
import sys, time
import polars as pl, svy
d = pl.read_parquet(sys.argv[1]).with_columns(
    fav=pl.when(pl.col("q1") == 9).then(None).otherwise((pl.col("q1") >= 4).cast(pl.Int32)),
    key=pl.col("service").cast(pl.String) + " " + pl.col("period").cast(pl.String))
keys = d["key"].unique(maintain_order=True).head(int(sys.argv[2])).to_list()
S = svy.Sample(d, svy.Design(stratum="stratum", psu="psu", wgt="weight"))
def seconds(f):
    began = time.perf_counter(); f(); return time.perf_counter() - began
one = min(seconds(lambda: S.estimation.prop("fav", drop_nulls=True)) for _ in range(5))
where = None if int(sys.argv[2]) >= 2400 else svy.col("key").is_in(keys)
many = seconds(lambda: S.estimation.prop("fav", by="key", where=where, drop_nulls=True)) * 2400 / len(keys)
print(many, one)
"""


class Other(NamedTuple):
    """Seconds that another program takes for the 2,400 shares, and for one share with its data loaded."""

    many: float
    one: float


def in_r(path: Path, rows: int) -> Other | None:
    program = shutil.which("Rscript")
    if program is None:
        return None
    table = path.with_suffix(".csv")
    duckdb.sql(f"COPY (SELECT stratum, psu, weight, service, period, q1 FROM '{path}') TO '{table}'")  # noqa: S608
    found = _said([program, "-e", R_SCRIPT, str(table), str(_domains(rows))])
    table.unlink()
    return found


def in_svy(path: Path, rows: int) -> Other | None:
    """svy, in the Python that MONOSASHI_BENCH_SVY names: it is no part of this project's environment."""
    program = os.environ.get("MONOSASHI_BENCH_SVY")
    if program is None or rows > SVY_AT_MOST:
        return None
    return _said([program, "-c", SVY_SCRIPT, str(path), str(_domains(rows))])


def _domains(rows: int) -> int:
    """How many of the 2,400 domains the others are given; their time is scaled up."""
    return DOMAINS if rows <= WHOLE_AT_MOST else FEW_DOMAINS


def _said(words: list[str]) -> Other | None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return None if done.returncode else Other(*map(float, done.stdout.split()))


def measured(name: str, path: Path) -> dict[str, float]:
    words = [sys.executable, __file__, "--child", name, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def child(name: str, path: Path) -> None:
    """Best of five, or of fewer that take five seconds, and the peak of memory at the first.

    The same is asked of a small file before, so that nothing is left to import.
    """
    MEASUREMENTS[name](path.with_name("small.parquet"))()
    work = MEASUREMENTS[name](path)
    found: list[Spent] = []
    peak = 0.0
    while len(found) < 5 and (not found or sum(one[0] for one in found) < 5):
        began = time.perf_counter(), time.process_time()
        result = work()
        found.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        del result
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, cpu = min(found)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "megabytes": peak}))


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}"


def table(rows: int, path: Path) -> None:
    print(f"\n{rows:,} rows\n{'':42}{'seconds':>10}{'CPU s':>10}{'peak MB':>10}")
    ours: dict[str, float] = {}
    for name in MEASUREMENTS:
        if rows >= LARGE and name.startswith("45"):
            continue
        found = measured(name, path)
        ours[name] = found["seconds"]
        print(
            f"{name:42}{found['seconds']:>10.4f}{found['cpu']:>10.4f}{found['megabytes']:>10.0f}", flush=True
        )
    for other, ask in (("R survey", in_r), ("svy", in_svy)):
        found_there = ask(path, rows)
        if found_there is None:
            print(f"{other}: not here, or not for so many rows")
            continue
        for name, seconds in ((SHARES, found_there.many), (ONE_OPEN, found_there.one)):
            print(f"{other + ': ' + name:42}{seconds:>10.4f}{seconds / ours[name]:>10.0f} x", flush=True)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--child"]:
        child(arguments[1], Path(arguments[2]))
        return
    named = tuple(int(word) for word in arguments if word != "--large")
    sizes = (named or ROWS) + ((LARGE,) if "--large" in arguments else ())
    print(f"{SOFTWARE}; {machine()}")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answers.parquet"
            answers(rows, path)
            answers(ROWS[0], path.with_name("small.parquet"))
            table(rows, path)


if __name__ == "__main__":
    main(sys.argv[1:])
