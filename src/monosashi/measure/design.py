"""How a sample was drawn, in the columns of its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SinglePsu = Literal["fail", "remove", "certainty", "adjust", "average"]


@dataclass(frozen=True)
class Design:
    """The design columns of a table; what is None or empty is not part of the design.

    weight: one over the chance of selection, times whatever corrected it; without it every row weighs 1.
    stratum: several columns mean their crossing. psu: read within its stratum, so equal ids in two strata
    are two PSUs; without it every row is its own PSU. fpc: the number of PSUs (rows, without `psu`) in the
    population of the stratum, or the sampled fraction when no value exceeds 1.

    single_psu says what a stratum with one PSU adds to the variance, as R's ``survey.lonely.psu``:
    ``fail`` refuses, ``remove`` and ``certainty`` add 0, ``adjust`` centers its total at 0 (the grand mean of
    linearized values), ``average`` gives it the mean of the other strata. `single_in_domain` extends
    ``adjust`` and ``average`` to strata where a domain has one PSU (``survey.adjust.domain.lonely``).
    """

    weight: str | None = None
    stratum: tuple[str, ...] = ()
    psu: str | None = None
    fpc: str | None = None
    single_psu: SinglePsu = "adjust"
    single_in_domain: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        named = (self.weight, *self.stratum, self.psu, self.fpc)
        return tuple(column for column in named if column is not None)
