"""The figures that an import would lead to: its records in a table of their own, while they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from monosashi.adapters.arrow import arrow_table
from monosashi.adapters.batch import Batch
from monosashi.adapters.reducers import reducer_for
from monosashi.define.guideline import Guideline
from monosashi.gather.preview import Preview
from monosashi.keep.table import Columns, Source
from monosashi.pipeline import Delivery, figures_of_delivery


def figures_brought(
    delivery: Delivery, seen: Preview, guideline: Guideline
) -> Sequence[Mapping[str, object]]:
    """For the preview of a sound file; empty for tables that hold no answers to items."""
    records = seen.records
    if seen.findings.count or not delivery.table.startswith("responses/"):
        return []
    with TemporaryDirectory(prefix="monosashi-") as folder:
        file = Path(folder) / "brought.parquet"
        fields = {name: records.fields[name] for name in records.fields if name not in records.comments}
        batch = Batch(arrow_table(Columns(fields, records.types)), records.key)
        batch.compare([], {})
        batch.write(file, records.types)
        source = Source(delivery.table, (str(file),))
        return figures_of_delivery(delivery, source, reducer_for(source), guideline)
