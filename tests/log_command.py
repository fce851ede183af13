"""`monosashi log` on a request and a log, as the shell would run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monosashi.cli import main

COLUMNS = "{case: case, activity: activity, at: at}"


def told(folder: Path, capsys: pytest.CaptureFixture[str], request: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a request in a folder."""
    (folder / "request.yaml").write_text(request, encoding="utf-8")
    code = 0
    try:
        main(["log", str(folder / "request.yaml")])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


class Logs:
    """Runs requests over small logs written as CSV."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def asked(self, log: str, *measures: str, columns: str = COLUMNS, **more: str) -> dict[str, Any]:
        (self.folder / "log.csv").write_text(log, encoding="utf-8")
        return self.of("log.csv", *measures, columns=columns, **more)

    def of(self, name: str, *measures: str, columns: str = COLUMNS, **more: str) -> dict[str, Any]:
        code, out, err = self.told(name, *measures, columns=columns, **more)
        assert code == 0, err
        found: dict[str, Any] = json.loads(out, parse_constant=pytest.fail)
        return found

    def told(self, name: str, *measures: str, columns: str = COLUMNS, **more: str) -> tuple[int, str, str]:
        frame = {"log": json.dumps(name), "columns": columns, **more}
        lines = [f"{key}: {value}\n" for key, value in frame.items()]
        listed = "".join(f"  - {{id: m{i}, {one}}}\n" for i, one in enumerate(measures))
        return told(self.folder, self.capsys, "".join(lines) + "measures:\n" + listed)

    def one(self, log: str, measure: str, columns: str = COLUMNS, **more: str) -> dict[str, Any]:
        """The only entry of the only measure."""
        (found,) = self.asked(log, measure, columns=columns, **more)["measures"]
        entry: dict[str, Any] = found
        return entry
