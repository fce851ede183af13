"""Public counts, by the command as anybody would run it, with the files as they are."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from monosashi.cli import main
from shared_data import shared

pytestmark = pytest.mark.real_data

UK = """
table: {table}
estimates:
  - id: online
    statistic: change
    of:
      statistic: share
      quantity: "{{period}}: volume"
      numerator: "{{period}}: digital volume"
      unit: [Department, Name of service]
    from: {{period: April 2016 to March 2017}}
    to: {{period: October 2016 to September 2017}}
  - id: transactions
    statistic: growth
    quantity: "{{period}}: volume"
    unit: [Department, Name of service]
    from: {{period: April 2016 to March 2017}}
    to: {{period: October 2016 to September 2017}}
"""
CARDS = """
table: {table}
estimates:
  - id: rate
    statistic: per
    numerator: {{quantity: 交付枚数}}
    denominator: {{quantity: 総数（人口）}}
    unit: [市区町村名]
    by: [都道府県名]
    where: {{都道府県名: 東京都}}
"""


def asked(folder: Path, capsys: pytest.CaptureFixture[str], request: str) -> dict[str, dict[str, Any]]:
    path = folder / "request.yaml"
    path.write_text(request, encoding="utf-8")
    with pytest.raises(SystemExit, match="0"):
        main(["estimate", str(path)])
    return {one["id"]: one for one in json.loads(capsys.readouterr().out)["estimates"]}


def test_uk_services_went_online_no_less_they_stopped_reporting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = shared("data", "uk-transactional-services", "transaction-volumes.csv")
    found = asked(tmp_path, capsys, UK.format(table=table))
    online = found["online"]
    assert (online["from"], online["to"]) == (
        pytest.approx(0.9075, abs=5e-5),
        pytest.approx(0.8159, abs=5e-5),
    )
    mix = online["composition"]
    assert (mix["both"]["from"], mix["both"]["to"]) == pytest.approx((0.8204, 0.8218), abs=5e-5)
    assert mix["units"] == {
        **{"before": 413, "after": 350, "both": 304},
        **{"left": 109, "joined": 46, "silent": 106, "partial": 0},
    }
    assert sum(mix["parts"].values()) == pytest.approx(online["value"], abs=1e-15)
    assert "composition" in online["flags"]
    assert "90.75%から81.59%に下がりました" in mix["words"]["ja"]
    assert "304の単位では82.04%から82.18%に上がりました" in mix["words"]["ja"]
    assert "the mix changed, not the quality" in mix["words"]["en"]
    growth = found["transactions"]
    assert growth["value"] < -0.6
    assert growth["composition"]["both"]["change"] > 0


@pytest.mark.parametrize(("day", "rate", "plain"), [("20210401", 0.322, 0.312), ("20220101", 0.446, 0.429)])
def test_the_rate_of_tokyo_is_not_the_plain_mean_of_its_municipalities(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, rate: float, plain: float
) -> None:
    table = shared("data", "jp-mynumber-card", day, "all_localgovs.csv")
    found = asked(tmp_path, capsys, CARDS.format(table=table))["rate"]
    assert round(found["value"], 3) == rate
    assert found["domain"] == {"都道府県名": "東京都"}
    assert (found["n"], found["n_missing"]) == (62, 0)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        tokyo = [row for row in csv.DictReader(stream) if row["都道府県名"] == "東京都"]
    rates = [float(row["交付枚数"]) / float(row["総数（人口）"]) for row in tokyo]
    assert round(sum(rates) / len(rates), 3) == plain
