"""What a file that somebody brings would say: share and mean of each item, before anything is stored.

Over all rows of the file, with the design columns that it has; without them every row counts once. These
are figures for the eye of the person who imports, not for publication.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from monosashi.define.guideline import Scale
from monosashi.gather.expect import Instrument
from monosashi.keep.table import Source
from monosashi.measure.cells import Value
from monosashi.measure.design import Design
from monosashi.measure.estimate import Estimate
from monosashi.measure.reducer import Reducer, Sample
from monosashi.measure.statistics.mean import mean_of
from monosashi.measure.statistics.proportion import proportion_of


def figures_of_items(
    source: Source, columns: Collection[str], instrument: Instrument, reducer: Reducer
) -> Iterator[tuple[str, Estimate]]:
    """(item, estimate): the share of favourable answers where the scale names them, and the mean of codes.

    Codes that the scale calls missing (don't know, no answer) are missing. Of yes and no, and of each
    choice of an item with any number of them, the share of yes.
    """
    sample = Sample(source, _design(columns))
    for name in columns:
        scale = instrument.scale(name)
        if instrument.is_choice(name) or (scale is not None and set(scale.codes) == {0, 1}):
            yield from _named(name, proportion_of(reducer, sample, name, favourable=(True,)))
        elif scale is not None and scale.kind != "text":
            missing: tuple[Value, ...] = tuple(scale.missing)
            if scale.favourable:
                favourable: tuple[Value, ...] = tuple(scale.favourable)
                shares = proportion_of(reducer, sample, name, favourable=favourable, missing=missing)
                yield from _named(name, shares)
            if _is_numeric(scale):
                yield from _named(name, mean_of(reducer, sample, name, missing=missing))


def _is_numeric(scale: Scale) -> bool:
    """Codes that stand in an order, or numbers; codes of words have no mean."""
    if scale.kind == "one":
        return bool(scale.codes) and all(isinstance(code, int) for code in scale.codes)
    return scale.kind in {"integer", "decimal"}


def _named(name: str, found: Collection[Estimate]) -> Iterator[tuple[str, Estimate]]:
    return ((name, estimate) for estimate in found)


def _design(columns: Collection[str]) -> Design:
    def there(column: str) -> str | None:
        return column if column in columns else None

    stratum = ("stratum",) if "stratum" in columns else ()
    return Design(there("weight"), stratum, there("psu"), there("fpc"))


def figure(item: str, estimate: Estimate) -> Mapping[str, object]:
    """As JSON, in full precision."""
    interval = estimate.interval
    return {
        "item": item,
        "statistic": estimate.statistic,
        "status": str(estimate.status),
        "value": estimate.value,
        "se": estimate.se,
        "interval": [interval.lower, interval.upper] if interval else None,
        "n": estimate.n,
        "n_missing": estimate.n_missing,
        "deff": estimate.deff,
        "flags": [*([estimate.reason] if estimate.reason else []), *estimate.flags],
    }
