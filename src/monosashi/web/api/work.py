"""The way from the database into the lake: every record that came through the door, a table at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from monosashi.define.text import Text
from monosashi.web.api import operations, queries
from monosashi.web.keep import housekeeping
from monosashi.web.keep.jobs import Work, job

if TYPE_CHECKING:
    from monosashi.adapters.lake import DeltaLake
    from monosashi.define.guideline import Guideline
    from monosashi.gather.record import ColumnType
    from monosashi.keep.table import Columns, Receipt

AT_ONCE = 100_000  # records of one append; more wait for the next

_MOVING = Text(ja="届いた記録をレイクに移しています", en="moving records into the lake")


@job(
    "arrivals.store",
    Text(ja="届いた記録をレイクに移す", en="Moving records that came by the API into the lake"),
)
def store_arrivals(work: Work) -> dict[str, Any]:
    """Appends what waits. Killed in between, the next run appends nothing twice: keys tell records apart."""
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.adapters.home import Home
    from monosashi.adapters.lake import DeltaLake
    from monosashi.web.config.environment import Environment

    norm = load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE"))
    lake = DeltaLake(Home.of_environment().lake)
    stored: dict[str, int] = {}
    for table in queries.tables_waiting():
        work.report(_MOVING, done=sum(stored.values()))
        while waiting := queries.waiting(table, AT_ONCE):
            stored[table] = stored.get(table, 0) + _store(table, waiting, lake, norm)
    return {"stored": stored, "in_conflict": queries.in_conflict()}


def _store(
    table: str, waiting: Sequence[tuple[int, Mapping[str, Any]]], lake: DeltaLake, norm: Guideline
) -> int:
    """One append. Records that the lake has with other content are set aside, and the others tried again."""
    from monosashi import __version__, errors
    from monosashi.errors import Problem
    from monosashi.keep.tables import schema_of

    columns = _columns(table, [record for _, record in waiting], norm)
    commit = {
        "source": "api",
        "guideline": f"{norm.id}/{norm.version}",
        "software": f"monosashi {__version__}",
    }
    try:
        receipt: Receipt = lake.append(table, columns, key=schema_of(table).key, commit=commit)
    except Problem as problem:
        if problem.kind is not errors.LAKE_CONFLICT:
            raise
        operations.set_aside(ids=[waiting[finding.details["index"]][0] for finding in problem.findings])
        return 0
    operations.leave(ids=[id for id, _ in waiting], receipt=vars(receipt))
    return receipt.added


def _columns(table: str, records: Sequence[Mapping[str, Any]], norm: Guideline) -> Columns:
    from monosashi.gather.expect import Instrument
    from monosashi.gather.objects import as_typed, stored_types
    from monosashi.keep.table import Columns
    from monosashi.keep.tables import schema_of

    names = list(dict.fromkeys(name for record in records for name in record))
    instrument = Instrument.of(table.partition("/")[2], norm.items, norm.scales)
    types: dict[str, ColumnType] = stored_types(schema_of(table), instrument, names)
    data = {name: [as_typed(record.get(name), types[name]) for record in records] for name in names}
    return Columns(data, types)


housekeeping.schedule("arrivals.store", every=timedelta(minutes=1), when=queries.is_any_waiting)
