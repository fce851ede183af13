"""A real Chromium for the tests that need one, or a loud skip that says how to get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import waitress

from web.chromium import ABSENT, ARGUMENTS, executable

IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(executable() is None, reason=ABSENT),
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def served() -> Iterator[str]:
    """The site in this process, in threads of its own, which see no database that other tests opened."""
    from monosashi.web.config.wsgi import application

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@contextmanager
def visitor(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Opens pages, each in its own context, and notes what the console said and which hosts were asked."""
    contexts = []

    def go(path: str, cookies: list[Any] | None = None, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.add_cookies(cookies or [])
        page = context.new_page()
        page.said, page.hosts = [], set()
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.hosts.add(urlsplit(request.url).netloc))
        page.goto(f"{site}{path}")
        return page

    yield go
    for context in contexts:
        context.close()


def violations(page: Any) -> list[str]:
    """Each violated rule with the elements that violate it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def fits(page: Any) -> bool:
    """No sideways scroll."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
