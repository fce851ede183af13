"""Agreement of coders and quality of suggestions, by hand and against a second way of computing them."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.measure.coding.agreement import agreement, agreement_of_one, kappa
from monosashi.measure.coding.quality import quality, quality_of_all, share

TABLE = np.array([[20.0, 5.0], [10.0, 15.0]])


def test_kappa_by_hand():
    """p_o = 35/50 = 0.7; p_e = 25·30/2500 + 25·20/2500 = 0.5; κ = 0.2/0.5 = 0.4."""
    found = kappa(TABLE)
    assert found.value == pytest.approx(0.4)
    assert found.observed == pytest.approx(0.7)
    assert (found.n, found.flags) == (50, ())


def test_the_standard_error_of_kappa_by_hand():
    """In fractions: agreeing 0.4(0.5 − 1.1·0.3)² + 0.3(0.5 − 0.9·0.3)², apart 0.3²(0.1·1.1² + 0.2·0.9²),
    middle (0.35 − 1 + 0.7)²; their sum over n(1 − p_e)⁴."""
    f = Fraction
    agreeing = (
        f(2, 5) * (f(1, 2) - f(11, 10) * f(3, 10)) ** 2 + f(3, 10) * (f(1, 2) - f(9, 10) * f(3, 10)) ** 2
    )
    apart = f(3, 10) ** 2 * (f(1, 10) * f(11, 10) ** 2 + f(1, 5) * f(9, 10) ** 2)
    middle = (f(7, 20) - 1 + f(7, 10)) ** 2
    se = sqrt((agreeing + apart - middle) / (50 * f(1, 2) ** 4))
    found = kappa(TABLE)
    assert found.se == pytest.approx(se)
    assert found.interval.lower == pytest.approx(0.4 - 1.959964 * se, abs=1e-6)
    assert found.interval.upper == pytest.approx(0.4 + 1.959964 * se, abs=1e-6)


def plain(p):
    observed, expected = np.trace(p), p.sum(axis=1) @ p.sum(axis=0)
    return (observed - expected) / (1 - expected)


@given(
    counts=st.integers(2, 4).flatmap(
        lambda k: st.lists(st.integers(1, 40), min_size=k * k, max_size=k * k).map(
            lambda cells: np.array(cells, dtype=float).reshape(k, k)
        )
    )
)
@settings(max_examples=60, deadline=None)
def test_the_variance_is_what_the_delta_method_says(counts):
    """V = gᵀ(diag p − p pᵀ)g / n with g the slope of κ along each p_ij, here by differences."""
    n = counts.sum()
    p = counts / n
    slope = np.zeros(p.shape)
    for place in np.ndindex(p.shape):
        step = np.zeros(p.shape)
        step[place] = 1e-6
        up, down = (p + step), (p - step)
        slope[place] = (plain(up) - plain(down)) / 2e-6
    flat, g = p.ravel(), slope.ravel()
    variance = (flat @ g**2 - (flat @ g) ** 2) / n
    assert kappa(counts).se ** 2 == pytest.approx(variance, rel=1e-4, abs=1e-12)


def test_kappa_does_not_depend_on_who_is_first_and_is_one_for_perfect_agreement():
    assert kappa(TABLE.T).value == pytest.approx(kappa(TABLE).value)
    assert kappa(TABLE.T).se == pytest.approx(kappa(TABLE).se)
    perfect = kappa(np.array([[5.0, 0], [0, 4]]))
    assert (perfect.value, perfect.se, perfect.interval) == (1.0, None, None)  # nothing varied
    assert perfect.flags == ("few_comments", "perfect")


def test_one_category_throughout_tells_nothing():
    found = kappa(np.array([[40.0, 0], [0, 0]]))
    assert (found.value, found.interval, found.observed) == (None, None, 1.0)
    assert found.flags == ("perfect", "one_category")
    assert kappa(np.zeros((2, 2))).value is None
    other = kappa(np.array([[30.0, 10], [0, 0]]))
    assert (other.value, other.interval, other.flags) == (0.0, None, ("one_coder_constant",))


ONE = [{"a"}, {"a", "b"}, set(), {"b"}]
OTHER = [{"a"}, {"a"}, {"c"}, {"b"}]


def test_each_theme_has_its_own_agreement():
    """a: both say yes, yes, no, no, κ = 1. b: the first says no, yes, no, yes, the second no, no, no, yes:
    p_o = 3/4, p_e = 1/2·1/4 + 1/2·3/4 = 1/2, κ = 1/2. c: only the second says it: p_e = 3/4 = p_o, κ = 0."""
    found = agreement(ONE, OTHER, ["a", "b", "c"])
    assert {theme: one.value for theme, one in found.items()} == {
        "a": pytest.approx(1),
        "b": pytest.approx(0.5),
        "c": pytest.approx(0),
    }


def test_polarity_has_one_kappa():
    """Agreed on 3 of 4; p_e = (2·1 + 1·2 + 1·1)/16 = 5/16; κ = (12 − 5)/(16 − 5)."""
    found = agreement_of_one(["good", "good", "bad", "none"], ["good", "bad", "bad", "none"])
    assert found.value == pytest.approx(7 / 11)


def test_lists_of_different_length_are_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        agreement(ONE, OTHER[:2], ["a"])


def test_a_share_with_its_exact_interval():
    """8 of 10: 0.4439 to 0.9748, as printed in tables of Clopper and Pearson."""
    found = share(8, 10)
    assert (found.value, found.k, found.n) == (0.8, 8, 10)
    assert (found.interval.lower, found.interval.upper) == (
        pytest.approx(0.4439, abs=5e-5),
        pytest.approx(0.9748, abs=5e-5),
    )
    assert (share(0, 4).interval.lower, share(4, 4).interval.upper) == (0, 1)
    assert share(0, 0).value is None


def test_precision_and_recall_of_each_theme():
    """b is suggested twice and coded once, among them; c is coded once and never suggested."""
    found = quality(ONE, OTHER, ["a", "b", "c"])
    assert (found["a"].precision.value, found["a"].recall.value) == (1, 1)
    assert (found["b"].precision.k, found["b"].precision.n, found["b"].recall.value) == (1, 2, 1)
    assert (found["c"].precision.value, found["c"].recall.value) == (None, 0)


def test_all_themes_together_with_comments_as_the_sampled_units():
    """x = 1, 1, 0, 1; y = 1, 2, 0, 1: R = 3/4; residuals 1/4, −1/2, 0, 1/4; V = 4/3·(6/16)/16 = 1/32."""
    found = quality_of_all(ONE, OTHER)
    assert found.precision.value == 0.75
    half = 3.182446 * sqrt(1 / 32)
    assert found.precision.interval.lower == pytest.approx(0.75 - half, abs=1e-6)
    assert found.precision.interval.upper == 1.0
    assert (found.recall.k, found.recall.n) == (3, 4)
    assert quality_of_all([{"a"}, {"b"}], [{"a"}, {"b"}]).precision.interval_method == "clopper_pearson"
    assert quality_of_all([set()], [set()]).precision.value is None
    assert quality_of_all([{"a"}], [{"b"}]).precision.interval is None
