"""`nonresponse`: the respondents of a cell stand for those of the cell who did not answer.

    f_c = Σ_{sampled in c} d / Σ_{respondents in c} d,   w = d·f_c

The weighting-class adjustment: it removes the bias of nonresponse as far as those who answer and those who
do not are alike within a cell. The factors are treated as given by the variance. The table holds every unit
that was sampled; the respondents alone remain as the sample. Reference: Oh and Scheuren (1983), in
Incomplete Data in Sample Surveys 2, 143–184; Valliant, Dever and Kreuter (2018), ch. 13.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from monosashi import errors
from monosashi.measure.cells import Key, same
from monosashi.measure.reducer import Condition, Reducer, Sample, Weighting
from monosashi.measure.weighting.margins import told

SMALL, LARGE = 20, 2.0  # respondents below which, and factor above which, a cell is flagged


@dataclass(frozen=True)
class Nonresponse:
    """The columns whose crossing makes the cells, and what is true of the rows that answered."""

    cells: tuple[str, ...]
    responded: tuple[Condition, ...]


@dataclass(frozen=True)
class ResponseCell:
    """One cell: sampled units, respondents, and what the weights of the latter are multiplied by.

    flags: ``few_respondents`` (fewer than 20), ``large_factor`` (above 2).
    """

    values: Key
    sampled: int
    respondents: int
    factor: float

    @property
    def flags(self) -> tuple[str, ...]:
        found = (("few_respondents", self.respondents < SMALL), ("large_factor", self.factor > LARGE))
        return tuple(name for name, holds in found if holds)


def respondents(sample: Sample, nonresponse: Nonresponse) -> Sample:
    """Those of the sample who answered, with the weights of the design."""
    return replace(sample, only=(*sample.only, *nonresponse.responded))


def adjusted(
    reducer: Reducer, sample: Sample, nonresponse: Nonresponse
) -> tuple[Sample, tuple[ResponseCell, ...]]:
    """The respondents with adjusted weights, and what was done in each cell.

    Raises NONRESPONSE_EMPTY where nobody in a cell answered.
    """
    asked = respondents(sample, nonresponse)
    everybody = reducer.patterns(sample, nonresponse.cells)
    answered = reducer.patterns(asked, nonresponse.cells)
    places = {tuple(map(same, key)): i for i, key in enumerate(answered.keys)}
    known = [places.get(tuple(map(same, key)), -1) for key in everybody.keys]
    silent = [told(key) for key, place in zip(everybody.keys, known, strict=True) if place < 0]
    if silent:
        raise errors.NONRESPONSE_EMPTY(cells="; ".join(silent))
    factor = np.ones(len(answered.keys))
    factor[known] = everybody.weight / answered.weight[known]
    cells = tuple(
        ResponseCell(key, int(everybody.rows[i]), int(answered.rows[place]), float(factor[place]))
        for i, (key, place) in enumerate(zip(everybody.keys, known, strict=True))
    )
    return replace(asked, weighting=Weighting(answered, factor, "none")), cells
