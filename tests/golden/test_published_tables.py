"""Published tables instead of answers: Digital Landscape Research 2012 (Crown copyright, OGL).

Twenty-seven services, how satisfied their users were online (1 very unsatisfied to 4 very satisfied). The
unweighted column of each table gives back who answered what; share, mean and standard deviation must be the
printed ones, and services with fewer than 20 users no figure to rely on.
"""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from monosashi.adapters.reducers import reducer_for
from monosashi.adapters.table_files import load_table
from monosashi.measure.answer import answer_to
from monosashi.measure.request import read_request
from shared_data import shared

pytestmark = pytest.mark.real_data
TABLES = ("data", "uk-digital-landscape-2012", "digital-landscape-reseach.csv")
UNWEIGHTED = 2  # the column
HALF = 0.005 + 1e-9  # of a printed percent
ENOUGH = 20


class Service(NamedTuple):
    users: int
    shares: list[float]  # of the answers 1 to 4
    satisfied: float
    mean: float
    deviation: float


def services() -> dict[str, Service]:
    text = shared(*TABLES).read_bytes().decode("cp1252").replace("\r\r\n", "\n")
    rows = list(csv.reader(io.StringIO(text)))
    first = [i for i, row in enumerate(rows) if row[0].isdigit() and "how satisfied" in rows[i + 1][0]]
    found = {}
    for i in first:
        cells = {row[0].strip(): row[UNWEIGHTED].strip() for row in rows[i + 4 : i + 16]}
        answers = [key for key in cells if key.endswith(".)")]
        if len(answers) == 4:
            shares = [_share(cells[key]) for key in answers]
            numbers = (float(cells[key]) for key in ("Mean score", "Standard deviation"))
            found[rows[i][0]] = Service(
                int(cells["Unweighted Base"]), shares, _share(cells["Satisfied"]), *numbers
            )
    return found


def _share(percent: str) -> float:
    return float(percent.rstrip("%")) / 100


def answers(service: Service) -> list[int]:
    """Whole people for each answer, as many as there were; what rounding left goes to the largest."""
    people = [round(service.users * share) for share in service.shares]
    people[people.index(max(people))] += service.users - sum(people)
    return [code for code, number in enumerate(people, 1) for _ in range(number)]


def estimated(path: Path, listed: dict[str, Service]) -> list[dict[str, Any]]:
    lines = [f"{name},{code}" for name, service in listed.items() for code in answers(service)]
    path.write_text("\n".join(["service,answer", *lines]), encoding="utf-8")
    asked = {
        "table": path.name,
        "reliability": {"minimum_n": ENOUGH},
        "estimates": [
            {"id": "satisfied", "statistic": "proportion", "item": "answer", "favourable": [3, 4]},
            {"id": "mean", "statistic": "mean", "item": "answer"},
        ],
    }
    for one in asked["estimates"]:
        one["by"] = ["service"]  # type: ignore[index]
    table = load_table(path, path.name)
    request = read_request("request.yaml", json.dumps(asked).encode())
    found: list[dict[str, Any]] = answer_to(request, table.source, reducer_for(table.source), sha256="")[
        "estimates"
    ]
    return found


def test_every_service_has_the_printed_figures(tmp_path: Path) -> None:
    listed = services()
    assert len(listed) == 27
    small = {name for name, service in listed.items() if service.users < ENOUGH}
    assert small
    for found in estimated(tmp_path / "answers.csv", listed):
        name = str(found["domain"]["service"])
        service = listed[name]
        assert found["n"] == service.users
        assert (found["status"] == "unreliable") == (name in small)
        off = 2 / service.users + abs(1 - sum(service.shares)) + HALF  # percents were rounded to whole ones
        if found["id"] == "satisfied":
            assert abs(found["value"] - service.satisfied) <= off
        else:
            assert abs(found["value"] - service.mean) <= 2 * off
            deviation = found["se"] * math.sqrt(service.users)
            assert abs(deviation - service.deviation) <= 3 * off
