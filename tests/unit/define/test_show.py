"""A guideline as JSON, in the shape that programs rely on."""

from __future__ import annotations

import json

from monosashi.define.show import counts, shape
from small_guideline import guideline


def test_the_shape_is_the_one_that_was_agreed():
    shown = shape(guideline())
    assert (shown["id"], shown["version"]) == ("smallville", "1.0.0")
    listen = shown["principles"][0]
    assert listen["title"] == {"ja": "聞こう", "en": "Listen"}
    assert listen["phases"][0]["phase"] == "plan"
    assert listen["phases"][0]["practices"] == [{"ja": "たずねる", "en": "Ask"}]
    assert [(kpi["id"], kpi["level"]) for kpi in listen["kpis"]] == [
        ("talks", "output"),
        ("trust", "outcome"),
    ]
    (initiative,) = listen["initiatives"]
    assert (initiative["department"], initiative["department_name"]["en"]) == ("窓口課", "Counter Division")
    assert {key: initiative["milestones"][0][key] for key in ("from", "to", "text")} == {
        "from": "2024H1",
        "to": "2024H2",
        "text": {"ja": "週に一度試す", "en": "Try once a week"},
    }
    assert shown["principles"][1]["not_applicable"] == ["kpis.outcome"]


def test_what_is_not_said_is_null_or_empty_and_never_left_out():
    mend = shape(guideline())["principles"][1]
    assert (mend["summary"], mend["direction"], mend["first_step"]) == (None, None, None)
    assert (mend["phases"], mend["viewpoints"], mend["actions"], mend["kpis"]) == ([], [], [], [])


def test_indicators_and_facts():
    shown = shape(guideline())
    (ease,) = shown["indicators"]
    assert ease["role"] == "kgi"
    assert ease["measurement"] == [{"method": "survey", "perspective": None, "note": None}]
    assert [(one["fiscal_year"], one["value"]) for one in ease["targets"]] == [(2024, 0.7)]
    assert shown["facts"] == [
        {
            "id": "people",
            "value": 12000,
            "unit": "people",
            "as_of": "2024-04-01",
            "title": {"ja": "人口", "en": "Population"},
            "reference": {"source": "広報", "place": "1ページ"},
        }
    ]


def test_easy_japanese_stands_only_where_there_is_some():
    edit = ("indicators/ease.yaml", "en: Is it easy?}", "en: Is it easy?, simple: かんたん}")
    (ease,) = shape(guideline(edit))["indicators"]
    assert ease["short"]["simple"] == "かんたん"
    assert "simple" not in ease["title"]


def test_it_is_plain_json():
    shown = shape(guideline())
    assert json.loads(json.dumps(shown, ensure_ascii=False)) | {} == json.loads(json.dumps(shown))
    assert shown["decided_on"] == "2024-03-31"


def test_parts_are_counted():
    counted = counts(guideline())
    assert {key: counted[key] for key in ("principles", "kpis", "output_kpis", "outcome_kpis")} == {
        "principles": 2,
        "kpis": 2,
        "output_kpis": 1,
        "outcome_kpis": 1,
    }
    assert (counted["initiatives"], counted["milestones"], counted["targets"]) == (1, 2, 1)
