"""The workspace in a real Chromium, served as in an office: accessible, narrow, by keyboard, by job."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from broken_house import BIN
from monosashi.demo import people
from web.browsing import IN_A_BROWSER, chromium, fits, violations, visitor

pytestmark = IN_A_BROWSER
PAGES = (
    "/manage/",
    "/manage/organizations/digital/",
    "/manage/people/",
    "/manage/people/add/",
    "/manage/people/3/",
    "/manage/jobs/",
    "/manage/audit/",
    "/manage/register/?words=申込み",
    "/manage/register/tools/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/none/",
)
PREPARE = """
import sys
from pathlib import Path
from monosashi.cli import run
from monosashi.demo import city, people, register
run.prepare(Path(sys.argv[1]))
run.add_accounts(people.organizations(), people.people(), password=people.PASSWORD)
run.add_register(register.entries(city.SEED), register.forms(city.SEED))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """An installation with the accounts of the synthetic city, served as it would be in an office."""
    home = tmp_path_factory.mktemp("workspace")
    environment = {**os.environ, "MONOSASHI_HOME": str(home)}
    environment.pop("MONOSASHI_DATABASE_URL", None)
    subprocess.run([str(BIN / "python"), "-c", PREPARE, str(home)], env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([str(BIN / "monosashi"), "serve", "--port", str(port)], env=environment)
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz").close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def cookies(browser, site) -> dict[str, list[object]]:
    """Each official signs in once, by keyboard."""
    kept = {}
    for who in ("administrator", "publisher", "service-owner-water"):
        context = browser.new_context()
        sign_in(context.new_page(), site, who)
        kept[who] = context.cookies()
        context.close()
    return kept


def sign_in(page, site: str, who: str) -> None:
    page.goto(f"{site}/manage/")
    page.keyboard.press("Tab")  # the skip link
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{who}@synthetic.example")
    page.keyboard.press("Tab")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/manage/")


@pytest.fixture
def visit(browser, site, cookies):
    with visitor(browser, site) as go:
        yield lambda path, who="administrator", **options: go(path, cookies.get(who), **options)


@pytest.mark.parametrize(("language", "width", "colors"), [("ja", 320, "light"), ("en", 1280, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(
    visit, site, path: str, language: str, width: int, colors: str
) -> None:
    address = path if language == "ja" else f"/en{path}"
    viewport = {"width": width, "height": 256 if width == 320 else 800}
    page = visit(address, viewport=viewport, color_scheme=colors)
    assert violations(page) == []
    assert fits(page)
    assert page.said == [] or path == "/none/", page.said
    assert page.hosts == {urlsplit(site).netloc}
    assert page.locator("h1").count() == 1
    assert page.get_attribute("html", "lang") == language


@pytest.mark.parametrize(
    ("path", "width"),
    [("services/water-1/", 1280), ("procedures/water-1-p1/", 320), ("procedures/water-1-p1/edit/", 320)],
)
def test_what_an_official_edits_in_the_register_is_accessible_and_fits(visit, path: str, width: int) -> None:
    viewport = {"width": width, "height": 600}
    page = visit(f"/manage/register/{path}", "service-owner-water", viewport=viewport)
    assert violations(page) == []
    assert fits(page)
    assert page.locator("main form").count() == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_way_in_is_accessible(visit, language: str) -> None:
    page = visit("/accounts/login/" if language == "ja" else "/en/accounts/login/", who=None)
    assert violations(page) == []
    page.click("button[type=submit]")
    assert violations(page) == []
    assert page.evaluate("document.activeElement.id") == "errors"
    assert page.title().startswith("エラー：" if language == "ja" else "Error: ")


def test_what_has_to_be_pressed_is_large_enough(visit) -> None:
    page = visit("/manage/people/3/", viewport={"width": 320, "height": 600})
    boxes = [one.bounding_box() for one in page.locator("main button, main select, main input:visible").all()]
    assert boxes
    assert min(box["height"] for box in boxes) >= 44


def test_errors_lead_to_their_fields_and_keep_what_was_typed(visit) -> None:
    page = visit("/en/manage/people/add/")
    page.fill("#id_name", "Mizuno")
    page.fill("#id_email", "not an address")
    page.fill("#id_password", "a-long-enough-word")
    page.click("button[type=submit]")
    assert violations(page) == []
    assert page.input_value("#id_name") == "Mizuno"
    page.click(".error-summary a")
    assert page.evaluate("document.activeElement.id") == "id_email"


@pytest.mark.parametrize("script", [True, False])
def test_a_job_shows_its_end_with_and_without_script(visit, script: bool) -> None:
    """The lake of this installation is empty: the draft is built all the same, and says so by its states."""
    page = visit("/en/manage/editions/", who="publisher", java_script_enabled=script)
    page.fill("#id_period", "FY2024")
    page.fill("#id_id", f"trial-{script}".lower())
    page.click("button[type=submit]")
    for _ in range(60):
        if page.locator("[data-over]").count():
            break
        page.wait_for_timeout(500) if script else page.get_by_text("See the state now").click()
        if not script:
            page.wait_for_timeout(500)
    page.get_by_text("Read the draft").click()
    assert f"trial-{script}".lower() in page.locator("h1").inner_text()
    assert "another approver" not in page.locator("main").inner_text()


VOLUMES = "subject,measure,period,channel,status,quantity,memo\n{},x\n"
GOOD, BAD = "A,applications,2026-04,online,value,12", "A,applications,2026-04,online,value,many"


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 320)])
def test_a_file_is_brought_corrected_and_stored(visit, script: bool, width: int, tmp_path) -> None:
    """As an official does it, the mistakes of the file included; every state is accessible and fits."""
    page = visit(
        "/en/manage/imports/",
        who="publisher",
        java_script_enabled=script,
        viewport={"width": width, "height": 700},
    )

    def sound() -> None:
        assert not script or violations(page) == []
        assert not script or fits(page)

    def waited(words: str) -> None:
        for _ in range(60):
            if page.get_by_text(words, exact=True).count():
                break
            page.wait_for_timeout(500)
            if not script:
                page.locator("main").get_by_text("See the state now").last.click()
        sound()

    file = f"trial-{script}.csv"
    for content in (BAD, GOOD):
        page.goto(page.url.partition("/imports/")[0] + "/imports/")
        page.select_option("#id_kind", "volumes")
        body = VOLUMES.format(content).replace("A,", f"{file},", 1).encode()
        page.set_input_files("#id_file", {"name": file, "mimeType": "text/csv", "buffer": body})
        sound()
        page.get_by_role("button", name="Read it").click()
        waited("Say which column is what")
        page.get_by_role("button", name="Read it again").click()
        waited("How it was read")
        assert page.get_by_role("button", name="Store it").count() == (content == GOOD)
        if content == BAD:
            assert "quantity" in page.locator("table").first.inner_text()
            page.get_by_role("button", name="Discard (the file is deleted)").click()
    page.get_by_role("button", name="Store it").click()
    waited("Rows added")
    page.goto(page.url.partition("/imports/")[0] + "/imports/")
    assert file in page.locator("main table").inner_text()
    sound()


def test_the_skip_link_leads_to_the_matter(visit) -> None:
    page = visit("/manage/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
