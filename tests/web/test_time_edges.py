"""Days and fiscal years at their edges: the same in Python, in both databases and in DuckDB.

Every moment is written with an offset of its own; the day is the one in Japan.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from django.db.models.functions import ExtractMonth, ExtractYear, TruncDate
from django.utils import timezone

from monosashi.adapters.duckdb_table import open_table
from monosashi.define.period import Period, fiscal_year
from monosashi.keep.table import Source
from monosashi.web.keep.models import Job

EDGES = (
    ("2026-03-31T23:59:59.999999+09:00", date(2026, 3, 31), 2025),
    ("2026-04-01T00:00:00+09:00", date(2026, 4, 1), 2026),
    ("2026-03-31T15:00:00Z", date(2026, 4, 1), 2026),
    ("2026-03-31T14:59:59.999999Z", date(2026, 3, 31), 2025),
    ("2026-03-31T10:00:00-05:00", date(2026, 4, 1), 2026),
    ("2026-04-01T04:44:59+13:45", date(2026, 3, 31), 2025),  # 14:59:59 UTC
    ("2025-12-31T15:00:00Z", date(2026, 1, 1), 2025),
    ("2024-02-28T15:00:00Z", date(2024, 2, 29), 2023),  # a leap day
    ("2024-02-29T14:59:59Z", date(2024, 2, 29), 2023),
    ("2024-02-29T15:00:00Z", date(2024, 3, 1), 2023),
    ("1951-09-08T00:30:00+09:00", date(1951, 9, 8), 1951),  # the last summer with other clocks
    ("1950-06-15T00:30:00+10:00", date(1950, 6, 15), 1950),  # Japan's own summer time
)
MOMENTS = [datetime.fromisoformat(said) for said, _, _ in EDGES]
DAYS = [day for _, day, _ in EDGES]
FISCAL = [year for _, _, year in EDGES]


def test_python() -> None:
    assert [timezone.localdate(at) for at in MOMENTS] == DAYS
    assert [fiscal_year(day) for day in DAYS] == FISCAL
    assert all(day in Period.named(f"FY{year}") for day, year in zip(DAYS, FISCAL, strict=True))
    assert not any(day in Period.named(f"FY{year + 1}") for day, year in zip(DAYS, FISCAL, strict=True))


@pytest.mark.django_db
def test_the_database() -> None:
    """SQLite and PostgreSQL, whichever the suite runs on."""
    for at in MOMENTS:
        Job.objects.create(kind="edge", requested_at=at)
    found = Job.objects.order_by("requested_at").annotate(
        day=TruncDate("requested_at"), year=ExtractYear("requested_at"), month=ExtractMonth("requested_at")
    )
    in_order = sorted(zip(MOMENTS, DAYS, FISCAL, strict=True))
    assert [job.requested_at for job in found] == [at for at, _, _ in in_order]
    assert [job.day for job in found] == [day for _, day, _ in in_order]
    assert [(job.year, job.month) for job in found] == [(day.year, day.month) for _, day, _ in in_order]
    assert [job.year - (job.month < 4) for job in found] == [year for _, _, year in in_order]


@pytest.mark.parametrize("session", ["Asia/Tokyo", "UTC", "America/New_York"])
def test_duckdb(tmp_path: Path, session: str) -> None:
    """Whatever zone wrote the file, a table is opened with Japan's days."""
    file = tmp_path / "moments.parquet"
    with duckdb.connect() as writing:
        writing.execute(f"SET TimeZone = '{session}'")
        cells = ", ".join(f"({place}, '{said}')" for place, (said, _, _) in enumerate(EDGES))
        rows = f"SELECT p, s::TIMESTAMPTZ AS occurred_at FROM (VALUES {cells}) AS v(p, s)"
        writing.execute(f"COPY ({rows}) TO '{file}' (FORMAT parquet)")
    with open_table(Source("moments", (str(file),))).connection as reading:
        found = reading.execute("SELECT c1::DATE, epoch_us(c1) FROM t ORDER BY c0").fetchall()
    assert [day for day, _ in found] == DAYS
    epoch = datetime.fromisoformat("1970-01-01T00:00Z")
    assert [count for _, count in found] == [(at - epoch) // timedelta(microseconds=1) for at in MOMENTS]


def test_periods_leave_no_day_out_and_none_twice() -> None:
    halves = [Period.named(f"{year}H{half}") for year in range(2019, 2030) for half in (1, 2)]
    months = [Period.named(f"{year}-{month:02}") for year in range(2019, 2030) for month in range(1, 13)]
    assert all(one.end == next.start for one, next in pairwise(halves))
    assert all(one.end == next.start for one, next in pairwise(months))
    assert sum((one.end - one.start).days for one in months) == (date(2030, 1, 1) - date(2019, 1, 1)).days
