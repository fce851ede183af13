"""With how many digits a figure is shown, and what is said when it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monosashi.measure.estimate import Estimate, Interval, Status
from monosashi.publish.disclosure import Difference, Disclosed, disclose
from monosashi.publish.edition_files import Contents, write_edition
from publication import POLICY, change, disclosed, figures, indicator, published, share


def test_five_hundred_answers_give_whole_percents_and_the_interval_goes_outward():
    (row,) = published(share(312, 500, lower=0.5802, upper=0.6661))
    assert (row.value, row.lower, row.upper, row.digits) == (0.62, 0.58, 0.67, 0)


def test_a_thousand_answers_give_one_decimal():
    (row,) = published(share(6237, 10000, lower=0.61411, upper=0.63329))
    assert (row.value, row.lower, row.upper, row.digits) == (0.624, 0.614, 0.634, 1)


def test_below_a_hundred_the_share_comes_from_counts_in_fives():
    """23 of 71: 25 of 70 is 36 %, although 23 / 71 is 32 %."""
    (row,) = published(share(23, 71))
    assert (row.value, row.n) == (0.36, 70)


def test_a_limit_that_is_already_whole_does_not_move():
    (row,) = published(share(290, 500, lower=0.58, upper=0.58))
    assert (row.lower, row.upper) == (0.58, 0.58)


def test_counts_are_rounded_to_five():
    rows = published(*(share(n // 2, n, bureau=str(n)) for n in (512, 513, 517, 518)))
    assert [row.n for row in rows] == [510, 515, 515, 520]


def test_a_suppressed_figure_carries_no_number_at_all():
    (row,) = published(share(4, 8, lower=0.2, upper=0.8, bureau="a"))
    assert (row.status, row.reason) == (Status.SUPPRESSED, "small_cell")
    assert {row.value, row.lower, row.upper, row.n, row.n_effective, row.deff} == {None}


@pytest.mark.parametrize("status", [Status.NOT_COLLECTED, Status.NOT_APPLICABLE])
def test_what_was_not_collected_stays_so_and_never_becomes_zero(status):
    (row,) = published(Estimate("proportion", {}, status, reason="no_records"))
    assert (row.status, row.value, row.n, row.reason) == (status, None, None, "no_records")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (share(12, 25), "few_answers"),
        (share(60, 120, lower=0.3, upper=0.7), "wide_interval"),
        (share(60, 120, lower=0.41, upper=0.59), None),
    ],
)
def test_an_uncertain_figure_is_shown_but_marked(cell, reason):
    (row,) = published(cell)
    assert row.status is (Status.UNRELIABLE if reason else Status.VALUE)
    assert row.reason == reason
    assert row.value is not None


def test_a_mean_on_a_scale_shows_one_decimal_from_a_hundred_answers():
    mean = Estimate("mean", {}, Status.VALUE, value=3.2461, interval=Interval(3.101, 3.391), n=500, df=499)
    (row,) = published(mean, unit="score")
    assert (row.value, row.lower, row.upper) == (3.2, 3.1, 3.4)


def test_a_change_between_two_shown_figures_is_tested_and_rounded():
    (shown,) = disclosed().changes
    assert (shown.difference, shown.lower, shown.upper, shown.verdict) == (0.06, 0.0, 0.12, "up")


@pytest.mark.parametrize(
    ("difference", "lower", "upper", "verdict"),
    [
        (0.06, 0.01, 0.11, "up"),
        (-0.06, -0.11, -0.01, "down"),
        (0.06, -0.01, 0.13, "not_distinguishable"),
        (0.02, 0.01, 0.03, "not_distinguishable"),  # certain, but smaller than what is worth naming (0.03)
    ],
)
def test_the_verdict_comes_from_the_interval_of_the_difference(difference, lower, upper, verdict):
    groups = [figures(share(200, 500), period=period) for period in ("FY2024", "FY2025")]
    tested = Difference(indicator(), "perceived", {}, "FY2024", "FY2025", change(difference, lower, upper))
    assert disclose(groups, [tested], policy=POLICY).changes[0].verdict == verdict


def test_a_change_against_a_hidden_figure_says_nothing():
    groups = [figures(share(4, 8), period="FY2024"), figures(share(200, 500), period="FY2025")]
    tested = Difference(indicator(), "perceived", {}, "FY2024", "FY2025", change(-0.1, -0.2, -0.01))
    (shown,) = disclose(groups, [tested], policy=POLICY).changes
    assert (shown.verdict, shown.difference, shown.lower) == ("not_comparable", None, None)


def test_below_a_hundred_the_interval_of_a_change_surrounds_what_is_shown():
    """20 of 70 and 25 of 70 in fives: 29 % and 36 %; the exact change of 0.042 is nowhere to be seen."""
    groups = [figures(share(21, 71), period="FY2024"), figures(share(24, 71), period="FY2025")]
    tested = Difference(indicator(), "perceived", {}, "FY2024", "FY2025", change(0.042, -0.108, 0.192))
    (shown,) = disclose(groups, [tested], policy=POLICY).changes
    assert (shown.difference, shown.lower, shown.upper) == (0.07, -0.08, 0.22)


def test_people_are_counted_in_fives_and_procedures_one_by_one():
    assert disclosed().coverage[0].count == 1005


def test_nobody_else_can_make_disclosed_figures():
    rows = published(share(312, 500))
    with pytest.raises(TypeError, match="disclosure"):
        Disclosed(rows, (), (), object())


def test_the_writer_refuses_figures_that_did_not_pass():
    with pytest.raises(TypeError, match="Disclosed"):
        write_edition(
            Contents("x", "FY2025", True, "", None, None, {}, "", None, None, disclosed=[share(4, 8)])  # type: ignore[arg-type]
        )


def judged(*tested: Estimate) -> list[str]:
    """The verdicts of one split, published together."""
    ages = [f"{age}s" for age in range(len(tested))]
    shown = [
        figures(*(share(250 + shift, 500, age_band=age) for age in ages), period=period)
        for period, shift in (("FY2024", 0), ("FY2025", 30))
    ]
    differences = [
        Difference(indicator(), "perceived", {"age_band": age}, "FY2024", "FY2025", one)
        for age, one in zip(ages, tested, strict=True)
    ]
    return [one.verdict for one in disclose(shown, differences, policy=POLICY).changes]


def sized(difference: float) -> Estimate:
    """With a standard error of 0.03 on many degrees of freedom."""
    half = 1.96 * 0.03
    return replace(change(difference, difference - half, difference + half), se=0.03, df=100_000)


def test_one_of_many_differences_that_chance_would_bring_is_no_change():
    """p = 0.045 alone is a change; as the smallest of twelve it is 12 × 0.045 = 0.54."""
    barely, nothing = sized(0.0601), sized(0.01)
    assert judged(barely) == ["up"]
    assert set(judged(barely, *[nothing] * 11)) == {"not_distinguishable"}


def test_where_everything_moved_each_of_them_did():
    moved = sized(0.0601)
    assert judged(*[moved] * 12) == ["up"] * 12
