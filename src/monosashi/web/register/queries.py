"""What pages ask about the register. Every official may read all of it: what is alike is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Window
from django.http import Http404

from monosashi.define.text import Text
from monosashi.gather.register.words import PHASES
from monosashi.web.accounts import queries as accounts
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.accounts.roles import Power
from monosashi.web.register import search
from monosashi.web.register.fields import line
from monosashi.web.register.models import Owned, Procedure, Service, Tool, ToolUse

PAGE = 50
T = TypeVar("T", bound=Owned)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for in a list; everything empty means all of it."""

    words: str = ""
    organization: str = ""
    phase: str = ""
    life_event: str = ""


def listed(model: type[T], asked: Asked) -> QuerySet[T]:
    """In the order of codes. An organization stands for those beneath it as well."""
    found = search.matching(model._default_manager.all(), asked.words)
    if asked.organization:
        path = Organization.objects.filter(code=asked.organization).values_list("path", flat=True).first()
        within = Organization.objects.filter(path__startswith=path) if path else Organization.objects.none()
        found = found.filter(organization__in=list(within.values_list("pk", flat=True)))
    if asked.phase:
        found = found.filter(phase=asked.phase)
    if asked.life_event:
        found = found.filter(life_events__contains=line(asked.life_event))
    return found.order_by("code")


def page_of(model: type[T], asked: Asked, number: int) -> Page[Any]:
    """A page beyond the last is the last. Only keys are sorted and counted; rows are fetched for one page."""
    found = listed(model, asked)
    if asked.words.strip():
        page = _page_in_one_pass(found, max(number, 1))
    else:
        page = Paginator(found.values_list("pk", flat=True), PAGE).get_page(number)
    whole = model._default_manager.select_related("organization").in_bulk(list(page.object_list))
    page.object_list = [whole[pk] for pk in page.object_list if pk in whole]
    return page


class _Counted(Paginator[Any]):
    """Knows its count already."""

    def __init__(self, count: int) -> None:
        super().__init__((), PAGE)
        self.count = count


def _page_in_one_pass(found: QuerySet[Any], number: int) -> Page[Any]:
    """Looking words up is what takes time, so that the page and the count come from the same look."""
    rows = found.annotate(total=Window(Count("*"))).values_list("pk", "total")
    held = list(rows[(number - 1) * PAGE : number * PAGE])
    if held or number == 1:
        count = held[0][1] if held else 0
        return Page([pk for pk, _ in held], number, _Counted(count))
    return _page_in_one_pass(found, max(-(-found.count() // PAGE), 1))


def owners(model: type[Owned]) -> Sequence[Organization]:
    """Organizations that own something in the list."""
    owning = model._default_manager.order_by().values_list("organization", flat=True).distinct()
    return list(Organization.objects.filter(pk__in=list(owning)))


def phases(model: type[Owned]) -> dict[str, Text]:
    """Those in which something of the list is."""
    found = set(model._default_manager.order_by().values_list("phase", flat=True).distinct())
    return {phase: name for phase, name in PHASES.items() if phase in found}


def life_events(model: type[Owned]) -> list[str]:
    found = model._default_manager.order_by().values_list("life_events", flat=True).distinct()
    return sorted({event for events in found for event in events})


def service(code: str) -> Service:
    return _one(Service.objects.select_related("organization"), code)


def procedure(code: str) -> Procedure:
    return _one(Procedure.objects.select_related("organization", "service"), code)


def tool(code: str) -> Tool:
    found = Tool.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _one(rows: QuerySet[T], code: str) -> T:
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def editable(entry: T, by: Account) -> T:
    """What belongs to an organization where `by` may not edit cannot be edited: it has no such page."""
    if not by.may(Power.EDIT_REGISTER, at=entry.organization.code):
        raise Http404
    return entry


def own_organizations(by: Account) -> Sequence[Organization]:
    return list(accounts.reach(by, Power.EDIT_REGISTER))


def own_services(by: Account, entry: Owned | None = None) -> Sequence[Service]:
    """Services that a procedure of `by` may belong to; the one that it belongs to stays among them."""
    mine = Q(organization__in=accounts.reach(by, Power.EDIT_REGISTER))
    held = Q(pk=entry.service_id) if isinstance(entry, Procedure) else Q(pk__in=[])
    return list(Service.objects.filter(mine | held))


def procedures_of(service: Service) -> Sequence[Procedure]:
    return list(service.procedures.all())


def tools() -> Sequence[Tool]:
    return list(Tool.objects.all())


def uses_of(service: Service) -> Sequence[ToolUse]:
    return list(service.uses.select_related("tool"))


def organizations(words: str, number: int) -> Page[Organization]:
    """By name, reading, code or code of the local government; in the order of the tree."""
    found = Organization.objects.select_related("parent")
    for word in words.split()[:8]:
        places = ("code", "name_ja", "name_en", "kana", "local_code")
        found = found.filter(reduce(or_, (Q(**{f"{place}__icontains": word}) for place in places)))
    return Paginator(found, PAGE).get_page(number)
