"""Public counts, by the command as anybody would run it, with the files as they are."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from monosashi.adapters.editions import Editions
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.lake import DeltaLake
from monosashi.cli import main
from monosashi.define.guideline import Indicator
from monosashi.define.period import Period
from monosashi.pipeline import Imprint, build_edition
from monosashi.publish.edition_reader import read_edition
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


# ---- the same files through the lake --------------------------------------------------------------------

CARD_MAPPING = """
fields:
  subject: {{columns: [都道府県名, 市区町村名], join: "・"}}
  measure: {{value: {measure}}}
  period: {{column: 算出基準日, codes: {{2022/01/01: 2022-01}}}}
  channel: {{value: all}}
  status: {{value: value}}
  quantity: {column}
  prefecture: {{column: 都道府県名, type: text}}
"""
LAKE_CARDS = """
table: lake:volumes
estimates:
  - id: rate
    statistic: per
    numerator: {quantity: quantity, where: {measure: cards}}
    denominator: {quantity: quantity, where: {measure: population}}
    unit: [subject]
    status: status
    by: [prefecture]
    where: {prefecture: 東京都, period: 2022-01}
"""


def imported(folder: Path, capsys: pytest.CaptureFixture[str], table: Path, mapping: str) -> dict[str, Any]:
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    with pytest.raises(SystemExit, match="0"):
        main(["import", "volumes", str(table), "--mapping", str(folder / "mapping.yaml")])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_cards_go_into_the_lake_by_a_mapping_and_come_out_as_the_same_rate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path / "home"))
    table = shared("data", "jp-mynumber-card", "20220101", "all_localgovs.csv")
    for measure, column in {"cards": "交付枚数", "population": "総数（人口）"}.items():
        assert (
            imported(tmp_path, capsys, table, CARD_MAPPING.format(measure=measure, column=column))["added"]
            == 1741
        )
    found = asked(tmp_path, capsys, LAKE_CARDS)["rate"]
    assert round(found["value"], 3) == 0.446
    assert (found["n"], found["coverage"]["share_of_units"]) == (
        62,
        1,
    )  # two of them have no code in this file


UK_MAPPING = """
fields:
  subject: {{columns: [Department, Name of service], join: " / "}}
  measure: {{value: applications}}
  period: {{value: {period}}}
  channel: {{value: {channel}}}
  quantity: {{column: "{column}", states: {{"": not_collected}}}}
"""
ONLINE = {
    "id": "participation",
    "role": "participation",
    "order": 1,
    "title": {"ja": "オンライン利用率", "en": "Online use"},
    "short": {"ja": "オンラインの割合は", "en": "How much is online?"},
    "definition": {"ja": "件数のうちオンライン", "en": "Share made online"},
    "unit": "share",
    "measurement": [],
    "practical_threshold": 0.01,
    "not_covered": {"ja": "数のないもの", "en": "What nobody counts"},
    "reference": {"source": "test"},
    "measures": [
        {
            "id": "actual",
            "table": "volumes",
            "statistic": "per",
            "quantity": "quantity",
            "numerator": {"channel": "online"},
            "denominator": {"channel": "all"},
            "basis": "register",
            "population": {"ja": "英国のサービス", "en": "British services"},
            "predicate": {"ja": "オンラインです", "en": "are made online"},
            "definition_version": "1",
        }
    ],
}


def test_an_edition_of_uk_services_says_that_the_mix_changed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
) -> None:
    """From the file as it is, through mappings, lake and edition, to the public page of the indicator.

    The two overlapping years of the source stand as FY2016 and FY2017 here.
    """
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path))
    table = shared("data", "uk-transactional-services", "transaction-volumes.csv")
    spans = {"FY2016": "April 2016 to March 2017", "FY2017": "October 2016 to September 2017"}
    for period, span in spans.items():
        for channel, kind in {"all": "volume", "online": "digital volume"}.items():
            column = f"{span}: {kind}"
            mapping = UK_MAPPING.format(period=period, channel=channel, column=column)
            assert imported(tmp_path, capsys, table, mapping)["added"] == 734
    indicators = (Indicator.model_validate(ONLINE),)
    guideline = load_guideline("tokyo/1.1.0").model_copy(update={"indicators": indicators})
    editions, previous = Editions(tmp_path / "editions"), None
    for year in (2016, 2017):
        imprint = Imprint(f"FY{year}", date(year + 1, 6, 1), previous=previous)
        files = build_edition(
            Period.named(f"FY{year}"),
            guideline=guideline,
            lake=DeltaLake(tmp_path / "lake"),
            reducer=DuckDBReducer(),
            imprint=imprint,
        )
        editions.write(imprint.id, files)
        editions.publish(imprint.id)
        previous = read_edition(files)
    assert previous is not None
    found = previous.composition("participation", "actual")
    assert found is not None
    assert (found.all_before, found.all_after, found.mixed) == (0.908, 0.816, "sign")
    assert (found.both_before, found.both_after, found.units_both) == (0.82, 0.822, 304)
    cache.clear()
    page = client.get("/indicators/participation/").content.decode()
    assert "全体では90.8%から81.6%に下がりましたが、両方の期間に数のある304の単位では82.0%から82.2%に" in page
    assert "変わったのは内訳で、質ではありません" in page
