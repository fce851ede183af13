"""Public pages in a real Chromium: accessibility, width, script, hosts, keyboard, charts and their tables."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from web.browsing import IN_A_BROWSER, chromium, fits, served, violations, visitor
from web.pages import PAGES, address

pytestmark = IN_A_BROWSER
CHARTED = ("/", "/indicators/satisfaction/", "/indicators/participation/", "/indicators/findability/")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The site without a database: public pages read editions and nothing else."""
    with served() as address:
        yield address


@pytest.fixture(autouse=True)
def sample(settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.MONOSASHI_EDITION_READER = "web.sample_edition.SampleEditions"
    cache.clear()


@pytest.fixture
def visit(browser, site):
    with visitor(browser, site) as go:
        yield go


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(visit, site, path: str, language: str, width: int) -> None:
    page = visit(address(path, language), viewport={"width": width, "height": 256 if width == 320 else 800})
    assert violations(page) == []
    assert fits(page)
    assert page.said == []
    assert page.hosts == {urlsplit(site).netloc}
    assert page.locator("h1").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


@pytest.mark.parametrize("path", CHARTED)
def test_the_table_beside_a_chart_holds_what_the_chart_shows(visit, path: str) -> None:
    page = visit(path)
    read = """() => [...document.querySelectorAll("table[data-chart]")].map(table => {
        const drawn = document.getElementById(table.dataset.chart);
        const marks = [...drawn.querySelectorAll("svg:not(.chart-coverage) [data-value]")];
        const written = row => [...row.cells].map(cell => cell.textContent);
        const rows = [...table.querySelectorAll("tbody tr")].map(written);
        const figures = drawn.tagName === "FIGURE";
        return {
            drawn: marks.map(mark => figures ? [mark.dataset.label, mark.dataset.value] : mark.dataset.value),
            told: figures ? rows.map(row => row.slice(0, 2))
                : rows.map(row => row[1]).filter(cell => cell.endsWith("%")),
        };
    })"""
    charts = page.evaluate(read)
    assert charts
    for chart in charts:
        assert chart["drawn"]
        assert chart["drawn"] == chart["told"]


def test_no_text_of_a_chart_is_cut_off_at_320_px(visit) -> None:
    page = visit("/en/indicators/satisfaction/", viewport={"width": 320, "height": 800})
    outside = """() => [...document.querySelectorAll("svg.chart text")].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < 0 || box.right > document.documentElement.clientWidth;
    }).map(text => text.textContent)"""
    assert page.evaluate(outside) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_script(visit, path: str) -> None:
    page = visit(path, java_script_enabled=False)
    assert page.locator("script").count() == 0
    assert page.locator("main h1").is_visible()
    for twin in page.locator("details.twin summary").all()[:1]:
        twin.click()
        assert page.locator("details.twin table").first.is_visible()


@pytest.mark.parametrize("path", ["/", "/indicators/satisfaction/", "/principles/4/"])
def test_dark_mode_keeps_contrast(visit, path: str) -> None:
    page = visit(path, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(26, 26, 26)"
    assert violations(page) == []


def test_forced_colors_keep_marks_and_focus(visit) -> None:
    page = visit("/indicators/satisfaction/", forced_colors="active")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    dot = page.evaluate("getComputedStyle(document.querySelector('svg .dot')).fill")
    assert dot not in {ground, "none"}
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "4px"


def test_focus_is_visible_and_the_keyboard_reaches_everything(visit) -> None:
    page = visit("/indicators/satisfaction/")
    links = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
    seen = []
    for _ in range(links + 2):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [document.activeElement.tagName, s.outlineWidth, s.outlineOffset]; }"
        )
        seen.append(tuple(style))
    walked = [step for step in seen if step[0] != "BODY"]
    assert {step[1:] for step in walked} == {("4px", "2px")}
    assert ("BODY", "0px", "0px") in seen or len(walked) >= links - 3  # no trap: the walk comes to its end


def test_open_tables_scroll_by_themselves_and_not_the_page(visit) -> None:
    page = visit("/indicators/participation/", viewport={"width": 320, "height": 256})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.locator("caption").count() == 3  # over time, who is in the change, by organization
    assert fits(page)
    assert violations(page) == []


def test_text_may_grow_to_200_percent(visit) -> None:
    page = visit("/", viewport={"width": 640, "height": 512})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert fits(page)
