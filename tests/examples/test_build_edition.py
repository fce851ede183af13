"""From answers to an edition: 40 of 100 satisfied in one year, 70 of 100 in the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.define.guideline import Measure
from monosashi.define.period import Period
from monosashi.errors import Problem
from monosashi.keep.table import Source
from monosashi.measure.estimate import Status
from monosashi.pipeline import Imprint, build_edition
from monosashi.publish.edition_reader import read_edition
from publication import guideline, indicator, said

MEASURE = Measure(
    id="perceived",
    table="responses/resident",
    statistic="proportion",
    item="overall",
    favourable=(4, 5),
    missing=(9,),
    by=((), ("ward",)),
    basis="quota_panel",
    population=said("people"),
    definition_version="1",
)
SATISFIED = {"FY2024": {"east": (20, 50), "west": (20, 50)}, "FY2025": {"east": (30, 45), "west": (40, 55)}}


class Files:
    """A lake of one file."""

    def __init__(self, path):
        self.path = path

    def source(self, table, version=None):
        return Source(table, (str(self.path),), 7, "csv") if table == "responses/resident" else None


@pytest.fixture
def lake(tmp_path):
    lines = [
        f"{period},{ward},{5 if number < favourable else 1}"
        for period, wards in SATISFIED.items()
        for ward, (favourable, n) in wards.items()
        for number in range(n)
    ]
    path = tmp_path / "responses.csv"
    path.write_text("\n".join(["period,ward,overall", *lines, "FY2025,east,9"]) + "\n")
    return Files(path)


def norm(**changed):
    measure = MEASURE.model_copy(update=changed)
    volumes = Measure.model_validate(
        {
            **MEASURE.model_dump(),
            "id": "actual",
            "table": "volumes",
            "statistic": "share",
            "item": None,
            "basis": "register",
            "by": ((),),
        }
    )
    return guideline().model_copy(
        update={"indicators": (indicator().model_copy(update={"measures": (measure, volumes)}),)}
    )


def edition(lake, period, previous=None, norm_=None, **imprint):
    days = {"FY2024": date(2025, 6, 1), "FY2025": date(2026, 6, 1)}
    files = build_edition(
        Period.named(period),
        guideline=norm_ or norm(),
        lake=lake,
        reducer=DuckDBReducer(),
        imprint=replace(Imprint(period, days[period], synthetic=True, previous=previous), **imprint),
    )
    return read_edition(files)


def test_the_share_of_everybody_and_of_each_ward(lake):
    found = edition(lake, "FY2024")
    assert found.figure("satisfaction", "perceived").value == 0.40
    assert found.figure("satisfaction", "perceived").n == 100
    assert found.figure("satisfaction", "perceived", {"ward": "east"}).value == 0.40
    assert found.tables == {"responses/resident": 7}


def test_the_next_edition_keeps_what_was_published_and_tests_the_change(lake):
    first = edition(lake, "FY2024")
    second = edition(lake, "FY2025", previous=first)
    assert [row.value for row in second.series("satisfaction", "perceived")] == [0.40, 0.70]
    change = second.change("satisfaction", "perceived")
    assert (change.from_period, change.difference, change.verdict) == ("FY2024", 0.30, "up")
    assert (second.previous, second.previous_digest) == ("FY2024", first.digest)
    assert first.estimates == tuple(row for row in second.estimates if row.period == "FY2024")


def test_published_history_does_not_move_when_the_lake_does(lake):
    first = edition(lake, "FY2024")
    lake.path.write_text(lake.path.read_text().replace("FY2024,east,5", "FY2024,east,1"))
    second = edition(lake, "FY2025", previous=first)
    assert second.figure("satisfaction", "perceived", period="FY2024").value == 0.40


def test_a_new_definition_breaks_the_series(lake):
    first = edition(lake, "FY2024")
    second = edition(lake, "FY2025", previous=first, norm_=norm(definition_version="2"))
    assert second.change("satisfaction", "perceived").verdict == "not_comparable"
    joined = edition(
        lake, "FY2025", previous=first, norm_=norm(definition_version="2", comparable_with=("1",))
    )
    assert joined.change("satisfaction", "perceived").verdict == "up"


def test_a_table_that_is_not_there_is_silence_and_never_zero(lake):
    row = edition(lake, "FY2024").figure("satisfaction", "actual")
    assert (row.status, row.value) == (Status.NOT_COLLECTED, None)


def test_coverage_counts_who_did_not_answer(lake):
    rows = {(row.subject, row.state): row.count for row in edition(lake, "FY2025").coverage}
    # one person in 101 gave no answer: counted in fives that is nobody, and nobody is not written as 0
    assert rows == {("people_asked", "answered"): 100}


def test_the_same_lake_gives_the_same_bytes(lake):
    assert edition(lake, "FY2024").digest == edition(lake, "FY2024").digest


def test_an_open_period_cannot_be_frozen(lake):
    with pytest.raises(Problem, match="2025-03-31"):
        edition(lake, "FY2024", built_on=date(2025, 3, 31))
