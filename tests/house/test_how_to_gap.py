"""The page about felt and actual time: its commands run, and what it says is so."""

from __future__ import annotations

import json
import re
import subprocess
from math import sqrt

from broken_house import BIN, ROOT

FOLDER = ROOT / "docs" / "how-to"
PAGE = (FOLDER / "felt-and-actual.md").read_text("utf-8")


def test_the_page_tells_what_was_compared(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "build").mkdir()
    (command,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    script = command.replace(".venv/bin/", f"{BIN}/")
    done = subprocess.run(
        ["/bin/sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout in PAGE
    found = {
        one["domain"]["service"]: one
        for one in json.loads((tmp_path / "build" / "gap.json").read_text())["comparisons"]
    }
    permit = found["restaurant-permit"]["gap"]
    assert permit["interval"] == [9 - sqrt(3**2 + 3**2), 9 + sqrt(6**2 + 2**2)]
    assert "= 4.8、U = 9 + √((30−24)² + (15−13)²) = 15.3" in PAGE
    request = (FOLDER / "gap" / "request.yaml").read_text("utf-8")
    assert request.endswith(re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])
