"""The page about questionnaires: its commands run, its findings are told so, its YAML is a questionnaire."""

from __future__ import annotations

import json
import re
import subprocess

import yaml

from broken_house import BIN, ROOT
from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.guideline import Outline, OutlinedQuestion, Scale
from monosashi.define.questionnaire.built import questionnaire_of
from monosashi.define.questionnaire.faults import faults
from xlsforms import CHOICES, findings

PAGE = (ROOT / "docs" / "how-to" / "write-a-questionnaire.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_commands_run(tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "guideline").symlink_to(ROOT / "guideline")
    said = []
    for language, block in BLOCKS:
        for line in block.splitlines() if language == "sh" else ():
            words = line.replace(".venv/bin/", f"{BIN}/").split()
            said.append(
                subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
            )
    listed, _, exported, checked, valid = said
    (service,) = (each for each in json.loads(listed)["questionnaires"] if each["id"] == "service")
    assert json.loads(exported)["version"] == json.loads(checked)["version"] == service["version"]
    assert json.loads(valid)["valid"]


def test_what_cannot_be_read_is_told_in_these_words():
    rows = [
        "type | name | label::ja | label::en | relevant",
        *[" | | | |"] * 4,
        "select_one used | used | a | a |",
    ]
    rows += ["geopoint | where | a | a |", " | | | |", "note | n | a | a | ${usd} = 1"]
    found = findings("\n".join(rows), choices=CHOICES.replace("yes  ", "     "))
    shown = next(block for language, block in BLOCKS if language == "text" and "geopoint" in block)
    assert [each.as_text("en") for each in found] == shown.splitlines()


def test_the_yaml_is_a_questionnaire_and_every_key_is_explained():
    (block,) = (block for language, block in BLOCKS if language == "yaml")
    written = {"title": {"ja": "あ", "en": "a"}, **yaml.safe_load(block)}
    form = questionnaire_of(load_guideline("tokyo/1.1.0"), Outline.model_validate(written))
    assert list(faults(form)) == []
    assert [question.id for question in form.questions] == ["overall", "done", "comment", "bye"]
    assert [name for name in OutlinedQuestion.model_fields if f"`{name}`" not in PAGE] == []
    plain = {"id", "title", "codes", "favourable"}
    assert [name for name in Scale.model_fields if name not in plain and f"`{name}`" not in PAGE] == []
