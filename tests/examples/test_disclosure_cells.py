"""Which cells are hidden. Every example can be checked by hand."""

from __future__ import annotations

import pytest

from monosashi.measure.estimate import Basis, Estimate, Status
from monosashi.publish.suppression import dominated, hidden_cells
from publication import POLICY, share


def hidden(*cells):
    return {
        dict(domain).get("bureau", "_T"): reason for domain, reason in hidden_cells(cells, POLICY).items()
    }


def total(rows, **domain):
    """A sum over so many rows of a register."""
    return Estimate("sum", domain, Status.VALUE, value=10.0 * rows, n=rows, basis=Basis.REGISTER)


def test_a_cell_of_nine_people_is_hidden_and_one_of_twenty_is_not():
    assert hidden(share(5, 9, bureau="a"), share(10, 20, bureau="b")) == {"a": "small_cell"}


def test_nine_favourable_answers_are_too_few_even_among_two_hundred():
    assert hidden(share(9, 200, bureau="a")) == {"a": "small_cell"}
    assert hidden(share(191, 200, bureau="a")) == {"a": "small_cell"}
    assert hidden(share(10, 200, bureau="a")) == {}


@pytest.mark.parametrize("favourable", [0, 50])
def test_nobody_and_everybody_tell_each_persons_answer(favourable):
    assert hidden(share(favourable, 50, bureau="a")) == {"a": "class_disclosure"}


def test_one_hidden_cell_under_a_published_total_takes_the_smallest_visible_one_with_it():
    """a = total - b - c could be worked out, so b (30 people, the smallest left) goes too."""
    cells = [share(50, 100), share(4, 8, bureau="a"), share(15, 30, bureau="b"), share(31, 62, bureau="c")]
    assert hidden(*cells) == {"a": "small_cell", "b": "secondary_suppression"}


def test_without_a_published_total_nothing_follows_and_nothing_more_is_hidden():
    cells = [share(4, 8, bureau="a"), share(15, 30, bureau="b"), share(31, 62, bureau="c")]
    assert hidden(*cells) == {"a": "small_cell"}


def test_two_hidden_cells_of_three_and_four_people_still_tell_about_seven():
    cells = [share(50, 97), share(2, 3, bureau="a"), share(2, 4, bureau="b"), share(15, 30, bureau="c")]
    cells.append(share(31, 60, bureau="d"))
    assert hidden(*cells) == {"a": "small_cell", "b": "small_cell", "c": "secondary_suppression"}


def test_people_who_did_not_say_where_they_belong_are_a_hidden_cell_too():
    """100 people, 96 in the two bureaus: the other four follow from the total unless b is hidden."""
    cells = [share(50, 100), share(32, 62, bureau="a"), share(16, 34, bureau="b")]
    assert hidden(*cells) == {"b": "secondary_suppression"}
    cells = [share(50, 100), share(32, 62, bureau="a"), share(18, 38, bureau="b")]
    assert hidden(*cells) == {}


def test_each_city_is_a_line_of_its_own():
    cells = [
        share(40, 80, city="tokyo"),
        share(4, 8, city="tokyo", bureau="a"),
        share(16, 32, city="tokyo", bureau="b"),
        share(20, 40, city="tokyo", bureau="c"),
        share(40, 80, city="seoul"),
        share(40, 80, city="seoul", bureau="a"),
    ]
    gone = [tuple(dict(domain).values()) for domain in hidden_cells(cells, POLICY)]
    assert gone == [("a", "tokyo"), ("b", "tokyo")]


def test_two_contributors_with_more_than_85_percent_dominate_a_sum():
    assert dominated([50, 36, 14], POLICY)
    assert not dominated([50, 35, 15], POLICY)
    assert not dominated([], POLICY)


def test_a_dominated_sum_does_not_follow_from_the_total_either():
    """a = total - b - c: b, made of the fewest rows, is hidden with it."""
    cells = [total(300), total(100, bureau="a"), total(80, bureau="b"), total(120, bureau="c")]
    parts = {
        (("bureau", "a"),): [60, 35, 5],
        (("bureau", "b"),): [30, 30, 20],
        (("bureau", "c"),): [40, 40, 40],
    }
    reasons = hidden_cells(cells, POLICY, parts)
    assert reasons == {(("bureau", "a"),): "dominance", (("bureau", "b"),): "secondary_suppression"}


def test_a_register_counts_cases_so_the_number_of_rows_does_not_matter():
    cell = share(400, 900, basis=Basis.REGISTER, bureau="a")
    assert hidden(cell) == {}
