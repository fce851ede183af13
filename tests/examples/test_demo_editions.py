"""The three editions of the synthetic city, and a home that is never taken from anybody."""

from __future__ import annotations

import json

import pytest

from monosashi.adapters.home import Home
from monosashi.demo import build
from monosashi.errors import Problem
from monosashi.measure.estimate import Status


@pytest.fixture
def editions(city_editions):
    return city_editions


def test_three_editions_in_one_intact_chain(editions):
    assert editions.ids() == ["FY2023", "FY2024", "FY2025"]
    assert editions.verify("FY2025") == []
    assert all(editions.get(id).synthetic for id in editions.ids())


def test_every_indicator_has_its_figure_and_its_history(editions):
    latest = editions.latest()
    for indicator in latest.guideline.indicators:
        for measure in indicator.measures:
            series = latest.series(indicator.id, measure.id, measure.headline)
            assert [row.period for row in series] == ["FY2023", "FY2024", "FY2025"], indicator.id
            assert series[-1].value is not None, indicator.id


def test_a_year_without_volumes_is_not_collected(editions):
    row = editions.get("FY2023").figure("participation", "actual")
    assert (row.status, row.value) == (Status.NOT_COLLECTED, None)


def test_procedures_that_fell_silent_are_counted(editions):
    rows = {
        row.state: row.count
        for row in editions.latest().coverage
        if (row.measure, row.subject) == ("actual", "procedures_since")
    }
    found = editions.latest().composition("participation", "actual")
    assert rows["silent"] == found.units_silent > 0
    assert rows["stayed"] + rows["silent"] == found.units_before
    assert rows["stayed"] + rows["joined"] == found.units_after


def test_what_was_published_stays_in_every_later_edition(editions):
    first, last = editions.get("FY2023"), editions.latest()
    assert first.estimates == tuple(row for row in last.estimates if row.period == "FY2023")


def test_small_bureaus_are_hidden_and_large_ones_shown(editions):
    rows = {
        row.domain["bureau"]: row for row in editions.latest().breakdown("awareness", "perceived", "bureau")
    }
    assert len(rows) == 20
    assert rows["audit"].status is Status.SUPPRESSED
    assert rows["education"].status is Status.VALUE


def test_54046_people_were_asked(editions):
    rows = {row.state: row.count for row in editions.latest().coverage if row.indicator == "awareness"}
    assert rows["answered"] + rows["not_answered"] == 54045  # 14,575 and 39,470, each in fives


def test_the_roadmap_knows_late_silent_and_done(editions):
    states = {row.state for row in editions.latest().roadmap}
    assert {"done", "late", "not_collected"} <= states


def test_codes_have_names_that_say_synthetic(editions):
    assert editions.latest().labels["city"]["tokyo"].ja == "東京（合成）"
    assert "synthetic" in editions.latest().labels["bureau"]["digital"].en


def test_a_home_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(Problem, match="demo-home-taken"):
        build.clear(Home(tmp_path))
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_an_interrupted_demo_is_cleared_and_a_finished_one_found(tmp_path):
    home = Home(tmp_path / "home")
    build.clear(home)
    (home.path / "lake").mkdir()
    assert not build.is_finished(home)
    build.clear(home)
    assert not (home.path / "lake").exists()
    build.finish(home)
    assert build.is_finished(home)
    assert sorted(path.name for path in home.path.iterdir()) == ["demo.json"]


def test_a_demo_of_another_version_is_built_again(tmp_path):
    home = Home(tmp_path / "home")
    build.clear(home)
    build.finish(home)
    home.demo_marker.write_text(json.dumps({"version": 0}))
    assert not build.is_finished(home)
