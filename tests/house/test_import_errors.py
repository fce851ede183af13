"""Every error of gathering and keeping is provoked by a test, and every code is declared once."""

from __future__ import annotations

import re

import pytest

from broken_house import ROOT

ERRORS = (ROOT / "src" / "monosashi" / "errors.py").read_text("utf-8")
TESTS = "".join(
    path.read_text("utf-8")
    for folder in ("unit/define", "unit/gather", "unit/keep", "unit", "web")
    for path in (ROOT / "tests" / folder).glob("test_*.py")
)


def codes(room):
    sections = re.split(rf"^# ---- {room}\b.*$", ERRORS, flags=re.MULTILINE)[1:]
    text = "\n".join(section.split("\n# ---- ", 1)[0] for section in sections)
    return re.findall(r'^\w+ = Kind\(\n    "([a-z0-9-]+)"', text, re.MULTILINE)


@pytest.mark.parametrize("room", ["gather", "keep"])
def test_every_error_is_provoked(room):
    assert len(codes(room)) > 5
    assert [code for code in codes(room) if not re.search(rf"""["\[]{code}["\]]""", TESTS)] == []


def test_every_name_and_code_is_declared_once():
    """A second one of the same name would take the place of the first without a word."""
    declared = re.findall(r'^(\w+) = Kind\(\n    "([a-z0-9-]+)"', ERRORS, re.MULTILINE)
    assert len(declared) == ERRORS.count("= Kind(")
    for each in zip(*declared, strict=True):
        assert sorted(set(each)) == sorted(each)
