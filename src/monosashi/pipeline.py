"""The whole story on one page: what goes in at one end comes out as an edition at the other.

Everything is injected: lake, engine, days. The rooms do the work; here the tray is carried between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from monosashi import __version__, errors
from monosashi.define.guideline import Guideline
from monosashi.define.period import Period
from monosashi.keep.table import Lake, Source
from monosashi.measure.reducer import Reducer
from monosashi.publish.codebook import Labels
from monosashi.publish.coverage import coverage_of
from monosashi.publish.disclosure import Disclosed, disclose
from monosashi.publish.edition import Edition, Progress
from monosashi.publish.edition_files import Contents, write_edition
from monosashi.publish.release import differences_of, figures_of, measured, period_before

# ---- estimates → edition ----------------------------------------------------------------------------


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
    report: Callable[[str], None] = _silent,
) -> dict[str, bytes]:
    """The files of an edition of a closed period.

    Figures of earlier periods are copied from the previous edition and never computed again; only the
    test of a change goes back to the lake. Raises PERIOD_OPEN before the period is over.
    """
    if imprint.built_on <= period.last_day:
        raise errors.PERIOD_OPEN(period=period.name, last_day=period.last_day.isoformat())
    sources = {measure.table: lake.source(measure.table) for _, measure in measured(guideline)}
    previous = imprint.previous
    disclosed = _released(
        period=period, guideline=guideline, sources=sources, reducer=reducer, previous=previous, report=report
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


def _released(
    *,
    period: Period,
    guideline: Guideline,
    sources: dict[str, Source | None],
    reducer: Reducer,
    previous: Edition | None,
    report: Callable[[str], None],
) -> Disclosed:
    """New figures and changes after disclosure control, beside what was published before."""
    if guideline.policy is None:
        raise errors.NO_POLICY(guideline=f"{guideline.id}/{guideline.version}")
    now = figures_of(guideline, period, sources, reducer, report)
    before = period_before(previous, period)
    earlier = figures_of(guideline, before, sources, reducer, report) if before else []
    return disclose(
        now,
        differences_of(guideline, earlier, now, previous) if before else [],
        coverage_of(guideline, period, sources, reducer, now),
        policy=guideline.policy,
        earlier=[row for row in previous.estimates if row.period != period.name] if previous else [],
        earlier_changes=[row for row in previous.changes if row.to_period != period.name] if previous else [],
    )
