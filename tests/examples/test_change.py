"""A change between two independent periods, by hand: √(0.03² + 0.04²) = 0.05."""

from __future__ import annotations

import pytest

from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.measure.statistics.change import change_between


def figure(value, se, df=500, basis=Basis.QUOTA_PANEL):
    return Estimate("proportion", {}, Status.VALUE, value=value, se=se, df=df, n=500, basis=basis)


def test_the_standard_errors_of_two_periods_add_in_squares():
    change = change_between(figure(0.30, 0.03), figure(0.42, 0.04))
    assert (change.value, change.se, change.df) == (pytest.approx(0.12), pytest.approx(0.05), 1000)
    assert change.interval.lower == pytest.approx(0.12 - 1.9623 * 0.05, abs=1e-5)  # t, 1000 df


def test_intervals_that_overlap_can_still_be_a_change():
    """0.30 ± 0.059 and 0.40 ± 0.059 overlap; their difference 0.10 ± 0.083 does not reach 0."""
    change = change_between(figure(0.30, 0.03), figure(0.40, 0.03))
    assert change.interval.lower > 0


def test_a_register_changes_without_an_interval_and_a_missing_period_without_a_value():
    change = change_between(figure(0.3, None, None, Basis.REGISTER), figure(0.4, None, None, Basis.REGISTER))
    assert (change.status, change.value, change.interval) == (Status.VALUE, pytest.approx(0.1), None)
    absent = Estimate("proportion", {}, Status.NOT_COLLECTED)
    assert change_between(absent, figure(0.4, 0.03)).value is None


def test_reviews_without_a_standard_error_make_no_claim():
    change = change_between(figure(0.3, None, None, Basis.OPT_IN), figure(0.4, None, None, Basis.OPT_IN))
    assert (change.status, change.reason) == (Status.UNRELIABLE, "no_standard_error")
