"""Compaction, erasure and undo, killed at any moment: all of it or nothing, and the same command ends it.

`MONOSASHI_TEST_KILLS=300` (`make kill`) makes a long campaign of it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import duckdb
import pytest

import lake_works
from broken_house import ROOT
from lake_works import TABLE, WHO, WORKS, answers
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_check import examine

ROUNDS = int(os.environ.get("MONOSASHI_TEST_KILLS") or "20")
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'src'}"}


@pytest.fixture
def nursery():
    command = [sys.executable, lake_works.__file__]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=ENVIRONMENT, text=True, bufsize=1, **pipes) as made:
        yield made


def started(nursery, name, lake):
    nursery.stdin.write(f"{name} {lake.root}\n")
    return int(nursery.stdout.readline())


def killed(nursery, name, lake, pause):
    """How the work ended: ``killed``, or ``done`` where it was faster."""
    process = started(nursery, name, lake)
    time.sleep(pause)
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    return nursery.stdout.readline().strip()


def there(lake):
    files = list(lake.source(TABLE).uris)
    found = duckdb.sql(f"SELECT response_id FROM read_parquet({files}, union_by_name = true)")
    return sorted(id for (id,) in found.fetchall())


def findings(lake):
    return [finding for table in examine(lake, report=str) for finding in table.findings]


@pytest.fixture
def lake_of_six(tmp_path):
    """Makes lakes of six small imports each, by copying the first one."""
    for batch in range(6):
        answers(DeltaLake(tmp_path / "first"), batch)

    def another(name):
        return DeltaLake(shutil.copytree(tmp_path / "first", tmp_path / name))

    return another


def time_of(nursery, name, lake):
    """Seconds from the answer of the process to the end of its work."""
    started(nursery, name, lake)
    begun = time.perf_counter()
    assert nursery.stdout.readline().strip() == "done"
    return time.perf_counter() - begun


STAYS = {
    "compact": lambda _: True,
    "undo": lambda id: not id.endswith("batch-3"),
    "erase": lambda id: id != WHO,
}


@pytest.mark.parametrize("name", STAYS)
def test_killed_at_any_moment_it_is_done_or_not_and_can_be_done_again(nursery, lake_of_six, name):
    longest = min(time_of(nursery, name, lake_of_six(f"timed-{number}")) for number in range(3))
    chance, ends = random.Random(20250402), []
    for number in range(ROUNDS):
        lake = lake_of_six(str(number))
        before = there(lake)
        after = [id for id in before if STAYS[name](id)]
        ends.append(killed(nursery, name, lake, chance.uniform(0, longest)))
        made = lake.source(TABLE).version > 5
        assert there(lake) == (after if made else before)
        WORKS[name](lake)
        assert there(lake) == after
        assert findings(lake) == []
        if name == "erase":
            assert all(
                WHO.encode() not in path.read_bytes() for path in lake.root.rglob("*") if path.is_file()
            )
    assert set(ends) <= {"killed", "done"}
    assert ends.count("killed") >= ROUNDS // 4


def test_appends_while_another_process_compacts_and_is_killed(tmp_path, nursery):
    """Every append that was acknowledged is there once, whichever of the two came first."""
    lake, chance = DeltaLake(tmp_path), random.Random(20250403)
    answers(lake, 0)
    batches = range(1, 1 + ROUNDS // 4 * 4)
    for first in batches[::4]:
        process = started(nursery, "compact-without-end", lake)
        for batch in range(first, first + 4):
            time.sleep(chance.uniform(0, 0.1))
            assert answers(lake, batch).added == 3
        os.kill(process, signal.SIGKILL)
        assert nursery.stdout.readline().strip() == "killed"
    assert there(lake) == sorted(
        f"person-{person}-of-batch-{batch}" for batch in (0, *batches) for person in range(3)
    )
    assert findings(lake) == []
    assert lake.source(TABLE).version > len(batches)  # compactions came in between
