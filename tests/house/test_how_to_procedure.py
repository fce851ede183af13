"""The log of `measure-a-procedure.md` gives what the page says."""

from __future__ import annotations

import json
import re
import subprocess

from broken_house import BIN, ROOT

FOLDER = ROOT / "docs" / "how-to"
PAGE = (FOLDER / "measure-a-procedure.md").read_text("utf-8")


def test_the_figures_of_the_page():
    (command,) = re.findall(r"^```sh\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
    words = command.replace(".venv/bin/", f"{BIN}/", 1).split()
    told = json.loads(subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    found = {one["id"]: one for one in told["measures"]}
    assert found["elapsed"]["value"] == 9 + 23 / 24
    assert found["office"]["value"] == 7.25 + 8.75 * 3 + 0.5 == 34
    assert (found["office"]["n"], found["office"]["n_open"]) == (3, 1)
    assert told["log"]["quarantined"] == {"no_timestamp": 1}


def test_the_request_that_the_page_shows_is_the_one_that_runs():
    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown == (FOLDER / "procedure" / "request.yaml").read_text("utf-8")
