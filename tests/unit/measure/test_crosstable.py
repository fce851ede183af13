"""Cross-tables small enough to do by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import Design, Estimate, Sample, Status, crosstable_of
from small_tables import table, written


def found(folder: Path, drawing: str, design: Design | None = None, **how: object) -> list[Estimate]:
    sample = Sample(table(folder, drawing), design or Design())
    return crosstable_of(DuckDBReducer(), sample, "r", "c", **how)  # type: ignore[arg-type]


def counted(*counts: tuple[object, object, int]) -> str:
    return "r | c\n" + "\n".join(f"{r} | {c}" for r, c, n in counts for _ in range(n))


def test_a_simple_random_sample_has_pearsons_test(tmp_path: Path) -> None:
    """X² = 30·(4·8 − 6·12)²/(10·20·16·14); V has n/(n − 1) where Pearson has 1, so F = X²·29/30."""
    cells = found(tmp_path, counted(("a", 1, 4), ("a", 2, 6), ("b", 1, 12), ("b", 2, 8)))
    x2 = 30 * (4 * 8 - 6 * 12) ** 2 / (10 * 20 * 16 * 14)
    assert [(one.more["row"], one.more["column"]) for one in cells] == [
        ("a", 1),
        ("a", 2),
        ("b", 1),
        ("b", 2),
    ]
    assert [one.value for one in cells] == pytest.approx([4 / 30, 6 / 30, 12 / 30, 8 / 30])
    test = cells[0].more["test"]
    assert (test["F"], test["ndf"], test["ddf"]) == (
        pytest.approx(x2 * 29 / 30),
        pytest.approx(1),
        pytest.approx(29),
    )
    assert cells[0].se == pytest.approx(np.sqrt(4 / 30 * 26 / 30 / 29))
    assert [one.more["n_cell"] for one in cells] == [4, 6, 12, 8]


def test_independent_answers(tmp_path: Path) -> None:
    cells = found(tmp_path, counted(("a", 1, 4), ("a", 2, 8), ("b", 1, 6), ("b", 2, 12)))
    assert cells[0].more["test"]["F"] == pytest.approx(0, abs=1e-20)
    assert cells[0].more["test"]["p"] == pytest.approx(1)


def test_the_order_of_rows_and_columns_does_not_matter(tmp_path: Path) -> None:
    dice = np.random.default_rng(3)
    rows = [["r", "c", "psu", "w"], *([*dice.integers(0, 3, 2), i % 12, 1 + i % 3] for i in range(90))]
    reducer, sample = DuckDBReducer(), Sample(written(tmp_path, rows), Design("w", (), "psu"))
    one = crosstable_of(reducer, sample, "r", "c")[0].more["test"]
    assert crosstable_of(reducer, sample, "c", "r")[0].more["test"] == pytest.approx(one, rel=1e-9)
    turned = [rows[0], *([2 - r, c, psu, 7 * w] for r, c, psu, w in reversed(rows[1:]))]
    again = Sample(written(tmp_path, turned, "turned.csv"), sample.design)
    assert crosstable_of(reducer, again, "r", "c")[0].more["test"] == pytest.approx(one, rel=1e-9)


def test_where_there_is_nothing_to_test(tmp_path: Path) -> None:
    """One row only: shares are told, the test is not. Nobody: one entry that says so."""
    rows = "r | c | city\na | 1 | one\na | 2 | one\na | 1 | one\n | 1 | none"
    none, *cells = found(tmp_path, rows, by=("city",))
    assert (none.status, none.reason) == (Status.NOT_COLLECTED, "no_answers")
    assert [one.value for one in cells] == pytest.approx([2 / 3, 1 / 3])
    assert {str(one.more["test"]) for one in cells} == {"None"}


def test_missing_codes_are_no_answer_and_favourable_ones_are_one_row(tmp_path: Path) -> None:
    rows = counted((1, "x", 2), (5, "x", 3), (4, "y", 1), (9, "y", 4))
    cells = found(tmp_path, rows, favourable=(4, 5), missing=(9,))
    shares = {(one.more["row"], one.more["column"]): one.value for one in cells}
    assert shares == pytest.approx(
        {("other", "x"): 2 / 6, ("other", "y"): 0, ("favourable", "x"): 3 / 6, ("favourable", "y"): 1 / 6}
    )
    assert {one.n_missing for one in cells} == {4}


def test_one_psu_has_shares_but_no_interval(tmp_path: Path) -> None:
    rows = "r | c | psu\na | 1 | p\nb | 2 | p\nb | 1 | p"
    cells = found(tmp_path, rows, Design(psu="psu"))
    assert {(one.status, one.reason) for one in cells} == {(Status.UNRELIABLE, "few_degrees_of_freedom")}
    assert cells[0].more["test"] is None


def test_a_table_that_nobody_could_read_is_refused(tmp_path: Path) -> None:
    rows = "r | c\n" + "\n".join(f"{i} | {i % 20}" for i in range(21))
    with pytest.raises(Problem, match="420 cells; 400 are the most"):
        found(tmp_path, rows)
