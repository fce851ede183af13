"""Visitors' comments from a public survey: imported as reviews, themed, and judged by somebody who read them.

Fukui visitor survey (CC BY 4.0, Fukui Tourism Federation). The comments themselves are not in this
repository; what a reader coded is (`comments/README.md`).
"""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from arrivals import mapped
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.guideline_files import load_guideline
from monosashi.adapters.japanese import words
from monosashi.adapters.lake import DeltaLake
from monosashi.gather.comments.mask import mask
from monosashi.gather.comments.reading import Reader
from monosashi.measure.answer import answer_to
from monosashi.measure.coding.agreement import agreement_of_one
from monosashi.measure.coding.quality import quality_of_all
from monosashi.measure.request import read_request
from monosashi.pipeline import Delivery, import_delivery, read_delivery
from shared_data import shared

pytestmark = pytest.mark.real_data
FOLDER = ("data", "fukui-visitor-survey")
FREE_TEXT = ("満足度の理由", "不便さの内容")
CODES = Path(__file__).parent / "comments" / "fukui_codes.csv"
REVIEW = """
response_id: {columns: [会員ID, 回答日時], join: "@"}
service: 回答エリア
mode: {value: web}
recommend: {column: NPS, type: integer, range: [0, 10]}
reason: {column: 満足度の理由, comment: true}
inconvenience: {column: 不便さの内容, comment: true}
"""
NPS = b"""
table: review
estimates:
  - {id: all, statistic: nps, item: recommend}
  - {id: area, statistic: nps, item: recommend, by: [service]}
"""


def rows(month):
    with shared(*FOLDER, f"{month}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(("month", "nps"), [("202305", "5.71"), ("202405", "13.05")])
def test_a_month_imported_as_reviews(month, nps, tmp_path):
    guideline, lake = load_guideline("tokyo/1.1.0"), DeltaLake(tmp_path / "lake")
    content = shared(*FOLDER, f"{month}.csv").read_bytes()
    mapping = mapped(REVIEW, table="responses/visit")
    delivery = Delivery("responses", f"{month}.csv", content, mapping)
    seen = read_delivery(delivery, guideline)
    receipt = import_delivery(delivery, seen, lake, guideline=guideline, words=words)
    written = sum(bool(row[name].strip()) for row in rows(month) for name in FREE_TEXT)
    assert (receipt.added, receipt.comments) == (len(rows(month)), written)
    found = answer_to(read_request("r.yaml", NPS), lake.source("responses/visit"), DuckDBReducer(), sha256="")
    whole, *areas = found["estimates"]
    assert f"{whole['value']:.2f}" == nps
    assert sum(one["n"] >= 50 for one in areas) == 18
    texts = duckdb.sql(
        f"SELECT text, masked FROM read_parquet({list(lake.source('comments').uris)})"
    ).fetchall()
    assert all(masked for _, masked in texts)
    assert sum(text != masked for text, masked in texts) < 0.02 * len(texts)


def read_by_somebody(sample):
    with CODES.open(encoding="utf-8", newline="") as stream:
        coded = [row for row in csv.DictReader(stream) if row["sample"] == sample]
    known = {
        sha256(row[name].encode()).hexdigest()[:16]: row[name] for row in rows("202405") for name in FREE_TEXT
    }
    return [
        (known[one["digest"]], frozenset(one["themes"].split()) - {"-"}, one["polarity"]) for one in coded
    ]


def test_suggestions_against_what_a_reader_coded():
    """120 comments that no word was chosen by: precision 0.81, recall 0.70, κ of polarity 0.70."""
    frame = load_guideline("tokyo/1.1.0").code_frame("place")
    reader = Reader(frame, words)
    texts, coded, polarity = zip(*read_by_somebody("2"), strict=True)
    assert len(texts) == 120
    assert frozenset().union(*coded) <= {theme.id for theme in frame.themes}
    readings = [reader.read(mask(text, words).text) for text in texts]
    found = quality_of_all([frozenset(one.themes) for one in readings], coded)
    assert found.precision.value > 0.78
    assert found.recall.value > 0.66
    assert found.precision.interval.lower < 0.8125 < found.precision.interval.upper
    assert agreement_of_one([one.polarity for one in readings], polarity).value > 0.65


def test_most_comments_have_a_theme():
    reader = Reader(load_guideline("tokyo/1.1.0").code_frame("place"), words)
    readings = [reader.read(row["満足度の理由"]) for row in rows("202305") if row["満足度の理由"].strip()]
    speaking = [one for one in readings if not one.silent]
    assert sum(bool(one.themes) for one in speaking) > 0.7 * len(speaking)
