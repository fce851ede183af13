"""Public pages. Each view names its template and presenter; nothing is counted here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.defaultfilters import filesizeformat

from monosashi.publish import words
from monosashi.publish.edition import Edition
from monosashi.web.accounts.policy import ANYONE, allowed
from monosashi.web.publish import queries
from monosashi.web.publish.page import Context, Page, answer, cacheable
from monosashi.web.publish.presenters import data as data_presenter
from monosashi.web.publish.presenters.front import front as present_front
from monosashi.web.publish.presenters.indicator import indicator_page
from monosashi.web.publish.presenters.method import method as present_method
from monosashi.web.publish.presenters.principle import principle_page

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "md": "text/markdown; charset=utf-8"}


@allowed(ANYONE)
def front(request: HttpRequest) -> HttpResponseBase:
    return answer(
        request, Page("publish/front.html", lambda e, lang: {"page": present_front(e, lang)}, "front")
    )


@allowed(ANYONE)
def indicator(request: HttpRequest, id: str) -> HttpResponseBase:
    by = request.GET.get("by", "")
    by = by if by in words.DIMENSIONS else ""

    def make(edition: Edition, language: str) -> Context:
        return {"page": indicator_page(edition, queries.indicator(edition, id), by, language)}

    return answer(request, Page("publish/indicator.html", make, "indicator", by))


@allowed(ANYONE)
def indicator_csv(request: HttpRequest, id: str) -> HttpResponseBase:
    edition = queries.latest()
    if edition is None:
        raise Http404
    queries.indicator(edition, id)
    body = data_presenter.indicator_csv(edition, id)
    return cacheable(request, _attachment(f"{edition.id}-{id}.csv", body), edition)


@allowed(ANYONE)
def principles(request: HttpRequest) -> HttpResponseBase:
    def make(edition: Edition, language: str) -> Context:
        shown = [
            {
                "number": principle.number,
                "title": principle.title.said_in(language),
                "summary": principle.summary.said_in(language) if principle.summary else "",
            }
            for principle in edition.guideline.principles
        ]
        return {"principles": shown}

    return answer(request, Page("publish/principles.html", make, "principles"))


@allowed(ANYONE)
def principle(request: HttpRequest, number: int) -> HttpResponseBase:
    def make(edition: Edition, language: str) -> Context:
        return {"page": principle_page(edition, queries.principle(edition, number), language)}

    return answer(request, Page("publish/principle.html", make, "principle"))


@allowed(ANYONE)
def method(request: HttpRequest) -> HttpResponseBase:
    return answer(
        request, Page("publish/method.html", lambda e, lang: {"page": present_method(e, lang)}, "method")
    )


@allowed(ANYONE)
def data(request: HttpRequest) -> HttpResponseBase:
    def make(edition: Edition, language: str) -> Context:
        sizes = {name: filesizeformat(size) for name, size in queries.sizes(edition).items()}
        return {"files": data_presenter.files(edition, sizes, language), "ids": queries.ids()}

    return answer(request, Page("publish/data.html", make, "data"))


@allowed(ANYONE)
def edition_file(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    found, content = queries.file(edition, name)
    return cacheable(request, _attachment(name, content), found)


def _attachment(name: str, body: bytes) -> HttpResponse:
    """A file to keep, never to run: served as an attachment under its own type."""
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
