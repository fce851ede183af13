"""Drivers small enough to do by hand, the two ways to their intervals, and the ones that are refused."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.errors import Problem
from monosashi.measure import Calibration, Design, Estimate, Sample, Status, calibrate, drivers_of, weighted
from monosashi.measure.replicates import Supplied, rao_wu
from monosashi.measure.statistics import drivers, importance
from small_tables import table, written

FACTORIAL = list(itertools.product((-1, 1), repeat=3))


def simulated(folder: Path, items: int, rows: int, psus: int = 20) -> Sample:
    dice = np.random.default_rng(5)
    common = dice.normal(size=(rows, 1))
    x = np.round(common + dice.normal(size=(rows, items)), 2)
    y = np.round(x @ np.linspace(1, 0.1, items) + 3 * dice.normal(size=rows), 2)
    names = [*(f"q{j}" for j in range(items)), "y", "w", "psu", "stratum"]
    rest = np.stack(
        [y, np.round(dice.uniform(1, 3, rows), 2), np.arange(rows) % psus, np.arange(rows) % 2], axis=1
    )
    return Sample(written(folder, [names, *np.hstack([x, rest]).tolist()]), Design("w", ("stratum",), "psu"))


def items(count: int) -> tuple[str, ...]:
    return tuple(f"q{j}" for j in range(count))


def test_uncorrelated_answers_account_for_their_squared_correlations(tmp_path: Path) -> None:
    """y = 2a + b + e over all eight combinations of ±1: variances 4 + 1 + 1."""
    rows = "\n".join(f"{a} | {b} | {2 * a + b + e}" for a, b, e in FACTORIAL)
    (one,) = drivers_of(DuckDBReducer(), Sample(table(tmp_path, f"a | b | y\n{rows}")), "y", ("a", "b"))
    first, second = one.more["drivers"]
    assert one.value == one.more["r2"] == pytest.approx(5 / 6)
    assert (first["lmg"], second["lmg"]) == (pytest.approx(4 / 6), pytest.approx(1 / 6))
    assert (first["johnson"], first["share"]) == (pytest.approx(4 / 6), pytest.approx(0.8))
    assert (first["vif"], first["sign"]) == (pytest.approx(1), 1)
    assert first["beta"] == pytest.approx(2 / math.sqrt(6))
    assert one.interval_method == "linearized"


def test_two_correlated_answers_share_what_they_have_in_common() -> None:
    """r = 0.5 between them, 0.6 and 0.4 with the outcome: R² = (0.36 + 0.16 − 2·0.12)/0.75."""
    r2 = 0.28 / 0.75
    found = importance.lmg(np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]]))
    assert found == pytest.approx([(0.36 + r2 - 0.16) / 2, (0.16 + r2 - 0.36) / 2])


def test_shares_are_averages_over_all_orders() -> None:
    """The definition, order by order, for five answers."""
    dice = np.random.default_rng(1)
    covariance = np.cov(dice.normal(size=(40, 6)) @ dice.normal(size=(6, 6)), rowvar=False)

    def r2(chosen: list[int]) -> float:
        c = covariance[chosen, -1]
        return (
            float(c @ np.linalg.solve(covariance[np.ix_(chosen, chosen)], c) / covariance[-1, -1])
            if chosen
            else 0.0
        )

    gains = np.zeros(5)
    for order in itertools.permutations(range(5)):
        for place, j in enumerate(order):
            gains[j] += r2([*order[:place], j]) - r2(list(order[:place]))
    found = importance.lmg(covariance)
    assert found == pytest.approx(gains / math.factorial(5), rel=1e-9)
    assert found.sum() == pytest.approx(r2([0, 1, 2, 3, 4]), rel=1e-12)


@pytest.mark.parametrize("way", [importance.lmg, importance.relative_weights])
def test_gradients_are_differences(way: object, monkeypatch: pytest.MonkeyPatch) -> None:
    if way is importance.relative_weights:
        monkeypatch.setattr(importance, "EXACT_UP_TO", 0)
    c = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    slope, moved = importance.gradient(c), c.copy()
    moved[0, 1] = moved[1, 0] = 0.5 + 1e-6
    change = (importance.importance(moved) - importance.importance(c)) / 1e-6
    assert slope[1:, 0, 1] == pytest.approx(change, rel=1e-4)
    assert slope[0] == pytest.approx(slope[1] + slope[2])


def test_jackknife_bootstrap_and_linearization_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample, reducer = simulated(tmp_path, 3, 600, psus=60), DuckDBReducer()
    (jackknife,) = drivers_of(reducer, sample, "y", items(3))
    dice = np.random.default_rng(7)
    bootstrap = rao_wu(reducer.strata(sample), sample.design, 400, dice)
    (again,) = drivers_of(reducer, sample, "y", items(3), replication=bootstrap)
    monkeypatch.setattr(drivers, "MOST", 0)
    (linear,) = drivers_of(reducer, sample, "y", items(3))
    methods = (jackknife.interval_method, again.interval_method, linear.interval_method)
    assert methods == ("jackknife", "bootstrap", "linearized")
    for other, rel in ((linear, 0.05), (again, 0.15)):
        assert other.se == pytest.approx(jackknife.se, rel=rel)
        ours, theirs = ([each["se"] for each in one.more["drivers"]] for one in (jackknife, other))
        assert theirs == pytest.approx(ours, rel=rel)


def test_the_jackknife_as_columns_of_the_table_is_the_jackknife(tmp_path: Path) -> None:
    dice = np.random.default_rng(4)
    rows = np.column_stack([dice.integers(1, 6, (60, 3)), dice.uniform(1, 3, 60).round(2), np.arange(60) % 6])
    columns = rows[:, 3, None] * np.where(rows[:, 4, None] == np.arange(6), 0, 6 / 5)
    names = ["q0", "q1", "y", "w", "psu", *(f"r{j}" for j in range(6))]
    source = written(tmp_path, [names, *np.hstack([rows, columns]).tolist()])
    (one,) = drivers_of(DuckDBReducer(), Sample(source, Design("w", (), "psu")), "y", items(2))
    by = Supplied(tuple(names[5:]), np.full(6, 5 / 6))
    (again,) = drivers_of(DuckDBReducer(), Sample(source, Design("w")), "y", items(2), replication=by)
    assert (again.value, again.df, again.interval_method) == (pytest.approx(one.value), 5, "replicates")
    assert again.se == pytest.approx(one.se, rel=1e-9)
    ours, theirs = ([each["se"] for each in found.more["drivers"]] for found in (one, again))
    assert theirs == pytest.approx(ours, rel=1e-9)


def test_calibrated_weights_have_linearized_intervals(tmp_path: Path) -> None:
    """Weights that met the margins before: taken as given they change nothing, and little is gained."""
    sample, reducer = simulated(tmp_path, 2, 300), DuckDBReducer()
    crossing = reducer.patterns(sample, ("stratum",))
    margins = {"stratum": {key[0]: float(w) for key, w in zip(crossing.keys, crossing.weight, strict=True)}}
    plain, fixed, counted = (
        drivers_of(reducer, one, "y", items(2))[0]
        for one in (
            sample,
            *(
                weighted(sample, calibrate(reducer, sample, Calibration(margins, variance=variance))[0])  # type: ignore[arg-type]
                for variance in ("weights_fixed", "calibrated")
            ),
        )
    )
    assert fixed.value == counted.value == pytest.approx(plain.value, rel=1e-9)
    assert {one.interval_method for one in (fixed, counted)} == {"linearized"}
    assert fixed.se == pytest.approx(plain.se, rel=0.1)
    assert counted.se == pytest.approx(fixed.se, rel=0.05)


def test_fifteen_exactly_and_sixteen_by_relative_weights(tmp_path: Path) -> None:
    sample, reducer = simulated(tmp_path, 16, 200), DuckDBReducer()
    (exact,) = drivers_of(reducer, sample, "y", items(15))
    (more,) = drivers_of(reducer, sample, "y", items(16))
    assert (exact.more["method"], exact.flags) == ("lmg", ())
    assert (more.more["method"], more.flags) == ("johnson", ("relative_weights",))
    assert {each["lmg"] for each in more.more["drivers"]} == {None}
    for one, key in ((exact, "lmg"), (more, "johnson")):
        assert sum(each[key] for each in one.more["drivers"]) == pytest.approx(one.value, rel=1e-12)
        assert sum(each["share"] for each in one.more["drivers"]) == pytest.approx(1, rel=1e-12)
        assert all(each["interval"] for each in one.more["drivers"])


def asked(folder: Path, drawing: str, *of: str, **how: object) -> list[Estimate]:
    return drivers_of(DuckDBReducer(), Sample(table(folder, drawing)), "y", of, **how)  # type: ignore[arg-type]


def test_an_outcome_that_nothing_goes_with_has_no_shares(tmp_path: Path) -> None:
    rows = "\n".join(f"{a} | {b} | {e}" for a, b, e in FACTORIAL)
    (one,) = asked(tmp_path, f"a | b | y\n{rows}", "a", "b")
    assert one.value == pytest.approx(0, abs=1e-12)
    assert [each["share"] for each in one.more["drivers"]] == [None, None]
    assert [each["interval"] for each in one.more["drivers"]] == [None, None]


def test_what_is_refused(tmp_path: Path) -> None:
    rows = "a | b | c | y\n" + "\n".join(f"{a} | {3 - a} | 5 | {a * a}" for a in range(8))
    with pytest.raises(Problem, match="told apart: a, b "):
        asked(tmp_path, rows, "a", "b")
    with pytest.raises(Problem, match="same answer in: c "):
        asked(tmp_path, rows, "a", "c")
    with pytest.raises(Problem, match=r"2 respondent\(s\) answered every item; at least 3"):
        asked(tmp_path, "a | y\n1 | 2\n2 | 3\n | 4", "a")


def test_a_domain_that_cannot_be_judged_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = (
        "a | y | city\n" + "\n".join(f"{a} | {a * a} | good" for a in range(8)) + "\n1 | 1 | few\n | | none"
    )
    few, good, none = asked(tmp_path, rows, "a", by=("city",))
    assert (few.status, few.reason) == (Status.NOT_APPLICABLE, "too_few_answers")
    assert (good.status, good.more["drivers"][0]["share"]) == (Status.VALUE, pytest.approx(1))
    assert (none.status, none.reason) == (Status.NOT_COLLECTED, "no_answers")
