"""Procedure logs small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from log_command import Logs

THREE = """\
case,activity,at,channel,opened,closed,due
A,受付,2026-04-01 09:00,online,2026-04-01,2026-04-03,2026-04-05
A,審査,2026-04-02 09:00,online,2026-04-01,2026-04-03,2026-04-05
A,決定,2026-04-03 09:00,online,2026-04-01,2026-04-03,2026-04-05
B,受付,2026-04-01 10:00,counter,2026-04-01,2026-04-09,2026-04-05
B,受付,2026-04-05 10:00,counter,2026-04-01,2026-04-09,2026-04-05
B,決定,2026-04-09 10:00,counter,2026-04-01,2026-04-09,2026-04-05
C,受付,2026-04-02 00:00,online,2026-04-02,,2026-04-30
"""
ALL = "{case: case, activity: activity, at: at, opened: opened, closed: closed, due: due}"
SPAN = "statistic: duration, from: first, to: last"


@pytest.fixture
def logs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Logs:
    return Logs(tmp_path, capsys)


def test_time_from_first_to_last(logs: Logs) -> None:
    found = logs.one(THREE, f"{SPAN}, at: [0.5, 0.9]")
    assert (found["value"], found["mean"], found["n"]) == (2.0, (2 + 8 + 0) / 3, 3)
    assert found["values"] == [{"at": 0.5, "value": 2.0}, {"at": 0.9, "value": pytest.approx(6.8)}]


def test_the_median_of_an_even_number_is_the_middle(logs: Logs) -> None:
    found = logs.one(THREE, "statistic: duration, from: opened, to: closed", columns=ALL)
    assert (found["value"], found["n"], found["n_open"]) == (5.0, 2, 1)  # 2 and 8 days; C is open


def test_open_cases_count_for_as_long_as_they_have_been_open(logs: Logs) -> None:
    """2 finished, 7+ open, 8 finished: S = 2/3 after 2 days and 0 after 8. The median is 8, not 5."""
    found = logs.one(THREE, "statistic: duration, from: opened, to: closed", columns=ALL)
    assert found["censored_median"] == 8.0
    assert found["flags"] == ["censoring_matters"]


def test_shares_of_cases(logs: Logs) -> None:
    found = logs.asked(
        THREE,
        "statistic: completion, end: closed",
        "statistic: completion, end: [決定]",
        "statistic: completion, end: closed_on",
        "statistic: on_time",
        "statistic: share, of: channel, favourable: [online]",
        "statistic: within, from: opened, to: closed, limit: 2, unit: day",
        columns=ALL.replace("}", ", closed_on: closed}"),
    )["measures"]
    assert [one["value"] for one in found] == [2 / 3, 2 / 3, 2 / 3, 1 / 2, 2 / 3, 1 / 2]
    assert found[5]["open_late"] == 1  # C has been open for 7 days when the log ends
    assert found[5]["value_with_open"] == 1 / 3


def test_variants_funnel_and_rework(logs: Logs) -> None:
    variants, funnel, rework, again = logs.asked(
        THREE,
        "statistic: variants, top: 1",
        "statistic: funnel, steps: [受付, 審査, 決定]",
        "statistic: rework",
        "statistic: rework, of: [審査]",
    )["measures"]
    assert (variants["value"], len(variants["variants"])) == (3, 1)
    assert [(one["n"], one["lost"]) for one in funnel["steps"]] == [(3, 2), (1, 0), (1, 0)]
    assert (rework["value"], rework["mean"], again["value"]) == (1 / 3, 1 / 3, 0.0)


def test_domains_and_conditions(logs: Logs) -> None:
    found = logs.asked(THREE, f"{SPAN}, by: [channel]", f"{SPAN}, where: {{channel: [online]}}", columns=ALL)[
        "measures"
    ]
    assert [(one["domain"] or None, one["mean"]) for one in found] == [
        ({"channel": "counter"}, 8.0),
        ({"channel": "online"}, 1.0),
        (None, 1.0),
    ]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-04-01 09:00", "2026-04-01 10:30", 1.5),  # a Wednesday
        ("2026-04-01 05:00", "2026-04-01 23:00", 8.75),  # office hours only
        ("2026-04-03 16:15", "2026-04-06 09:30", 2.0),  # over a weekend
        ("2026-04-28 17:15", "2026-05-07 08:30", 17.5),  # Golden Week: only 30 April and 1 May are open
        ("2025-12-26 16:15", "2026-01-05 09:30", 2.0),  # year-end closing
        ("2024-02-28 08:30", "2024-03-01 08:30", 17.5),  # a leap day is a day
        ("2026-05-03 09:00", "2026-05-06 12:00", 0.0),  # holidays, and the substitute for Sunday's
    ],
)
def test_business_time(logs: Logs, start: str, end: str, hours: float) -> None:
    log = f"case,activity,at\nA,x,{start}\nA,y,{end}\n"
    assert logs.one(log, f"{SPAN}, unit: hour, calendar: business")["value"] == hours


def test_office_hours_of_ones_own(logs: Logs) -> None:
    log = "case,activity,at\nA,x,2026-04-01 00:00\nA,y,2026-04-03 00:00\n"
    calendar = '{name: branch, hours: ["10:00", "16:00"], closed: [2026-04-02]}'
    assert logs.one(log, f"{SPAN}, calendar: branch", calendar=calendar)["value"] == 1.0
    assert logs.one(log, f"{SPAN}, unit: hour, calendar: {calendar}")["value"] == 6.0


OFFICES = """\
case,activity,at,office
A,x,2026-04-01 00:00,north
A,y,2026-04-03 00:00,north
B,x,2026-04-01 00:00,south
B,y,2026-04-03 00:00,south
C,x,2026-04-01 00:00,
C,y,2026-04-03 00:00,
"""


def test_each_office_has_its_hours(logs: Logs) -> None:
    """Two days of 6 hours, of 8 h 45 min, and two whole days: in hours 12, 17.5 and 48; in days always 2."""
    calendar = '{name: short, hours: ["10:00", "16:00"]}'
    by_office = "{of: office, hours: {north: short, south: business}, otherwise: elapsed}"
    asked = f"{SPAN}, by: [office], unit: hour, calendar: {by_office}"
    north, south = logs.asked(OFFICES, asked, calendar=calendar)["measures"]
    assert (north["value"], south["value"]) == (12.0, 17.5)
    assert north["calendar"] == {
        "of": "office",
        "hours": {"north": "short", "south": "business"},
        "otherwise": "elapsed",
    }
    everyone = f"{SPAN}, unit: hour, calendar: {by_office}, at: [1]"
    assert logs.one(OFFICES, everyone, calendar=calendar)["values"] == [{"at": 1.0, "value": 48.0}]
    days = f"{SPAN}, calendar: {by_office}, at: [0, 1]"
    found = logs.one(OFFICES, days, calendar=calendar)
    assert [one["value"] for one in found["values"]] == [2.0, 2.0]


SIDES = """\
case,activity,at,side,started
A,apply,2026-04-01 00:00,applicant,
A,ask back,2026-04-02 00:00,office,2026-04-01 18:00
A,answer,2026-04-05 00:00,applicant,
A,decide,2026-04-06 00:00,office,2026-04-05 12:00
"""


def test_whose_time_it_was(logs: Logs) -> None:
    columns = "{case: case, activity: activity, at: at, side: side, started: started}"
    found = logs.one(SIDES, SPAN, columns=columns)
    assert found["sides"] == {"applicant": 3 / 5, "office": 2 / 5}
    assert found["unattributed"] == 0.0
    assert (found["handling_mean"], found["waiting_mean"]) == (0.75, 4.25)  # 6 + 12 hours of 5 days


def test_whose_time_it_was_in_the_hours_of_each_office(logs: Logs) -> None:
    """Case A again, its office open from 12 to 18 every day: a day is 6 hours."""
    log = SIDES.replace("started\n", "started,office\n").replace(",\n", ",,north\n")
    log = log.replace("18:00\n", "18:00,north\n").replace("12:00\n", "12:00,north\n")
    columns = "{case: case, activity: activity, at: at, side: side, started: started}"
    week = "[mon, tue, wed, thu, fri, sat, sun]"
    calendar = f'{{name: noon, hours: ["12:00", "18:00"], weekdays: {week}, holidays: none}}'
    asked = f"{SPAN}, calendar: {{of: office, hours: {{north: noon}}}}"
    found = logs.one(log, asked, columns=columns, calendar=calendar)
    assert found["value"] == 5.0
    assert found["sides"] == {"applicant": 3 / 5, "office": 2 / 5}
    assert found["handling_mean"] == 1.0  # on 5 April from 12:00; on 1 April only after closing


def test_impossible_rows_are_counted_and_left_out(logs: Logs) -> None:
    log = (
        "case,activity,at\nA,x,2026-04-01\nA,y,2026-04-02\n,x,2026-04-01\nB,x,\nB,x,2026-02-29\n"
        "B,x,soon\nB,x,2999-01-01\n"
    )
    found = logs.asked(log, SPAN)
    assert found["log"]["quarantined"] == {"no_case": 1, "no_timestamp": 1, "unparsable": 2, "future": 1}
    assert (found["log"]["rows"], found["log"]["events"], found["measures"][0]["n"]) == (7, 2, 1)
    assert found["measures"][0]["quarantined"] == found["log"]["quarantined"]


def test_a_span_that_ends_before_it_starts_is_counted_apart(logs: Logs) -> None:
    log = THREE.replace("2026-04-03,2026-04-05", "2026-03-31,2026-04-05")
    found = logs.one(log, "statistic: duration, from: opened, to: closed", columns=ALL)
    assert (found["n"], found["quarantined"]) == (1, {"end_before_start": 1})


def test_repeated_rows_are_recognized(logs: Logs) -> None:
    log = THREE + "A,受付,2026-04-01 09:00,online,2026-04-01,2026-04-03,2026-04-05\n"
    found = logs.asked(log, "statistic: rework", deduplicate="[case, activity, at]")
    assert (found["log"]["repeated_rows"], found["measures"][0]["count"]) == (1, 1)
    assert logs.one(log, "statistic: rework")["count"] == 2


def test_mixed_offsets_and_times_without_one(logs: Logs) -> None:
    log = "case,activity,at\nA,x,2026-03-31T15:00:00Z\nA,y,2026-04-01 00:00\nA,z,2026-04-01T01:30:00+02:30\n"
    assert logs.one(log, f"{SPAN}, unit: minute")["value"] == 480.0  # 15:00, 15:00 and 23:00 in UTC
    assert logs.one(log, f"{SPAN}, unit: hour", offset='"+00:00"')["value"] == 9.0


def test_events_of_one_day_keep_the_order_of_the_rows(logs: Logs) -> None:
    log = "case,activity,at\nA,z,2026-04-01\nA,a,2026-04-01\nA,m,2026-04-01\n"
    found = logs.one(log, "statistic: variants")
    assert found["variants"][0]["activities"] == ["z", "a", "m"]


def test_an_attribute_that_varies_is_that_of_the_first_event(logs: Logs) -> None:
    log = "case,activity,at,channel\nA,x,2026-04-02,counter\nA,y,2026-04-01,online\nB,x,2026-04-01,online\n"
    found = logs.one(log, "statistic: share, of: channel, favourable: [online]")
    assert (found["value"], found["flags"]) == (1.0, ["attribute_varies"])


def test_traps(logs: Logs) -> None:
    one_event = logs.one("case,activity,at\nA,x,2026-04-01\n", SPAN)
    assert (one_event["value"], one_event["n"]) == (0.0, 1)
    long = "長" * 5_000
    named = logs.one(f"case,activity,at\n{long},{long},2026-04-01\n", "statistic: variants")
    assert named["variants"][0]["activities"] == [long]
    all_open = logs.one(
        "case,activity,at,closed\nA,x,2026-04-01,\nB,x,2026-04-03,\n",
        "statistic: duration, from: first, to: closed",
        columns="{case: case, activity: activity, at: at, closed: closed}",
    )
    assert (all_open["value"], all_open["status"], all_open["n_open"]) == (None, "not_collected", 2)
    nobody = logs.one(THREE, f"{SPAN}, where: {{channel: fax}}")
    assert (nobody["value"], nobody["n"], nobody["status"]) == (None, 0, "not_collected")


def test_each_case_has_its_own_standard(logs: Logs) -> None:
    log = (
        "case,activity,at,standard\nA,x,2026-04-01,2\nA,y,2026-04-03,2\nB,x,2026-04-01,1\nB,y,2026-04-03,1\n"
    )
    found = logs.one(log, "statistic: within, from: first, to: last, limit: standard")
    assert (found["value"], found["n"]) == (0.5, 2)
