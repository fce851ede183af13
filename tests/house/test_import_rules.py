"""Each import rule, broken in a copy of the source: the real checker has to notice."""

from __future__ import annotations

import pytest

from broken_house import House

ONE_DIRECTION = "One direction"
PURE = "The rooms are pure"
EDITIONS_ONLY = "Public pages read editions"

# rule → a module and the line that breaks it
BREAKS = {
    "a room knows a later one": (ONE_DIRECTION, "define/text.py", "import monosashi.measure.estimate"),
    "measuring knows publishing": (
        ONE_DIRECTION,
        "measure/statistics/mean.py",
        "import monosashi.publish.edition",
    ),
    "the pipeline knows an adapter": (ONE_DIRECTION, "pipeline.py", "import monosashi.adapters.engine"),
    "an adapter knows the web": (ONE_DIRECTION, "adapters/home.py", "import monosashi.web.publish.urls"),
    "a top-level package nobody decided on": (ONE_DIRECTION, "misc/__init__.py", ""),
    "a room knows Django": (PURE, "measure/statistics/mean.py", "import django.db"),
    "a room knows files": (PURE, "publish/edition.py", "from pathlib import Path"),
    "a room knows the environment": (PURE, "define/text.py", "import os"),
    "a room knows the engine": (PURE, "measure/cells.py", "import duckdb"),
    "a room knows the network": (PURE, "gather/network.py", "import urllib.request"),
    "a room throws dice": (PURE, "measure/statistics/mean.py", "import random"),
    "a page reads the lake": (EDITIONS_ONLY, "web/publish/views.py", "import monosashi.adapters.lake"),
    "a page asks the engine": (EDITIONS_ONLY, "web/publish/queries.py", "import duckdb"),
    "a page measures": (EDITIONS_ONLY, "web/publish/presenters/front.py", "import monosashi.pipeline"),
}


@pytest.fixture
def house(tmp_path):
    return House.copied_to(tmp_path)


def test_the_house_as_it_is_keeps_its_import_rules(house):
    checked = house.imports_checked()
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("case", BREAKS)
def test_a_broken_import_rule_is_noticed(house, case):
    rule, module, line = BREAKS[case]
    house.plant(module, line)
    checked = house.imports_checked()
    assert checked.returncode == 1, checked.stdout
    verdicts = [line for line in checked.stdout.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    assert any(line.startswith(rule) and line.endswith("BROKEN") for line in verdicts), checked.stdout
