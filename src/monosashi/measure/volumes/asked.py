"""What a request asks of a table of counts: which quantities, of which units, in which periods and states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from monosashi import errors
from monosashi.measure.asked import Asked, Decimal, Given, Names, Path, Where
from monosashi.measure.cells import Key
from monosashi.measure.checks import answer_checks
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Check, Tally
from monosashi.measure.volumes.counts import Counts, Place, figure, volume
from monosashi.measure.volumes.coverage import UnitCoverage, coverage_of_units
from monosashi.measure.volumes.reading import (
    Quantity,
    Recipe,
    counts_in,
    filled,
    is_wide,
    last_known,
    moments_in,
    spread,
    units_ever,
)
from monosashi.measure.volumes.tree import ancestors, parents_in, rolled_up

Tolerance = Annotated[Decimal, Field(ge=0)]


def _columns(value: Any) -> Any:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Tree = Annotated[dict[str, str] | Names, BeforeValidator(_columns)]  # child → parent, or columns upwards


@dataclass(frozen=True)
class Snapshot:
    """The counts of one domain in one span of time, and how far they reach."""

    domain: Mapping[str, Any]
    counts: Counts
    coverage: UnitCoverage
    known: Mapping[Place, float]  # volumes of places that had one before
    units: frozenset[Key] = frozenset()  # every unit that the table ever speaks of


class VolumeAsked(Asked):
    """A statistic of counts. Subclasses say which quantities a count is made of.

    ratio: a count has a part and a whole. relative: a change is growth, not a difference. tolerance is from
    which difference between all units and those in both periods on the mix is said to have changed.
    """

    ratio: ClassVar[bool] = False
    relative: ClassVar[bool] = True
    usual_tolerance: ClassVar[float] = 0.05
    unit: Names = ()
    period: str = "period"
    status: str | None = None
    tolerance: Tolerance | None = None
    tree: Tree = Field(default_factory=dict)

    def quantities(self) -> Iterator[tuple[Path, Quantity]]:
        """Every quantity, with its path in the request."""
        raise NotImplementedError

    def recipe(self, given: Given) -> Recipe:
        raise NotImplementedError

    def recipe_of(
        self, given: Given, a: Quantity, b: Quantity | None = None, part: Where | None = None
    ) -> Recipe:
        """These quantities, of the columns that every statistic of counts names alike."""
        return Recipe(
            source=given.sample.source,
            a=a,
            b=b,
            part=part,
            by=self.by,
            unit=self.unit,
            period=self.period,
            status=self.status,
            missing=(*given.sample.missing, *self.missing),
        )

    def spans(self) -> tuple[Where, ...]:
        """The conditions of each span of time that is asked about, beside `where`."""
        return ({},)

    def columns(self) -> Iterator[tuple[Path, str]]:
        yield from self.columns_in(*self.spans())

    def columns_in(self, *spans: Where) -> Iterator[tuple[Path, str]]:
        """Every column that is read in some spans; those with a period in their name, filled."""
        yield from ((("by",), name) for name in self.by)
        yield from ((("unit",), name) for name in self.unit)
        if self.status:
            yield ("status",), self.status
        if isinstance(self.tree, tuple):
            yield from ((("tree",), name) for name in self.tree)
        for path, quantity in self.quantities():
            for span in spans:
                where = {**self.where, **span, **quantity.where}
                yield from ((path, name) for name in self._filled(quantity, where))
                wide = is_wide(quantity.column, self.period)
                yield from ((("where",), name) for name in where if not (wide and name == self.period))

    def _filled(self, quantity: Quantity, where: Where) -> Iterator[str]:
        if quantity.column is None:
            return
        moments = moments_in(where, self.period) if is_wide(quantity.column, self.period) else ()
        yield from (filled(quantity.column, self.period, moment) for moment in moments)
        if not moments:
            yield quantity.column

    def checks(self) -> list[Check]:
        return self.checks_in(*self.spans())

    def checks_in(self, *spans: Where) -> list[Check]:
        """Quantities are numbers, and every row says of which unit it is."""
        found = [Check(name, "present", self.missing) for name in self.unit]
        for _, quantity in self.quantities():
            for span in spans:
                names = self._filled(quantity, {**self.where, **span, **quantity.where})
                found += [check for name in names for check in answer_checks(name, self.missing, ())]
        return found

    def snapshots(self, given: Given, span: Where) -> dict[Key, Snapshot]:
        """The counts of each domain in a span, rolled up where the request has a tree."""
        recipe, where = self.recipe(given), {**self.where, **span}
        split = counts_in(recipe, given.reducer, where)
        units, known = units_ever(recipe, given.reducer, where), last_known(recipe, given.reducer, where)
        size = len(moments_in({**where, **recipe.a.where}, self.period))
        volumes = {domain: spread(known.get(domain, {}), size) for domain in units}
        if self.tree:
            parents = self._parents(given)
            split, units, volumes = self._rolled_up(split, units, volumes, parents)
        return {
            domain: Snapshot(
                dict(zip(self.by, domain, strict=True)),
                split.get(domain, {}),
                coverage_of_units(split.get(domain, {}), units[domain], volumes[domain], ratio=self.ratio),
                volumes[domain],
                frozenset(units[domain]),
            )
            for domain in units
        }

    def _parents(self, given: Given) -> dict[str, str]:
        """The tree as child → parent, from the request or from the table's own columns."""
        if len(self.by) != 1:
            raise errors.VOLUME_TREE_BY(count=len(self.by))
        if isinstance(self.tree, dict):
            return self.tree
        tally = Tally(given.sample.source, None, (*self.by, *self.tree), missing=given.sample.missing)
        return parents_in(given.reducer.totals(tally).domains)

    def _rolled_up(
        self, split: Any, units: Any, volumes: Any, parents: Mapping[str, str]
    ) -> tuple[Any, Any, Any]:
        """Counts, units and volumes of every node of the tree that has any beneath it."""
        own = {str(domain[0]): counts for domain, counts in split.items()}
        held: dict[Key, set[Key]] = {}
        weights: dict[Key, dict[Place, float]] = {}
        for domain, found in units.items():
            node = str(domain[0])
            for holder in (node, *ancestors(node, parents)):
                held.setdefault((holder,), set()).update((node, *unit) for unit in found)
                known = {Place((node, *p.unit), p.moment): one for p, one in volumes[domain].items()}
                weights.setdefault((holder,), {}).update(known)
        counts = {(node,): found for node, found in rolled_up(own, parents).items()}
        return counts, held, weights

    def answered(self, given: Given) -> Sequence[Estimate]:
        (span,) = self.spans()
        return [self.estimate(one) for one in self.snapshots(given, span).values()]

    def estimate(self, found: Snapshot) -> Estimate:
        return estimate_of(self.statistic, found, figure(found.counts.values(), ratio=self.ratio), self.ratio)


def estimate_of(statistic: str, found: Snapshot, value: float | None, ratio: bool) -> Estimate:
    """A figure of a register: no sampling error, but coverage. n counts what was added up."""
    known = [count for count in found.counts.values() if count.status is Status.VALUE]
    status, reason = _why(found, value)
    return Estimate(
        statistic=statistic,
        domain=found.domain,
        status=status,
        value=value,
        n=len(known),
        n_missing=found.coverage.expected - found.coverage.counted,
        basis=Basis.REGISTER,
        flags=("units_left_out",) if found.coverage.counted < found.coverage.expected else (),
        reason=reason,
        more={
            "volume": sum(volume(count, ratio=ratio) for count in known) if known else None,
            "coverage": said(found.coverage),
        },
    )


def _why(found: Snapshot, value: float | None) -> tuple[Status, str | None]:
    """The state of a figure, and why there is none."""
    if value is not None:
        return Status.VALUE, None
    if any(count.status is Status.VALUE for count in found.counts.values()):
        return Status.NOT_APPLICABLE, "nothing_to_share"
    if found.coverage.expected:
        return Status.NOT_COLLECTED, "no_counts"
    return Status.NOT_APPLICABLE, "not_applicable"


def said(coverage: UnitCoverage) -> dict[str, Any]:
    """Coverage as it stands in the answer to a request."""
    return {
        "units_expected": coverage.expected,
        "units_counted": coverage.counted,
        "share_of_units": coverage.share,
        "share_of_last_known_volume": coverage.known_volume,
        "states": {str(state): count for state, count in coverage.states.items()},
    }
