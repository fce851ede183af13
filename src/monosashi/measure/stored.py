"""Cells that are kept: a new batch of rows only adds its own, and the figures are those of all rows together.

Every sum of a cell is additive, so that cells of batches are added up by their names: domain, stratum, PSU.
What is kept of a batch are the cells of its domains, and those of its PSUs, whether anybody answered there
or not (n_h counts every PSU drawn). Weights are taken as they are: calibrated ones come from all rows, not
from a batch. A mean is summed around the pivot that its reading names, the same for every batch; without one
around 0, which loses digits where answers are large and alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from monosashi import errors
from monosashi.keep.table import Columns, ColumnType
from monosashi.measure.cells import Cells, Floats, Key, Layout, Moments, Strata, added
from monosashi.measure.linearization import Figures, figures_from
from monosashi.measure.reducer import Question, Reducer, Sample

UNITS = "_units"  # the split that holds the PSUs themselves
_SUMS = ("a", "b", "q")
_MOMENTS = ("aa", "ab", "bb", "wa", "wb")
_COUNTS = ("n", "n_missing")


def cells_to_keep(question: Question, reducer: Reducer, *, table_version: int | None = None) -> Columns:
    """The cells of one batch of rows as a table of the lake (`cells/<indicator>`).

    Columns: split, domain, stratum and psu (keys as JSON), the sums a, b, q (and the moments where rows are
    PSUs), n, n_missing, fpc (NaN where there is none), pivot and table_version.
    """
    design = question.sample.design
    placed = (*design.stratum, *([design.psu] if design.psu else []))
    asked = reducer.cells(
        Question(question.sample, question.reading, (*question.by, *placed), question.where)
    )
    units = reducer.cells(Question(question.sample, question.reading, placed))
    fpc = _fpc(reducer.strata(question.sample))
    parts = [
        _rows(asked, len(question.by), len(design.stratum), split=_split(question.by), fpc=fpc),
        _rows(units, 0, len(design.stratum), split=UNITS, fpc=fpc),
    ]
    data: dict[str, list[Any]] = {name: [cell for part in parts for cell in part[name]] for name in parts[0]}
    size = len(data["a"])
    data["pivot"] = [_pivot(question)] * size
    data["table_version"] = [table_version] * size
    return Columns(data, {name: _type(name) for name in data})


def figures_of_kept(batches: Sequence[Columns], question: Question) -> Figures:
    """The figures of all batches together, as from their rows in one table.

    question names the design and the split; its source is not read. Raises `cells-disagree` where batches
    were summed around different pivots or their strata have different population sizes.
    """
    kept = _joined(batches)
    _check(kept, question)
    merged, strata = _merged(kept, question)
    return figures_from(question, _Kept(strata), merged)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class _Kept:
    """All of a reducer that uncalibrated figures need."""

    kept: Strata

    def strata(self, sample: Sample) -> Strata:
        return self.kept


def _split(by: Sequence[str]) -> str:
    return json.dumps(list(by), ensure_ascii=False)


def _pivot(question: Question) -> float:
    return float(getattr(question.reading.a, "pivot", 0.0))


def _type(name: str) -> ColumnType:
    if name in ("split", "domain", "stratum", "psu"):
        return "text"
    return "integer" if name in (*_COUNTS, "table_version") else "number"


def _fpc(strata: Strata) -> dict[Key, float]:
    return dict(zip(strata.keys, strata.fpc_lower.tolist(), strict=True))


def _rows(
    cells: Cells, n_by: int, n_strata: int, *, split: str, fpc: Mapping[Key, float]
) -> dict[str, list[Any]]:
    keys = [cells.domains[d] for d in cells.domain.tolist()]
    strata = [key[n_by : n_by + n_strata] for key in keys]
    found: dict[str, list[Any]] = {
        "split": [split] * len(keys),
        "domain": [_said(key[:n_by]) for key in keys],
        "stratum": [_said(key) for key in strata],
        "psu": [_said(key[n_by + n_strata :]) for key in keys],
        **{name: getattr(cells, name).tolist() for name in (*_SUMS, *_COUNTS)},
        "fpc": [None if np.isnan(size := fpc.get(key, float("nan"))) else size for key in strata],
    }
    if cells.moments is not None:
        found |= {name: getattr(cells.moments, name).tolist() for name in _MOMENTS}
    return found


def _said(key: Key) -> str:
    return json.dumps(list(key), ensure_ascii=False)


def _read(text: str) -> Key:
    return tuple(json.loads(text))


def _joined(batches: Sequence[Columns]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for batch in batches for name in batch.data)
    return {
        name: [cell for batch in batches for cell in batch.data.get(name, [None] * len(batch))]
        for name in names
    }


def _check(kept: Mapping[str, list[Any]], question: Question) -> None:
    pivots = {float(pivot) for pivot in kept["pivot"]}
    if pivots - {_pivot(question)}:
        raise errors.CELLS_DISAGREE(what="pivot", values=", ".join(map(repr, sorted(pivots))))
    sizes: dict[str, set[Any]] = {}
    for stratum, size in zip(kept["stratum"], kept["fpc"], strict=True):
        sizes.setdefault(stratum, set()).add(size)
    for stratum, found in sizes.items():
        if len(found) > 1:
            raise errors.CELLS_DISAGREE(what=f"fpc {stratum}", values=", ".join(map(str, found)))


def _merged(kept: Mapping[str, list[Any]], question: Question) -> tuple[Cells, Strata]:
    rows_are_psus = question.sample.design.psu is None
    units = [i for i, split in enumerate(kept["split"]) if split == UNITS]
    wanted = _split(question.by)
    mine = [i for i, split in enumerate(kept["split"]) if split == wanted]
    stratum_keys = _ordered(kept["stratum"][i] for i in units)
    unit_keys = _ordered((kept["stratum"][i], kept["psu"][i]) for i in units)
    strata = _strata(kept, units, stratum_keys, unit_keys, rows_are_psus=rows_are_psus)
    domain_keys = _ordered(kept["domain"][i] for i in mine) if question.by else {_said(()): 0}
    place = np.array([domain_keys[kept["domain"][i]] for i in mine], dtype=np.int64)
    stratum = np.array([stratum_keys[kept["stratum"][i]] for i in mine], dtype=np.int64)
    unit = np.array([unit_keys[kept["stratum"][i], kept["psu"][i]] for i in mine], dtype=np.int64)
    group = place * max(len(unit_keys), 1) + unit
    cells, first, number = np.unique(group, return_index=True, return_inverse=True)

    def total(name: str) -> Floats:
        return added(number, np.array([kept[name][i] for i in mine], dtype=np.float64), len(cells))

    layout = Layout(
        by=question.by,
        domains=tuple(_read(key) for key in domain_keys),
        domain=place[first],
        stratum=stratum[first],
        unit=None if rows_are_psus else unit[first],
    )
    return Cells(
        layout,
        a=total("a"),
        b=total("b"),
        q=total("q"),
        n=total("n").astype(np.int64),
        n_missing=total("n_missing").astype(np.int64),
        moments=Moments(*(total(name) for name in _MOMENTS)) if rows_are_psus else None,
    ), strata


def _strata(
    kept: Mapping[str, list[Any]],
    units: Sequence[int],
    strata: Mapping[str, int],
    psus: Mapping[tuple[str, str], int],
    *,
    rows_are_psus: bool,
) -> Strata:
    place = np.array([strata[kept["stratum"][i]] for i in units], dtype=np.int64)
    counts = np.array([kept["n"][i] + kept["n_missing"][i] for i in units], dtype=np.int64)
    rows = added(place, counts, len(strata)).astype(np.int64)
    drawn = np.bincount([strata[stratum] for stratum, _ in psus], minlength=len(strata))
    fpc = np.full(len(strata), np.nan)
    for i in units:
        fpc[strata[kept["stratum"][i]]] = np.nan if kept["fpc"][i] is None else kept["fpc"][i]
    keys = tuple(_read(key) for key in strata)
    return Strata(keys, rows if rows_are_psus else drawn.astype(np.int64), rows, fpc, fpc)


def _ordered(keys: Any) -> dict[Any, int]:
    """Each key once, in the order of what it says: numbers as numbers, before words."""
    different = sorted(dict.fromkeys(keys), key=_rank)
    return {key: place for place, key in enumerate(different)}


def _rank(key: str | tuple[str, str]) -> tuple[Any, ...]:
    texts = (key,) if isinstance(key, str) else key
    return tuple((isinstance(cell, str), cell) for text in texts for cell in _read(text))


__all__ = ["UNITS", "cells_to_keep", "figures_of_kept"]
