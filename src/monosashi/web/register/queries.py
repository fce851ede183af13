"""What pages ask about the register. Every official may read all of it: what is alike is elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Window
from django.http import Http404

from monosashi.gather.register import form as forms
from monosashi.gather.register.normal import normalized
from monosashi.measure.register.burden import Burden, Difference, burden, difference
from monosashi.measure.register.likeness import Described, Likeness, alike
from monosashi.measure.register.sharing import Sharing, Use, candidates
from monosashi.web.accounts import queries as accounts
from monosashi.web.accounts.models import Account, Organization
from monosashi.web.accounts.roles import Power
from monosashi.web.register import search
from monosashi.web.register.fields import line
from monosashi.web.register.models import FormField, FormVersion, Owned, Procedure, Service, Tool, ToolUse

PAGE = 50
_FORMER = 500  # forms asked for at once
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


def own_services(by: Account) -> QuerySet[Service]:
    return Service.objects.filter(organization__in=accounts.reach(by, Power.EDIT_REGISTER))


def procedures_of(service: Service) -> Sequence[Procedure]:
    return list(service.procedures.all())


def tools() -> Sequence[Tool]:
    return list(Tool.objects.all())


def uses_of(service: Service) -> Sequence[ToolUse]:
    return list(service.uses.select_related("tool"))


# ---- what is alike, and what could be shared -------------------------------------------------------------


@dataclass(frozen=True)
class Alike:
    service: Service
    likeness: Likeness


def alike_services(service: Service) -> list[Alike]:
    """Other services like this one by name or by the information that their procedures ask for."""
    described = _described()
    found = alike(described[service.code], list(described.values()))[:10]
    rows = {
        one.code: one
        for one in Service.objects.select_related("organization").filter(
            code__in=[likeness.code for likeness in found]
        )
    }
    return [Alike(rows[likeness.code], likeness) for likeness in found if likeness.code in rows]


def _described() -> dict[str, Described]:
    items: dict[str, set[str]] = defaultdict(set)
    asked = Procedure.objects.exclude(service=None).values_list("service__code", "information", "attachments")
    for code, information, attachments in asked.order_by():
        items[code].update(map(normalized, (*information, *attachments)))
    for code, item in _asked_in_forms():
        items[code].add(item)
    names = Service.objects.order_by().values_list("code", "name_ja")
    return {code: Described(code, name, frozenset(items[code])) for code, name in names}


def _asked_in_forms() -> Iterator[tuple[str, str]]:
    """Items of every form there is: what a service once asked for, it still is about."""
    found = FormField.objects.filter(form__procedure__service__isnull=False).order_by()
    yield from found.values_list("form__procedure__service__code", "item").distinct()


@dataclass(frozen=True)
class Shared:
    tool: Tool
    sharing: Sharing
    uses: Sequence[ToolUse]


def shared_tools() -> list[Shared]:
    rows = list(ToolUse.objects.select_related("tool", "service", "service__organization"))
    uses = [Use(row.tool.code, row.service.code, row.service.organization.code, row.state) for row in rows]
    tools_ = {tool.code: tool for tool in tools()}
    return [
        Shared(tools_[one.tool], one, [row for row in rows if row.tool.code == one.tool])
        for one in candidates(tools_, uses)
    ]


# ---- forms and their burden -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    """One version of a form: its burden, and what changed from the one before."""

    form: FormVersion
    burden: Burden
    difference: Difference | None


def versions(procedure: Procedure, *, on: date) -> list[Version]:
    """The newest first. What other procedures ask is looked up in their forms in force on the day."""
    rows = list(procedure.forms.order_by("in_force_from").prefetch_related("fields"))
    fields = [[_field(row) for row in form.fields.all()] for form in rows]
    elsewhere = _elsewhere(procedure, {field.item for form in fields for field in form}, on)
    made = [
        Version(form, burden(now, elsewhere), difference(before, now) if before is not None else None)
        for form, now, before in zip(rows, fields, [None, *fields], strict=False)
    ]
    return made[::-1]


def _field(row: FormField) -> forms.FormField:
    return forms.FormField(row.name, row.label, row.required, row.attachment)


def _elsewhere(procedure: Procedure, items: set[str], on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    in_force = _forms_in_force(on)
    wanted = sorted(items)
    for start in range(0, len(wanted), _FORMER):
        part = Q(item__in=wanted[start : start + _FORMER])
        rows = FormField.objects.filter(part).exclude(form__procedure=procedure)
        for item, form, code in rows.values_list("item", "form_id", "form__procedure__code"):
            if form in in_force:
                found[item].add(code)
    return found


def _forms_in_force(on: date) -> set[int]:
    """Of every procedure the newest version that has begun."""
    rows = FormVersion.objects.filter(in_force_from__lte=on).order_by("procedure_id", "in_force_from")
    return set(dict(rows.values_list("procedure_id", "pk")).values())
