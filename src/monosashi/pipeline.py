"""The whole story on one page: what goes in at one end comes out as an edition at the other.

Everything is injected: lake, engine, days. The rooms do the work; here the tray is carried between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from monosashi import __version__, errors
from monosashi.define.guideline import Guideline
from monosashi.define.period import Period
from monosashi.errors import Problem
from monosashi.gather.comments.mask import mask
from monosashi.gather.comments.morphemes import Words
from monosashi.gather.expect import Instrument
from monosashi.gather.findings import at_lines
from monosashi.gather.mapping import FileFormat, MappingFile
from monosashi.gather.opened import Opener, open_text
from monosashi.gather.preview import Preview, preview
from monosashi.gather.record import COMMENT, Schema
from monosashi.gather.records import Records, read_records
from monosashi.gather.register.schemas import REGISTER
from monosashi.gather.suggest import Suggested, mapping_of
from monosashi.gather.template import TemplateColumn, template_columns
from monosashi.keep import comments
from monosashi.keep.table import Columns, Lake, Receipt, Source
from monosashi.keep.tables import schema_of, table_for
from monosashi.measure.brought import figure, figures_of_items
from monosashi.measure.reducer import Reducer
from monosashi.publish.codebook import Labels
from monosashi.publish.composed import composed_of
from monosashi.publish.coverage import coverage_of, movements
from monosashi.publish.disclosure import Figures, disclose
from monosashi.publish.edition import Edition, Progress
from monosashi.publish.edition_files import Contents, write_edition
from monosashi.publish.edition_reader import published_before
from monosashi.publish.measured import Sources, measured
from monosashi.publish.release import differences_of, figures_of, period_before

# ---- a file → records → the lake ----------------------------------------------------------------------


@dataclass(frozen=True)
class Delivery:
    """A file that somebody brings: its bytes and name, the mapping that explains it, and what it is to be."""

    kind: str  # responses, volumes, practices, events
    name: str
    content: bytes
    mapping: MappingFile
    instrument: str | None = None
    encoding: str | None = None

    @property
    def table(self) -> str:
        return table_for(self.kind, self.mapping.table, self.instrument)


def read_delivery(delivery: Delivery, guideline: Guideline, opener: Opener = open_text) -> Preview:
    """The file as records, with every finding; nothing is stored. For `import_delivery` and for a preview.

    `opener` knows more forms of files than texts (`adapters.opened_file`).
    """
    table = delivery.table
    opened = opener(delivery.content, delivery.mapping.file, delivery.encoding, delivery.name)
    instrument = Instrument.of(table.partition("/")[2], guideline.items, guideline.scales)
    records, findings = read_records(opened.rows, delivery.mapping, schema_of(table), instrument)
    return preview(opened, records, findings)


def figures_of_delivery(
    delivery: Delivery, source: Source, reducer: Reducer, guideline: Guideline
) -> list[Mapping[str, object]]:
    """What the records, lying in `source`, would say of the items of their questionnaire."""
    instrument = Instrument.of(delivery.table.partition("/")[2], guideline.items, guideline.scales)
    found = figures_of_items(source, reducer.columns(source), instrument, reducer)
    return [figure(item, estimate) for item, estimate in found]


def template_of(kind: str, instrument: str | None, guideline: Guideline) -> list[TemplateColumn]:
    """The columns of a sheet to be filled in with records of a kind."""
    table, schema, asked = _expected(kind, instrument, guideline)
    return template_columns(schema, asked, _domains(table, schema, asked, guideline))


def _expected(kind: str, instrument: str | None, guideline: Guideline) -> tuple[str, Schema, Instrument]:
    """The table that records of a kind go to (or the list of the register), and what it may hold."""
    asked = Instrument.of(instrument or "", guideline.items, guideline.scales)
    if kind in REGISTER:
        return kind, REGISTER[kind], asked
    table = table_for(kind, None, instrument)
    return table, schema_of(table), asked


def _domains(table: str, schema: Schema, asked: Instrument, guideline: Guideline) -> list[str]:
    """The columns without which the figures that stand for a measure could not be told from others.

    Without those that the table has anyway, and those that the questionnaire asks for.
    """
    headlines = (measure.headline for _, measure in measured(guideline) if measure.table == table)
    named = dict.fromkeys(name for headline in headlines for name in headline)
    return [name for name in named if name not in schema.columns and name not in asked.items]


def suggest_mapping(
    content: bytes,
    name: str,
    *,
    kind: str,
    instrument: str | None,
    encoding: str | None,
    guideline: Guideline,
    opener: Opener = open_text,
) -> Suggested:
    """A mapping file to start from, by the header of a file whose columns nobody has explained yet."""
    rows = opener(content, FileFormat(), encoding, name).rows
    empty = {column for column, cells in zip(rows.header, rows.columns, strict=True) if not any(cells)}
    table, schema, asked = _expected(kind, instrument, guideline)
    domains = _domains(table, schema, asked, guideline)
    return mapping_of(rows.header, schema, asked.columns(), table, domains=domains, empty=empty)


def import_delivery(
    delivery: Delivery, seen: Preview, lake: Lake, *, guideline: Guideline, words: Words
) -> Receipt:
    """All of it or nothing; the same file again adds nothing. `import-refused` where there are findings.

    Free text goes to the table comments, masked by what `words` knows of names. Whether it fits there is
    looked at before the answers are stored; after a kill between the two, the same import goes on.
    """
    if seen.findings.count:
        raise seen.findings.problem(delivery.name)

    def masking(text: str) -> str:
        return mask(text, words).text

    commit = _commit(delivery, seen, guideline)
    if delivery.table == comments.TABLE:
        return _stored(lake, comments.with_masks(seen.records, masking), delivery.table, commit)
    answers, written = comments.parted(seen.records, masking)
    if not written:
        return _stored(lake, answers, delivery.table, commit)
    with _at_lines(written.lines):
        lake.compare(comments.TABLE, written.columns, key=COMMENT.key, derived=comments.DERIVED)
    receipt = _stored(lake, answers, delivery.table, commit)
    with _at_lines(written.lines):
        added = lake.append(
            comments.TABLE, written.columns, key=COMMENT.key, commit=commit, derived=comments.DERIVED
        )
    return replace(receipt, comments=added.added)


def _commit(delivery: Delivery, seen: Preview, guideline: Guideline) -> dict[str, str]:
    return {
        "source": delivery.name,
        "sha256": sha256(delivery.content).hexdigest(),
        "form": seen.opened.form,
        "encoding": seen.opened.encoding or "",
        "instrument": delivery.table.partition("/")[2],
        "guideline": f"{guideline.id}/{guideline.version}",
        "software": f"monosashi {__version__}",
    }


def _stored(lake: Lake, records: Records, table: str, commit: Mapping[str, str]) -> Receipt:
    types = {name: records.types[name] for name in records.fields}
    derived = comments.DERIVED if table == comments.TABLE else ()
    with _at_lines(records.lines):
        return lake.append(
            table, Columns(records.fields, types), key=records.key, commit=commit, derived=derived
        )


@contextmanager
def _at_lines(lines: Sequence[int]) -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        raise at_lines(problem, lines) from None


# ---- estimates → edition ----------------------------------------------------------------------------


FiguresOf = Callable[[Guideline, Period, Sources, Reducer, Callable[[str], None]], list[Figures]]


def _silent(_: str) -> None:
    """Reports to nobody."""


@dataclass(frozen=True)
class Imprint:
    """What an edition says about itself. `previous` is the last published one, which it continues."""

    id: str
    built_on: date
    next_on: date | None = None
    synthetic: bool = False
    previous: Edition | None = None
    labels: Labels = field(default_factory=dict)


def build_edition(
    period: Period,
    *,
    guideline: Guideline,
    lake: Lake,
    reducer: Reducer,
    imprint: Imprint,
    roadmap: Sequence[Progress] = (),
    figures: FiguresOf = figures_of,
    report: Callable[[str], None] = _silent,
) -> dict[str, bytes]:
    """The files of an edition of a closed period.

    Figures of earlier periods are copied from the previous edition and never computed again; only the
    test of a change goes back to the lake. `figures` measures a period; whoever builds several editions
    can pass one that remembers. Raises PERIOD_OPEN before the period is over.
    """
    if imprint.built_on <= period.last_day:
        raise errors.PERIOD_OPEN(period=period.name, last_day=period.last_day.isoformat())
    if guideline.policy is None:
        raise errors.NO_POLICY(guideline=f"{guideline.id}/{guideline.version}")
    sources = {measure.table: lake.source(measure.table) for _, measure in measured(guideline)}
    previous = imprint.previous

    def measure(span: Period) -> list[Figures]:
        return figures(guideline, span, sources, reducer, report)

    now, before = measure(period), period_before(previous, period)
    earlier = measure(before) if before else []
    composed = list(composed_of(guideline, before, period, sources, reducer)) if before else []
    disclosed = disclose(
        now,
        differences_of(guideline, earlier, now, previous) if before else [],
        [*coverage_of(guideline, period, sources, reducer, now), *movements(composed)],
        policy=guideline.policy,
        earlier=published_before(previous) if previous else None,
        composed=composed,
    )
    return write_edition(
        Contents(
            id=imprint.id,
            period=period.name,
            synthetic=imprint.synthetic,
            built_on=imprint.built_on.isoformat(),
            next_on=imprint.next_on.isoformat() if imprint.next_on else None,
            guideline=guideline,
            tables={name: source.version or 0 for name, source in sources.items() if source},
            software=f"monosashi {__version__}",
            previous=previous.id if previous else None,
            previous_digest=previous.digest if previous else None,
            disclosed=disclosed,
            roadmap=roadmap,
            labels=imprint.labels,
        )
    )
