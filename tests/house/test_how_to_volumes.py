"""The page about volumes: its commands run one after the other, and what it says is so."""

from __future__ import annotations

import json
import re
import subprocess

from broken_house import BIN, ROOT

FOLDER = ROOT / "docs" / "how-to"
PAGE = (FOLDER / "measure-volumes.md").read_text("utf-8")


def test_the_page_tells_what_was_counted(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "build").mkdir()
    commands = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    script = "".join(commands).replace(".venv/bin/", f"{BIN}/")
    done = subprocess.run(
        ["/bin/sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert f"```text\n{done.stdout}```" in PAGE
    online, cost, *_ = json.loads((tmp_path / "build" / "volumes.json").read_text())["estimates"]
    assert online["composition"]["both"]["from"] == (3_000 + 0 + 400) / (12_000 + 3_000 + 2_000)
    assert cost["value"] == 10_870_000 / 17_700
    assert f"{online['coverage']['to']['share_of_last_known_volume']:.1%}" == "30.7%"
    mapping, _ = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert mapping == (FOLDER / "volumes" / "mapping.yaml").read_text("utf-8")
