"""Answering in a real Chromium: by keyboard alone, without script, at 320 px, in three languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from answering import Site
from web.browsing import IN_A_BROWSER, chromium, fits, violations, visitor

pytestmark = IN_A_BROWSER
PREPARE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from monosashi.cli import run
run.prepare(Path(sys.argv[1]))
from web.surveys import CITY, REVIEW, add_service, open_wave
from monosashi.web.survey import operations
open_wave(CITY)
open_wave(REVIEW)
add_service()
operations.close_wave(wave=open_wave(CITY, code="over"), by=None)
"""
NARROW = {"viewport": {"width": 320, "height": 256}}
WITHOUT_SCRIPT = {"java_script_enabled": False, **NARROW}
NEXT, SEND = "main button[name=next]", "main button[name=send]"
SMALL = """() => [...document.querySelectorAll(
    "main .choice label, main button, main input[type=text], main textarea")]
    .filter(e => e.getBoundingClientRect().height < 44 && !e.closest(".trap")).map(e => e.outerHTML)"""
STYLE = """e => { const s = getComputedStyle(document.querySelector(e));
    return [s.borderTopWidth, s.outlineStyle]; }"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    served = Site(tmp_path_factory.mktemp("answering"))
    environment = {**served.environment, "MONOSASHI_WORKERS": "1"}
    environment.pop("MONOSASHI_DATABASE_URL", None)
    tests = str(Path(__file__).resolve().parent.parent)
    subprocess.run(
        [sys.executable, "-c", PREPARE, str(served.home), tests], env=environment, check=True, cwd=tests
    )
    os.environ.pop("MONOSASHI_DATABASE_URL", None)
    served.start()
    yield f"http://127.0.0.1:{served.port}"
    served.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser, site):
    with visitor(browser, site) as go:
        yield go


def tab_to(page, selector: str) -> None:
    """Tab until it is reached, as somebody without a mouse does."""
    for _ in range(40):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def press(page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page, button) -> None:
    """Click, and wait for the page that answers: the old one is no longer looked at."""
    with page.expect_navigation():
        button.click()


def choose(page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Space")
    assert page.locator(selector).is_checked()


@pytest.mark.parametrize("before", ["", "/en", "/simple"])
def test_a_whole_survey_by_keyboard_without_script_at_320_px(visit, before: str) -> None:
    page = visit(f"{before}/s/city/", **WITHOUT_SCRIPT)
    lang = "en" if before == "/en" else "ja"
    press(page, "main a.button")
    press(page, NEXT)
    assert page.evaluate("document.activeElement.id") == "errors"  # the summary has the focus
    assert page.title().startswith("Error: " if lang == "en" else "エラー：")
    choose(page, "#q-overall-1")
    press(page, NEXT)
    choose(page, "#q-used-1")
    press(page, NEXT)
    tab_to(page, "#q-minutes")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{before}/s/city/a/*/q/recommend/")  # on, and not to another language
    tab_to(page, "#q-recommend-1")
    page.keyboard.press("ArrowRight")
    assert page.locator("#q-recommend-2").is_checked()
    press(page, NEXT)
    press(page, NEXT)  # the day is optional
    tab_to(page, "#q-comment")
    page.keyboard.type("good")
    press(page, NEXT)
    assert page.url.endswith("/check/")
    assert fits(page)
    press(page, SEND)
    assert page.locator(".big-code").is_visible()
    assert page.evaluate("document.documentElement.lang") == lang
    assert f"{before}/s/city/a/" in page.url
    assert fits(page)


def test_the_language_is_changed_by_a_button_that_keeps_what_was_typed(visit) -> None:
    page = visit("/r/tax-1/", **WITHOUT_SCRIPT)
    page.check("#q-overall-1")
    page.fill("#q-comment", "早い")
    follow(page, page.get_by_role("button", name="English"))
    assert page.url.endswith("/en/r/tax-1/")
    assert page.locator("#q-overall-1").is_checked()
    assert page.input_value("#q-comment") == "早い"
    follow(page, page.locator(SEND))
    assert "received your answers" in page.locator("h1").inner_text()
    follow(page, page.get_by_role("button", name="やさしい日本語"))
    assert page.locator("h1 ruby").count() >= 1
    assert page.locator(".big-code").is_visible()


def pages_of(page, site: str, before: str) -> Iterator[str]:
    """Every kind of page and state of somebody who answers, one after the other."""

    def go(path: str) -> str:
        page.goto(f"{site}{before}{path}")
        return path

    yield go("/s/city/")
    yield go("/s/city/q/")
    follow(page, page.locator(NEXT))
    yield "a question that was passed over"
    page.check("#q-overall-2")
    follow(page, page.locator(NEXT))
    yield "several choices"
    page.check("#q-used-2")
    follow(page, page.locator(NEXT))
    page.fill("#q-minutes", "x")
    follow(page, page.locator(NEXT))
    yield "a number that is none"
    page.fill("#q-minutes", "5")
    follow(page, page.locator(NEXT))
    page.check("#q-recommend-8")
    yield "a scale"
    for _ in range(3):
        follow(page, page.locator(NEXT))
    yield "the check page"
    follow(page, page.locator(SEND))
    yield "the receipt"
    yield go("/r/tax-1/")
    follow(page, page.locator(SEND))
    yield "a review that lacks its answer"
    for path in (
        "/s/city/resume/",
        "/s/city/print/",
        "/s/over/",
        "/withdraw/",
        "/s/city/a/0000000000000000/",
    ):
        yield go(path)
    page.goto(f"{site}{before}/withdraw/")
    page.fill("#code", "0")
    follow(page, page.locator(SEND))
    yield "a code that is none"


@pytest.mark.parametrize(
    ("before", "options"),
    [
        ("/simple", NARROW),
        ("/en", {"color_scheme": "dark"}),
        ("", {"forced_colors": "active"}),
    ],
    ids=["simple-narrow", "dark", "forced-colors"],
)
def test_every_page_and_state_is_accessible(visit, site, before: str, options) -> None:
    page = visit(f"{before}/s/city/", **options)
    wrong, titles = [], []
    for name in pages_of(page, site, before):
        wrong += [(name, found) for found in violations(page)]
        wrong += [(name, "sideways scroll")] if not fits(page) else []
        wrong += [(name, "one h1")] if page.locator("h1").count() != 1 else []
        small = page.evaluate(SMALL)
        wrong += [(name, f"less than 44 px: {small}")] if small else []
        titles.append(page.title())
    assert wrong == []
    assert len(set(titles)) == len(titles)
    told = [said for said in page.said if not re.search("40[49]|410|422", said)]
    assert told == []
    assert page.locator("script").count() == 0


def test_forced_colors_show_what_is_chosen_and_where_the_focus_is(visit) -> None:
    page = visit("/s/city/q/", forced_colors="active")
    page.keyboard.press("Tab")
    tab_to(page, "#q-overall-1")
    page.keyboard.press("Space")
    assert page.evaluate(STYLE, "label[for=q-overall-1]") == ["3px", "solid"]
    assert page.evaluate(STYLE, "label[for=q-overall-2]") == ["1px", "none"]
