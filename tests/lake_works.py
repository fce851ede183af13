"""Work on a lake that can be killed. As a script: a line of input is one work, done in its own process.

The script itself never opens a table: what deltalake starts does not outlive a fork.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from arrivals import Norm
from monosashi.adapters.erasure import erase
from monosashi.adapters.japanese import words
from monosashi.adapters.lake import DeltaLake
from monosashi.adapters.lake_care import compact, undo
from monosashi.adapters.opened_file import open_file
from monosashi.gather.mapping import read_mapping
from monosashi.keep.table import Columns
from monosashi.pipeline import Delivery, import_delivery, read_delivery

COUNTED = 2_000
COUNTS = "subject,measure,period,channel,status,quantity\n" + "".join(
    f"procedure-{number},applications,2025-04,online,value,{number}\n" for number in range(COUNTED)
)
TABLE, WHO = "responses/resident", "person-1-of-batch-3"


def answers(lake, batch):
    ids = [f"person-{number}-of-batch-{batch}" for number in range(3)]
    columns = Columns({"response_id": ids, "q": [batch] * 3}, {"response_id": "text", "q": "integer"})
    return lake.append(TABLE, columns, key=("response_id",), commit={"source": f"{batch}.csv"})


def bring(lake):
    """One file through the door of `monosashi import`."""
    fields = ", ".join(f"{name}: {name}" for name in COUNTS.partition("\n")[0].split(","))
    mapping = read_mapping("m", f"table: volumes\nfields: {{{fields}}}\n".encode())
    delivery = Delivery("volumes", "counts.csv", COUNTS.encode(), mapping)
    seen = read_delivery(delivery, Norm(), open_file)
    return import_delivery(delivery, seen, lake, guideline=Norm(), words=words)


def compact_without_end(lake):
    while True:
        compact(lake, TABLE)


WORKS = {
    "compact": lambda lake: compact(lake, TABLE),
    "undo": lambda lake: undo(lake, TABLE, 3, editions={}),
    "erase": lambda lake: erase(lake, WHO),
    "import": bring,
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
