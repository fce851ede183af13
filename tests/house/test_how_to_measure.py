"""The pages that plan a survey and find what falls short: their commands run, and what they say is so."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from broken_house import BIN, ROOT
from shared_data import shared

FOLDER = ROOT / "docs" / "how-to"
PLAN = (FOLDER / "plan-a-survey.md").read_text("utf-8")
GAPS = (FOLDER / "find-what-falls-short.md").read_text("utf-8")
FILE = ("data", "bloomington-community-survey-2017", "bloom_survey.csv")


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def run(command, folder):
    script = command.replace(".venv/bin/", f"{BIN}/")
    done = subprocess.run(["/bin/sh", "-ec", script], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_plan_says_what_the_page_says():
    found = json.loads(run(blocks(PLAN, "sh")[0], ROOT))
    assert found["domains"][0]["sentence"]["en"] == blocks(PLAN, "text")[0].strip()
    assert blocks(PLAN, "yaml")[0] in (FOLDER / "services" / "plan.yaml").read_text("utf-8")
    assert sum(cell["n"] for cell in found["quotas"]["cells"]) == found["overall"]["n"]


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """(folder, what each command printed), with the file where the reader would have fetched it to."""
    source, folder = shared(*FILE), tmp_path_factory.mktemp("walk")
    (folder / "docs").symlink_to(ROOT / "docs")
    printed = []
    for command in blocks(GAPS, "sh"):
        if "curl" in command:
            shutil.copy(source, folder / "services" / "bloom_survey.csv")
        else:
            printed.append(run(command, folder))
    return folder, printed


@pytest.mark.real_data
def test_the_largest_gap_is_affordable_housing(walked):
    _, printed = walked
    assert printed[-1] == blocks(GAPS, "text")[0]
    assert printed[-1].startswith("affordable-housing")


@pytest.mark.real_data
def test_what_the_page_tells_is_what_was_computed(walked):
    folder, _ = walked
    assert (
        blocks(GAPS, "yaml")[0].splitlines()[:-2]
        == [
            line
            for line in (folder / "services" / "request.yaml").read_text("utf-8").splitlines()
            if line[0] != "#"
        ][: len(blocks(GAPS, "yaml")[0].splitlines()) - 2]
    )
    found = {
        one["id"]: one
        for one in json.loads((folder / "services" / "answer.json").read_text("utf-8"))["estimates"]
    }
    satisfied, drivers = found["satisfied"], found["drivers"]
    assert f"{100 * satisfied['value']:.1f} %" == "79.8 %"
    assert [f"{100 * limit:.1f}" for limit in satisfied["interval"]] == ["75.5", "83.7"]
    assert f"{satisfied['deff']:.2f}" == "1.37"
    tenure = [found[f"{name}-by-tenure"] for name in ("housing", "parks", "transit")]
    assert [f"{one['p']:.3f}" for one in tenure] == ["0.047", "0.041", "0.059"]
    assert {f"{one['p_adjusted']:.3f}" for one in tenure} == {"0.059"}
    assert {one["verdict"] for one in tenure} == {"not_distinguishable"}
    assert f"{drivers['r2']:.2f}" == "0.37"
    assert max(drivers["drivers"], key=lambda one: one["share"])["item"] == "q18jj"
    for number in ("79.8 %", "75.5", "83.7", "1.37", "0.047", "0.041", "0.059", "37 %"):
        assert number in GAPS
