"""Counts in an edition: the largest procedure stops reporting, and the rate falls although nobody got worse.

| applications   | FY2024 online of all | FY2025 online of all |
|----------------|----------------------|----------------------|
| A              |   300 of   400       |   320 of 400         |
| B              |   100 of   400       |   120 of 400         |
| C              | 1,900 of 2,000       | no count             |
| all            | 2,300 of 2,800       |   440 of 800         |
| A and B        |   400 of   800       |   440 of 800         |
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monosashi.adapters.numpy_reducer import NumpyReducer
from monosashi.define.guideline import Guideline, Measure
from monosashi.define.period import Period
from monosashi.errors import Problem
from monosashi.keep.table import Source
from monosashi.measure.estimate import Status
from monosashi.pipeline import Imprint, build_edition
from monosashi.publish import mix
from monosashi.publish.edition import Edition
from monosashi.publish.edition_files import sha256
from monosashi.publish.edition_reader import read_edition
from publication import guideline, indicator, said

HEAD = "subject,measure,period,channel,status,quantity,organization"
FY2024 = """
A,applications,2024-04,online,value,300,east
A,applications,2024-04,counter,value,100,east
B,applications,2024-04,online,value,100,east
B,applications,2024-04,counter,value,300,east
C,applications,2024-04,online,value,1900,west
C,applications,2024-04,counter,value,100,west
"""
FY2025 = """
A,applications,2025-04,online,value,320,east
A,applications,2025-04,counter,value,80,east
B,applications,2025-04,online,value,120,east
B,applications,2025-04,counter,value,280,east
C,applications,2025-04,online,not_collected,,west
C,applications,2025-04,counter,not_collected,,west
A,cost,2025-04,,value,400000,east
B,cost,2025-04,,value,800000,east
"""


class Counts:
    """A lake with one table of counts."""

    def __init__(self, folder: Path, *years: str) -> None:
        self.path = folder / "volumes.csv"
        self.path.write_text("\n".join([HEAD, *(year.strip() for year in years)]) + "\n")

    def source(self, table: str, version: int | None = None) -> Source | None:
        return Source(table, (str(self.path),), 1, "csv") if table == "volumes" else None


def counted(statistic: str, **given: object) -> Measure:
    fields = {
        **{"id": statistic, "table": "volumes", "statistic": statistic, "quantity": "quantity"},
        **{"where": {"measure": "applications"}, "basis": "register", "definition_version": "1"},
        **{"population": said("applications"), "by": ((), ("organization",))},
    }
    return Measure.model_validate({**fields, **given})


BASELINE = {"value": 1000, "period": "FY2022", "reference": {"source": "plan"}}
SHARES = (
    counted("share", numerator={"channel": "online"}),
    counted("growth"),
    counted("reduction", baseline=BASELINE),
)
COST = counted(
    "per", where={}, numerator={"measure": "cost"}, denominator={"measure": "applications"}, by=((),)
)


def norm(measures: tuple[Measure, ...] = SHARES) -> Guideline:
    unit = "count" if measures[0].statistic == "sum" else "share"
    shares = indicator(unit).model_copy(update={"measures": measures})
    cost = indicator("yen", 50).model_copy(update={"id": "cost", "order": 2, "measures": (COST,)})
    return guideline().model_copy(update={"indicators": (shares, cost)})


def files(
    lake: Counts, year: int, previous: Edition | None = None, measures: tuple[Measure, ...] = SHARES
) -> dict[str, bytes]:
    imprint = Imprint(f"FY{year}", date(year + 1, 6, 1), previous=previous)
    return build_edition(
        Period.named(f"FY{year}"),
        guideline=norm(measures),
        lake=lake,
        reducer=NumpyReducer(),
        imprint=imprint,
    )


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    lake = Counts(tmp_path_factory.mktemp("lake"), FY2024, FY2025)
    return read_edition(files(lake, 2025, read_edition(files(lake, 2024))))


def test_the_rate_falls_because_a_procedure_fell_silent_and_the_edition_says_so(second: Edition) -> None:
    assert [row.value for row in second.series("satisfaction", "share")] == [0.821, 0.55]
    found = second.composition("satisfaction", "share")
    assert found is not None
    assert (found.all_before, found.all_after) == (0.82, 0.55)  # whole percents: 800 applications
    assert (found.both_before, found.both_after) == (0.5, 0.55)
    # A and B each went up 5 points and weigh a half each; without C the start is 50.0 and not 82.1
    assert (found.within, found.shift, found.left, found.joined) == (0.05, 0, -0.32, 0)
    units = (found.units_before, found.units_after, found.units_both, found.units_left, found.units_silent)
    assert (*units, found.mixed) == (3, 2, 2, 1, 1, "sign")
    row = second.figure("satisfaction", "share")
    assert row is not None
    assert "composition" in row.flags


def test_the_sentence_and_the_table_say_what_is_in_the_file(second: Edition) -> None:
    found = second.composition("satisfaction", "share")
    assert found is not None
    assert mix.sentence(found, "share", "ja") == (
        "全体では82%から55%に下がりましたが、両方の期間に数のある2の単位では50%から55%に上がりました。"
        "変わったのは内訳で、質ではありません（抜けた単位1、うち数を出さなくなったもの1。加わった単位0）。"
    )
    assert "on the 2 units present in both periods it rose from 50% to 55%: the mix changed" in (
        mix.sentence(found, "share", "en")
    )
    rows = mix.table(found, "share", "", "en").rows
    assert rows[0] == ("All (3, then 2)", "82%", "55%", "−27 points")
    assert rows[1] == ("In both (2)", "50%", "55%", "+5 points")
    assert [row[3] for row in rows[2:]] == ["+5 points", "±0 points", "−32 points", "±0 points"]


def test_silence_is_counted_and_weighed(second: Edition) -> None:
    rows = [row for row in second.coverage if (row.indicator, row.measure) == ("satisfaction", "share")]
    assert {(row.subject, row.state): row.count for row in rows if row.subject != "bureaus"} == {
        ("procedures", "value"): 2,
        ("procedures", "not_collected"): 1,
        ("volume", "value"): 800,
        ("volume", "not_collected"): 2000,  # what C had a year before
        ("procedures_since", "stayed"): 2,
        ("procedures_since", "silent"): 1,
    }


def test_cost_per_transaction_counts_procedures_that_have_both_numbers(second: Edition) -> None:
    row = second.figure("cost", "per")
    assert row is not None
    assert (row.value, row.n) == (1500, 800)  # (400,000 + 800,000) yen for 400 + 400 applications


def test_growth_is_since_a_year_ago_and_a_sum_that_lacks_a_count_is_no_reduction(second: Edition) -> None:
    growth = second.figure("satisfaction", "growth")
    assert growth is not None
    assert (growth.value, growth.flags) == (-0.71, ("composition", "units_left_out"))  # 800/2,800 − 1
    assert second.figure("satisfaction", "growth", {"organization": "east"}).value == 0  # type: ignore[union-attr]
    fewer = second.figure("satisfaction", "reduction")
    assert fewer is not None
    assert (fewer.value, fewer.status, fewer.reason) == (0.2, Status.UNRELIABLE, "units_missing")
    west = second.figure("satisfaction", "reduction", {"organization": "west"})
    assert west is not None
    assert west.status is Status.NOT_COLLECTED


def test_an_edition_from_before_compositions_can_be_continued(tmp_path: Path) -> None:
    lake = Counts(tmp_path, FY2024, FY2025)
    old = files(lake, 2024)
    del old["composition.csv"]
    manifest = old["edition.json"].decode().splitlines()
    old["edition.json"] = "\n".join(line for line in manifest if "composition.csv" not in line).encode()
    listed = [name for name in sorted(old) if name != "SHA256SUMS"]
    old["SHA256SUMS"] = "".join(f"{sha256(old[name])}  {name}\n" for name in listed).encode()
    found = read_edition(files(lake, 2025, read_edition(old))).composition("satisfaction", "share")
    assert found is not None
    assert found.mixed == "sign"


@pytest.mark.parametrize(("online", "counter"), [(4, 4), (1900, 4), (0, 100), (400, 0)])
def test_applications_at_one_that_left_cannot_be_worked_out(
    tmp_path: Path, online: int, counter: int
) -> None:
    """Too few, too few of one kind, or all of one kind: as a cell of its own it would be hidden."""
    other = FY2024.replace("online,value,1900", f"online,value,{online}")
    lake = Counts(tmp_path, other.replace("counter,value,100,west", f"counter,value,{counter},west"), FY2025)
    edition = read_edition(files(lake, 2025, read_edition(files(lake, 2024))))
    found = edition.composition("satisfaction", "share")
    assert found is not None
    assert not found.shown
    assert (found.all_before, found.left, found.units_left) == (None, None, 1)
    assert mix.sentence(found, "share", "en").endswith("the figures cannot be shown.")


def test_what_one_that_left_had_is_not_told_by_a_sum(tmp_path: Path) -> None:
    """Of the bureau east only B leaves: what is missing from its sum would be B's own."""
    silent = FY2025.replace(
        "B,applications,2025-04,online,value,120", "B,applications,2025-04,online,not_collected,"
    )
    silent = silent.replace(
        "B,applications,2025-04,counter,value,280", "B,applications,2025-04,counter,not_collected,"
    )
    lake, total = Counts(tmp_path, FY2024, silent), counted("sum", id="sum")
    first = read_edition(files(lake, 2024, measures=(total,)))
    second = read_edition(files(lake, 2025, first, measures=(total,)))
    everybody, east = (second.composition("satisfaction", "sum", d) for d in ({}, {"organization": "east"}))
    assert everybody is not None
    assert east is not None
    assert (everybody.all_before, everybody.left) == (2800, -2400)
    assert (everybody.within, everybody.shift, everybody.both_after) == (0, 0, 400)
    assert (east.all_before, east.left, east.units_silent) == (None, None, 1)


def test_a_year_in_one_count_is_the_year_of_twelve_months(tmp_path: Path) -> None:
    """A reports by month first and by year later: it stayed, and the mix did not change."""
    month = "A,applications,{},{},value,{},east"
    months = [f"2024-{n:02d}" for n in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
    by_month = [month.format(name, *pair) for name in months for pair in (("online", 30), ("counter", 70))]
    by_year = [month.format("FY2025", "online", 480), month.format("FY2025", "counter", 720)]
    lake = Counts(tmp_path, "\n".join(by_month), "\n".join(by_year))
    edition = read_edition(files(lake, 2025, read_edition(files(lake, 2024))))
    assert [row.value for row in edition.series("satisfaction", "share")] == [0.3, 0.4]
    found = edition.composition("satisfaction", "share")
    assert found is not None
    assert (found.both_before, found.both_after, found.units_both, found.mixed) == (0.3, 0.4, 1, "no")
    assert edition.figure("satisfaction", "growth").value == 0  # type: ignore[union-attr]
    assert not [row for row in edition.coverage if row.subject == "volume"]


def test_a_year_and_its_april_would_be_counted_twice(tmp_path: Path) -> None:
    lake = Counts(tmp_path, FY2025, "A,applications,FY2025,online,value,3000,east")
    with pytest.raises(Problem, match="volume-twice") as refused:
        files(lake, 2025)
    assert "2025-04" in str(refused.value)
    assert "FY2025" in str(refused.value)


BUREAUS = """
p,applications,FY2025,online,value,90,x,land
p,applications,FY2025,counter,value,10,x,land
q,applications,FY2025,online,value,0,y,land
q,applications,FY2025,counter,value,900,y,land
r,applications,FY2025,online,value,250,z,land
r,applications,FY2025,counter,value,250,z,land
s,applications,FY2025,online,value,500,w,water
s,applications,FY2025,counter,value,500,w,water
"""


def test_a_bureau_is_weighted_by_volume_and_never_tells_what_a_division_hides(tmp_path: Path) -> None:
    """The column above is the tree: land has 340 of 1,500, which is not the mean of 90 %, 0 % and 50 %.

    That nobody applied online at y would tell everybody's way, so y is hidden; and x too, for land less x
    and z is y.
    """
    lake = Counts(tmp_path)
    lake.path.write_text(f"{HEAD},bureau\n{BUREAUS.strip()}\n")
    online = counted(
        "share", numerator={"channel": "online"}, by=((), ("bureau",), ("bureau", "organization"))
    )
    asked = norm().model_copy(
        update={"indicators": (indicator().model_copy(update={"measures": (online,)}),)}
    )
    built = build_edition(
        Period.named("FY2025"),
        guideline=asked,
        lake=lake,
        reducer=NumpyReducer(),
        imprint=Imprint("FY2025", date(2026, 6, 1)),
    )
    found = {tuple(row.domain.values()): row for row in read_edition(built).estimates}
    assert found["land",].value == 0.227  # 340 / 1,500
    assert (found["water",].value, found[()].value) == (0.5, 0.336)  # 840 / 2,500
    hidden = {key: row.reason for key, row in found.items() if row.status is Status.SUPPRESSED}
    assert hidden == {("land", "y"): "class_disclosure", ("land", "x"): "secondary_suppression"}


def test_counts_are_rounded_to_five_here_too(tmp_path: Path) -> None:
    """2,803 and 803 would tell the 3 that rounding hides; the parts come from what is shown."""
    lake, total = (
        Counts(tmp_path, FY2024.replace("value,300,east", "value,303,east", 1), FY2025),
        counted("sum"),
    )
    first = read_edition(files(lake, 2024, measures=(total,)))
    found = read_edition(files(lake, 2025, first, measures=(total,))).composition("satisfaction", "sum")
    assert found is not None
    assert (found.all_before, found.both_before, found.left) == (2805, 805, -2000)
    assert (found.both_after, found.within, found.shift) == (800, -5, 0)


def test_shares_of_few_are_made_of_rounded_counts_here_too(tmp_path: Path) -> None:
    """A and B have 80 together: 41 and 47 online are written as 40 and 45, and the parts follow from that."""
    head = "{},applications,{},{},value,{},east"
    cells = {"2024-04": (21, 19, 20, 20, 50, 50), "2025-04": (25, 15, 22, 18, 0, 0)}
    rows = [
        head.format(subject, month, channel, values[2 * i + k])
        for month, values in cells.items()
        for i, subject in enumerate("ABC")
        for k, channel in enumerate(("online", "counter"))
        if values[2 * i + k]
    ]
    lake = Counts(tmp_path, "\n".join(rows))
    found = read_edition(files(lake, 2025, read_edition(files(lake, 2024)))).composition(
        "satisfaction", "share"
    )
    assert found is not None
    assert (found.both_before, found.both_after, found.digits) == (0.5, 0.56, 0)  # 45 of 80 is 56.25 %
    assert (found.all_before, found.left, found.within) == (0.51, -0.01, 0.06)
