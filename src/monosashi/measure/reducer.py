"""The contract between this room and an engine: questions in, cells out.

An engine only groups rows and adds. Which rows count, what each adds, and what the sums mean is said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from monosashi.errors import Finding
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import (
    Answers,
    Cells,
    Crossing,
    Floats,
    Key,
    Patterns,
    Pieces,
    Profiles,
    Regressors,
    Strata,
    Totals,
    Value,
    Weights,
)
from monosashi.measure.design import Design


@dataclass(frozen=True)
class Among:
    """The column holds one of the values. Numbers compare as numbers: "1", "1.0" and 1 are one value."""

    column: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Between:
    """The column holds a day (or a time, read in JST) in the half-open span [start, end)."""

    column: str
    start: date
    end: date


Condition = Among | Between


@dataclass(frozen=True)
class Favourable:
    """1 where the answer is one of the codes, 0 where it is another; missing codes are no answer."""

    item: str
    codes: tuple[Value, ...]
    missing: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Number:
    """The answer itself, less `pivot`: a number near the mean keeps sums of squares exact."""

    item: str
    missing: tuple[Value, ...] = ()
    pivot: float = 0.0


@dataclass(frozen=True)
class Scored:
    """A score of the answer: `high` from `high_from` on, `low` up to `low_to`, 0 between (NPS: 100, −100)."""

    item: str
    high_from: float
    low_to: float
    high: float
    low: float
    missing: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Gap:
    """The first answer less the second, of those who gave both."""

    first: Favourable | Number
    second: Favourable | Number


Term = Favourable | Number | Scored | Gap


def items_of(term: Term | None) -> tuple[str, ...]:
    """The columns that a term reads."""
    if term is None:
        return ()
    return (term.first.item, term.second.item) if isinstance(term, Gap) else (term.item,)


@dataclass(frozen=True)
class Reading:
    """What a row adds: a, and b (1 for every answering row unless a term is given).

    A row answers when every term has a value; the others are counted as missing. The figure is θ = A/B, or
    with `total` A itself.
    """

    a: Term
    b: Term | None = None
    total: bool = False


@dataclass(frozen=True, eq=False)
class Weighting:
    """Calibration as an engine needs it: the g-weight of each pattern, so that w = d·g.

    residuals tells how the variance treats it: ``regression`` (residuals of a regression on the margins
    with the design weights), ``swept`` (R's ``rake``: ten rounds of unweighted means of the margins) or
    ``none`` (the calibrated weights taken as given). margins names the columns of each margin, several for
    a crossing; empty means every column of the patterns on its own. base is the factor of each pattern that
    came before the calibration (nonresponse), part of g; the regression takes its weights as d·base. pieces,
    where weights were trimmed, takes the place of g.
    """

    patterns: Patterns
    g: Floats
    residuals: Literal["regression", "swept", "none"] = "regression"
    margins: tuple[tuple[str, ...], ...] = ()
    base: Floats | None = None
    pieces: Pieces | None = None


@dataclass(frozen=True, eq=False)
class Sample:
    """The rows a design speaks of: all rows of the source, or `only` those of one wave or period.

    missing lists texts that mean an empty cell in every column.
    """

    source: Source
    design: Design = field(default_factory=Design)
    only: tuple[Condition, ...] = ()
    missing: tuple[Value, ...] = ()
    weighting: Weighting | None = None


@dataclass(frozen=True)
class Question:
    """One GROUP BY: a reading of a sample, split by columns, where conditions hold.

    `where` and `by` make the domain, never the sample: n_h still counts every PSU drawn. A row whose `by`
    cell is empty is in no domain.
    """

    sample: Sample
    reading: Reading
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Levels:
    """The answer as one of the values that occur, for statistics that need every answer apart."""

    item: str
    missing: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Survey:
    """Rows as they are, but equal ones together: for quantiles, distributions and regressions.

    One group for each domain, stratum, PSU (where there are any), calibration pattern and combination of
    the values of `terms`. A row that lacks a value stays, as NaN.
    """

    sample: Sample
    terms: tuple[Favourable | Number | Levels, ...]
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Tally:
    """Counts to be added up: all that meet `only`, and of those the part that meets `part`.

    `quantity` None counts rows. Where `status` names a column, a row with another state than ``value`` or
    ``not_applicable`` takes its whole unit (`unit` columns) out: half a count is not a count. `missing` lists
    values that mean an empty cell, of the quantity and of the columns of `by`.
    """

    source: Source
    quantity: str | None
    by: tuple[str, ...] = ()
    only: tuple[Condition, ...] = ()
    part: tuple[Condition, ...] = ()
    status: str | None = None
    unit: tuple[str, ...] = ()
    missing: tuple[Value, ...] = ()


LARGEST, SMALLEST = 1e50, 1e-50  # sums of squares of weighted answers stay far within what a double can hold


@dataclass(frozen=True)
class Check:
    """What the cells of a column must be: present, a number, a positive number. Missing codes pass.

    A number is at most `LARGEST` in size, a positive one at least `SMALLEST`.
    """

    column: str
    expects: Literal["present", "number", "positive"]
    missing: tuple[Value, ...] = ()


class Reducer(Protocol):
    """Groups the rows of a source. Implemented by `adapters.engine` and `adapters.numpy_reducer`.

    But for `answers` and `weights_of_rows`, results never hold a row. `at_once` is how many questions may be
    asked side by side.
    """

    @property
    def at_once(self) -> int: ...

    def columns(self, source: Source) -> Mapping[str, ColumnType]:
        """The columns of the source and their types, in their order."""
        ...

    def rows(self, source: Source, only: Sequence[Condition] = ()) -> int: ...

    def faults(self, sample: Sample, checks: Sequence[Check]) -> list[Finding]:
        """Every cell that fails its check, by physical row and column (at most a thousand)."""
        ...

    def pivot(self, sample: Sample, item: str, missing: tuple[Value, ...]) -> float:
        """Any number near the mean of an item (0 where nobody answered)."""
        ...

    def strata(self, sample: Sample) -> Strata: ...

    def cells(self, question: Question) -> Cells:
        """Domains are ordered by their keys; without `by` there is one domain, even with no row in it."""
        ...

    def profiles(self, survey: Survey) -> Profiles:
        """Ordered by domain, stratum, PSU and values."""
        ...

    def answers(self, survey: Survey) -> Answers:
        """The answers to the one term of a survey; the domains are those of its `profiles`."""
        ...

    def patterns(self, sample: Sample, columns: tuple[str, ...]) -> Patterns: ...

    def weights(self, sample: Sample) -> Weights:
        """The design weights of a sample with a weighting, equal ones of a pattern together."""
        ...

    def weights_of_rows(self, sample: Sample) -> Floats:
        """The weight of every row of the source, in its order, to be written to a file.

        NaN for rows that are not in the sample or that the calibration gives no weight.
        """
        ...

    def crossing(self, sample: Sample) -> Crossing: ...

    def regressors(self, question: Question) -> Regressors: ...

    def totals(self, tally: Tally) -> Totals: ...


__all__ = [
    "Among",
    "Between",
    "Check",
    "Condition",
    "Favourable",
    "Gap",
    "Key",
    "Levels",
    "Number",
    "Question",
    "Reading",
    "Reducer",
    "Sample",
    "Scored",
    "Survey",
    "Tally",
    "Term",
    "Weighting",
]
