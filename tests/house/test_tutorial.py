"""The tutorial is run as it is written, and what it shows is what comes out."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from broken_house import BIN, ROOT

PAGE = (ROOT / "docs" / "tutorial" / "first-number.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def runs():
    """(command, the JSON lines shown after it)."""
    found = []
    for kind, content in BLOCKS:
        if kind == "sh" and content.startswith(".venv/bin/monosashi"):
            found.append((content.strip(), []))
        elif kind == "json":
            found[-1][1].append(json.loads(content, parse_float=str))
    return found


def says(shown, given):
    """A shown figure has as many digits as it has; the given one is rounded to them."""
    if isinstance(shown, str) and isinstance(given, float):
        return f"{given:.{len(shown.partition('.')[2])}f}" == shown
    if isinstance(shown, list):
        return all(says(one, other) for one, other in zip(shown, given, strict=True))
    return shown == given


def test_the_tutorial_has_three_runs_with_results():
    assert [len(shown) for _, shown in runs()] == [1, 3, 1]


@pytest.mark.parametrize(("command", "shown"), runs(), ids=["answers", "design", "raking"])
def test_a_command_of_the_tutorial_gives_what_it_shows(command, shown):
    words = command.replace(".venv/bin/", f"{BIN}/", 1).split()
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    estimates = json.loads(done.stdout)["estimates"]
    for one in shown:
        domain = one.get("domain", {})
        (given,) = (e for e in estimates if e["id"] == one["id"] and e["domain"] == domain)
        assert {key for key in one if not says(one[key], given[key])} == set()


def test_the_first_figure_can_be_checked_with_a_pencil():
    answers = (ROOT / "docs" / "tutorial" / "library" / "answers.csv").read_text("utf-8").splitlines()[1:]
    codes = [line.rsplit(",", 1)[1] for line in answers]
    easy, answered = sum(code in "45" for code in codes), sum(code != "9" for code in codes)
    assert (easy, answered) == (26, 34)


def test_the_request_that_the_tutorial_shows_is_the_one_that_runs():
    requests = (ROOT / "docs" / "tutorial" / "library").glob("*.yaml")
    written = "".join(path.read_text("utf-8") for path in requests)
    assert [content for kind, content in BLOCKS if kind == "yaml" and content not in written] == []
