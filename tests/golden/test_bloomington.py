"""Real answers: the Bloomington (Indiana) community survey 2017, weights `wt`.

The codes run from 1 (excellent) to 4 (poor), 5 is "don't know": the folder's README says so, and of the two
readings of q12a only "1 and 2 are favourable" gives the published 79.83 %. Codes 3 and 4 give its complement.
"""

from __future__ import annotations

import csv
import math

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure import Design, Sample, proportion_of
from shared_data import shared

pytestmark = pytest.mark.real_data
FILE = ("data", "bloomington-community-survey-2017", "bloom_survey.csv")


def answers() -> list[tuple[float, str]]:
    with shared(*FILE).open(encoding="utf-8", newline="") as stream:
        return [(float(row["wt"]), row["q12a"]) for row in csv.DictReader(stream)]


def linearized(favourable: set[str]) -> tuple[float, float]:
    """R's ``svymean(~y, subset(svydesign(~1, weights = ~wt), y known))``, written out row by row.

    z = w(y − p)/Σw for those who answered, 0 for the others; n is everybody in the file.
    """
    rows = answers()
    known = [(w, code in favourable) for w, code in rows if code not in ("", "5")]
    total = math.fsum(w for w, _ in known)
    p = math.fsum(w * y for w, y in known) / total
    z = [w * (y - p) / total for w, y in known]
    n, mean = len(rows), math.fsum(z) / len(rows)
    absent = (n - len(z)) * mean**2
    return p, math.sqrt(n / (n - 1) * (math.fsum((one - mean) ** 2 for one in z) + absent))


@pytest.mark.parametrize(("favourable", "percent"), [((1, 2), 79.83), ((3, 4), 20.17)])
def test_satisfaction_with_city_services(favourable: tuple[int, ...], percent: float) -> None:
    source = load_table(shared(*FILE), "bloom_survey.csv").source
    (found,) = proportion_of(
        DuckDBReducer(), Sample(source, Design(weight="wt")), "q12a", favourable=favourable, missing=(5,)
    )
    value, se = linearized({str(code) for code in favourable})
    assert round(100 * found.value, 2) == percent  # type: ignore[operator]
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.se == pytest.approx(se, rel=1e-9)
    assert (found.n, found.n_missing) == (527, 68)  # 41 "don't know" and 27 empty
