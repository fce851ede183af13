"""Real answers from public files, against sums written out row by row.

FiveThirtyEight and Ipsos, poll on non-voters 2020 (CC BY 4.0): trust in nine institutions, codes 1 and 2,
−1 refused. Fukui visitor survey (CC BY 4.0, Fukui Tourism Federation): satisfaction and NPS by area.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.table_files import load_table
from monosashi.measure.answer import answer_to
from monosashi.measure.request import read_request
from shared_data import shared

pytestmark = pytest.mark.real_data
POLL = ("data", "fivethirtyeight-nonvoters-2020", "nonvoters_data.csv")
VISITORS = ("data", "fukui-visitor-survey", "202305.csv")
SATISFIED = ("とても満足", "満足")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def answered(path: Path, estimates: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    text = json.dumps({"table": path.name, "estimates": estimates, **more}, ensure_ascii=False)
    table = load_table(path, path.name)
    request = read_request("request.yaml", text.encode())
    found: list[dict[str, Any]] = answer_to(request, table.source, DuckDBReducer(), sha256="")["estimates"]
    return found


def trust(records: list[dict[str, str]], item: str) -> tuple[float, float, int]:
    """(p, se, n) as R's ``svymean(~I(item <= 2), subset(svydesign(~1, weights = ~weight), item > 0))``."""
    known = [(float(one["weight"]), one[item] in "12") for one in records if one[item] not in ("", "-1")]
    total = math.fsum(w for w, _ in known)
    p = math.fsum(w * y for w, y in known) / total
    z = [w * (y - p) / total for w, y in known] + [0.0] * (len(records) - len(known))
    mean = math.fsum(z) / len(z)
    return p, math.sqrt(len(z) / (len(z) - 1) * math.fsum((one - mean) ** 2 for one in z)), len(known)


def test_trust_in_nine_institutions() -> None:
    path = shared(*POLL)
    items = [f"Q8_{i}" for i in range(1, 10)]
    asked = [{"id": i, "statistic": "proportion", "item": i, "favourable": [1, 2]} for i in items]
    found = answered(path, asked, design={"weight": "weight"}, missing=[-1])
    records = rows(path)
    for item, one in zip(items, found, strict=True):
        p, se, n = trust(records, item)
        assert one["value"] == pytest.approx(p, rel=1e-12)
        assert one["se"] == pytest.approx(se, rel=1e-9)
        assert (one["n"], one["n_missing"]) == (n, len(records) - n)
    assert max(found, key=lambda one: one["value"])["id"] == "Q8_9"  # the Postal Service
    assert f"{100 * found[-1]['value']:.1f}" == "83.3"


def test_satisfaction_and_nps_of_every_area() -> None:
    path = shared(*VISITORS)
    by = {"by": ["回答エリア"]}
    found = answered(
        path,
        [
            {"id": "top2", "statistic": "proportion", "item": "満足度", "favourable": [*SATISFIED], **by},
            {"id": "nps", "statistic": "nps", "item": "NPS", **by},
        ],
        reliability={"minimum_n": 30},
    )
    areas: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in rows(path):
        areas[one["回答エリア"]].append(one)
    assert len(areas) == len(found) / 2 == 86
    for one in found:
        members = areas[one["domain"]["回答エリア"]]
        grades = [each["満足度"] in SATISFIED for each in members]
        scores = [100 * (int(each["NPS"]) >= 9) - 100 * (int(each["NPS"]) <= 6) for each in members]
        expected = sum(grades if one["id"] == "top2" else scores) / len(members)
        assert one["value"] == pytest.approx(expected, abs=1e-12)
        assert one["n"] == len(members)
        assert (one["flags"][:1] == ["few_answers"]) == (1 < len(members) < 30)


def test_nps_of_all_visitors() -> None:
    path = shared(*VISITORS)
    (found,) = answered(path, [{"id": "nps", "statistic": "nps", "item": "NPS"}])
    scores = [int(one["NPS"]) for one in rows(path)]
    promoters, detractors = sum(one >= 9 for one in scores), sum(one <= 6 for one in scores)
    n = len(scores)
    value = 100 * (promoters - detractors) / n
    spread = math.sqrt((1e4 * (promoters + detractors) / n - value**2) / (n - 1))
    assert found["value"] == pytest.approx(value, rel=1e-12)
    assert found["se"] == pytest.approx(spread, rel=1e-9)
    assert found["n"] == 3084
