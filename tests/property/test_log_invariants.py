"""What holds for any log: times in Python and DuckDB, business time, medians, rows and domains."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from monosashi.adapters.connections import fresh
from monosashi.adapters.duckdb_table import open_rows
from monosashi.adapters.event_log import DuckDBEventLog
from monosashi.adapters.event_sql import Cell
from monosashi.adapters.holidays import public_holidays
from monosashi.measure.log.answer import log_answer
from monosashi.measure.log.business import OfficeHours, business_time
from monosashi.measure.log.moments import moment_of, offset_of
from monosashi.measure.log.quantiles import quantiles
from monosashi.measure.log.request import read_log_request
from monosashi.measure.log.survival import censored_median

HOUR = 3_600_000_000
TIMES = st.integers(0, 4_000_000_000_000_000)  # 1970 to 2096
REQUEST = read_log_request(
    "request.yaml",
    b"""
log: log.csv
columns: {case: case, activity: activity, at: at, channel: channel}
measures:
  - {id: span, statistic: duration, from: first, to: last, unit: hour, at: [0.9]}
  - {id: office, statistic: duration, from: first, to: last, unit: hour, calendar: business}
  - {id: again, statistic: rework, by: [channel]}
  - {id: decided, statistic: completion, end: [b], by: [channel]}
  - {id: all, statistic: completion, end: [b]}
  - {id: ways, statistic: variants, top: 100}
""",
)
EVENTS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2_000)), min_size=1, max_size=5)
LOGS = st.lists(st.tuples(st.sampled_from(["online", "窓口"]), EVENTS), min_size=1, max_size=6)


def rows_of(log):
    return [
        (f"案件{i}", activity, f"2026-{1 + at // 600:02}-{1 + at // 24 % 25:02} {at % 24:02}:00", channel)
        for i, (channel, events) in enumerate(log)
        for activity, at in events
    ]


def answered(rows):
    columns = dict(
        zip(("case", "activity", "at", "channel"), map(list, zip(*rows, strict=True)), strict=True)
    )
    log = DuckDBEventLog(open_rows(columns), REQUEST, 2**62)
    try:
        return log_answer(REQUEST, log, public_holidays, sha256="")
    finally:
        log.table.close()


def by_id(result):
    found = {}
    for one in result["measures"]:
        found.setdefault(one["id"], []).append(one)
    return found


@settings(max_examples=20, deadline=None)
@given(LOGS, st.randoms(use_true_random=False))
def test_cases_may_stand_in_any_order_and_domains_add_up(log, random):
    parts = [[row for row in rows_of(log) if row[0] == f"案件{i}"] for i in range(len(log))]
    random.shuffle(parts)
    found, shuffled = answered(rows_of(log)), answered([row for part in parts for row in part])
    assert {one["id"]: one["value"] for one in found["measures"] if "domain" not in one} == {
        one["id"]: one["value"] for one in shuffled["measures"] if "domain" not in one
    }
    measures = by_id(found)
    assert sum(one["count"] for one in measures["decided"]) == measures["all"][0]["count"]
    assert sum(one["n"] for one in measures["decided"]) == measures["all"][0]["n"] == len(log)
    assert sum(one["n"] for one in measures["ways"][0]["variants"]) == len(log)
    assert measures["office"][0]["mean"] <= measures["span"][0]["mean"] + 1e-9
    assert measures["span"][0]["censored_median"] == measures["span"][0]["value"]


@settings(max_examples=50, deadline=None)
@given(st.lists(TIMES, min_size=3, max_size=3))
def test_business_time_is_a_part_of_elapsed_time_and_adds_up(times):
    low, middle, high = (np.array([at]) for at in sorted(times))
    hours = OfficeHours(8 * HOUR, 17 * HOUR, closed=frozenset({date(2026, 4, 1)}))

    def worked(start, end):
        return business_time(start, end, hours, public_holidays)

    assert 0 <= worked(low, high)[0] <= (high - low)[0]
    assert worked(low, middle) + worked(middle, high) == worked(low, high)
    assert worked(high, low) == -worked(low, high)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_without_open_cases_the_two_medians_are_one(values):
    lasted = np.array(values, dtype=np.float64)
    everybody = np.ones(lasted.size, dtype=bool)
    assert censored_median(lasted, everybody) == np.median(lasted)
    found = quantiles(lasted, np.zeros(lasted.size, dtype=np.int64), 1, (0.5, 0.9))[:, 0]
    assert np.allclose(found, np.quantile(lasted, (0.5, 0.9)))


def test_the_censored_median_of_a_published_example():
    """Leukemia, 6-MP group (Freireich 1963, in any textbook): median remission 23 weeks; placebo 8."""
    treated = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    assert censored_median(np.array(treated, dtype=float), np.array(relapsed, dtype=bool)) == 23


YEARS = st.sampled_from(["2024", "2023", "1999", "0001", "9999", "1970"])
PARTS = st.tuples(
    YEARS,
    st.sampled_from(["-", "/"]),
    st.sampled_from(["02", "2", "12", "13", "0"]),
    st.sampled_from(["29", "1", "31", "32", "00"]),
    st.sampled_from(["", " 9:05", "T23:59:59", " 24:00", " 12:00:60", " 00:00:00.1234567", "T1:2"]),
    st.sampled_from(["", "Z", "+09:00", "-0330", "+02", " +05:45", "+9", " JST"]),
)


@settings(max_examples=200, deadline=None)
@given(PARTS, st.sampled_from(["+09:00", "-03:30", "Z"]))
def test_times_are_the_same_in_python_and_duckdb(parts, offset):
    year, mark, month, day, time, tail = parts
    text = f"{year}{mark}{month}{mark}{day}{time}{tail}"
    connection = fresh()
    asked = Cell("c0", "VARCHAR").moment(offset_of(offset))
    found = connection.execute(f"SELECT {asked} FROM (SELECT $1::VARCHAR AS c0)", [text]).fetchone()[0]
    connection.close()
    assert found == moment_of(text, offset), text
