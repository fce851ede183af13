"""The page about XLSForm: every function it names can be used, every type it names is read."""

from __future__ import annotations

import re

import pytest

import reference_xlsform as made
from broken_house import ROOT
from monosashi.define.questionnaire.expression import fault
from monosashi.gather.xlsform.types import KNOWN, type_of

PAGE = (ROOT / "docs" / "reference" / "xlsform.md").read_text("utf-8")
FUNCTIONS = ["count-selected", *re.findall(r"`([a-z-]+)`", PAGE.split("count-selected")[1])]
ARGUMENTS = {
    "if": "1, 2, 3",
    "coalesce": "'a', 'b'",
    "regex": "'a', 'a'",
    "join": "'-', 'a'",
    "concat": "'a', 'b'",
}
ARGUMENTS |= {
    "contains": "'a', 'b'",
    "starts-with": "'a', 'b'",
    "substring": "'abc', 2",
    "selected-at": "'a', 0",
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_functions_are_there(name):
    assert fault(f"{name}({ARGUMENTS.get(name, 2 if name != 'date' else chr(39) * 2)}) = 1") is None


@pytest.mark.parametrize("written", made.TYPES)
def test_the_types_are_read(written):
    for each in written.split(", "):
        assert type_of(each.replace("LIST", "used")) is not None
    assert {name.split()[0] for name in KNOWN} <= {name.split()[0].strip(",") for name in made.TYPES} | {
        "end"
    }
