"""What more precision, clustering or people must do to a plan, whatever the numbers are."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monosashi.measure.planning import quotas, sizes
from monosashi.measure.planning.allocation import divided, whole
from monosashi.measure.planning.plan import plan_of
from monosashi.measure.planning.request import PlanAsked
from monosashi.measure.planning.sizes import Circumstances, Expected

SHARES = st.floats(0.02, 0.98)
WIDTHS = st.floats(0.01, 0.2)
EFFECTS = st.floats(1.0, 5.0)
SIZES = st.floats(50, 1e7)
COUNTS = st.integers(2, 100_000)


@given(SHARES, WIDTHS, WIDTHS, EFFECTS)
def test_more_precision_never_needs_fewer(p: float, a: float, b: float, deff: float) -> None:
    of = Circumstances(Expected(p), deff)
    fine, coarse = sorted((a, b))
    assert sizes.n_normal(fine, of) >= sizes.n_normal(coarse, of)
    assert sizes.n_exact(fine, of) >= sizes.n_exact(coarse, of)


@given(SHARES, WIDTHS, EFFECTS, EFFECTS)
def test_a_larger_design_effect_never_needs_fewer(p: float, d: float, a: float, b: float) -> None:
    less, more = (Circumstances(Expected(p), deff) for deff in sorted((a, b)))
    assert sizes.n_normal(d, more) >= sizes.n_normal(d, less)
    assert sizes.n_exact(d, more) >= sizes.n_exact(d, less)


@given(SHARES, WIDTHS, SIZES, SIZES)
def test_a_larger_population_never_needs_fewer(p: float, d: float, a: float, b: float) -> None:
    less, more = (Circumstances(Expected(p), population=size) for size in sorted((a, b)))
    assert sizes.n_normal(d, less) <= sizes.n_normal(d, more) <= sizes.n_normal(d, Circumstances(Expected(p)))
    assert sizes.n_exact(d, less) <= sizes.n_exact(d, more)


@given(SHARES, WIDTHS, EFFECTS)
def test_the_exact_number_is_enough_and_one_less_is_not(p: float, d: float, deff: float) -> None:
    of = Circumstances(Expected(p), deff)
    n = sizes.n_exact(d, of)
    assert sizes.half_width(n, of) <= d
    assert n == 2 or sizes.half_width(n - 1, of) > d


@given(SHARES, COUNTS, EFFECTS)
def test_a_change_that_is_planned_for_is_seen(p: float, n: int, deff: float) -> None:
    of = Circumstances(Expected(p), deff)
    seen = sizes.detectable([(1.0, n, of)])
    assume(seen is not None)
    assert abs(sizes.n_for_change(seen, of) - n) <= 1  # type: ignore[arg-type]


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=12), st.integers(0, 100_000))
def test_largest_remainders_sum_and_stay_within_one(parts: list[float], total: int) -> None:
    exact = np.array(parts) * total / math.fsum(parts)
    found = whole(np.array(parts), total)
    assert found.sum() == total
    assert np.all(np.abs(found - exact) < 1 + 1e-6)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=8), st.floats(0, 1e5))
def test_a_division_keeps_its_bounds(by: list[float], n: float) -> None:
    least, most = np.full(len(by), 3.0), np.full(len(by), 5000.0)
    found = divided(n, np.array(by), least, most)
    assert np.all((found >= least) & (found <= most))
    assert found.sum() == pytest.approx(min(max(n, least.sum()), most.sum()), rel=1e-6)


MARGINS = st.lists(st.floats(0.05, 1), min_size=1, max_size=5)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=4), MARGINS, MARGINS)
def test_quotas_add_up_on_every_side(first: list[int], second: list[float], third: list[float]) -> None:
    by = {"b": dict(enumerate(second)), "c": dict(enumerate(third))}
    found = quotas.crossing(("a", dict(enumerate(first))), by)
    cells = np.zeros((len(first), len(second), len(third)))
    for (a, b, c), n in found.cells:
        cells[a, b, c] = n
    exact = np.array(first)[:, None] * (np.array(third) / math.fsum(third))
    assert cells.sum(axis=(1, 2)).tolist() == first
    assert np.all(np.abs(cells.sum(axis=1) - exact) < 1 + 1e-6)  # first × third
    for axis, shares in (((0, 2), second), ((0, 1), third)):
        whole_margin = sum(first) * np.array(shares) / math.fsum(shares)
        assert np.all(np.abs(cells.sum(axis=axis) - whole_margin) < 1 + 1e-6)


NAMES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True)
AIMS = st.one_of(
    st.fixed_dictionaries({"precision": st.floats(0.005, 0.4)}),
    st.fixed_dictionaries({"change": st.floats(0.01, 0.4), "power": st.floats(0.5, 0.99)}),
    st.fixed_dictionaries({"n": st.integers(60, 100_000)}),
)
REQUESTS = st.fixed_dictionaries(
    {
        "level": st.floats(0.5, 0.999),
        "for": st.sampled_from(["each_domain", "overall"]),
        "method": st.sampled_from(["exact", "normal"]),
        "allocation": st.sampled_from(["proportional", "equal", "neyman", "power"]),
        "response_rate": st.floats(0.01, 1),
        "minimum": st.integers(2, 10),
        "design_effect": st.floats(0.5, 10),
    }
)


@given(AIMS, REQUESTS, NAMES, st.data())
def test_every_plan_holds_together(aim: dict, asked: dict, names: list[str], data: st.DataObject) -> None:
    """Sums are sums, nobody is asked twice, and what was aimed at is reached."""
    domain = st.fixed_dictionaries(
        {
            "population": st.floats(20, 1e7),
            "expected": st.fixed_dictionaries({"share": st.floats(0.05, 0.95)}),
        }
    )
    domains = {name: data.draw(domain) for name in names}
    assume(all(aim.get("change", 0) < max(d["expected"]["share"], 0.5) for d in domains.values()))
    found = plan_of(PlanAsked.model_validate({**aim, **asked, "domains": domains}))
    json.dumps(found, allow_nan=False)
    assert found["overall"]["n"] == sum(one["n"] for one in found["domains"])
    everybody = [one["n"] >= one["population"] - 1 for one in found["domains"]]
    for one, all_of_them in zip(found["domains"], everybody, strict=True):
        assert 2 <= one["n"] <= one["population"]
        assert one["n"] <= one["invitations"]
        if asked["for"] == "each_domain" and "precision" in aim and not all_of_them:
            half = one["half_width" if asked["method"] == "exact" else "half_width_normal"]
            assert half <= aim["precision"] * (1 + 1e-9)
    if asked["for"] == "overall" and "precision" in aim and not all(everybody):
        assert found["overall"]["half_width"] <= aim["precision"] * (1 + 1e-9)
    if asked["for"] == "overall" and "n" in aim and not any(everybody):
        assert found["overall"]["n"] == aim["n"]
