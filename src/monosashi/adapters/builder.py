"""Builds editions from the lake of a home: the pipeline with its real lake, engine and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from monosashi.adapters.editions import Editions
from monosashi.adapters.engines import chosen_reducer
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.home import Home
from monosashi.define.guideline import Guideline
from monosashi.define.period import Period
from monosashi.define.text import Text
from monosashi.keep.table import Lake
from monosashi.measure.reducer import Among, Reducer, Tally
from monosashi.pipeline import Imprint, build_edition
from monosashi.publish.disclosure import Figures
from monosashi.publish.edition import Edition, Progress
from monosashi.publish.measured import Sources
from monosashi.publish.release import figures_of
from monosashi.respond.roadmap import Step, progress, step_of

DEFAULT_GUIDELINE = "tokyo/1.1.0"


@dataclass(frozen=True)
class Builder:
    guideline: Guideline
    lake: Lake
    reducer: Reducer
    editions: Editions
    labels: Mapping[str, Mapping[str, Text]]
    synthetic: bool
    measured: dict[tuple[str, str], list[Figures]] = field(default_factory=dict)

    @classmethod
    def of_home(cls, home: Home, guideline: str | None = None, *, synthetic: bool = False) -> Builder:
        from monosashi.adapters.lake import DeltaLake

        named = guideline or os.environ.get("MONOSASHI_GUIDELINE") or DEFAULT_GUIDELINE
        return cls(
            guideline=load_guideline(Path(named) if Path(named).is_dir() else named),
            lake=DeltaLake(home.lake),
            reducer=chosen_reducer(),
            editions=Editions(home.editions),
            labels=home.labels(),
            synthetic=synthetic or home.demo_marker.exists(),
        )

    def build(
        self,
        period: str,
        *,
        id: str,
        built_on: date,
        next_on: date | None,
        report: Callable[[str], None],
    ) -> Edition:
        """A draft of the period's edition, continuing the latest published one."""
        closed = Period.named(period)
        files = build_edition(
            closed,
            guideline=self.guideline,
            lake=self.lake,
            reducer=self.reducer,
            imprint=Imprint(
                id=id,
                built_on=built_on,
                next_on=next_on,
                synthetic=self.synthetic,
                previous=self.editions.latest(),
                labels=self.labels,
            ),
            roadmap=self._roadmap(closed),
            figures=self._figures,
            report=report,
        )
        self.editions.write(id, files)
        draft = self.editions.draft(id)
        assert draft is not None, "a draft that was written can be read"
        return draft

    def _figures(
        self,
        guideline: Guideline,
        period: Period,
        sources: Sources,
        reducer: Reducer,
        report: Callable[[str], None],
    ) -> list[Figures]:
        """Measures a period once for each state of the lake: the next edition tests its change against it."""
        versions = sorted((name, source.version) for name, source in sources.items() if source)
        key = (period.name, str(versions))
        if key not in self.measured:
            self.measured[key] = figures_of(guideline, period, sources, reducer, report)
        return self.measured[key]

    def _roadmap(self, period: Period) -> list[Progress]:
        """As it stood on the last day of the period."""
        steps = [step for step in self._steps() if step.on <= period.last_day]
        initiatives = [one for principle in self.guideline.principles for one in principle.initiatives]
        return progress(initiatives, steps, on=period.last_day)

    def _steps(self) -> list[Step]:
        """The practices of kind `milestone`; each is one group of its link, outcome and day."""
        source = self.lake.source("practices")
        if source is None:
            return []
        only = (Among("kind", ("milestone",)),)
        totals = self.reducer.totals(Tally(source, None, ("links", "outcome", "occurred_at"), only))
        steps = (
            step_of(str(link), str(outcome), date.fromisoformat(str(day)[:10]))
            for link, outcome, day in totals.domains
        )
        return [step for step in steps if step]
