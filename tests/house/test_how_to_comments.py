"""The page about comments: its commands run, and what it says is so."""

from __future__ import annotations

import json
import re
import subprocess

from broken_house import BIN, ROOT

PAGE = (ROOT / "docs" / "how-to" / "read-comments.md").read_text("utf-8")


def test_the_page_tells_what_was_counted(tmp_path):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / "build").mkdir()
    commands = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    shown = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(commands) == len(shown) == 2
    for command, text in zip(commands, shown, strict=True):
        script = command.replace(".venv/bin/", f"{BIN}/")
        done = subprocess.run(
            ["/bin/sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert done.stdout == text
    request = (ROOT / "docs" / "how-to" / "comments" / "request.yaml").read_text("utf-8")
    assert [request] == re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (all_,) = json.loads((tmp_path / "build" / "comments.json").read_text("utf-8"))["comments"]
    assert all_["n_text"] == 19
    assert [one["theme"] for one in all_["themes"] if one["examples"]] == ["staff"]
