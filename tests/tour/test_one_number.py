"""One number, from its line in the guideline to the pixel on the page. Read it from the top.

200 people of Tokyo answered: 100 with weight 1, of whom 50 are satisfied, and 100 with weight 3, of whom 70
are. Ten more said that they do not know. Everything else on this page follows from that, by hand.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import re
import subprocess
from hashlib import sha256

import pytest
import yaml
from django.core.cache import cache
from django.test import Client
from scipy.stats import beta

from broken_house import BIN, ROOT
from monosashi.adapters.editions import Editions
from monosashi.adapters.engine import DuckDBReducer
from monosashi.adapters.home import Home
from monosashi.adapters.lake import DeltaLake
from monosashi.define.text import Text
from web.browsing import IN_A_BROWSER, chromium, served

LINE = ROOT / "guideline" / "tokyo" / "1.1.0" / "indicators" / "satisfaction.yaml"
MAPPING = """
table: responses/resident
fields:
  response_id: no
  period: {value: FY2025}
  wave: {value: "2025"}
  mode: {value: web}
  language: {value: ja}
  city: {column: city, type: text}
  overall: answer
  weight: weight
"""
# (answer, weight, people): codes of the scale are 5 very satisfied … 1 very dissatisfied, 9 don't know
ANSWERS = [(5, 1, 20), (4, 1, 30), (3, 1, 25), (1, 1, 25), (4, 3, 70), (2, 3, 30), (9, 2, 10)]

SHARE = (50 * 1 + 70 * 3) / (100 * 1 + 100 * 3)  # 260 / 400 = 0.65
# each respondent is a sampling unit of one stratum: V = n/(n−1) · Σ w²(a − p)² / (Σ w)², and Σ w(a − p) = 0.
# n is 210: who does not know leaves the figure, but not the design
SUM = 50 * 0.35**2 + 50 * 0.65**2 + 9 * (70 * 0.35**2 + 30 * 0.65**2)  # 218.5
SE = math.sqrt(210 / 209 * SUM) / 400  # 0.03704
N_EFFECTIVE = SHARE * (1 - SHARE) / SE**2  # 165.8 of 200: weights cost something
# Korn and Graubard (1998): the exact binomial interval at the effective number of answers
LOWER = beta.ppf(0.025, SHARE * N_EFFECTIVE, (1 - SHARE) * N_EFFECTIVE + 1)
UPPER = beta.ppf(0.975, SHARE * N_EFFECTIVE + 1, (1 - SHARE) * N_EFFECTIVE)


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """The whole way by the command line, as an official would go it."""
    home = Home(tmp_path_factory.mktemp("tour"))
    rows = [(answer, weight) for answer, weight, people in ANSWERS for _ in range(people)]
    lines = [f"{number},tokyo,{answer},{weight}" for number, (answer, weight) in enumerate(rows)]
    (home.path / "answers.csv").write_text("\n".join(["no,city,answer,weight", *lines]) + "\n", "utf-8")
    (home.path / "mapping.yaml").write_text(MAPPING, "utf-8")
    home.write_labels({"city": {"tokyo": Text(ja="東京", en="Tokyo")}})
    receipt = monosashi(home, "import", "responses", "answers.csv", "--mapping", "mapping.yaml")
    monosashi(home, "edition", "build", "FY2025", "--built-on", "2026-06-01")
    monosashi(home, "edition", "publish", "FY2025")
    return home, receipt


def monosashi(home: Home, *words: str) -> dict[str, object]:
    command = [str(BIN / "monosashi"), *words]
    environment = {"MONOSASHI_HOME": str(home.path), "PATH": "/usr/bin:/bin", "MONOSASHI_LANGUAGE": "en"}
    done = subprocess.run(
        command, cwd=home.path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def row(tour) -> dict[str, str]:
    home, _ = tour
    table = (home.editions / "FY2025" / "estimates.csv").read_text("utf-8-sig")
    return next(
        line
        for line in csv.DictReader(io.StringIO(table))
        if (line["indicator"], line["city"], line["period"]) == ("satisfaction", "tokyo", "FY2025")
        and {line[other] for other in ("age_band", "sex") if other in line} <= {"_T"}
    )


def test_1_the_guideline_says_what_counts():
    measure = yaml.safe_load(LINE.read_text("utf-8"))["measures"][0]
    asked = (measure["table"], measure["item"], measure["favourable"], measure["missing"])
    assert asked == ("responses/resident", "overall", [4, 5], [9])


def test_2_the_file_becomes_rows_of_the_lake_and_nothing_is_lost(tour):
    home, receipt = tour
    assert (receipt["added"], receipt["already"]) == (210, 0)
    source = DeltaLake(home.lake).source("responses/resident")
    assert DuckDBReducer().rows(source, ()) == 210
    again = monosashi(home, "import", "responses", "answers.csv", "--mapping", "mapping.yaml")
    assert (again["added"], again["already"]) == (0, 210)


def test_3_the_same_figure_comes_from_a_request(tour):
    """The estimate in full, before anything is rounded."""
    home, _ = tour
    request = home.path / "request.yaml"
    request.write_text(
        "table: answers.csv\n"
        "design: {weight: weight}\n"
        "estimates:\n"
        "  - {id: s, statistic: proportion, item: answer, favourable: [4, 5], missing: [9]}\n",
        "utf-8",
    )
    (estimate,) = monosashi(home, "estimate", "request.yaml")["estimates"]
    assert estimate["value"] == pytest.approx(SHARE, rel=1e-12)
    assert estimate["se"] == pytest.approx(SE, rel=1e-9)
    assert estimate["n_effective"] == pytest.approx(N_EFFECTIVE, rel=1e-9)
    assert estimate["interval"] == pytest.approx([LOWER, UPPER], rel=1e-6)
    assert (estimate["n"], estimate["n_missing"]) == (200, 10)


def test_4_the_edition_holds_it_rounded_as_the_policy_says(tour):
    """Whole percents from 100 answers; the interval outwards; counts to 5."""
    published = row(tour)
    assert (published["status"], published["basis"]) == ("value", "quota_panel")
    assert float(published["value"]) == 0.65
    assert float(published["lower"]) == math.floor(LOWER * 100) / 100
    assert float(published["upper"]) == math.ceil(UPPER * 100) / 100
    assert int(published["n"]) == 200


def test_5_the_edition_is_sealed(tour):
    home, _ = tour
    folder = home.editions / "FY2025"
    for line in (folder / "SHA256SUMS").read_text("ascii").splitlines():
        digest, _, name = line.partition("  ")
        assert sha256((folder / name).read_bytes()).hexdigest() == digest
    assert Editions(home.editions).verify("FY2025") == []
    assert json.loads((folder / "edition.json").read_text("utf-8"))["built_on"] == "2026-06-01"


def test_6_the_page_says_it_in_words(tour, monkeypatch):
    home, _ = tour
    monkeypatch.setenv("MONOSASHI_HOME", str(home.path))
    cache.clear()
    low, high = math.floor(LOWER * 100), math.ceil(UPPER * 100)
    assert (low, high) == (57, 73)
    page = re.sub("<[^>]+>", "", Client().get("/").content.decode())
    assert f"100人のうち{low}〜{high}人" in page
    assert f"between {low} and {high} of every 100 people" in re.sub(
        "<[^>]+>", "", Client().get("/en/").content.decode()
    )


@pytest.mark.browser
@IN_A_BROWSER[1]
def test_7_the_dot_stands_at_65_of_100(tour, monkeypatch):
    """The pixel at 65 % of the track has the color of the dot; those beside the interval have not."""
    home, _ = tour
    monkeypatch.setenv("MONOSASHI_HOME", str(home.path))
    cache.clear()
    with chromium() as browser, served() as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        box = page.locator(".lead-track svg").bounding_box()
        shot = base64.b64encode(page.screenshot()).decode()
        paper = browser.new_page()
        middle = box["y"] + 14  # the axis of a track lies 14 px below its top
        colors = paper.evaluate(
            READ_PIXELS,
            [shot, [[box["x"] + box["width"] * at, middle] for at in (SHARE, LOWER - 0.1, UPPER + 0.1)]],
        )
    accent = [0, 23, 193]  # --accent in tokens.css: #0017c1
    assert colors[0] == accent
    assert accent not in colors[1:]


READ_PIXELS = """async ([shot, places]) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + shot;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = picture.width; canvas.height = picture.height;
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    return places.map(([x, y]) => [...pen.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3));
}"""
