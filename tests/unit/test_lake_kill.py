"""Killed in the middle of appending: what was acknowledged is there, once, and no batch is there in part.

`MONOSASHI_TEST_KILLS=200` (or MONOSASHI_LONG) makes a long campaign of it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

import lakes
from broken_house import ROOT
from monosashi.adapters.lake import DeltaLake

KILLS = int(os.environ.get("MONOSASHI_TEST_KILLS") or ("200" if os.environ.get("MONOSASHI_LONG") else "10"))
SIZE = 3
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}:{ROOT / 'src'}"}


def python(*arguments):
    command = [sys.executable, *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen(command, env=ENVIRONMENT, text=True, bufsize=1, **pipes)


def killed_after_an_append(nursery, first, pause):
    """The numbers of the batches that one process acknowledged before it was killed."""
    nursery.stdin.write(f"{first}\n")
    process, acknowledged = int(nursery.stdout.readline()), [int(nursery.stdout.readline())]
    time.sleep(pause)
    os.kill(process, signal.SIGKILL)
    while (line := nursery.stdout.readline().strip()) != "ended":
        acknowledged.append(int(line))
    return acknowledged


def test_what_was_acknowledged_is_there_once(tmp_path):
    """Each process begins with the batch that the last one left unfinished; it may be stored already."""
    chance = random.Random(20250401)
    acknowledged: list[int] = []
    with python(lakes.__file__, tmp_path, SIZE) as nursery:
        for _ in range(KILLS):
            first = acknowledged[-1] + 1 if acknowledged else 0
            acknowledged += killed_after_an_append(nursery, first, chance.uniform(0, 0.12))
    stored = Counter(lakes.ids(DeltaLake(tmp_path)))
    assert set(stored.values()) == {1}
    batches = Counter(int(id.split("-")[1]) for id in stored)
    assert set(acknowledged) <= set(batches)
    assert set(batches.values()) == {SIZE}
    assert acknowledged == list(range(len(acknowledged)))


KILL = """
import os, signal, sys
from pathlib import Path
from lakes import append
from monosashi.adapters.lake import DeltaLake

link = os.link

def killed(*names):
    if sys.argv[2] == "after":
        link(*names)
    os.kill(os.getpid(), signal.SIGKILL)

lake = DeltaLake(Path(sys.argv[1]))
append(lake, "a")
os.link = killed
append(lake, "b", "c", y=("integer", [1, 2]))
"""


@pytest.mark.parametrize(("moment", "there"), [("before", ["a"]), ("after", ["a", "b", "c"])])
def test_killed_at_the_only_moment_that_counts(tmp_path, moment, there):
    """All rows or none, with their new column; and the same append again adds what is lacking."""
    with python("-c", KILL, tmp_path, moment) as child:
        assert child.wait() == -signal.SIGKILL
    lake = DeltaLake(tmp_path)
    assert lakes.ids(lake) == there
    assert ("y" in lake.source(lakes.TABLE).columns) is (moment == "after")
    assert lakes.append(lake, "b", "c", y=("integer", [1, 2])).added == 3 - len(there)
    assert lakes.ids(lake) == ["a", "b", "c"]
