"""Cells as offices write them: eras, full-width digits, groups, percentages, numbers of days; or refused."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrivals import counts, found, mapped, places, seen, values
from monosashi.errors import Problem
from monosashi.gather.eras import ERAS, NotInEra, day_of, period_of
from monosashi.gather.written import day_of_serial, moment_of_serial, plain_number

ID = "response_id: id\n"


def column(cells, field):
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells))
    return values(f"id,x\n{rows}", ID + f"x: {field}")["x"]


def refusal(cell, field):
    (finding,) = seen(f'id,x\n1,"{cell}"\n', ID + f"x: {field}").findings.listed()
    return finding.kind.code, finding.as_text("en")


DATE = "{column: x, type: date}"
JAPAN = '{column: x, type: timestamp, offset: "+09:00"}'


def number(numbers, kind="number", more=""):
    return f'{{column: x, type: {kind}, numbers: "{numbers}"{more}}}'


# ---- eras --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "令和6年4月1日",
        "令和６年４月１日",
        "R6.4.1",
        "R06/04/01",
        "r6-4-1",
        "令6.4.1",
        "㋿6年4月1日",
        "2024年4月1日",
        "2024.4.1",
        "２０２４／４／１",
        "20240401",
        " 2024-04-01 ",
    ],
)
def test_one_day_as_it_may_be_written(cell):
    assert column([cell], DATE) == [date(2024, 4, 1)]


def test_first_years():
    cells = [
        "令和元年5月1日",
        "令和1年5月1日",
        "R元.5.1",
        "昭和元年12月25日",
        "平成元年1月8日",
        "大正元年7月30日",
    ]
    days = [date(2019, 5, 1)] * 3 + [date(1926, 12, 25), date(1989, 1, 8), date(1912, 7, 30)]
    assert column(cells, DATE) == days


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("令和元年4月30日", "令和, which is read from 2019-05-01 to …"),
        ("平成31年5月1日", "平成, which is read from 1989-01-08 to 2019-04-30"),
        ("昭和64年1月8日", "昭和, which is read from 1926-12-25 to 1989-01-07"),
        ("昭和65年1月1日", "昭和"),
        ("大正15年12月25日", "大正"),
        ("M5.12.2", "明治, which is read from 1873-01-01 to 1912-07-29"),
        ("令和0年1月1日", "令和"),
    ],
)
def test_a_day_its_era_does_not_have(cell, said):
    code, message = refusal(cell, DATE)
    assert code == "cell-not-in-era"
    assert said in message


@pytest.mark.parametrize(
    "cell", ["令和6年2月30日", "令和6年", "慶応3年1月1日", "令和6年4/1", "R6.4-1", "X6.4.1"]
)
def test_what_is_no_day_of_an_era(cell):
    assert refusal(cell, DATE)[0] == "cell-not-date"


def test_every_day_since_1873_has_one_era_and_comes_back():
    """The eras leave no day out and share none."""
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(ERAS))
    for era in ERAS:
        last = era.last or date(2030, 12, 31)
        for day in (era.first, era.first + timedelta(days=200), last):
            year = day.year - era.year(1) + 1
            assert day_of(f"{era.name}{year}年{day.month}月{day.day}日") == day
            assert day_of(f"{era.letter}{year}.{day.month}.{day.day}") == day


def test_moments_of_an_era():
    cells = ["令和6年4月1日 9:30", "令和6年4月1日9時30分", "R6.4.1 09:30:00", "2024年4月1日 9時30分0秒"]
    assert column(cells, JAPAN) == [datetime(2024, 4, 1, 0, 30, tzinfo=UTC)] * 4
    assert column(["令和6年4月1日0時"], JAPAN) == [datetime(2024, 3, 31, 15, tzinfo=UTC)]
    assert refusal("平成31年5月1日 9:30", JAPAN)[0] == "cell-not-in-era"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("令和6年度", "FY2024"),
        ("R6年度", "FY2024"),
        ("令和６年度", "FY2024"),
        ("2024年度", "FY2024"),
        ("平成31年度", "FY2019"),
        ("令和元年度", "FY2019"),
        ("令和6年4月分", "2024-04"),
        ("2024年12月", "2024-12"),
        ("平成31年4月", "2019-04"),
        ("令和元年5月", "2019-05"),
        ("FY2024", "FY2024"),
    ],
)
def test_periods_as_offices_call_them(cell, name):
    assert values(f"id,p\na,{cell}\n", ID + "period: p")["period"] == [name]


@pytest.mark.parametrize("cell", ["平成32年度", "令和元年4月", "昭和64年2月"])
def test_periods_their_era_does_not_have(cell):
    assert found(f"id,p\na,{cell}\n", ID + "period: p") == [("cell-not-in-era", 2, "p")]


@given(st.text(alphabet="令和平成元年月日度分RH0123456789./- ９", max_size=12))
def test_any_text_is_a_day_a_period_or_none(text):
    for read in (day_of, period_of):
        with contextlib.suppress(NotInEra, ValueError):
            read(text)


# ---- numbers -----------------------------------------------------------------------------------------------


def test_full_width_digits_and_the_minus_of_accounts():
    assert column(["５", "－３", "▲12", "△1.5", "−2"], "{column: x, type: number}") == [5, -3, -12, -1.5, -2]


@pytest.mark.parametrize(
    ("numbers", "cells", "read"),
    [
        (
            "1,234.5",
            ["1,234", "1,234,567.25", "１，２３４", "999", "-1,000"],
            [1234, 1234567.25, 1234, 999, -1000],
        ),
        ("1.234,5", ["1.234", "1.234.567,25", "0,5"], [1234, 1234567.25, 0.5]),
        ("1 234,5", ["1 234", "1\u202f234\u00a0567,25"], [1234, 1234567.25]),
        ("1 234.5", ["1 234.5"], [1234.5]),
        ("1234,5", ["1234,5", "7"], [1234.5, 7]),
    ],
)
def test_the_mapping_shows_how_numbers_are_written(numbers, cells, read):
    assert column(cells, number(numbers)) == read
    whole = [cell for cell, value in zip(cells, read, strict=True) if value == int(value)]
    if whole:
        assert column(whole, number(numbers, "integer")) == [v for v in read if v == int(v)]


@pytest.mark.parametrize(
    ("numbers", "cell"),
    [
        ("1,234.5", "12,34"),
        ("1,234.5", "1,2345"),
        ("1,234.5", ",123"),
        ("1,234.5", "1,234,"),
        ("1,234.5", "1.234,5"),
        ("1,234.5", "1,,234"),
        ("1,234.5", "0.1,234"),
        ("1234,5", "1.5"),
        ("1.234,5", "1,234.5"),
        ("1234.5", "1,234"),
    ],
)
def test_wrong_groups_are_refused(numbers, cell):
    assert refusal(cell, number(numbers))[0] == "cell-not-number"


def test_numbers_of_the_whole_file():
    more = {"file": '{numbers: "1,234.5"}'}
    read = values(
        'id,x,y\na,"1,234",5\n',
        ID + "x: {column: x, type: integer}\n" + "y: {column: y, type: number, numbers: 1234.5}",
        **more,
    )
    assert (read["x"], read["y"]) == ([1234], [5])


@given(st.integers(-(10**12), 10**12), st.integers(0, 999))
def test_what_python_groups_is_read_back(whole, thousandths):
    written = f"{whole:,}.{thousandths:03}"
    assert plain_number(written, "1,234.5") == written.replace(",", "")
    swapped = written.translate(str.maketrans(",.", ".,"))
    assert plain_number(swapped, "1.234,5") == written.replace(",", "")


# ---- percentages -------------------------------------------------------------------------------------------


def test_a_percentage_is_a_share_or_points_as_the_mapping_says():
    cells = ["17%", "17 ％", "0.1%", "100%", "-5%", "29%"]
    assert column(cells, number("1234.5", more=", percent: share")) == [0.17, 0.17, 0.001, 1, -0.05, 0.29]
    assert column(cells, number("1234.5", more=", percent: points")) == [17, 17, 0.1, 100, -5, 29]
    assert column(["1,234%"], number("1,234.5", more=", percent: points")) == [1234]


def test_a_percentage_is_never_guessed():
    """Neither what 17% means, nor whether 17 among percentages is one."""
    assert refusal("17%", "{column: x, type: number}")[0] == "cell-not-number"
    assert refusal("17", number("1234.5", more=", percent: share"))[0] == "cell-not-percent"
    assert refusal("many%", number("1234.5", more=", percent: share"))[0] == "cell-not-percent"


# ---- numbers of days ---------------------------------------------------------------------------------------


def test_serials_of_both_systems():
    """1,462 days lie between them."""
    day = "{column: x, type: date, serial: %s}"
    assert column(["45383", "61", "45383.0"], day % 1900) == [
        date(2024, 4, 1),
        date(1900, 3, 1),
        date(2024, 4, 1),
    ]
    assert column(["43921", "0", "59", "60"], day % 1904) == [
        date(2024, 4, 1),
        date(1904, 1, 1),
        date(1904, 2, 29),
        date(1904, 3, 1),
    ]
    moment = '{column: x, type: timestamp, offset: "+09:00", serial: 1900}'
    assert column(["45383.395833333336", "45383"], moment) == [
        datetime(2024, 4, 1, 0, 30, tzinfo=UTC),
        datetime(2024, 3, 31, 15, tzinfo=UTC),
    ]


@pytest.mark.parametrize("cell", ["60", "59", "1", "0", "-1", "45383.5", "2958466"])
def test_serials_that_are_no_day(cell):
    """29 February 1900 never was; the days before it are one off between programs."""
    assert refusal(cell, "{column: x, type: date, serial: 1900}")[0] == "cell-not-date"


@given(st.dates(date(1904, 1, 1)))
def test_every_day_has_its_serial(day):
    assert day_of_serial(str((day - date(1904, 1, 1)).days), 1904) == day
    assert day_of_serial(str((day - date(1899, 12, 30)).days), 1900) == day


@given(st.integers(0, 24 * 3600 - 1))
def test_a_moment_comes_back_to_the_second(seconds):
    serial = repr(45383 + seconds / 86400)
    assert moment_of_serial(serial, 1900) == datetime(2024, 4, 1, tzinfo=UTC) + timedelta(seconds=seconds)


# ---- the five states ---------------------------------------------------------------------------------------

SAME = "measure: {value: total}\nperiod: {value: FY2024}\nchannel: {value: web}\nsubject: s\n"
STATES = (
    'quantity: {column: n, numbers: "1,234.5",'
    ' states: {"-": not_applicable, "…": not_collected, "X": suppressed}}'
)
CELLS = 's,n\na,"1,234"\nb,0\nc,-\nd,…\ne, X \n'


def test_cells_of_a_count_may_say_its_state():
    """As tables of official statistics do: - for none of the kind, … for unknown, X for withheld."""
    read = values(CELLS, SAME + STATES, **counts({}))
    assert read["quantity"] == [1234, 0, None, None, None]
    assert read["status"] == ["value", "value", "not_applicable", "not_collected", "suppressed"]


def test_an_empty_cell_has_no_state_unless_the_mapping_says_so():
    assert found(CELLS + "f,\n", SAME + STATES, **counts({})) == [("state-disagrees", 7, "status")]
    more = STATES.replace('"X"', '"": not_collected, "X"')
    assert values(CELLS + "f,\n", SAME + more, **counts({}))["status"][-1] == "not_collected"


def test_states_that_are_none():
    for state in ("value", "lost"):
        with pytest.raises(Problem) as refused:
            mapped(SAME + f'quantity: {{column: n, states: {{"-": {state}}}}}', table="volumes")
        assert places(refused.value) == [("mapping-state", 7, None)]
    twice = STATES.replace("{column", '{missing: ["-"], column')
    assert ("state-twice", None, None) in found(CELLS, SAME + twice, **counts({}))


def test_options_that_mean_nothing_are_a_mistake_of_the_mapping():
    for field in ("{column: x, type: text, percent: share}", "{column: x, type: integer, serial: 1900}"):
        assert found("id,x\n1,3\n", ID + f"x: {field}") == [("field-option", None, None)]
    assert found("id,x\n1,3\n", ID + 'x: {column: x, type: integer, states: {"-": suppressed}}') == [
        ("field-option", None, None)
    ]
