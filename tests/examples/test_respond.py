"""What became of a plan, and of a promise."""

from __future__ import annotations

from datetime import date

import pytest

from monosashi.define.guideline import Initiative, Milestone
from monosashi.define.text import Text
from monosashi.publish.edition import Change
from monosashi.respond.commitment import Commitment, answer
from monosashi.respond.roadmap import Step, progress, step_of


def initiative(*spans):
    text = Text(ja="試す", en="Try")
    milestones = tuple(Milestone(start=start, end=end, text=text) for start, end in spans)
    return Initiative(id="tests", number=1, title=text, department=text, milestones=milestones)


def states(spans, steps, on):
    return {row.half: row.state for row in progress([initiative(*spans)], steps, on=on)}


SPAN = [("2023H1", "2024H1")]
STARTED = Step("tests", 1, "started", date(2023, 5, 1))


def test_a_milestone_done_in_time():
    done = Step("tests", 1, "done", date(2024, 9, 1))
    assert states(SPAN, [STARTED, done], date(2025, 3, 31)) == {
        "2023H1": "under_way",
        "2023H2": "under_way",
        "2024H1": "done",
    }


def test_a_milestone_that_slips_is_late_until_it_is_done():
    done = Step("tests", 1, "done", date(2025, 5, 1))
    found = states(SPAN, [STARTED, done], date(2026, 3, 31))
    assert found == {
        "2023H1": "under_way",
        "2023H2": "under_way",
        "2024H1": "late",
        "2024H2": "late",
        "2025H1": "done",
    }


def test_halves_to_come_are_planned_and_the_running_one_is_under_way():
    assert states(SPAN, [STARTED], date(2023, 12, 1)) == {
        "2023H1": "under_way",
        "2023H2": "under_way",
        "2024H1": "planned",
    }
    assert states([("2024H1", "2024H1")], [], date(2023, 12, 1)) == {"2024H1": "planned"}


def test_silence_is_not_the_same_as_nothing_done():
    assert states(SPAN, [], date(2023, 12, 1)) == {
        "2023H1": "not_collected",
        "2023H2": "not_collected",
        "2024H1": "planned",
    }


def test_two_milestones_in_one_half_are_done_when_both_are():
    spans = [("2023H1", "2023H1"), ("2023H1", "2023H1")]
    one = Step("tests", 1, "done", date(2023, 6, 1))
    two = Step("tests", 2, "done", date(2023, 7, 1))
    assert states(spans, [one], date(2024, 3, 31))["2023H1"] == "late"
    assert states(spans, [one, two], date(2024, 3, 31)) == {"2023H1": "done"}


def test_a_record_names_its_milestone():
    assert step_of("tests#2", "done", date(2024, 1, 1)) == Step("tests", 2, "done", date(2024, 1, 1))
    assert step_of("ticket 12", "done", date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("verdict", "on", "expected"),
    [
        ("up", date(2026, 6, 1), "moved"),
        ("down", date(2026, 6, 1), "moved_the_other_way"),
        ("not_distinguishable", date(2026, 6, 1), "not_distinguishable"),
        ("not_comparable", date(2026, 6, 1), "not_measured"),
        ("up", date(2026, 3, 30), "not_due"),
    ],
)
def test_the_next_edition_answers_a_commitment(verdict, on, expected):
    change = Change(
        "findability", "perceived", {"city": "tokyo"}, "FY2024", "FY2025", 0.05, 0.01, 0.09, verdict, 0
    )
    assert answer(commitment(), change, on=on) == expected


def test_a_change_of_something_else_is_no_answer():
    other = Change("usability", "perceived", {"city": "tokyo"}, "FY2024", "FY2025", 0.05, 0.01, 0.09, "up", 0)
    with pytest.raises(ValueError, match="usability"):
        answer(commitment(), other, on=date(2026, 6, 1))


def test_without_a_figure_nothing_was_measured():
    assert answer(commitment(), None, on=date(2026, 6, 1)) == "not_measured"


def commitment():
    return Commitment(
        id="c1",
        will_do=Text(ja="入口を一つにする", en="One entrance"),
        due=date(2026, 3, 31),
        owner="digital",
        indicator="findability",
        measure="perceived",
        domain={"city": "tokyo"},
        before=0.41,
        after=0.46,
    )
