"""Names of spans that guidelines, surveys and editions use."""

from __future__ import annotations

from datetime import date

import pytest

from monosashi.define.period import Period, fiscal_year
from monosashi.errors import Problem


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("FY2022", date(2022, 4, 1), date(2023, 3, 31)),
        ("2022H1", date(2022, 4, 1), date(2022, 9, 30)),
        ("2022H2", date(2022, 10, 1), date(2023, 3, 31)),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 31)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_name_is_a_span_of_days(name, first, last):
    period = Period.named(name)
    assert (period.start, period.last_day) == (first, last)
    assert first in period
    assert period.end not in period


@pytest.mark.parametrize(
    "name", ["", "2022H3", "FY22", "2022-13", "0000H1", "FY9999", "２０２２H1", "2022H1 "]
)
def test_what_is_no_span_is_refused(name):
    with pytest.raises(Problem, match="period-unknown"):
        Period.named(name)


def test_a_period_has_parts_and_a_year_before():
    half = Period.named("2025H2")
    months = ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
    assert half.labels == ("2025H2", "2025-Q4", "2026-Q1", *months)
    assert len(Period.named("FY2024").labels) == 1 + 2 + 4 + 12
    assert [Period.named(name).year_before.name for name in ("2025H2", "2024-02")] == ["2024H2", "2023-02"]
    assert half.months == 6


def test_the_fiscal_year_turns_on_the_first_of_april():
    assert [fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))] == [2025, 2026]
