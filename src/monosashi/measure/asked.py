"""What a request asks of one statistic: the shape that every statistic's question shares.

A statistic is one file with a subclass of `Asked` in it: which keys the request may have, which columns it
reads, what their cells must hold, and how it is answered. `statistics` names them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from monosashi.define.guideline import Model
from monosashi.measure.cells import Value
from monosashi.measure.checks import conditions
from monosashi.measure.estimate import Estimate
from monosashi.measure.linearization import Figures, figures
from monosashi.measure.reducer import Check, Condition, Question, Reading, Reducer, Sample
from monosashi.measure.replicates import Replication, replicated_figures
from monosashi.measure.survey import Estimates

Names = tuple[str, ...]
Where = dict[str, Value | tuple[Value, ...]]
Path = tuple[str | int, ...]


def _no_switch(value: Any) -> Any:
    """pydantic would take true for 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("float_type", "a number")
    return value


Decimal = Annotated[float, BeforeValidator(_no_switch)]
Level = Annotated[Decimal, Field(gt=0, lt=1)]


@dataclass(frozen=True)
class Given:
    """What an answer is made from. `level` is that of the request; a question may have its own.

    replication is None where variances are linearized.
    """

    reducer: Reducer
    sample: Sample
    level: float
    replication: Replication | None = None


class Asked(Model):
    """One entry of `estimates`. Subclasses set `statistic` to a literal of its name.

    replicable says that the statistic can take its variance from replicate weights.
    """

    replicable: ClassVar[bool] = False
    id: str
    statistic: str
    missing: tuple[Value, ...] = ()
    where: Where = Field(default_factory=dict)
    by: Names = ()
    level: Level | None = None

    def columns(self) -> Iterator[tuple[Path, str]]:
        """Every place that names a column of the table, with the name."""
        yield from ((("by",), name) for name in self.by)
        yield from ((("where",), name) for name in self.where)

    def checks(self) -> list[Check]:
        """What the cells of the answers must hold."""
        return []

    def codes(self) -> tuple[Value, ...]:
        """Codes that count as an answer, and so cannot mean that there is none."""
        return ()

    def answered(self, given: Given) -> Sequence[Estimate]:
        """One estimate for each domain of `by` (and each part, where a statistic has several)."""
        raise NotImplementedError

    def level_in(self, given: Given) -> float:
        return self.level or given.level

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return conditions(self.where)


class LinearAsked(Asked):
    """A statistic θ = A/B (or A): one reading of a row, judged from its figures.

    Whatever is computed from such statistics (change, trend) takes any of them.
    """

    replicable: ClassVar[bool] = True

    def reading(self) -> Reading:
        raise NotImplementedError

    def judged(self, found: Figures, level: float) -> Estimates:
        raise NotImplementedError

    def question(self, sample: Sample) -> Question:
        return Question(sample, self.reading(), self.by, self.conditions)

    def answered(self, given: Given) -> Sequence[Estimate]:
        question = self.question(given.sample)
        found = figures(question, given.reducer)
        if given.replication is not None:
            found = replicated_figures(found, question, given.reducer, given.replication)
        return self.judged(found, self.level_in(given))
