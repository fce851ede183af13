"""Tables small enough to check by hand, written as they would be drawn on paper."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from monosashi.adapters.table_files import load_table
from monosashi.keep.table import Source


def table(folder: Path, drawing: str, name: str = "table.csv") -> Source:
    """A CSV file from a drawing: columns between bars, an empty cell is a missing value."""
    lines = [line.split("|") for line in drawing.strip().splitlines()]
    return written(folder, [[cell.strip() for cell in line] for line in lines], name)


def written(folder: Path, records: Sequence[Sequence[object]], name: str = "table.csv") -> Source:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(records)
    return load_table(path, name).source
