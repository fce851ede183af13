"""How a public page is answered: from the latest edition, cacheable, the same bytes for everyone."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from monosashi import __version__
from monosashi.publish import words
from monosashi.publish.edition import Edition
from monosashi.web.publish import queries

Context = dict[str, Any]
FRESH_FOR = 300  # seconds that a browser may show a page without asking again
_WORTHWHILE = 500  # bytes; less is not worth compressing


@dataclass(frozen=True)
class Page:
    """A kind of page: its template, what it presents, and where it stands in the navigation.

    `choice` is the part of the query that the page knows; it tells renderings apart."""

    template: str
    present: Callable[[Edition, str], Context]
    here: str
    choice: str = ""


def answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    """The page of the latest edition. Without one it says so (404, but 200 on the front page)."""
    edition, language = queries.latest(), _language(request)
    if edition is None:
        context = {"here": page.here, **_frame(request.path, language)}
        body = render_to_string("publish/no_edition.html", context)
        return HttpResponse(body, status=200 if page.here == "front" else 404)
    return cacheable(request, HttpResponse(_remembered(page, edition, request.path, language)), edition)


def cacheable(request: HttpRequest, response: HttpResponse, edition: Edition) -> HttpResponseBase:
    """ETag of the bytes as sent, the day of the edition as Last-Modified, a few minutes of freshness.

    Compressed where the browser takes it: these pages hold no secret that a length could give away.
    """
    _compress(request, response)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    built = datetime.combine(date.fromisoformat(edition.built_on), datetime.min.time(), UTC)
    response["ETag"], response["Last-Modified"] = etag, http_date(built.timestamp())
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    answer_ = get_conditional_response(request, etag=etag, response=response)
    return answer_ or response


def _compress(request: HttpRequest, response: HttpResponse) -> None:
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" not in request.headers.get("Accept-Encoding", "") or len(response.content) < _WORTHWHILE:
        return
    key = "gzip:" + hashlib.sha256(response.content).hexdigest()
    body = cache.get(key)
    if body is None:
        body = gzip.compress(response.content, 6, mtime=0)
        cache.set(key, body, timeout=None)
    response.content = body
    response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(body))


def _remembered(page: Page, edition: Edition, path: str, language: str) -> str:
    """Rendered once for each edition, address and choice: an edition never changes."""
    if settings.DEBUG:
        return _rendered(page, edition, path, language)
    parts = (edition.digest, __version__, page.template, path, language, page.choice)
    key = "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
    body = cache.get(key)
    if body is None:
        body = _rendered(page, edition, path, language)
        cache.set(key, body, timeout=None)
    return str(body)


def _rendered(page: Page, edition: Edition, path: str, language: str) -> str:
    frame = {**_frame(path, language), **_imprint(edition, language), "here": page.here}
    return render_to_string(page.template, {**frame, **page.present(edition, language)})


def _language(request: HttpRequest) -> str:
    """The language of a public page is in its address: /en/… is English, everything else Japanese."""
    return "en" if request.path == "/en" or request.path.startswith("/en/") else "ja"


def _frame(path: str, language: str) -> Context:
    plain = path.removeprefix("/en") if language == "en" else path
    return {"language": language, "url_ja": plain or "/", "url_en": f"/en{plain}"}


def _imprint(edition: Edition, language: str) -> Context:
    return {
        "edition": edition,
        "edition_name": words.period(edition.period, language),
        "built_on": _day(edition.built_on, language),
        "next_on": _day(edition.next_on, language) if edition.next_on else "",
        "government": edition.guideline.government.said_in(language),
        "guideline_title": _guideline(edition, language),
    }


def _guideline(edition: Edition, language: str) -> str:
    """The title with its version, said once."""
    title, version = edition.guideline.title.said_in(language), edition.guideline.version
    return title if version in title else f"{title} {version}"


def _day(iso: str, language: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日" if language == "ja" else f"{day.day} {day:%B %Y}"
