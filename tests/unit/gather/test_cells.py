"""One cell and what its field expects: a value, exactly, or words about what is wrong with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from arrivals import found, seen, values

ID = "response_id: id\n"


def column(cells, field):
    """The values of a column `x` under a line of the mapping."""
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells))
    return values(f"id,x\n{rows}", ID + f"x: {field}")["x"]


def refusal(cell, field):
    """(code, message) of the only finding about one cell."""
    (finding,) = seen(f'id,x\n1,"{cell}"\n', ID + f"x: {field}").findings.listed()
    assert (finding.row, finding.column) == (2, "x")
    return finding.kind.code, finding.as_text("en")


INTEGER = "{column: x, type: integer}"
NUMBER = "{column: x, type: number}"
BOOLEAN = "{column: x, type: boolean}"
DATE = "{column: x, type: date}"
MOMENT = "{column: x, type: timestamp}"
JAPAN = '{column: x, type: timestamp, offset: "+09:00"}'
TEXT = "{column: x, type: text}"


def test_whole_numbers():
    assert column(["5", " 5 ", "-3", "+3", "007", "5.0", "999999999999999999"], INTEGER) == [
        *[5, 5, -3, 3, 7, 5],
        999_999_999_999_999_999,
    ]


@pytest.mark.parametrize(
    "cell", ["⑤", "5.5", "1,000", "1e3", "五", "5人", "0x5", "1_000", "٥", "²", "9" * 19]
)
def test_what_is_no_whole_number(cell):
    """Separators are not guessed at (the mapping shows them); `codes` can say what other signs mean."""
    code, message = refusal(cell, INTEGER)
    assert code == "cell-not-whole"
    assert cell in message


def test_numbers():
    cells = ["1", "1.5", ".5", "5.", "-0.25", "1e3", "1E-2", "+2", " 3 ", "0", "-0"]
    assert column(cells, NUMBER) == [1, 1.5, 0.5, 5, -0.25, 1000, 0.01, 2, 3, 0, 0]
    assert str(column(["-0"], NUMBER)) == "[0.0]"


@pytest.mark.parametrize("cell", ["①.5", "nan", "NaN", "inf", "-Infinity", "1,000.5", "1e999", "1.2.3", "e5"])
def test_what_is_no_number(cell):
    assert refusal(cell, NUMBER)[0] == "cell-not-number"


@pytest.mark.parametrize("cell", ["9007199254740993", "-12345678901234567890", "1e300"])
def test_a_number_that_would_be_rounded_is_refused(cell):
    """2⁵³ and 2⁵³ + 1 are the same double. An id is text, not a number."""
    code, message = refusal(cell, NUMBER)
    assert code == "cell-implausible"
    assert "-9007199254740991 and 9007199254740991" in message


@pytest.mark.parametrize("cell", ["0", "-1", "nan", "inf", "-inf", "NaN", "abc", "壱", "0.0", "1e-999"])
def test_a_weight_is_finite_and_above_zero(cell):
    assert found(f"id,w\na,1.5\nb,{cell}\n", "response_id: id\nweight: w") == [("cell-not-positive", 3, "w")]


def test_a_weight_is_needed_in_every_row():
    assert found("id,w\na,1\nb,\n", "response_id: id\nweight: w") == [("cell-needed", 3, "w")]


def test_yes_and_no():
    cells = ["1", "0", "true", "false", "TRUE", "FALSE", " 1 ", ""]
    assert column(cells, BOOLEAN) == [True, False, True, False, True, False, True, None]


@pytest.mark.parametrize("cell", ["yes", "はい", "2", "①", "True", "t", "○"])
def test_what_is_neither_yes_nor_no(cell):
    assert refusal(cell, BOOLEAN)[0] == "cell-not-boolean"


def test_days():
    cells = ["2025-04-01", "2025/4/1", " 2024-02-29 ", "0001-01-01", "9999/12/31"]
    assert column(cells, DATE) == [
        date(2025, 4, 1),
        date(2025, 4, 1),
        date(2024, 2, 29),
        date(1, 1, 1),
        date(9999, 12, 31),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "2025-02-29",
        "2025-13-01",
        "2025-4/1",
        "2025041",
        "20250431",
        "4/1/2025",
        "25-04-01",
        "2025年4月",
        "45383",
    ],
)
def test_what_is_no_day(cell):
    assert refusal(cell, DATE)[0] == "cell-not-date"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2025-04-01 09:30:00+09:00", datetime(2025, 4, 1, 0, 30, tzinfo=UTC)),
        ("2025-04-01T09:30+0900", datetime(2025, 4, 1, 0, 30, tzinfo=UTC)),
        ("2025/4/1 9:30Z", datetime(2025, 4, 1, 9, 30, tzinfo=UTC)),
        ("2025/4/1 9:30:05.5Z", datetime(2025, 4, 1, 9, 30, 5, 500_000, tzinfo=UTC)),
        ("2025-04-01 00:00:00.000001 -03:30", datetime(2025, 4, 1, 3, 30, 0, 1, tzinfo=UTC)),
    ],
)
def test_moments_carry_their_offset_and_are_kept_in_utc(cell, moment):
    assert column([cell], MOMENT) == [moment]


def test_the_mapping_may_give_the_offset_but_never_overrides_one():
    assert column(["2025-04-01 00:00", "2025-04-01 00:00Z"], JAPAN) == [
        datetime(2025, 3, 31, 15, tzinfo=UTC),
        datetime(2025, 4, 1, tzinfo=UTC),
    ]


def test_a_moment_without_an_offset_says_how_to_give_one():
    code, message = refusal("2025-04-01 09:30", MOMENT)
    assert code == "cell-no-offset"
    assert 'offset: "+09:00"' in message


@pytest.mark.parametrize(
    "cell",
    [
        "2025-04-01",
        "2025-02-29 00:00Z",
        "2025-04-01 24:00Z",
        "2025-04-01 23:60Z",
        "2025-04-01 23:59:60Z",
        "2025-04-01 09:30+99:00",
        "25-04-01 09:30Z",
        "2025年4月1日9時60分Z",
        "45383.5",
        "0001-01-01 00:00+09:00",
        "2025-04-01 午前9:30",
    ],
)
def test_what_is_no_moment(cell):
    assert refusal(cell, MOMENT)[0] == "cell-not-moment"


def test_text_comes_back_as_it_was_typed():
    cells = [" a ", "a\nb", "髙﨑", "😀", "=1+1", "NULL", "0", "a\u3000b"]
    assert column(cells, TEXT) == cells


def test_missing_is_what_the_mapping_lists_and_nothing_else():
    field = '{column: x, type: integer, missing: ["", "NA", 9, "無回答"]}'
    assert column(["", "NA", "9", "無回答", "0"], field) == [None, None, None, None, 0]
    assert refusal("N/A", field)[0] == "cell-not-whole"


def test_a_list_of_missing_replaces_the_empty_cell():
    assert refusal("", "{column: x, type: integer, missing: [NA]}")[0] == "cell-not-whole"
    assert column(["", "NA"], "{column: x, type: text, missing: [NA]}") == ["", None]


def test_codes_are_the_only_cells_there_are():
    field = "{column: x, type: text, codes: {東京: tokyo, 大阪: osaka, 5: five, true: yes}}"
    assert column(["東京", " 大阪 ", "5", "true"], field) == ["tokyo", "osaka", "five", "yes"]
    code, message = refusal("東京都", field)
    assert code == "code-unknown"
    assert "Nearest: 東京" in message


def test_codes_lead_to_values_of_the_type():
    assert column(["a"], "{column: x, type: number, codes: {a: 5}}") == [5.0]
    assert column(["a"], "{column: x, type: text, codes: {a: 5}}") == ["5"]
    assert column(["a"], "{column: x, type: text, codes: {a: true}}") == ["true"]
    assert column(["a"], "{column: x, type: boolean, codes: {a: true}}") == [True]
    assert column(["a"], "{column: x, type: date, codes: {a: 2025-04-01}}") == [date(2025, 4, 1)]
    assert column(["a", "b"], "{column: x, type: text, codes: {a: A, b: null}}") == ["A", None]


def test_codes_that_lead_to_something_else_are_one_finding():
    mapping = ID + "x: {column: x, type: integer, codes: {a: one, b: 2}}"
    assert found("id,x\n1,a\n2,a\n3,b\n", mapping) == [("cell-not-whole", None, "x")]


def test_a_plausible_range_has_its_ends_included():
    field = "{column: x, type: integer, range: [18, 110]}"
    assert column(["18", "110", ""], field) == [18, 110, None]
    assert "does not lie between 18 and 110" in refusal("17", field)[1]
    assert (
        "does not lie between 0.5 and ∞" in refusal("0.4", "{column: x, type: number, range: [0.5, null]}")[1]
    )
    assert "does not lie between −∞ and 1" in refusal("2", "{column: x, type: number, range: [null, 1]}")[1]


def test_a_range_of_words_is_an_error_of_the_mapping():
    mapping = ID + "x: {column: x, type: text, range: [1, 5]}"
    assert found("id,x\n1,3\n", mapping) == [("field-range", None, None)]


@pytest.mark.parametrize("name", ["FY2025", "2025H2", "2025-Q3", "2025-11", "2025"])
def test_periods(name):
    mapping = "response_id: id\nperiod: p"
    assert values(f"id,p\na,{name}\n", mapping)["period"] == [name]


@pytest.mark.parametrize("name", ["2025年 度", "FY25", "2025-13", "R7", "FY0000", " FY2025"])
def test_what_is_no_period(name):
    assert found(f"id,p\na,{name}\n", "response_id: id\nperiod: p") == [("period-unknown", 2, "p")]


def test_a_long_or_invisible_cell_is_shown_short_and_visible():
    _, message = refusal("x" * 1000, INTEGER)
    assert len(message) < 250
    assert "五\\u3000\\u200b" in refusal("五\u3000\u200b", INTEGER)[1].replace("\\\\", "\\")
