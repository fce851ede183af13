"""The jobs of this app."""

from __future__ import annotations

from datetime import date
from typing import Any

from monosashi.adapters.home import Home
from monosashi.define.text import Text
from monosashi.web.keep.jobs import Work, job


@job("edition.build", Text(ja="版の下書き", en="Draft of an edition"))
def build_edition(work: Work, *, period: str, id: str, next_on: str | None, built_on: str) -> dict[str, Any]:
    """Measures a closed period and writes the draft; see `adapters.builder`."""
    from monosashi.adapters.builder import Builder

    said = 0

    def report(line: str) -> None:
        nonlocal said
        said += 1
        work.report(Text(ja=line, en=line), done=said)

    built = Builder.of_home(Home.of_environment()).build(
        period,
        id=id,
        built_on=date.fromisoformat(built_on),
        next_on=date.fromisoformat(next_on) if next_on else None,
        report=report,
    )
    return {"id": built.id, "digest": built.digest, "figures": len(built.estimates)}
