"""What a request asks of replicates, under `design`:

    replicates: {method: jkn}                                     # made from the PSUs of the design
    replicates: {method: bootstrap, number: 500, seed: 20260401}  # Rao and Wu, also from the PSUs
    replicates: {weights: "rw_*", method: brr}                    # columns of the table
    replicates: {weights: [r1, r2], method: fay, rho: 0.3}

Columns hold whole weights (not factors). V = scale·Σ rscale_r (θ_r − θ)² over R columns; scale is 1/R for
``brr`` and ``bootstrap``, 1/(R(1−ρ)²) for ``fay``, 1 for ``jkn``, unless it is given; ``jkn`` needs `scale`
or `rscales`, one for each column in the order of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal, Protocol

import numpy as np
from pydantic import Field

from monosashi import errors
from monosashi.define.document import Document
from monosashi.define.guideline import Model
from monosashi.errors import Finding
from monosashi.measure.asked import Asked, Decimal
from monosashi.measure.reducer import Check, Reducer, Sample
from monosashi.measure.replicates import Jackknife, Replication, Supplied, rao_wu
from monosashi.measure.statistics.catalog import STATISTICS

Positive = Annotated[Decimal, Field(gt=0)]
_NEEDS = {
    "weights": (
        "weights に反復ウェイトの列を書いてください。",
        "Name the columns of the weights under weights.",
    ),
    "psu": ("design に psu を書いてください。", "Name the column of the PSUs under design, psu."),
    "seed": ("seed に好きな整数を書いてください。", "Write any whole number under seed."),
    "rho": ("rho に、使われた値を書いてください。", "Write the rho that was used, between 0 and 1."),
    "scale": ("scale か rscales を書いてください。", "Write scale or rscales."),
    "rscales": ("rscales は、列と同じ数だけ書いてください。", "Write one rscale for each column."),
}


class ReplicatesAsked(Model):
    method: Literal["jkn", "bootstrap", "brr", "fay"]
    weights: tuple[str, ...] | str = ()
    scale: Positive | None = None
    rscales: tuple[Positive, ...] = ()
    rho: Annotated[Decimal, Field(ge=0, lt=1)] | None = None
    number: Annotated[int, Field(ge=2, le=2000)] = 500
    seed: Annotated[int, Field(ge=0)] | None = None

    @property
    def patterns(self) -> tuple[str, ...]:
        return (self.weights,) if isinstance(self.weights, str) else self.weights

    def unknown(self, known: Iterable[str]) -> Iterator[str]:
        """Names and patterns that no column of the table has."""
        columns = tuple(known)
        yield from (name for name in self.patterns if not any(fnmatchcase(each, name) for each in columns))

    def columns(self, known: Iterable[str]) -> tuple[str, ...]:
        """The columns meant, in the order of the table; listed by name, in that of the list."""
        columns = tuple(known)
        found = [name for pattern in self.patterns for name in columns if fnmatchcase(name, pattern)]
        return tuple(dict.fromkeys(found))

    def checks(self, known: Iterable[str]) -> list[Check]:
        expected: tuple[Literal["present", "number"], ...] = ("present", "number")
        return [Check(name, what) for name in self.columns(known) for what in expected]

    def replication(self, reducer: Reducer, sample: Sample) -> Replication:
        """Raises REPLICATES_UNCLEAR where `rscales` are not one for each column."""
        if self.patterns:
            columns = self.columns(reducer.columns(sample.source))
            if self.rscales and len(self.rscales) != len(columns):
                raise _unclear("rscales")
            return Supplied(columns, self._scales(len(columns)))
        strata = reducer.strata(sample)
        if self.method == "bootstrap":
            return rao_wu(strata, sample.design, self.number, np.random.default_rng(self.seed))
        return Jackknife(strata, sample.design)

    def _scales(self, columns: int) -> np.ndarray[Any, np.dtype[np.float64]]:
        usual = {"jkn": 1.0, "fay": 1 / (columns * (1 - (self.rho or 0.0)) ** 2)}.get(
            self.method, 1 / columns
        )
        return (self.scale or usual) * np.array(self.rscales or np.ones(columns), dtype=np.float64)

    def lacks(self, psu: str | None) -> str | None:
        """What the request leaves out."""
        if not self.patterns:
            if self.method in ("brr", "fay"):
                return "weights"
            if psu is None:
                return "psu"
            return "seed" if self.method == "bootstrap" and self.seed is None else None
        if self.method == "fay" and self.rho is None and self.scale is None:
            return "rho"
        return "scale" if self.method == "jkn" and self.scale is None and not self.rscales else None


class Designed(Protocol):
    """What is read of a design."""

    @property
    def psu(self) -> str | None: ...

    @property
    def replicates(self) -> ReplicatesAsked | None: ...


def replicate_faults(
    design: Designed, weighted: bool, estimates: Iterable[Asked], document: Document
) -> Iterator[Finding]:
    """What cannot be: replicates that say too little, or with calibration, or for such a statistic."""
    place: dict[str, Any] = {"file": document.file, "row": document.line(("design", "replicates"))}
    lacking = design.replicates.lacks(design.psu) if design.replicates else None
    if lacking:
        yield errors.REPLICATES_UNCLEAR.found(**place, **_needed(lacking))
    if weighted:
        yield errors.REPLICATES_CALIBRATED.found(**place)
    available = ", ".join(name for name, each in STATISTICS.items() if each.replicable)
    for i, each in enumerate(estimates):
        if not each.replicable:
            place["row"] = document.line(("estimates", i))
            yield errors.REPLICATES_NOT_FOR.found(**place, statistic=each.statistic, available=available)


def _needed(lacking: str) -> dict[str, Any]:
    need_ja, need_en = _NEEDS[lacking]
    return {"need_ja": need_ja, "need_en": need_en}


def _unclear(lacking: str) -> errors.Problem:
    return errors.REPLICATES_UNCLEAR(where="design.replicates", **_needed(lacking))
