"""The verdict on a change, and what becomes of shares of 0 and 1."""

from __future__ import annotations

import pytest

from monosashi.measure import Basis, Estimate, Interval, Status, change_between, p_value, verdict


def share(
    value: float, se: float | None, interval: Interval | None = None, basis: Basis = Basis.PROBABILITY
) -> Estimate:
    return Estimate("proportion", {}, Status.VALUE, value, se, interval, df=500, n=500, basis=basis)


@pytest.mark.parametrize(
    ("before", "after", "threshold", "told"),
    [
        (0.50, 0.60, 0.03, "up"),
        (0.60, 0.50, 0.03, "down"),
        (0.50, 0.53, 0.03, "not_distinguishable"),  # within sampling error: ± 0.055
        (0.50, 0.60, 0.15, "not_distinguishable"),  # real, but too small to matter
    ],
)
def test_verdict(before: float, after: float, threshold: float, told: str) -> None:
    assert verdict(change_between(share(before, 0.02), share(after, 0.02)), threshold) == told


def test_p_value_of_a_t_test() -> None:
    """Δ = 0.06, se = √(0.02² + 0.02²) = 0.02828, t = 2.1213 on 1,000 df: p = 0.0341."""
    assert p_value(change_between(share(0.5, 0.02), share(0.56, 0.02))) == pytest.approx(0.0341, abs=5e-5)


def test_two_unanimous_shares_are_not_certain_to_be_equal() -> None:
    """1 of 1 after 1 of 1: standard errors of 0, yet the truth may lie anywhere in the two intervals."""
    found = change_between(share(1.0, 0.0, Interval(0.69, 1.0)), share(1.0, 0.0, Interval(0.80, 1.0)))
    assert found.interval_method == "newcombe"
    assert found.interval == Interval(pytest.approx(-0.20), pytest.approx(0.31))
    assert verdict(found, 0.0) == "not_distinguishable"


def test_a_register_is_judged_by_size_alone() -> None:
    found = change_between(share(0.30, None, basis=Basis.REGISTER), share(0.31, None, basis=Basis.REGISTER))
    assert verdict(found, 0.005) == "up"
    assert verdict(found, 0.02) == "not_distinguishable"


def test_a_survey_figure_without_an_error_proves_no_change() -> None:
    found = change_between(share(0.3, None, basis=Basis.OPT_IN), share(0.9, None, basis=Basis.OPT_IN))
    assert (found.status, found.reason) == (Status.UNRELIABLE, "no_standard_error")
    assert verdict(found, 0.0) == "not_distinguishable"
