"""Pages that show the register: lists, services, procedures, tools, and what is alike. Officials read all."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from monosashi.define.text import Text
from monosashi.gather.register.words import FEES, IDENTITY_MEANS, STEP_WORDS, STEPS
from monosashi.web.accounts.policy import SIGNED_IN, account_of, allowed
from monosashi.web.accounts.roles import Power
from monosashi.web.register import alike, burdens, export, queries
from monosashi.web.register.forms import ListForm, UseForm, VersionForm
from monosashi.web.register.models import Owned, Procedure, Service
from monosashi.web.register.queries import Asked
from monosashi.web.register.words import COLUMNS


@allowed(SIGNED_IN)
def services(request: HttpRequest) -> HttpResponse:
    return _list(request, Service, "services")


@allowed(SIGNED_IN)
def procedures(request: HttpRequest) -> HttpResponse:
    return _list(request, Procedure, "procedures")


@allowed(SIGNED_IN)
def organizations(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "")
    form = ListForm(Asked(words=words), organizations=(), life_events=(), phases={})
    page = queries.organizations(words, number_of(request))
    shown = {"form": form, "page": page, "kept": _kept(words=words), "section": "organizations"}
    return render(request, "register/organizations.html", {"here": "register", **shown})


@allowed(SIGNED_IN)
def tools(request: HttpRequest) -> HttpResponse:
    page = Paginator(alike.shared_tools(), queries.PAGE).get_page(number_of(request))
    return render(request, "register/tools.html", {"here": "register", "page": page, "section": "tools"})


@allowed(SIGNED_IN)
def alike_services(request: HttpRequest) -> HttpResponse:
    page = Paginator(alike.alike_pairs(), queries.PAGE).get_page(number_of(request))
    return render(request, "register/alike.html", {"here": "register", "page": page, "section": "alike"})


@allowed(SIGNED_IN)
def service(request: HttpRequest, code: str) -> HttpResponse:
    return service_page(request, queries.service(code), UseForm())


@allowed(SIGNED_IN)
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    return procedure_page(request, queries.procedure(code), VersionForm())


@allowed(SIGNED_IN)
def download(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """The list with the same words and filters, all pages of it, as it can be imported again."""
    answer = StreamingHttpResponse(
        export.lines(kind, _asked(request)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer


# ---- what pages are made of, for the views that change something as well ----------------------------------


def service_page(request: HttpRequest, found: Service, form: UseForm, *, status: int = 200) -> HttpResponse:
    shown = {
        "one": found,
        "facts": _facts(found, ("life_events", "audience", "opened_on", "ended_on")),
        "asking": burdens.of_service(found, on=timezone.localdate()),
        "uses": queries.uses_of(found),
        "alike": alike.alike_services(found),
        "may_edit": _may_edit(request, found),
        "form": form,
    }
    return render(request, "register/service.html", {"here": "register", **shown}, status=status)


def procedure_page(
    request: HttpRequest, found: Procedure, form: VersionForm, *, status: int = 200
) -> HttpResponse:
    shown = {
        "one": found,
        "facts": _facts(found, _PROCEDURE),
        "steps": [
            (title, _said_each(getattr(found, name).split(), STEP_WORDS)) for name, title in STEPS.items()
        ],
        "means": _said_each(found.identity_means, IDENTITY_MEANS),
        "fee": FEES.get(found.fee),
        "versions": burdens.versions(found, on=timezone.localdate()),
        "may_edit": _may_edit(request, found),
        "form": form,
    }
    return render(request, "register/procedure.html", {"here": "register", **shown}, status=status)


_PROCEDURE = (
    "kind", "life_events", "audience", "information", "attachments", "systems",
    "standard", "standard_online", "law", "article", "annual_volume", "annual_volume_online",
    "opened_on", "ended_on",
)  # fmt: skip


def _facts(entry: Owned, names: tuple[str, ...]) -> list[tuple[Text, str]]:
    """What is known of it, as (label, value). What is not known is left out; 0 is known."""
    held = ((COLUMNS[name], getattr(entry, name)) for name in names)
    return [(label, _shown(value)) for label, value in held if value not in (None, "", ())]


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ("、" if get_language() == "ja" else ", ").join(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _said_each(words: Any, table: Any) -> list[Text]:
    return [table[word] for word in words if word in table]


def _may_edit(request: HttpRequest, entry: Owned) -> bool:
    return account_of(request).may(Power.EDIT_REGISTER, at=entry.organization.code)


def _list(request: HttpRequest, model: type[Owned], name: str) -> HttpResponse:
    asked = _asked(request)
    form = ListForm(
        asked,
        organizations=[(one.code, one.name) for one in queries.owners(model)],
        life_events=queries.life_events(model),
        phases=queries.phases(model),
    )
    page = queries.page_of(model, asked, number_of(request))
    shown = {"form": form, "page": page, "kept": _kept(**vars(asked)), "section": name}
    return render(request, f"register/{name}.html", {"here": "register", **shown})


def _asked(request: HttpRequest) -> Asked:
    given = {name: request.GET.get(name, "") for name in ("words", "organization", "phase", "life_event")}
    return Asked(**{name: text.replace("\0", "")[:300] for name, text in given.items()})


def _kept(**asked: str) -> str:
    """The part of an address that keeps what was asked when the page turns."""
    return urlencode({name: text for name, text in asked.items() if text})


def number_of(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
