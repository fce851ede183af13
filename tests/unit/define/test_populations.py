"""`populations/`: what a guideline refuses about the people of a city."""

from __future__ import annotations

import pytest

from monosashi.define.read import read_guideline
from monosashi.errors import Finding, Problem
from small_guideline import files

TOWN = """\
id: town
title: {ja: 町, en: Town}
covers: {ja: 住民, en: residents}
terms: {ja: 自由, en: free}
margins:
  - variable: sex
    as_of: "2020"
    totals: {f: 60, m: 40}
    reference: {source: register}
  - variable: "sex,age"
    as_of: "2020"
    totals: {"f,young": 35, "f,old": 25, "m,young": unknown, "m,old": 20}
    reference: {source: register}
"""


def findings(town: str) -> list[Finding]:
    with pytest.raises(Problem) as refused:
        read_guideline({**files(), "populations/town.yaml": town.encode()}, name="small")
    return list(refused.value.findings)


def test_margins_and_what_is_unknown() -> None:
    guideline = read_guideline({**files(), "populations/town.yaml": TOWN.encode()}, name="small")
    sex, crossed = guideline.population("town").margins
    assert sex.known == {("f",): 60, ("m",): 40}
    assert (crossed.known, crossed.totals["m,young"]) == (None, "unknown")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("f: 60", "f: 0", "guideline-value", 8),
        ("f: 60", "f: true", "guideline-value", 8),
        ("f: 60", "f: many", "guideline-value", 8),
        ('m,young": unknown', 'm,young": 25', "population-totals", 10),
        ("sex,age", "sex", "guideline-value", 12),
        ('"f,old": 25', '"f old": 25', "guideline-value", 12),
        ("    reference: {source: register}\n  -", "  -", "guideline-unreferenced", 6),
        ("id: town", "id: village", "guideline-file-name", 1),
    ],
)
def test_refused(old: str, new: str, code: str, line: int) -> None:
    assert old in TOWN
    found = findings(TOWN.replace(old, new, 1))
    assert (code, line) in {(each.kind.code, each.row) for each in found}


def test_another_total_is_allowed_with_its_reason() -> None:
    differs = '    differs: {ja: 年の途中, en: counted later in the year}\n    totals: {"f'
    town = TOWN.replace('m,young": unknown', 'm,young": 25').replace('    totals: {"f', differs)
    read_guideline({**files(), "populations/town.yaml": town.encode()}, name="small")


def test_a_margin_is_named_once() -> None:
    found = findings(
        TOWN.replace("sex,age", "sex")
        .replace("f,young", "f")
        .replace('"f": 35, "f,old": 25, "m,young": unknown, "m,old": 20', "f: 61, m: 39")
    )
    assert [(each.kind.code, each.details["id"]) for each in found] == [("guideline-id-twice", "sex@2020")]
