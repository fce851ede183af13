"""Everything that can be set, called, raised, judged or said is documented; what is not is named here."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import reference
from broken_house import ROOT
from monosashi import __version__, cli, errors
from monosashi.adapters.guideline_files import load_guideline, shipped
from monosashi.define import guideline as defined
from monosashi.measure.estimate import Basis, Status
from monosashi.measure.log.asked import LOG_STATISTICS
from monosashi.measure.statistics.catalog import STATISTICS
from monosashi.publish.edition import Verdict
from monosashi.web.accounts.roles import Role

REFERENCE = ROOT / "docs" / "reference"
STYLE = """
    service procedure respondent reviewer applicant official account indicator kgi kpi measurement
    item response wave mode estimate se interval deff domain basis response_rate participation_rate
    case activity event variant waiting_time rework catalog dataset distribution schema field
    license suppression rounding disclosed thread reply commitment decision roadmap_item
"""


def read(name):
    return (REFERENCE / name).read_text("utf-8")


def glossary():
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", (ROOT / "GLOSSARY.md").read_text("utf-8"), re.MULTILINE)
    return {word: [cell.strip() for cell in cells.split("|")] for word, cells in rows}


def test_the_reference_pages_are_fresh():
    assert reference.stale() == []


def test_every_setting_that_the_code_reads_is_documented():
    sources = (path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = {name for text in sources for name in re.findall(r"\bMONOSASHI_[A-Z_]+\b", text)}
    assert {name for name in used if f"`{name}`" not in read("settings.md")} == set()


def test_every_command_is_documented_and_there():
    page = read("commands.md")
    assert [name for name in cli.COMMANDS if f"## `monosashi {name}`" not in page] == []


def test_every_error_says_what_happened_and_what_to_do_in_both_languages():
    for code, kind in errors.kinds().items():
        for said in (kind.what_ja, kind.what_en, kind.do_ja, kind.do_en):
            assert said.strip(), code
        assert re.search(r"[ぁ-ん]", kind.what_ja + kind.do_ja), f"{code}: not Japanese"
        assert not re.search(r"[ぁ-んァ-ン]", kind.what_en + kind.do_en), f"{code}: not English"


def test_every_error_is_documented():
    page = read("errors.md")
    assert [code for code in errors.kinds() if f"## `{code}`" not in page] == []


def test_every_error_code_is_raised_somewhere():
    names = [name for name, kind in vars(errors).items() if isinstance(kind, errors.Kind)]
    sources = "".join(
        path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py") if path.name != "errors.py"
    )
    assert [name for name in names if not re.search(rf"\b{name}\b", sources)] == []


def test_every_indicator_and_kpi_is_documented():
    guideline = load_guideline("tokyo/1.1.0")
    indicators, kpis = read("indicators.md"), read("kpis.md")
    assert [one.id for one in guideline.indicators if f"`{one.id}`" not in indicators] == []
    assert [kpi.id for one in guideline.principles for kpi in one.kpis if f"`{kpi.id}`" not in kpis] == []


@pytest.mark.parametrize(
    "words",
    [
        STYLE.split(),
        [*Status],
        [*Basis],
        [*Role],
        get_args(Verdict),
        get_args(defined.Role),
        get_args(defined.Perspective),
        get_args(defined.Measure.model_fields["statistic"].annotation),
        [*STATISTICS],
        [*LOG_STATISTICS],
        ["define", "gather", "keep", "measure", "publish", "respond"],
    ],
    ids=[
        "style",
        "states",
        "bases",
        "roles",
        "verdicts",
        "indicator-roles",
        "perspectives",
        "statistics",
        "statistics-of-surveys",
        "statistics-of-logs",
        "rooms",
    ],
)
def test_every_word_of_the_code_is_in_the_glossary(words):
    known = glossary()
    assert [str(word) for word in words if str(word) not in known] == []


def test_every_entry_of_the_glossary_is_complete_in_both_languages():
    for word, (ja, meaning_ja, meaning_en, instead) in glossary().items():
        assert all((ja, meaning_ja, meaning_en, instead)), word


def test_the_makefile_has_every_target_that_the_documents_name():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, f"{page.name}: {named - targets}"


def test_the_documents_name_only_commands_that_exist():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        named = set(re.findall(r"^(?:\.venv/bin/)?monosashi ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= set(cli.COMMANDS), f"{page.name}: {named - set(cli.COMMANDS)}"


def test_the_changelog_has_an_entry_for_this_version():
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[0] == __version__
    assert f'softwareVersion: "{__version__}"' in (ROOT / "publiccode.yml").read_text("utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_link_within_the_documents_leads_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!\w+:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_every_decision_is_listed_and_has_its_four_parts():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text("utf-8")
    for page in folder.glob("0*.md"):
        text = page.read_text("utf-8")
        assert f"]({page.name})" in index
        assert all(part in text for part in ("Status: ", "## Context", "## Decision", "## Consequences"))


def test_every_shipped_guideline_can_be_read():
    assert [load_guideline(name).version for name in shipped()] == [name.split("/")[1] for name in shipped()]
