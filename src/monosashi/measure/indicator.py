"""One figure of an indicator from one table of the lake: the measure says what, the period says when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monosashi import errors
from monosashi.define.fit import nearest
from monosashi.define.guideline import Measure
from monosashi.define.period import Period
from monosashi.keep.table import ColumnType, Source
from monosashi.measure.cells import Value
from monosashi.measure.checks import answer_checks, conditions, design_checks
from monosashi.measure.design import Design
from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.reducer import Among, Between, Check, Condition, Reducer, Sample, Tally
from monosashi.measure.statistics.mean import mean_of
from monosashi.measure.statistics.proportion import proportion_of
from monosashi.measure.statistics.share import share_of
from monosashi.measure.statistics.sum import total_of
from monosashi.measure.volumes.of_measure import VOLUME_STATISTICS, of_volumes
from monosashi.measure.volumes.spans import kept_apart


def estimates_of(
    measure: Measure, source: Source | None, period: Period, reducer: Reducer
) -> Sequence[Estimate]:
    """Every published domain of a measure in one period.

    Responses: the sample is the rows whose `period` is the period's name; the design is the table's columns
    `weight`, `psu` and `stratum` where they are there, or what the measure names. Volumes: months within
    the period. Practices and events: `occurred_at` within it. No table, a survey that did not ask the item,
    or no row of the period gives one estimate ``not_collected`` (``no_table``, ``not_asked``, ``no_rows``)
    for the headline's domain; domains that the survey does not know are left out (`fitted`). Raises a
    Problem with findings where design cells or answers cannot be used.
    """
    if source is None:
        return [_absent(measure, period, "no_table", None)]
    columns = reducer.columns(source)
    measure = fitted(measure, columns)
    if not _is_register(measure) and measure.item not in columns:
        return [_absent(measure, period, "not_asked", source)]
    _check_columns(measure, columns)
    only = in_period(measure.table, period, columns)
    if not reducer.rows(source, only):
        return [_absent(measure, period, "no_rows", source)]
    if measure.table == "volumes":
        kept_apart(source, reducer, measure.where, period)
    found = (
        of_volumes(measure, source, period, reducer)
        if measure.statistic in VOLUME_STATISTICS
        else _counted(measure, source, only, reducer)
        if _is_register(measure)
        else _asked(measure, source, only, columns, reducer)
    )
    return [_described(estimate, measure, source, period) for estimate in found]


def fitted(measure: Measure, columns: Mapping[str, ColumnType]) -> Measure:
    """The measure with those domains only that a survey can give: one file has no age, another no sex.

    The headline's domain stays, whatever the columns: without it there is nothing to say, which is an error.
    """
    if _is_register(measure):
        return measure
    headline = set(measure.headline)
    by = tuple(domain for domain in measure.by if set(domain) == headline or set(domain) <= set(columns))
    return measure if by == measure.by else measure.model_copy(update={"by": by})


def in_period(table: str, period: Period, columns: Mapping[str, ColumnType]) -> tuple[Condition, ...]:
    """Which rows of a table belong to a period."""
    if table.startswith("responses/"):
        return (Among("period", (period.name,)),) if "period" in columns else ()
    if table == "volumes":
        return (Among("period", period.labels),)
    return (Between("occurred_at", period.start, period.end),)


def _is_register(measure: Measure) -> bool:
    return measure.statistic not in ("proportion", "mean")


def _asked(
    measure: Measure,
    source: Source,
    only: tuple[Condition, ...],
    columns: Mapping[str, ColumnType],
    reducer: Reducer,
) -> Sequence[Estimate]:
    """Survey statistics, one reduction for each set of domains."""
    design = _design(measure, columns)
    sample = Sample(source, design, only)
    item, missing = measure.item or "", tuple(measure.missing)
    findings = reducer.faults(sample, _checks(design, item, missing, measure))
    if findings:
        raise errors.TABLE_UNUSABLE(where=source.name, findings=findings, count=len(findings))
    found: list[Estimate] = []
    for by in measure.by:
        inside = conditions(measure.where)
        if measure.statistic == "mean":
            found += mean_of(reducer, sample, item, missing=missing, by=by, where=inside)
        else:
            codes = tuple(measure.favourable)
            found += proportion_of(
                reducer, sample, item, favourable=codes, missing=missing, by=by, where=inside
            )
    return found


def _design(measure: Measure, columns: Mapping[str, ColumnType]) -> Design:
    def there(column: str) -> str | None:
        return column if column in columns else None

    stratum = measure.stratum or (("stratum",) if "stratum" in columns else ())
    return Design(weight=there("weight"), stratum=stratum, psu=there("psu"), fpc=measure.fpc)


def _checks(design: Design, item: str, missing: tuple[Value, ...], measure: Measure) -> list[Check]:
    return [*design_checks(design), *answer_checks(item, missing, tuple(measure.favourable))]


def _counted(
    measure: Measure, source: Source, only: tuple[Condition, ...], reducer: Reducer
) -> Sequence[Estimate]:
    """Register statistics: sums of what volumes and practices hold."""
    found: list[Estimate] = []
    for by in measure.by:
        volumes = measure.table == "volumes"
        tally = Tally(
            source=source,
            quantity=None if measure.statistic == "count" else measure.quantity or "quantity",
            by=by,
            only=(*only, *conditions(measure.where)),
            part=conditions(measure.numerator),
            status="status" if volumes else None,
            unit=("subject", "period") if volumes else (),
        )
        found += share_of(reducer, tally) if measure.statistic == "share" else total_of(reducer, tally)
    return found


def _absent(measure: Measure, period: Period, reason: str, source: Source | None) -> Estimate:
    bare = Estimate(measure.statistic, dict(measure.headline), Status.NOT_COLLECTED, reason=reason)
    return _described(bare, measure, source, period)


def _described(estimate: Estimate, measure: Measure, source: Source | None, period: Period) -> Estimate:
    """Adds the basis and the lineage; an opt-in figure loses what only a sample could claim."""
    lineage = {
        "table": measure.table,
        "table_version": source.version if source else None,
        "period": period.name,
        "measure": measure.id,
        "definition_version": measure.definition_version,
    }
    described = replace(estimate, basis=Basis(measure.basis), lineage=lineage)
    if described.basis is not Basis.OPT_IN:
        return described
    return replace(
        described,
        status=Status.VALUE if described.value is not None else described.status,
        reason=None if described.value is not None else described.reason,
        se=None,
        interval=None,
        interval_method=None,
        df=None,
        n_effective=None,
        deff=None,
        flags=(*described.flags, "opt_in_no_interval"),
    )


def _check_columns(measure: Measure, columns: Mapping[str, ColumnType]) -> None:
    asked = [
        *measure.where,
        *measure.numerator,
        *measure.denominator,
        *measure.stratum,
        *(column for by in measure.by for column in by),
    ]
    asked += [column for column in (measure.item, measure.quantity, measure.fpc) if column]
    for column in asked:
        if column not in columns:
            raise errors.COLUMN_UNKNOWN(where=measure.table, column=column, nearest=nearest(column, columns))
