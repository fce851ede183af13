"""The type checker refuses, before anything runs, to write what did not pass disclosure control."""

from __future__ import annotations

from pathlib import Path

import pytest

import monosashi

api = pytest.importorskip("mypy.api", reason="mypy is not installed: make setup brings it")

LEAKS = """
from monosashi.measure.estimate import Estimate
from monosashi.publish.disclosure import Disclosed
from monosashi.publish.edition import PublishedEstimate
from monosashi.publish.edition_files import Contents, write_edition

def by_hand(rows: tuple[PublishedEstimate, ...]) -> Disclosed:
    return Disclosed(rows, (), (), object())

def straight_from_the_estimates(contents: Contents, estimates: list[Estimate]) -> dict[str, bytes]:
    return write_edition(Contents(**{**vars(contents)}, disclosed=estimates))
"""


def test_mypy_refuses_figures_made_by_hand_and_estimates_as_they_are(tmp_path, pytestconfig):
    config = tmp_path / "mypy.ini"
    source = Path(monosashi.__file__).parents[1]
    lines = ["[mypy]", "plugins = pydantic.mypy", f"mypy_path = {source}", "follow_imports = silent"]
    config.write_text("\n".join([*lines, "ignore_missing_imports = true", ""]))
    (tmp_path / "leaks.py").write_text(LEAKS)
    known = pytestconfig.cache.mkdir("mypy")  # what mypy found out about the source in the run before
    found, _, _ = api.run(
        ["--config-file", str(config), "--cache-dir", str(known), str(tmp_path / "leaks.py")]
    )
    complaints = [line for line in found.splitlines() if "[arg-type]" in line]
    assert len(complaints) == 2
    assert '"_Seal"' in complaints[0]
    assert '"Disclosed"' in complaints[1]
