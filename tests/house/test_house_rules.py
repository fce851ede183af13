"""The rules that import-linter cannot see, broken in a copy of the source."""

from __future__ import annotations

import pytest

from broken_house import House

REGISTRY = "https://pypi" + ".org/simple"
MACHINE = "/ho" + "me/somebody/lake"

# rule → module, the code that breaks it, what the checker says
BREAKS = {
    "now in a room": (
        "measure/statistics/mean.py",
        "import datetime\nAT = datetime.datetime.now(datetime.UTC)",
        "clock",
    ),
    "today in a room": ("respond/roadmap.py", "import datetime\nAT = datetime.date.today()", "clock"),
    "the pipeline looks at the clock": ("pipeline.py", "AT = date.today()", "clock"),
    "a room opens a file": ("gather/file.py", "def read(path):\n    return open(path).read()", "door"),
    "a view writes": ("web/publish/views.py", "def view(row):\n    row.save()", "operations"),
    "a view makes a row": (
        "web/keep/views.py",
        "def view(Row):\n    Row.objects.create(name=1)",
        "operations",
    ),
    "a file grew too long": ("publish/long.py", "X = 1\n" * 501, "split it"),
    "a name that says nothing": ("measure/utils.py", "X = 1", "says nothing"),
    "a leftover": ("measure/statistics/mean.py", "# TO" + "DO: later", "leftover"),
    "a registry is named": ("adapters/home.py", f'INDEX = "{REGISTRY}"', "registry"),
    "a path of a machine": ("adapters/home.py", f'LAKE = "{MACHINE}"', "somebody's machine"),
}


@pytest.fixture
def house(tmp_path):
    return House.copied_to(tmp_path)


def test_the_house_as_it_is_keeps_its_rules(house):
    checked = house.rules_checked()
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("case", BREAKS)
def test_a_broken_house_rule_is_noticed(house, case):
    module, code, said = BREAKS[case]
    house.plant(module, code)
    checked = house.rules_checked()
    assert checked.returncode == 1
    found = [line for line in checked.stdout.splitlines() if module in line]
    assert found, checked.stdout
    assert all(said in line for line in found), checked.stdout
