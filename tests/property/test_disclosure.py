"""What must hold for every table of figures, whatever is in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monosashi.measure.estimate import Status
from monosashi.publish import rounding, safe_csv
from publication import POLICY, published, share


@st.composite
def lines(draw):
    """(favourable, n) of two to twelve cells that add up to a total."""
    sizes = draw(st.lists(st.integers(1, 300), min_size=2, max_size=12))
    return [(draw(st.integers(0, n)), n) for n in sizes]


def rows_of(cells):
    total = share(sum(x for x, _ in cells), sum(n for _, n in cells))
    return published(total, *(share(x, n, bureau=f"b{i:02}") for i, (x, n) in enumerate(cells)))


@given(lines())
def test_what_is_hidden_in_a_line_does_not_follow_from_its_total(cells):
    """Total minus the visible cells is the sum of the hidden ones: more than one cell, and a safe sum."""
    total, *rows = rows_of(cells)
    gone = [cell for cell, row in zip(cells, rows, strict=True) if row.status is Status.SUPPRESSED]
    if total.status is Status.SUPPRESSED or not gone or len(gone) == len(cells):
        return
    favourable, n = sum(x for x, _ in gone), sum(n for _, n in gone)
    assert len(gone) > 1
    assert min(favourable, n - favourable) >= POLICY.minimum_cell


@given(lines())
def test_no_visible_cell_tells_about_fewer_than_ten_people(cells):
    for (favourable, n), row in zip(cells, rows_of(cells)[1:], strict=True):
        if row.value is not None:
            assert min(favourable, n - favourable) >= POLICY.minimum_cell


@given(st.integers(10, 90), st.integers(10, 3000))
def test_a_shown_share_lies_in_its_shown_interval(favourable, rest):
    n = favourable + rest
    p = favourable / n
    (row,) = published(share(favourable, n, lower=max(0.0, p - 0.07), upper=min(1.0, p + 0.07)))
    assert 0 <= row.lower <= row.value <= row.upper <= 1
    assert row.lower <= max(0.0, p - 0.07) + 1e-9
    assert row.upper >= min(1.0, p + 0.07) - 1e-9


@given(st.integers(100, 999), st.floats(0.1, 0.9))
def test_a_whole_percent_is_never_more_than_half_a_percent_off(n, p):
    favourable = min(max(round(p * n), 10), n - 10)
    (row,) = published(share(favourable, n))
    assert abs(row.value - favourable / n) <= 0.005 + 1e-9
    assert row.value == round(row.value, 2)


@given(st.integers(0, 10**7))
def test_counts_are_multiples_of_five_at_most_two_away(n):
    assert rounding.count(n, POLICY) % 5 == 0
    assert abs(rounding.count(n, POLICY) - n) <= 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_from_csv(text):
    assert safe_csv.read(safe_csv.write(["a", "b"], [[text, 1]]))[1] == [{"a": text, "b": "1"}]
