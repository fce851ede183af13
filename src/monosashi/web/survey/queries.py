"""What pages ask about surveys and waves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404

from monosashi.define.questionnaire.form import Questionnaire
from monosashi.web.register import queries as register
from monosashi.web.register.models import Service
from monosashi.web.survey.models import State, Wave

REVIEW = "review"  # the instrument that services are reviewed by
_MOMENT = 2  # seconds that a page may show a wave as it was; whether answers are accepted is looked up anew
_Found = TypeVar("_Found", Wave, Service)


def current(survey: str) -> Wave:
    """The wave that is open, or else the newest that was; a survey without one does not exist yet."""
    return _remembered(f"wave:{survey}", lambda: _newest(_waves().filter(survey__code=survey)))


def current_review() -> Wave:
    """The wave in which services are reviewed now."""
    return _remembered("review", lambda: _newest(_waves().filter(survey__instrument=REVIEW)))


def reviewed(service: str) -> Service:
    """Every service of the register can be reviewed; nobody can take that away from one."""
    return _remembered(f"service:{service}", lambda: register.service(service))


def forget(wave: Wave) -> None:
    """For whoever changes a wave: this process shows it as it is from now on, the others in a moment."""
    cache.delete_many([f"wave:{wave.survey.code}", "review"])


def waves() -> Sequence[Wave]:
    return list(_waves())


def wave(id: int) -> Wave:
    found = _waves().filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def questionnaires() -> Sequence[Questionnaire]:
    """Those of the guideline in force."""
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.define.questionnaire import built
    from monosashi.web.config.environment import Environment

    return built.questionnaires(load_guideline(Environment.of_process().text("MONOSASHI_GUIDELINE")))


def _waves() -> QuerySet[Wave]:
    return Wave.objects.select_related("survey", "questionnaire_version")


def _newest(found: QuerySet[Wave]) -> Wave:
    is_open = Case(When(state=State.OPEN, then=Value(0)), default=Value(1))
    newest = found.exclude(state=State.DRAFT).order_by(is_open, "-opened_at").first()
    if newest is None:
        raise Http404
    return newest


def _remembered(key: str, find: Callable[[], _Found]) -> _Found:
    found: _Found | None = cache.get(key)
    if found is None:
        found = find()
        cache.set(key, found, _MOMENT)
    return found
