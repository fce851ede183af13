"""Pages about drafts and editions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.publish import words
from monosashi.web.accounts.policy import account_of, allowed, needs
from monosashi.web.accounts.roles import Power
from monosashi.web.measure import operations, queries
from monosashi.web.measure.forms import DraftForm


@allowed(needs(Power.READ_DRAFTS))
def editions(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    builds = account.may(Power.BUILD_EDITION)
    form = DraftForm(request.POST or None) if builds else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            return redirect("job", operations.request_draft(by=account, **form.cleaned_data).pk)
        except Problem as problem:
            form.add_problem("period", problem)
    shown = {
        "form": form,
        "published": queries.published(),
        "drafts": queries.drafts(),
        "damaged": queries.damaged_drafts(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "measure/editions.html", {"here": "editions", **shown}, status=status)


@allowed(needs(Power.READ_DRAFTS))
def draft(request: HttpRequest, id: str) -> HttpResponse:
    return render(request, "measure/draft.html", _shown(request, id))


@allowed(needs(Power.PUBLISH_EDITION))
@require_POST
def publish(request: HttpRequest, id: str) -> HttpResponse:
    """Confirmed by typing the name of the edition: from then on it never changes."""
    found = queries.draft(id)
    if request.POST.get("confirmed", "").strip() != found.edition.id:
        return render(request, "measure/draft.html", {**_shown(request, id), "mistyped": True}, status=422)
    try:
        published = operations.publish_draft(id=id, by=account_of(request))
    except Problem as problem:
        said = {**_shown(request, id), "problem": problem.as_text(get_language() or "ja")}
        return render(request, "measure/draft.html", said, status=409)
    done = Text(ja=f"版 {published.id} を公表しました。", en=f"Edition {published.id} is published.")
    messages.success(request, done.said_in(get_language() or "ja"))
    return redirect("editions")


def _shown(request: HttpRequest, id: str) -> dict[str, object]:
    found, account = queries.draft(id), account_of(request)
    language = get_language() or "ja"
    states = [(words.of(words.STATES, status.value, language), count) for status, count in found.states]
    may_publish = account.may(Power.PUBLISH_EDITION)
    return {
        "here": "editions",
        "draft": found,
        "states": states,
        "may_publish": may_publish and not found.is_of(account),
        "own": may_publish and found.is_of(account),
    }
