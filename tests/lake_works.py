"""Work on a lake that can be killed. As a script: a line of input is one work, done in its own process.

The script itself never opens a table: what deltalake starts does not outlive a fork.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from monosashi.adapters.erasure import erase
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import compact, undo
from monosashi.keep.table import Columns

TABLE, WHO = "responses/resident", "person-1-of-batch-3"


def answers(lake, batch):
    ids = [f"person-{number}-of-batch-{batch}" for number in range(3)]
    columns = Columns({"response_id": ids, "q": [batch] * 3}, {"response_id": "text", "q": "integer"})
    return lake.append(TABLE, columns, key=("response_id",), commit={"source": f"{batch}.csv"})


def compact_without_end(lake):
    while True:
        compact(lake, TABLE)


WORKS = {
    "compact": lambda lake: compact(lake, TABLE),
    "undo": lambda lake: undo(lake, TABLE, 3, editions={}),
    "erase": lambda lake: erase(lake, WHO),
    "compact-without-end": compact_without_end,
}


def start_processes() -> None:
    """Says the process that does the work, and a word when it has ended."""
    for line in sys.stdin:
        name, root = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if not child:
            print(os.getpid(), flush=True)
            WORKS[name](DeltaLake(Path(root)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print("done" if not status else "killed" if os.WIFSIGNALED(status) else "failed", flush=True)


if __name__ == "__main__":
    start_processes()
