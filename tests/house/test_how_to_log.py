"""The page about procedure logs: its commands run, and what it says is so."""

from __future__ import annotations

import json
import re
import subprocess

from broken_house import BIN, ROOT

PAGE = (ROOT / "docs" / "how-to" / "measure-a-log.md").read_text("utf-8")


def test_the_page_tells_what_was_counted(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "build").mkdir()
    (command,) = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    script = command.replace(".venv/bin/", f"{BIN}/")
    done = subprocess.run(
        ["/bin/sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout in PAGE
    found = {one["id"]: one for one in json.loads((tmp_path / "build" / "log.json").read_text())["measures"]}
    assert f"{found['processing']['censored_median']:.2f}" == "18.04"
    assert found["on_time"]["value_with_open"] == 0.4
    request = (ROOT / "docs" / "how-to" / "log" / "request.yaml").read_text("utf-8")
    assert request.startswith(re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])
