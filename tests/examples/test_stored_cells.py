"""Cells of batches add up to the figures of all rows."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.lake import DeltaLake
from monosashi.errors import Problem
from monosashi.keep.table import Columns
from monosashi.measure import Design, Sample
from monosashi.measure.linearization import figures
from monosashi.measure.reducer import Among, Favourable, Number, Question, Reading
from monosashi.measure.stored import cells_to_keep, figures_of_kept
from small_tables import table

HEADER = "stratum | psu | size | ward | weight | y"
FIRST = """
      1 |   a |   40 | east |      1 | 5
      1 |   a |   40 | west |      2 | 2
      1 |   b |   40 | east |      1 | 4
      2 |   a |   60 | west |      3 | 1
      2 |   c |   60 | west |      1 |
"""
SECOND = """
      1 |   b |   40 | west |      2 | 5
      1 |   d |   40 |      |      1 | 4
      2 |   c |   60 | east |      1 | 3
      2 |   e |   60 | north |     2 | 5
"""
DESIGNS = {
    "PSUs": Design(weight="weight", stratum=("stratum",), psu="psu", fpc="size"),
    "rows": Design(weight="weight", stratum=("stratum",)),
    "plain": Design(),
}
READINGS = {
    "share": Reading(Favourable("y", (4, 5))),
    "mean": Reading(Number("y", pivot=3.0)),
    "total": Reading(Number("y"), total=True),
}


def asked(folder: Path, rows: str, design: str, reading: str, by: tuple[str, ...]) -> Question:
    source = table(folder, HEADER + "\n" + rows.strip("\n"), f"{abs(hash(rows))}.csv")
    return Question(Sample(source, DESIGNS[design]), READINGS[reading], by)


@pytest.mark.parametrize("by", [(), ("ward",)])
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("design", DESIGNS)
def test_two_batches_are_one_table(tmp_path: Path, design: str, reading: str, by: tuple[str, ...]) -> None:
    reducer = DuckDBReducer()
    batches = [cells_to_keep(asked(tmp_path, rows, design, reading, by), reducer) for rows in (FIRST, SECOND)]
    whole = asked(tmp_path, FIRST.rstrip() + SECOND, design, reading, by)
    kept, direct = figures_of_kept(batches, whole), figures(whole, reducer)
    assert kept.cells.domains == direct.cells.domains
    for name in ("value", "variance", "deff", "n", "n_missing", "n_psu", "df"):
        ours, theirs = getattr(kept, name), getattr(direct, name)
        assert ours.tolist() == pytest.approx(theirs.tolist(), rel=1e-12, abs=1e-15, nan_ok=True), name


def test_they_survive_the_lake(tmp_path: Path) -> None:
    reducer, lake = DuckDBReducer(), DeltaLake(tmp_path / "lake")
    question = asked(tmp_path, FIRST, "PSUs", "share", ("ward",))
    kept = cells_to_keep(question, reducer, table_version=3)
    key = ("split", "domain", "stratum", "psu", "table_version")
    assert lake.append("cells/satisfaction", kept, key=key, commit={}).added == len(kept)
    source = lake.source("cells/satisfaction")
    assert source is not None
    import duckdb

    found = duckdb.read_parquet(list(source.uris)).fetchnumpy()
    data = {name: [_plain(cell) for cell in column.tolist()] for name, column in found.items()}
    again = figures_of_kept([Columns(data, source.columns)], question)
    direct = figures(question, reducer)
    assert again.value.tolist() == pytest.approx(direct.value.tolist(), nan_ok=True)
    assert again.variance.tolist() == pytest.approx(direct.variance.tolist(), nan_ok=True)


def _plain(cell: object) -> object:
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def test_cells_around_different_pivots_are_not_added(tmp_path: Path) -> None:
    reducer = DuckDBReducer()
    first = cells_to_keep(asked(tmp_path, FIRST, "PSUs", "mean", ()), reducer)
    second = cells_to_keep(asked(tmp_path, SECOND, "PSUs", "total", ()), reducer)
    with pytest.raises(Problem, match="pivot"):
        figures_of_kept([first, second], asked(tmp_path, FIRST, "PSUs", "mean", ()))


def test_strata_of_two_sizes_are_not_one_stratum(tmp_path: Path) -> None:
    reducer = DuckDBReducer()
    first = cells_to_keep(asked(tmp_path, FIRST, "PSUs", "share", ()), reducer)
    second = cells_to_keep(asked(tmp_path, SECOND.replace("40", "50"), "PSUs", "share", ()), reducer)
    with pytest.raises(Problem, match="fpc"):
        figures_of_kept([first, second], asked(tmp_path, FIRST, "PSUs", "share", ()))


def test_a_condition_narrows_the_figure_and_not_the_design(tmp_path: Path) -> None:
    reducer = DuckDBReducer()
    plain = asked(tmp_path, FIRST + SECOND.lstrip("\n"), "PSUs", "share", ())
    question = Question(plain.sample, plain.reading, (), (Among("ward", ("east",)),))
    kept = figures_of_kept([cells_to_keep(question, reducer)], question)
    direct = figures(question, reducer)
    assert kept.variance.tolist() == pytest.approx(direct.variance.tolist())
